// Redmine 5: its REST API with issues, journals and a wiki.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "collector/json_writer.hpp"
#include "core/text.hpp"
#include "sites.hpp"

namespace akashi::simulator {

namespace {

constexpr int reader_role = 4;

struct IssueState {
  int status = 1, owner = 0;
  Instant updated{}, closed{};
  std::map<std::string, std::string> fields;
};

const std::vector<std::pair<int, std::string>>& redmine_custom_fields() {
  static const std::vector<std::pair<int, std::string>> all{{7, "Classification"}, {13, "Note"}, {14, "Figure"}, {15, "Outcome"}, {16, "Done on"}};
  return all;
}

class RedmineSite final : public Site {
 public:
  explicit RedmineSite(const Desk& desk) : desk_(desk) {}
  [[nodiscard]] ServerAnswer answer(const ServerRequest& request, Instant now, bool rights_short) const override;

 private:
  [[nodiscard]] Instant told(Instant at) const { return at + desk_.skew; }
  [[nodiscard]] IssueState state_of(const Ticket& ticket, Instant now) const;
  [[nodiscard]] ServerAnswer issues(const ServerRequest& request, Instant now) const;
  [[nodiscard]] ServerAnswer issue(int id, Instant now) const;
  [[nodiscard]] ServerAnswer statuses() const;
  [[nodiscard]] ServerAnswer memberships(const ServerRequest& request) const;
  [[nodiscard]] ServerAnswer wiki_index(Instant now) const;
  [[nodiscard]] ServerAnswer wiki_page(const std::string& asked, Instant now) const;
  [[nodiscard]] static ServerAnswer current_user();
  [[nodiscard]] static ServerAnswer role(bool rights_short);
  void members(JsonWriter& out, const Ticket& ticket, Instant now) const;
  void journals(JsonWriter& out, const Ticket& ticket, Instant now) const;
  void detail(JsonWriter& out, const Act& act, IssueState& state) const;
  void reference(JsonWriter& out, const char* key, int id, const std::string& name) const {
    out.key(key).object().member("id", id).member("name", name).end_object();
  }
  [[nodiscard]] std::string account(int number) const { return desk_.accounts.at(static_cast<std::size_t>(number - 20)); }
  [[nodiscard]] std::vector<std::pair<int, std::string>> words() const {
    return {{1, desk_.words.asked}, {2, desk_.words.working}, {5, desk_.words.done}, {6, desk_.words.refused}};
  }
  [[nodiscard]] int status_id(const std::string& word) const {
    for (const auto& [id, name] : words())
      if (name == word) return id;
    return 1;
  }
  [[nodiscard]] int tracker_of(const std::string& place) const {
    return static_cast<int>(std::ranges::find(desk_.places, place) - desk_.places.begin()) + 1;
  }

