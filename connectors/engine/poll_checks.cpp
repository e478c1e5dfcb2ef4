// Does the reader see what it has to see? Answers that fail make coverage partial, with the reason; only a question that cannot be asked at all
// ends the poll. What was in order is not asked again for a while.
#include <algorithm>

#include "connectors/engine/lists.hpp"
#include "connectors/engine/poll_run.hpp"

namespace akashi {

namespace {

constexpr auto checked_for = std::chrono::minutes(10);
constexpr std::size_t check_pages_max = 50;

void go_into(const JsonValue& value, const std::vector<Pointer>& over, std::size_t depth, const std::string& pointer,
             std::vector<std::string>& into) {
  if (depth < over.size()) {
    each_in(value.at(over[depth].path), over[depth].members, [&](const JsonValue& element) { go_into(element, over, depth + 1, pointer, into); });
  } else if (const auto text = text_of(pointer == "#" ? value.name() : value.at(pointer))) {
    into.push_back(*text);
  }
}

bool paged(const RequestSpec& request) {
  return std::ranges::any_of(request.query, [](const auto& pair) { return pair.second.find("{page}") != std::string::npos; });
}

}  // namespace

// The values that the answer to one question holds; for at_least, one per record.
Task<Result<std::vector<std::string>>> PollRun::answers_of(const CheckSpec& spec, const std::string& value) {
  std::vector<std::string> found;
  for (std::size_t page = 1; page <= check_pages_max; ++page) {
    auto with = akashi::fillings("value", value, "page", std::to_string(page));
    auto answer = co_await asking_.ask(spec.request, with);
    if (!answer) co_return std::unexpected(answer.error());
    if (!*answer) break;
    const auto records = (*answer)->page.root().at(spec.records.path);
    if (!is_list(records, spec.records.members))
      co_return fail(ErrorKind::schema, (*answer)->url.substr(0, (*answer)->url.find('?')), "there is no list at \"" + written(spec.records) + "\"");
    // Conditions may look something up; that is asked for first, and then they are looked at again.
    each_in(records, spec.records.members, [&](const JsonValue& record) { (void)values_->hold(spec.when, Levels(1, record)); });
    const auto wanted = std::exchange(values_->wanted, {});
    for (const auto& one : wanted) {
      auto looked = co_await look_up(one);
      if (!looked) co_return std::unexpected(looked.error());
    }
    std::size_t count = 0;
    each_in(records, spec.records.members, [&](const JsonValue& record) {
      ++count;
      if (!values_->hold(spec.when, Levels(1, record))) return;
      if (spec.at_least || spec.at_most) found.emplace_back("1");
      else go_into(record, spec.over, 0, spec.value, found);
    });
    if (!paged(spec.request) || count == 0) break;
  }
  if (!spec.then) co_return found;
  std::vector<std::string> words;
  for (const auto& id : found) {
    const auto with = akashi::fillings("id", id, "value", value);
    auto answer = co_await asking_.ask(*spec.then, with);
    if (!answer) co_return std::unexpected(answer.error());
    if (!*answer) continue;
    const auto list = (*answer)->page.root().at(spec.then_values);
    if (list.is(JsonKind::array)) {
      for (const auto word : list.elements()) words.push_back(text_of(word).value_or(""));
    } else if (const auto word = text_of(list)) {
      words.push_back(*word);
    }
  }
  co_return words;
}

Task<Status> PollRun::check(const CheckSpec& spec, const std::string& value) {
  const auto key = stream_.name + "\x1f" + spec.about + "\x1f" + value;
  if (lookups_.find("\x1f"
                    "checks",
                    key, now_ - checked_for) != nullptr)
    co_return Status{};
  const auto doubtful = asking_.doubtful();
  auto found = co_await answers_of(spec, value);
  if (!found) co_return std::unexpected(found.error());
  auto wanted = spec.must;
  if (!spec.holds.empty()) wanted = values_->parameter(spec.holds);
  bool fine = !spec.at_least || found->size() >= static_cast<std::size_t>(*spec.at_least);
  fine = fine && (!spec.at_most || found->size() <= static_cast<std::size_t>(*spec.at_most));
  if (!fine) doubt(fill(spec.say, akashi::fillings("value", value)) + "; " + fill(spec.mend, akashi::fillings("value", value)));
  for (const auto& word : wanted) {
    if (std::ranges::find(*found, word) != found->end()) continue;
    fine = false;
    doubt(fill(spec.say, akashi::fillings("value", word)) + "; " + fill(spec.mend, akashi::fillings("value", word)));
  }
  if (fine && asking_.doubtful() == doubtful)
    lookups_.put(
        "\x1f"
        "checks",
        key, LookupTables::mark(), now_);
  co_return Status{};
}

Task<Status> PollRun::check_all() {
  for (const auto& spec : stream_.checks) {
    values_ = std::make_unique<Values>(connector_, stream_, settings_, lookups_, now_, "");
    const auto values = spec.for_each.empty() ? std::vector<std::string>(1) : values_->parameter(spec.for_each);
    for (const auto& value : values) {
      part_ = value;
      values_ = std::make_unique<Values>(connector_, stream_, settings_, lookups_, now_, value);
      auto checked = co_await check(spec, value);
      if (!checked) co_return checked;
    }
  }
  co_return Status{};
}

}  // namespace akashi
