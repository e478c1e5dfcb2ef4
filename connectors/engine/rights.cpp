#include "connectors/engine/rights.hpp"

#include <algorithm>
#include <set>

#include "connectors/engine/asking.hpp"
#include "connectors/engine/url.hpp"
#include "connectors/engine/values.hpp"
#include "core/text.hpp"

namespace akashi {

namespace {

using RightWords = std::set<std::string>;

bool holds_word(const JsonValue& value, const std::string& word) {
  if (text_of(value) == word) return true;
  for (const auto element : value.elements()) {
    if (holds_word(element, word)) return true;
  }
  for (const auto [name, member] : value.members()) {
    if (holds_word(member, word)) return true;
  }
  return false;
}

// At the end of the pointer: a word, a list of words, or an object whose members' names are the words.
void words_at(const JsonValue& value, const Privilege& privilege, RightWords& into) {
  for (const auto element : value.elements()) {
    if (auto word = text_of(element); word && !word->empty()) into.insert(std::move(*word));
  }
  for (const auto [name, member] : value.members()) {
    if (privilege.granting.empty() || holds_word(member, privilege.granting)) into.insert(std::string(name));
  }
  if (value.is(JsonKind::array)) return;
  if (auto word = text_of(value); word && !word->empty()) into.insert(std::move(*word));
}

// False when there is nothing at the pointer.
bool collect(const JsonValue& from, std::string_view pointer, const Privilege& privilege, RightWords& into) {
  const auto mark = pointer.find("/*");
  const auto value = from.at(pointer.substr(0, mark));
  if (mark == std::string_view::npos) {
    words_at(value, privilege, into);
    return !value.is_missing();
  }
  for (const auto element : value.elements()) collect(element, pointer.substr(mark + 2), privilege, into);
  return value.is(JsonKind::array);
}

RightWords words_of_header(const std::string& text) {
  RightWords words;
  for (const auto one : split(text, ',')) {
    const auto word = trim(one);
    if (!word.empty()) words.emplace(word);
  }
  return words;
}

std::string called(const Privilege& privilege, const std::string& right) {
  const auto found = privilege.names.find(right);
  return found == privilege.names.end() ? right : found->second;
}

bool includes(const Privilege& privilege, const RightWords& has, const std::string& needed) {
  if (has.contains(needed)) return true;
  const auto wider = privilege.wider.find(needed);
  return wider != privilege.wider.end() && std::ranges::any_of(wider->second, [&](const auto& one) { return has.contains(one); });
}

Rights judged(const Privilege& privilege, const RightWords& has, const std::string& about) {
  Rights made;
  made.about = about;
  made.without = privilege.without;
  made.mend = privilege.mend;
  for (const auto& needed : privilege.needed) {
    if (!includes(privilege, has, needed)) made.missing.push_back(called(privilege, needed));
  }
  for (const auto& right : has) {
    made.has.push_back(called(privilege, right));
    const auto fits = [&](const std::string& expression) {
      const auto pattern = Pattern::compile("^(?:" + expression + ")$", "");
      return pattern && pattern->find(right);
    };
    if (std::ranges::any_of(privilege.too_much, fits)) made.too_much.push_back(called(privilege, right));
  }
  return made;
}

}  // namespace

struct RightsPoll::Inside {
  Inside(const Connector& of, const SourceSettings& with, Instant now, Session* session)
      : connector(of), settings(with), asking(connector, settings, box, session == nullptr ? own_session : *session, now), story(whole()) {}

  Task<Result<RightWords>> held(const Privilege& privilege, const std::string& value) {
    const auto with = akashi::fillings("value", value);
    auto answer = co_await asking.ask(privilege.request, with);
    if (!answer) co_return std::unexpected(answer.error());
    if (!*answer) co_return fail(ErrorKind::permission, connector.product, "the tool has nothing to show there");
    if (!privilege.header.empty()) co_return words_of_header(header_of((*answer)->headers, privilege.header));
    RightWords words;
    if (!collect((*answer)->page.root(), privilege.values, privilege, words))
      co_return fail(ErrorKind::schema, (*answer)->url.substr(0, (*answer)->url.find('?')), "there is nothing at \"" + privilege.values + "\"");
    co_return words;
  }

  std::vector<std::string> values_of(const Privilege& privilege) const {
    if (privilege.for_each.empty()) return {""};
    const auto given = settings.params.find(privilege.for_each);
    if (given != settings.params.end()) return given->second;
    const auto* declared = connector.parameter(privilege.for_each);
    return declared == nullptr ? std::vector<std::string>{} : declared->standard;
  }

  Task<Status> whole() {
    auto base = checked_base(settings.base_url);
    if (!base) co_return std::unexpected(base.error());
    settings.base_url = *base;
    if (auto known = asking.check(); !known) co_return known;
    for (const auto& privilege : connector.privileges) {
      const auto values = values_of(privilege);
      for (const auto& value : values) {
        const auto about = value.empty() ? privilege.about : privilege.about + " (" + value + ")";
        auto words = co_await held(privilege, value);
        if (words) {
          told.push_back(judged(privilege, *words, about));
          continue;
        }
        if (words.error().kind == ErrorKind::auth) co_return std::unexpected(words.error());
        Rights unknown;
        unknown.about = about;
        unknown.unknown = sentence(words.error());
        told.push_back(std::move(unknown));
      }
    }
    co_return Status{};
  }

  const Connector& connector;
  SourceSettings settings;
  Mailbox box;
  Session own_session;
  Asking asking;
  std::vector<Rights> told;
  Task<Status> story;
  bool begun = false;
};

RightsPoll::RightsPoll(const Connector& connector, const SourceSettings& settings, Instant now, Session* session)
    : inside_(std::make_unique<Inside>(connector, settings, now, session)) {}
RightsPoll::~RightsPoll() = default;

Result<Step> RightsPoll::next() {
  if (!inside_->story.done()) {
    auto& box = inside_->box;
    box.out.reset();
    const auto sleeper = inside_->begun ? box.sleeper : inside_->story.handle();
    inside_->begun = true;
    sleeper.resume();
    if (box.out) return std::move(*box.out);
  }
  if (const auto& ended = inside_->story.result(); !ended) return std::unexpected(ended.error());
  return Step{Done{}};
}

void RightsPoll::answer(HttpResponse response) { inside_->box.in = std::move(response); }
void RightsPoll::failed(Error error) { inside_->box.in = std::move(error); }
const std::vector<Rights>& RightsPoll::told() const { return inside_->told; }

}  // namespace akashi
