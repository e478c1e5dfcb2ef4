// A page's records, what belongs to them, and what comes of both.
#include <algorithm>
#include <charconv>

#include "connectors/engine/lists.hpp"
#include "connectors/engine/poll_run.hpp"

namespace akashi {

namespace {

constexpr std::size_t attach_pages_max = 100;

Error no_list(const StreamSpec& stream, const std::string& where, const ListPath& path, const JsonValue& found) {
  const std::string there = found.is_missing() ? "nothing" : name(found.kind());
  return {ErrorKind::schema, where,
          "stream " + stream.name + " expects " + (stream.single ? "an object" : "a list") + " at \"" + written(path) + "\", but there is " + there,
          "the answer has another shape than connector.yaml says; see whether the tool's version is supported"};
}

// What a column's pointer says; "/list/*/name" one a line of each element, and "" of a list without any.
std::optional<std::string> column_of(const JsonValue& record, const std::string& pointer) {
  const auto star = pointer.find("/*/");
  if (star == std::string::npos) {
    auto text = text_of(record.at(pointer));
    return text && !text->empty() ? text : std::nullopt;
  }
  const auto list = record.at(pointer.substr(0, star));
  if (!list.is(JsonKind::array)) return std::nullopt;
  std::string lines;
  for (const auto element : list.elements())
    if (const auto line = text_of(element.at(pointer.substr(star + 2))); line && !line->empty()) lines += (lines.empty() ? "" : "\n") + *line;
  return lines;
}

LookupTables::Entry row_of(const LookupSpec& lookup, const JsonValue& record) {
  LookupTables::Entry row;
  for (const auto& [column, pointers] : lookup.columns) {
    for (const auto& pointer : pointers) {
      auto text = column_of(record, pointer);
      if (!text) continue;
      row[column] = std::move(*text);
      break;
    }
  }
  return row;
}

}  // namespace

std::optional<Instant> PollRun::time_of(const JsonValue& record) const {
  auto text = text_of(record.at(cursor_.field));
  if ((!text || text->empty()) && !cursor_.or_field.empty()) text = text_of(record.at(cursor_.or_field));
  return text ? cursor_.format.read(*text) : std::nullopt;
}

std::string PollRun::id_of(const JsonValue& record) const { return text_of(record.at(stream_.paging.id)).value_or(""); }

Task<Result<ListPage>> PollRun::list(const ListQuery& query, const Fillings& with, const std::string& link) {
  auto answer = co_await asking_.ask(*query.request, with, link);
  if (!answer) co_return std::unexpected(answer.error());
  ListPage page;
  if (!*answer) co_return page;
  page.answer = std::make_shared<Answered>(std::move(**answer));
  const auto root = page.answer->page.root();
  const auto records = root.at(query.records->path);
  if (query.single && records.is(JsonKind::object)) {
    page.records.push_back(records);
  } else if (is_list(records, query.records->members) && !query.single) {
    each_in(records, query.records->members, [&](const JsonValue& record) { page.records.push_back(record); });
  } else if (!query.null_is_empty || !records.is(JsonKind::null)) {
    co_return std::unexpected(no_list(stream_, page.answer->url.substr(0, page.answer->url.find('?')), *query.records, records));
  }
  read_margins(*query.paging, page);
  kept_.push_back(page.answer);
  co_return page;
}

// Rows by id, in chunks; page after page while they are full, when the request has pages.
Task<Status> PollRun::attach(const Records& records, const AttachSpec& spec, AttachedRows& rows) {
  std::vector<std::string> ids;
  std::set<std::string> known;
  for (std::size_t i = 0; i < records.all.size(); ++i) {
    const auto levels = records.levels(i);
    for (const auto& value : spec.ids) {
      if (auto id = values_->read(value, levels); id && known.insert(*id).second) ids.push_back(std::move(*id));
    }
  }
  const bool paged = fills_in(spec.request, "page");
  for (std::size_t begin = 0; begin < ids.size(); begin += static_cast<std::size_t>(spec.chunk)) {
    std::string joined;
    for (std::size_t i = begin; i < std::min(ids.size(), begin + static_cast<std::size_t>(spec.chunk)); ++i) {
      joined += (i == begin ? "" : spec.join) + fill_each(spec.each, ids[i], spec.request.body);
    }
    for (std::size_t page = 1;; ++page) {
      auto with = akashi::fillings("ids", joined, "page", std::to_string(page), "limit", "100", "value", part_);
      auto answer = co_await asking_.ask(spec.request, with);
      if (!answer) co_return std::unexpected(answer.error());
      if (!*answer) break;
      auto kept = std::make_shared<Answered>(std::move(**answer));
      kept_.push_back(kept);
      const auto list = kept->page.root().at(spec.records.path);
      if (!is_list(list, spec.records.members))
        co_return std::unexpected(no_list(stream_, kept->url.substr(0, kept->url.find('?')), spec.records, list));
      std::size_t count = 0;
      each_in(list, spec.records.members, [&](const JsonValue& row) {
        ++count;
        if (const auto id = text_of(row.at(spec.key))) rows[spec.name][*id].push_back(row);
      });
      if (!paged || count < 100) break;
      if (page >= attach_pages_max)
        co_return fail(ErrorKind::schema, kept->url.substr(0, kept->url.find('?')), "the list of " + spec.name + " does not end");
    }
  }
  co_return Status{};
}

void PollRun::add_records(const std::map<std::string, std::vector<JsonValue>>& rows, Records& records) const {
  std::set<std::string> known;
  for (const auto& record : records.all) known.insert(id_of(record));
  for (const auto& [id, of_id] : rows) {
    for (const auto& row : of_id) {
      if (!known.insert(id_of(row)).second) continue;
      records.all.push_back(row);
      if (!records.around.empty()) records.around.emplace_back();
    }
  }
}

Task<Status> PollRun::read_table(const LookupSpec& lookup, const std::string& part) {
  for (std::size_t page = 1, offset = 0;; ++page) {
    auto with =
        akashi::fillings("value", part, "page", std::to_string(page), "offset", std::to_string(offset), "limit", std::to_string(lookup.limit));
    with["end"] = std::to_string(offset + static_cast<std::size_t>(lookup.limit));
    with["last"] = std::to_string(offset + static_cast<std::size_t>(std::max(lookup.limit, 1)) - 1);
    auto answer = co_await asking_.ask(lookup.request, with);
    if (!answer) co_return std::unexpected(answer.error());
    if (!*answer) break;
    const auto rows = (*answer)->page.root().at(lookup.records.path);
    if (!is_list(rows, lookup.records.members))
      co_return std::unexpected(no_list(stream_, (*answer)->url.substr(0, (*answer)->url.find('?')), lookup.records, rows));
    std::size_t count = 0;
    each_in(rows, lookup.records.members, [&](const JsonValue& row) {
      ++count;
      auto id = text_of(row.at(lookup.key));
      if (!id && !lookup.or_key.empty()) id = text_of(row.at(lookup.or_key));
      if (!id) return;
      auto entry = row_of(lookup, row);
      if (!entry.empty()) lookups_.put(lookup.name, *id, std::move(entry), now_);
    });
    offset += count;
    if (lookup.limit == 0 || count < static_cast<std::size_t>(lookup.limit)) break;
    if (page >= attach_pages_max)
      co_return fail(ErrorKind::schema, (*answer)->url.substr(0, (*answer)->url.find('?')), "the list of " + lookup.name + " does not end");
  }
  lookups_.put(lookup.name + "\x1f", part, akashi::LookupTables::mark(), now_);
  co_return Status{};
}

Task<Status> PollRun::look_up(const std::pair<std::string, std::string>& wanted) {
  const auto& lookup = *connector_.lookup(wanted.first);
  if (!lookup.one_by_one) {
    auto read = co_await read_table(lookup, part_);
    co_return read;
  }
  const auto with = akashi::fillings("id", wanted.second);
  auto answer = co_await asking_.ask(lookup.request, with);
  if (!answer) co_return std::unexpected(answer.error());
  auto entry = *answer ? row_of(lookup, (*answer)->page.root()) : LookupTables::Entry{};
  lookups_.put(lookup.name, wanted.second, std::move(entry), now_);
  co_return Status{};
}

Task<Result<Page>> PollRun::page_of(std::vector<JsonValue>& records) {
  Page fetched;
  Records what;
  Status done{};
  if (stream_.child.records) done = co_await fetch_families(records, what, fetched);
  else if (stream_.child.given) done = co_await fetch_children(records, what, fetched);
  else if (stream_.get.given) done = co_await fetch_by_id(records, what, fetched);
  else what.all = std::move(records);
  if (!done) co_return std::unexpected(done.error());
  auto built = co_await built_of(what, fetched);
  co_return built;
}

// Read, and read again once what was not known has been looked up: reading is pure and cheap, asking is neither.
Task<Result<Page>> PollRun::built_of(Records& records, const Page& fetched) {
  AttachedRows rows;
  for (int round = 0; round < 2; ++round) {  // what adds records comes first, so that they too get what belongs to them
    const bool adding = round == 0;
    for (const auto& spec : stream_.attach) {
      if (spec.adds != adding) continue;
      auto attached = co_await attach(records, spec, rows);
      if (!attached) co_return std::unexpected(attached.error());
      if (adding) add_records(rows[spec.name], records);
    }
  }
  values_->attach(&rows);
  const Extraction how{stream_, settings_, connector_.product, now_, first(), cursor_.format};
  std::set<std::pair<std::string, std::string>> asked_for;
  for (;;) {
    Page page = fetched;
    values_->wanted.clear();
    auto extracted = extract_records(how, *values_, records, page);
    extract_attached(how, *values_, rows, page);
    if (values_->broken) co_return std::unexpected(*values_->broken);
    std::erase_if(values_->wanted, [&](const auto& wanted) { return asked_for.contains(wanted); });
    if (values_->wanted.empty()) {
      values_->attach(nullptr);
      if (!extracted) co_return std::unexpected(extracted.error());
      page.manifest.pages = 1;
      co_return page;
    }
    const auto wanted = values_->wanted;
    for (const auto& one : wanted) {
      asked_for.insert(one);
      auto looked = co_await look_up(one);
      if (!looked) co_return std::unexpected(looked.error());
    }
  }
}

}  // namespace akashi