  const Desk& desk_;
};

IssueState RedmineSite::state_of(const Ticket& ticket, Instant now) const {
  IssueState state;
  for (const Act& act : ticket.acts) {
    if (act.shown > now) continue;
    state.updated = std::max(state.updated, told(act.at));
    if (act.did == Did::moved) state.status = status_id(act.text);
    if (act.did == Did::moved && state.status >= 5) state.closed = told(act.at);
    if (act.did == Did::took) state.owner = desk_.number_of(act.text);
    if (act.did == Did::classified) state.fields[field_set(act.text).first] = field_set(act.text).second;
  }
  return state;
}

void RedmineSite::members(JsonWriter& out, const Ticket& ticket, Instant now) const {
  const IssueState state = state_of(ticket, now);
  const auto moment = [&](const char* key, Instant at) {
    out.key(key);
    if (at == Instant{}) out.null();
    else out.value(at);
  };
  out.member("id", ticket.number);
  reference(out, "project", 1, "SOC");
  reference(out, "tracker", tracker_of(ticket.place), ticket.place);
  for (const auto& [id, name] : words())
    if (id == state.status) out.key("status").object().member("id", id).member("name", name).member("is_closed", id >= 5).end_object();
  if (ticket.severe) reference(out, "priority", 4, "Urgent");
  else reference(out, "priority", 2, "Normal");
  const Act& opening = ticket.acts.front();
  reference(out, "author", desk_.number_of(opening.who), opening.who);
  if (state.owner != 0) reference(out, "assigned_to", state.owner, account(state.owner));
  out.member("subject", ticket.title).member("description", opening.text).key("custom_fields").array();
  out.object().member("id", 12).member("name", "Drill").member("value", ticket.drill ? "yes" : "").end_object();
  for (const auto& [id, name] : redmine_custom_fields()) {
    const auto set = state.fields.find(name);
    out.object().member("id", id).member("name", name).member("value", set == state.fields.end() ? "" : set->second).end_object();
  }
  out.end_array();
  moment("created_on", told(opening.at));
  moment("updated_on", state.updated);
  moment("closed_on", state.closed);
}

ServerAnswer RedmineSite::issues(const ServerRequest& request, Instant now) const {
  std::string filter = request.parameter("updated_on").value_or("");
  Instant from{}, until = Instant::max();
  if (filter.starts_with("><")) {
    const auto bar = filter.find('|');
    from = parse_time(filter.substr(2, bar - 2)).value_or(Instant{});
    until = parse_time(filter.substr(bar + 1)).value_or(Instant::max());
  }
  std::vector<std::pair<Instant, const Ticket*>> found;
  for (const Ticket& one : desk_.tickets) {
    if (one.acts.front().shown > now) continue;
    const Instant updated = state_of(one, now).updated;
    if (updated >= from && updated <= until) found.emplace_back(updated, &one);
  }
  std::ranges::sort(found, {}, [](const auto& one) { return std::pair(one.first, one.second->number); });
  const int limit = number_in(request.parameter("limit").value_or(""), 25), offset = number_in(request.parameter("offset").value_or(""), 0);
  JsonWriter out;
  out.object().key("issues").array();
  const auto end = std::min(found.size(), static_cast<std::size_t>(offset + limit));
  for (std::size_t i = static_cast<std::size_t>(offset); i < end; ++i) {
    out.object();
    members(out, *found[i].second, now);
    out.end_object();
  }
  out.end_array().member("total_count", static_cast<int>(found.size())).member("offset", offset).member("limit", limit).end_object();
  return json_answer(out.text());
}

void RedmineSite::detail(JsonWriter& out, const Act& act, IssueState& state) const {
  const auto write = [&](const char* property, const char* name, const std::string& before, const std::string& after) {
    out.object().member("property", property).member("name", name).key("old_value");
    if (before.empty()) out.null();
    else out.value(before);
    out.member("new_value", after).end_object();
  };
  if (act.did == Did::moved) {
    const int next = status_id(act.text);
    write("attr", "status_id", std::to_string(state.status), std::to_string(next));
    state.status = next;
  }
  if (act.did == Did::took) {
    const int next = desk_.number_of(act.text);
    write("attr", "assigned_to_id", state.owner == 0 ? "" : std::to_string(state.owner), std::to_string(next));
    state.owner = next;
  }
  if (act.did == Did::classified) {
    const auto [field, value] = field_set(act.text);
    const auto id = std::ranges::find(redmine_custom_fields(), field, &std::pair<int, std::string>::second)->first;
    write("cf", std::to_string(id).c_str(), state.fields[field], value);
    state.fields[field] = value;
  }
}

void RedmineSite::journals(JsonWriter& out, const Ticket& ticket, Instant now) const {
  IssueState state;
  out.key("journals").array();
  for (std::size_t i = 1; i < ticket.acts.size(); ++i) {
    const Act& act = ticket.acts[i];
    if (act.shown > now) continue;
    const bool said = act.did == Did::answered || act.did == Did::noted;
    out.object().member("id", ticket.number * 1000 + static_cast<int>(i));
    reference(out, "user", desk_.number_of(act.who), act.who);
    out.member("notes", said ? act.text : "").member("created_on", told(act.at)).member("private_notes", act.visible == "private");
    out.key("details").array();
    detail(out, act, state);
    out.end_array().end_object();
  }
  out.end_array();
}

ServerAnswer RedmineSite::issue(int id, Instant now) const {
  if (id < 1 || static_cast<std::size_t>(id) > desk_.tickets.size()) return json_answer("", 404);
  const Ticket& ticket = desk_.tickets[static_cast<std::size_t>(id - 1)];
  if (ticket.acts.front().shown > now) return json_answer("", 404);
  JsonWriter out;
  out.object().key("issue").object();
  members(out, ticket, now);
  out.key("relations").array();
  for (const int other : ticket.links) out.object().member("issue_id", id).member("issue_to_id", other).end_object();
  out.end_array();
  journals(out, ticket, now);
  out.end_object().end_object();
  return json_answer(out.text());
}

ServerAnswer RedmineSite::statuses() const {
  JsonWriter out;
  out.object().key("issue_statuses").array();
  for (const auto& [id, name] : words()) out.object().member("id", id).member("name", name).member("is_closed", id >= 5).end_object();
  out.end_array().end_object();
  return json_answer(out.text());
}

ServerAnswer RedmineSite::memberships(const ServerRequest& request) const {
  const auto limit = static_cast<std::size_t>(number_in(request.parameter("limit").value_or(""), 25));
  const auto offset = static_cast<std::size_t>(number_in(request.parameter("offset").value_or(""), 0));
  JsonWriter out;
  out.object().key("memberships").array();
  for (std::size_t i = offset; i < std::min(desk_.accounts.size(), offset + limit); ++i) {
    out.object().member("id", static_cast<int>(i) + 1);
    reference(out, "project", 1, "SOC");
    reference(out, "user", static_cast<int>(i) + 20, desk_.accounts[i]);
    out.end_object();
  }
  out.end_array().member("total_count", static_cast<int>(desk_.accounts.size())).member("offset", static_cast<int>(offset));
  out.member("limit", static_cast<int>(limit)).end_object();
  return json_answer(out.text());
}

ServerAnswer RedmineSite::current_user() {
  return json_answer(fmt::format(
      R"({{"user":{{"id":99,"login":"akashi","memberships":[{{"id":50,"project":{{"id":1,"name":"SOC"}},"roles":[{{"id":{},"name":"Reader"}}]}}]}}}})",
      reader_role));
}

ServerAnswer RedmineSite::role(bool rights_short) {
  return json_answer(fmt::format(R"({{"role":{{"id":4,"name":"Reader","issues_visibility":"{}","permissions":["view_project","view_issues",)"
                                 R"("view_private_notes","view_wiki_pages","view_wiki_edits"]}}}})",
                                 rights_short ? "default" : "all"));
}

ServerAnswer RedmineSite::wiki_index(Instant now) const {
  JsonWriter out;
  out.object().key("wiki_pages").array();
  for (const Page& page : desk_.pages) {
    int version = 0;
    Instant updated{};
    for (const Edit& edit : page.edits)
      if (edit.at <= now) ++version, updated = told(edit.at);
    if (version == 0) continue;
    out.object().member("title", page.title).member("version", version).member("created_on", told(page.edits.front().at));
    out.member("updated_on", updated).end_object();
  }
  out.end_array().end_object();
  return json_answer(out.text());
}

// "Title/2"
ServerAnswer RedmineSite::wiki_page(const std::string& asked, Instant now) const {
  const auto slash = asked.rfind('/');
  const auto version = static_cast<std::size_t>(std::max(0, number_in(slash == std::string::npos ? "" : asked.substr(slash + 1), 0)));
  const auto page = std::ranges::find(desk_.pages, asked.substr(0, slash), &Page::title);
  if (page == desk_.pages.end() || version < 1 || version > page->edits.size() || page->edits[version - 1].at > now) return json_answer("", 404);
  const Edit& edit = page->edits[version - 1];
  JsonWriter out;
  out.object().key("wiki_page").object().member("title", page->title).member("text", edit.text).member("version", static_cast<int>(version));
  reference(out, "author", desk_.number_of(edit.who), edit.who);
  out.member("created_on", told(page->edits.front().at)).member("updated_on", told(edit.at)).end_object().end_object();
  return json_answer(out.text());
}

ServerAnswer RedmineSite::answer(const ServerRequest& request, Instant now, bool rights_short) const {
  const std::string& path = request.path;
  const auto between = [&](const std::string& before, const std::string& after) -> std::optional<std::string> {
    if (!path.starts_with(before) || !path.ends_with(after) || path.size() <= before.size() + after.size()) return std::nullopt;
    return path.substr(before.size(), path.size() - before.size() - after.size());
  };
  if (path == "/issues.json") return issues(request, now);
  if (path == "/issue_statuses.json") return statuses();
  if (path == "/projects/soc.json") return json_answer(R"({"project":{"id":1,"name":"SOC","identifier":"soc"}})");
  if (path == "/projects/soc/memberships.json") return memberships(request);
  if (path == "/projects/soc/wiki/index.json") return wiki_index(now);
  if (path == "/users/current.json") return current_user();
  if (between("/roles/", ".json")) return role(rights_short);
  if (const auto id = between("/issues/", ".json")) return issue(number_in(*id, 0), now);
  if (const auto title = between("/projects/soc/wiki/", ".json")) return wiki_page(*title, now);
  return json_answer("", 404);
}

}  // namespace

std::unique_ptr<Site> redmine_site(const Desk& desk) { return std::make_unique<RedmineSite>(desk); }

}  // namespace akashi::simulator
