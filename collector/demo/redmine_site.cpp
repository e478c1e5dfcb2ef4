#include "collector/demo/redmine_site.hpp"

#include <algorithm>
#include <optional>

#include "collector/demo/number.hpp"
#include "collector/json_writer.hpp"

namespace akashi::demo {
namespace {

constexpr int reader_role = 4, analyst_role = 3;
constexpr const char* project = "csirt";

ServerAnswer json(std::string body, int status = 200) {
  return {.status = status, .headers = {{"Content-Type", "application/json; charset=utf-8"}}, .body = std::move(body), .raw = {}, .mischief = {}};
}

// A filter of updated_on: ">=T", "<=T", "><T|U", "T". Nothing when it cannot be read, which Redmine answers with 422.
std::optional<Span> updated_filter(std::string_view text) {
  const Instant ever = Instant::max();
  const auto through = [](Instant at) { return at + std::chrono::seconds(1); };
  if (text.starts_with("><")) {
    const std::size_t bar = text.find('|');
    const auto from = parse_time(text.substr(2, bar - 2)), to = bar == std::string_view::npos ? std::nullopt : parse_time(text.substr(bar + 1));
    return from && to ? std::optional(Span{*from, through(*to)}) : std::nullopt;
  }
  const bool from_then = text.starts_with(">="), until_then = text.starts_with("<=");
  const auto at = parse_time(from_then || until_then ? text.substr(2) : text);
  if (!at) return std::nullopt;
  return from_then ? Span{*at, ever} : until_then ? Span{Instant{}, through(*at)} : Span{*at, through(*at)};
}

class RedmineSite {
 public:
  RedmineSite(const RedmineTool& tool, const ServerRequest& request) : tool_(tool), request_(request) {}

  ServerAnswer answer() const {
    const std::string& path = request_.path;
    const std::string in_project = std::string("/projects/") + project;
    if (path == "/issues.json") return issues();
    if (path == "/issue_statuses.json") return statuses();
    if (path == "/trackers.json") return named("trackers", tool_.trackers());
    if (path == "/enumerations/issue_priorities.json") return named("issue_priorities", {{1, "Low"}, {2, "Normal"}, {3, "High"}, {4, "Urgent"}});
    if (path == "/projects.json") return projects();
    if (path == in_project + ".json") return one_project();
    if (path == in_project + "/memberships.json") return memberships();
    if (path == in_project + "/wiki/index.json") return wiki_index();
    if (path == "/users/current.json") return current_user();
    if (path == "/users.json" || path == "/custom_fields.json") return json("", 403);
    if (const auto id = between("/issues/", ".json")) return issue(number_or(*id, 0));
    if (const auto id = between("/users/", ".json")) return user(number_or(*id, 0));
    if (const auto id = between("/roles/", ".json")) return role(number_or(*id, 0));
    if (const auto title = between(in_project + "/wiki/", ".json")) return wiki_page(*title);
    return json("", 404);
  }

 private:
  [[nodiscard]] std::optional<std::string> between(const std::string& before, const std::string& after) const {
    const std::string& path = request_.path;
    if (!path.starts_with(before) || !path.ends_with(after) || path.size() <= before.size() + after.size()) return std::nullopt;
    return path.substr(before.size(), path.size() - before.size() - after.size());
  }
  [[nodiscard]] std::string parameter(std::string_view name) const { return request_.parameter(name).value_or(""); }

  static void reference(JsonWriter& out, const char* key, int id, const std::string& name) {
    out.key(key).object().member("id", id).member("name", name).end_object();
  }
  static void moment(JsonWriter& out, const char* key, Instant at) {
    out.key(key);
    if (at == Instant{}) out.null();
    else out.value(at);
  }
  // The page that limit and offset ask for, and the three numbers behind it.
  struct Cut {
    std::size_t from = 0, to = 0;
    int limit = 25, offset = 0;
  };
  [[nodiscard]] Cut cut(std::size_t total) const {
    Cut cut;
    cut.limit = std::clamp(number_or(parameter("limit"), 25), 1, 100);
    cut.offset = std::max(0, number_or(parameter("offset"), 0));
    cut.from = std::min(total, static_cast<std::size_t>(cut.offset));
    cut.to = std::min(total, cut.from + static_cast<std::size_t>(cut.limit));
    return cut;
  }
  static std::string finish(JsonWriter& out, std::size_t total, const Cut& cut) {
    out.end_array().member("total_count", static_cast<int>(total)).member("offset", cut.offset).member("limit", cut.limit);
    return out.end_object().text();
  }

  ServerAnswer issues() const {
    if (const std::string wanted = parameter("project_id"); !wanted.empty() && wanted != project && wanted != "1") return json("", 404);
    std::optional<Span> updated = Span{Instant{}, Instant::max()};
    if (const auto filter = request_.parameter("updated_on")) updated = updated_filter(*filter);
    if (!updated) return json("{\"errors\":[\"Updated is invalid\"]}", 422);
    std::vector<const RedmineIssue*> rows;
    for (const RedmineIssue& one : tool_.issues()) {
      const bool open = !tool_.status(one.status).closed;
      const std::string tracker = parameter("tracker_id");
      if (!updated->contains(one.updated) || (parameter("status_id") != "*" && !open)) continue;
      if (tracker.empty() || number_or(tracker, 0) == one.tracker) rows.push_back(&one);
    }
    order(rows);
    const Cut page = cut(rows.size());
    JsonWriter out;
    out.object().key("issues").array();
    for (std::size_t i = page.from; i < page.to; ++i) {
      out.object();
      issue_members(out, *rows[i]);
      out.end_object();
    }
    return json(finish(out, rows.size(), page));
  }

  void order(std::vector<const RedmineIssue*>& rows) const {
    const std::string by = parameter("sort");
    if (by.starts_with("updated_on")) std::ranges::stable_sort(rows, {}, &RedmineIssue::updated);
    if (by.empty() || by.substr(0, by.find(',')).ends_with(":desc")) std::ranges::reverse(rows);
  }

  void issue_members(JsonWriter& out, const RedmineIssue& one) const {
    const RedmineStatus& status = tool_.status(one.status);
    out.member("id", one.id);
    reference(out, "project", 1, "CSIRT");
    reference(out, "tracker", one.tracker, tool_.tracker_name(one.tracker));
    out.key("status").object().member("id", status.id).member("name", status.name).member("is_closed", status.closed).end_object();
    reference(out, "priority", one.priority, "Normal");
    reference(out, "author", one.author, tool_.user_name(one.author));
    if (one.owner != 0) reference(out, "assigned_to", one.owner, tool_.user_name(one.owner));
    out.member("subject", one.subject).member("description", one.description).member("start_date", format_day(one.created));
    out.key("due_date").null().member("done_ratio", status.closed ? 100 : 0).member("is_private", false).key("estimated_hours").null();
    out.key("custom_fields").array().end_array();
    moment(out, "created_on", one.created);
    moment(out, "updated_on", one.updated);
    moment(out, "closed_on", one.closed);
  }

  ServerAnswer issue(int id) const {
    if (id < 1 || static_cast<std::size_t>(id) > tool_.issues().size()) return json("", 404);
    const RedmineIssue& one = tool_.issues()[static_cast<std::size_t>(id - 1)];
    const std::string include = parameter("include");
    JsonWriter out;
    out.object().key("issue").object();
    issue_members(out, one);
    for (const char* empty : {"attachments", "relations", "children"}) {
      if (include.find(empty) != std::string::npos) out.key(empty).array().end_array();
    }
    if (include.find("journals") != std::string::npos) {
      out.key("journals").array();
      for (const RedmineJournal& entry : one.journals) journal(out, entry);
      out.end_array();
    }
    return json(out.end_object().end_object().text());
  }

  void journal(JsonWriter& out, const RedmineJournal& entry) const {
    out.object().member("id", entry.id);
    reference(out, "user", entry.user, tool_.user_name(entry.user));
    out.member("notes", entry.notes).member("created_on", entry.created).member("private_notes", false).key("details").array();
    for (const RedmineDetail& detail : entry.details) {
      out.object().member("property", detail.property).member("name", detail.name).key("old_value");
      if (detail.before.empty()) out.null();
      else out.value(detail.before);
      out.member("new_value", detail.after).end_object();
    }
    out.end_array().end_object();
  }

  ServerAnswer statuses() const {
    JsonWriter out;
    out.object().key("issue_statuses").array();
    for (const RedmineStatus& one : tool_.statuses())
      out.object().member("id", one.id).member("name", one.name).member("is_closed", one.closed).end_object();
    return json(out.end_array().end_object().text());
  }

  ServerAnswer named(const char* what, const std::vector<std::pair<int, std::string>>& rows) const {
    JsonWriter out;
    out.object().key(what).array();
    for (const auto& [id, name] : rows) out.object().member("id", id).member("name", name).end_object();
    return json(out.end_array().end_object().text());
  }

  static void project_members(JsonWriter& out) {
    out.object().member("id", 1).member("name", "CSIRT").member("identifier", project).member("status", 1).member("is_public", false).end_object();
  }
  ServerAnswer projects() const {
    JsonWriter out;
    out.object().key("projects").array();
    project_members(out);
    return json(finish(out, 1, cut(1)));
  }
  ServerAnswer one_project() const {
    JsonWriter out;
    out.object().key("project");
    project_members(out);
    return json(out.end_object().text());
  }

  ServerAnswer memberships() const {
    const Cut page = cut(tool_.users().size());
    JsonWriter out;
    out.object().key("memberships").array();
    for (std::size_t i = page.from; i < page.to; ++i) {
      const RedmineUser& one = tool_.users()[i];
      out.object().member("id", static_cast<int>(i) + 1);
      reference(out, "project", 1, "CSIRT");
      reference(out, "user", one.id, one.name());
      out.key("roles").array().object().member("id", analyst_role).member("name", "Analyst").end_object().end_array().end_object();
    }
    return json(finish(out, tool_.users().size(), page));
  }

  // The reader itself: sees everything of the project, may change nothing.
  ServerAnswer current_user() const {
    JsonWriter out;
    out.object().key("user").object().member("id", 99).member("login", "akashi").member("firstname", "Evidence").member("lastname", "Reader");
    out.key("memberships").array().object().member("id", 50);
    reference(out, "project", 1, "CSIRT");
    out.key("roles").array().object().member("id", reader_role).member("name", "Reader").end_object().end_array();
    return json(out.end_object().end_array().end_object().end_object().text());
  }

  ServerAnswer role(int id) const {
    if (id != reader_role) return json("", 404);
    JsonWriter out;
    out.object().key("role").object().member("id", id).member("name", "Reader").member("assignable", false).member("issues_visibility", "all");
    out.member("time_entries_visibility", "all").member("users_visibility", "all").key("permissions").array();
    for (const char* right : {"view_project", "view_issues", "view_private_notes", "view_wiki_pages", "view_wiki_edits"}) out.value(right);
    return json(out.end_array().end_object().end_object().text());
  }

  ServerAnswer user(int id) const {
    const auto found = std::ranges::find(tool_.users(), id, &RedmineUser::id);
    if (found == tool_.users().end()) return json("", 404);
    JsonWriter out;
    out.object().key("user").object().member("id", id).member("login", found->login);
    out.member("firstname", found->first_name).member("lastname", found->last_name);
    return json(out.end_object().end_object().text());
  }

  ServerAnswer wiki_index() const {
    JsonWriter out;
    out.object().key("wiki_pages").array();
    for (const WikiPage& one : tool_.pages()) {
      out.object().member("title", one.title).member("version", static_cast<int>(one.versions.size()));
      out.member("created_on", one.versions.front().updated).member("updated_on", one.versions.back().updated).end_object();
    }
    return json(out.end_array().end_object().text());
  }

  // "Title" or "Title/2"
  ServerAnswer wiki_page(const std::string& asked) const {
    const std::size_t slash = asked.find('/');
    const auto page = std::ranges::find(tool_.pages(), asked.substr(0, slash), &WikiPage::title);
    if (page == tool_.pages().end()) return json("", 404);
    const int newest = static_cast<int>(page->versions.size());
    const int version = slash == std::string::npos ? newest : number_or(asked.substr(slash + 1), 0);
    if (version < 1 || version > newest) return json("", 404);
    const WikiVersion& shown = page->versions[static_cast<std::size_t>(version - 1)];
    JsonWriter out;
    out.object().key("wiki_page").object().member("title", page->title).member("text", shown.text).member("version", version);
    reference(out, "author", shown.author, tool_.user_name(shown.author));
    out.member("comments", shown.comment).member("created_on", page->versions.front().updated).member("updated_on", shown.updated);
    return json(out.end_object().end_object().text());
  }

  const RedmineTool& tool_;
  const ServerRequest& request_;
};

}  // namespace

ServerAnswer answer_as_redmine(const RedmineTool& tool, const ServerRequest& request, const std::string& key) {
  if (request.header("X-Redmine-API-Key") != key) {
    return {.status = 401,
            .headers = {{"Content-Type", "application/json"}, {"WWW-Authenticate", "Basic realm=\"Redmine API\""}},
            .body = {},
            .raw = {},
            .mischief = {}};
  }
  if (request.method != "GET") return json("", 403);
  return RedmineSite(tool, request).answer();
}

}  // namespace akashi::demo
