#include "collector/demo/rt_site.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "collector/demo/number.hpp"
#include "collector/demo/rt_query.hpp"
#include "collector/json_writer.hpp"
#include "core/text.hpp"

namespace akashi::demo {
namespace {

ServerAnswer json(int status, std::string body) {
  return {.status = status, .headers = {{"Content-Type", "application/json; charset=\"utf-8\""}}, .body = std::move(body), .raw = {}, .mischief = {}};
}
ServerAnswer message(int status, const std::string& text) {
  JsonWriter out;
  out.object().member("message", text).end_object();
  return json(status, out.text());
}

// As TransactionSQL compares them: "2026-04-01T09:00:00Z" → "2026-04-01 09:00:00".
std::string sql_time(Instant at) {
  std::string text = format_time(at);
  text[10] = ' ';
  return text.substr(0, 19);
}

// One list: its objects, filtered, ordered, paged and written with the fields that were asked for.
class Listing {
 public:
  using Write = std::function<void(JsonWriter& out)>;  // a field's value
  struct Row {
    int id = 0;
    std::map<std::string, std::string, std::less<>> query;  // what a query can ask for
    std::map<std::string, Write, std::less<>> fields;
  };

  Listing(const ServerRequest& request, std::string base, std::string type, bool totals)
      : request_(request), base_(std::move(base)), type_(std::move(type)), totals_(totals) {}

  std::vector<Row> rows;

  ServerAnswer answer(const RtQuery& query) {
    for (const std::string& field : query.fields()) {
      const bool known = rows.empty() || same_word(field, "id") || rows.front().query.contains(lower(field));
      if (!known) return message(400, "Unknown field: " + field + " at RT/Tickets.pm line 3187.\n");
    }
    std::erase_if(rows, [&](const Row& row) {
      return !query.fits([&](std::string_view field) -> std::optional<std::string> {
        if (same_word(field, "id")) return std::to_string(row.id);
        const auto found = row.query.find(lower(field));
        return found == row.query.end() ? std::nullopt : std::optional(found->second);
      });
    });
    order();
    return page();
  }

 private:
  [[nodiscard]] std::string parameter(std::string_view name) const { return request_.parameter(name).value_or(""); }

  void order() {
    const std::string by = lower(parameter("orderby"));
    const auto key = [&](const Row& row) {
      const auto found = row.query.find(by);
      return found == row.query.end() ? std::string() : found->second;
    };
    std::ranges::stable_sort(rows, [&](const Row& a, const Row& b) { return by.empty() || by == "id" ? a.id < b.id : key(a) < key(b); });
    if (same_word(parameter("order"), "DESC")) std::ranges::reverse(rows);
  }

  ServerAnswer page() {
    const int per_page = std::clamp(number_or(parameter("per_page"), 20), 1, 100), page = std::max(1, number_or(parameter("page"), 1));
    const int total = static_cast<int>(rows.size()), pages = (total + per_page - 1) / per_page;
    const std::size_t from = std::min(rows.size(), static_cast<std::size_t>(per_page) * static_cast<std::size_t>(page - 1));
    const std::size_t to = std::min(rows.size(), from + static_cast<std::size_t>(per_page));
    JsonWriter out;
    out.object().key("items").array();
    for (std::size_t i = from; i < to; ++i) item(out, rows[i]);
    out.end_array().member("count", static_cast<int>(to - from)).member("page", page).member("per_page", per_page);
    if (totals_) {
      out.member("total", total).member("pages", pages);
      if (page < pages) out.member("next_page", next(page + 1));
    } else {
      out.key("total").null().key("pages").null();
    }
    return json(200, out.end_object().text());
  }

  [[nodiscard]] std::string next(int page) const {
    std::string target = request_.target;
    if (const std::size_t at = target.find("&page="); at != std::string::npos)
      target.erase(at, std::min(target.find('&', at + 1), target.size()) - at);
    return base_ + target + "&page=" + std::to_string(page);
  }

  void item(JsonWriter& out, const Row& row) const {
    out.object().member("id", std::to_string(row.id)).member("type", type_);
    out.member("_url", fmt::format("{}/REST/2.0/{}/{}", base_, type_, row.id));
    const std::string asked = parameter("fields");
    for (const std::string_view field : split(asked, ',')) {
      if (field.empty() || field == "id" || field == "type") continue;
      const auto found = row.fields.find(field);
      if (found == row.fields.end()) continue;
      out.key(field);
      found->second(out);
    }
    out.end_object();
  }

  const ServerRequest& request_;
  std::string base_, type_;
  bool totals_;
};

class RtSite {
 public:
  RtSite(const RtTool& tool, const ServerRequest& request, std::string base) : tool_(tool), request_(request), base_(std::move(base)) {}

  ServerAnswer answer() const {
    const std::string_view prefix = "/REST/2.0/";
    if (!request_.path.starts_with(prefix)) {
      return {.status = 200,
              .headers = {{"Content-Type", "text/html; charset=utf-8"}},
              .body = "<html><title>Login</title></html>",
              .raw = {},
              .mischief = {}};
    }
    const std::string path = request_.path.substr(prefix.size());
    if (path == "rt") return json(200, "{\"Version\":\"5.0.3\",\"Plugins\":[]}\n");
    if (path == "transactions") return transactions();
    if (path == "tickets") return tickets();
    if (path == "attachments") return attachments();
    if (path == "articles") return articles();
    if (path == "users") return users();
    if (path == "queues/all" || path == "queues") return queues();
    return single(path);
  }

 private:
  Listing::Write text(std::string value) const {
    return [value = std::move(value)](JsonWriter& out) { out.value(value); };
  }
  Listing::Write time(Instant at) const { return text(format_time(at)); }

  // {"type":"user","id":…}: the name as id, or what fields[Creator]=id,Name asks for, with the number as id.
  Listing::Write user(const char* field, int id) const {
    return [this, field, id](JsonWriter& out) {
      const std::string asked = request_.parameter(fmt::format("fields[{}]", field)).value_or("");
      const auto wants = split(asked, ',');
      const auto wanted = [&](std::string_view name) { return std::ranges::find(wants, name) != wants.end(); };
      const std::string name = tool_.user_name(id);
      out.object().member("type", "user").member("_url", base_ + "/REST/2.0/user/" + name).key("id");
      if (wanted("id")) out.value(id);
      else out.value(name);
      if (wanted("Name")) out.member("Name", name);
      out.end_object();
    };
  }

  Listing::Write queue(int id) const {
    return [this, id](JsonWriter& out) {
      out.object().member("id", std::to_string(id)).member("type", "queue").member("_url", fmt::format("{}/REST/2.0/queue/{}", base_, id));
      if (request_.parameter("fields[Queue]").value_or("").find("Name") != std::string::npos) out.member("Name", tool_.queue_name(id));
      out.end_object();
    };
  }

  Listing::Write fields(const RtTicket& ticket) const {
    return [this, &ticket](JsonWriter& out) {
      out.array();
      for (const int id : tool_.fields_of_queue(ticket.queue)) {
        out.object().member("id", std::to_string(id)).member("type", "customfield").member("name", tool_.field_name(id));
        out.member("_url", fmt::format("{}/REST/2.0/customfield/{}", base_, id)).key("values").array();
        if (const auto found = ticket.fields.find(id); found != ticket.fields.end()) {
          for (const std::string& value : found->second) out.value(value);
        }
        out.end_array().end_object();
      }
      out.end_array();
    };
  }

  [[nodiscard]] std::optional<RtQuery> sql() const { return RtQuery::parse_sql(request_.parameter("query").value_or("")); }

  // A list without a query is empty in RT, not whole.
  ServerAnswer by_json(Listing& list, bool all_without) const {
    const auto asked = request_.parameter("query");
    if (!asked && !all_without) list.rows.clear();
    const auto query = RtQuery::parse_json(asked.value_or("[]"));
    return query ? list.answer(*query) : message(400, "The query is not valid JSON");
  }

  ServerAnswer transactions() const {
    const auto query = sql();
    if (!query) return message(400, "Couldn't parse query");
    Listing list(request_, base_, "transaction", false);
    for (const RtTransaction& one : tool_.transactions()) {
      const bool of_ticket = one.object_type == "RT::Ticket";
      const RtTicket* ticket = of_ticket ? &tool_.tickets().at(static_cast<std::size_t>(one.object - 1)) : nullptr;
      list.rows.push_back({.id = one.id,
                           .query = {{"objecttype", one.object_type},
                                     {"objectid", std::to_string(one.object)},
                                     {"type", one.type},
                                     {"field", one.field},
                                     {"creator", tool_.user_name(one.creator)},
                                     {"created", sql_time(one.created)},
                                     {"ticketid", of_ticket ? std::to_string(one.object) : ""},
                                     {"tickettype", of_ticket ? ticket->type : ""},
                                     {"ticketqueue", of_ticket ? tool_.queue_name(ticket->queue) : ""}},
                           .fields = {{"Type", text(one.type)},
                                      {"Field", text(one.field)},
                                      {"OldValue", text(one.before)},
                                      {"NewValue", text(one.after)},
                                      {"Creator", user("Creator", one.creator)},
                                      {"Created", time(one.created)},
                                      {"ObjectType", text(one.object_type)},
                                      {"ObjectId", text(std::to_string(one.object))},
                                      {"Object", text("")},
                                      {"Data", text(one.data)},
                                      {"TimeTaken", text(std::to_string(one.minutes))}}});
    }
    return list.answer(*query);
  }

  ServerAnswer tickets() const {
    Listing list(request_, base_, "ticket", true);
    const auto query = request_.parameter("query") ? sql() : RtQuery::parse_sql("id = 0");
    if (!query) return message(400, "Couldn't parse query");
    const bool only_tickets = !query->asks_for("Type");
    for (const RtTicket& one : tool_.tickets()) {
      if (one.merged_into != 0 || one.status == "deleted" || (only_tickets && one.type != "ticket")) continue;
      list.rows.push_back({.id = one.id, .query = asked_of(one), .fields = told_of(one)});
    }
    return list.answer(*query);
  }

  [[nodiscard]] std::map<std::string, std::string, std::less<>> asked_of(const RtTicket& one) const {
    return {{"type", one.type},
            {"queue", tool_.queue_name(one.queue)},
            {"status", one.status},
            {"subject", one.subject},
            {"owner", tool_.user_name(one.owner)},
            {"creator", tool_.user_name(one.creator)},
            {"created", sql_time(one.created)},
            {"lastupdated", sql_time(one.updated)},
            {"resolved", sql_time(one.resolved)},
            {"priority", std::to_string(one.priority)}};
  }

  [[nodiscard]] std::map<std::string, Listing::Write, std::less<>> told_of(const RtTicket& one) const {
    const auto requestor = [this, who = one.requestor](JsonWriter& out) {
      out.array();
      if (!who.empty()) out.object().member("type", "user").member("id", who).member("_url", base_ + "/REST/2.0/user/" + who).end_object();
      out.end_array();
    };
    std::map<std::string, Listing::Write, std::less<>> told{{"Queue", queue(one.queue)},
                                                            {"Status", text(one.status)},
                                                            {"Subject", text(one.subject)},
                                                            {"Owner", user("Owner", one.owner)},
                                                            {"Creator", user("Creator", one.creator)},
                                                            {"LastUpdatedBy", user("LastUpdatedBy", one.updated_by)},
                                                            {"Created", time(one.created)},
                                                            {"Started", time(one.started)},
                                                            {"Resolved", time(one.resolved)},
                                                            {"Due", time(one.due)},
                                                            {"LastUpdated", time(one.updated)},
                                                            {"Priority", text(std::to_string(one.priority))},
                                                            {"CustomFields", fields(one)},
                                                            {"Type", text(one.type)},
                                                            {"EffectiveId", text(std::to_string(one.id))},
                                                            {"Requestor", requestor}};
    for (const char* unset : {"Starts", "Told"}) told[unset] = time(Instant{});
    for (const char* empty : {"SLA", "IsMerged", "MemberOf", "RefersTo", "DependsOn", "Members", "ReferredToBy"}) told[empty] = text("");
    return told;
  }

  ServerAnswer attachments() const {
    Listing list(request_, base_, "attachment", false);
    for (const RtAttachment& one : tool_.attachments()) {
      list.rows.push_back({.id = one.id,
                           .query = {{"transactionid", std::to_string(one.transaction)},
                                     {"contenttype", "text/plain"},
                                     {"parent", "0"},
                                     {"filename", ""},
                                     {"created", sql_time(one.created)}},
                           .fields = {{"TransactionId", text(std::to_string(one.transaction))},
                                      {"ContentType", text("text/plain")},
                                      {"Content", text(one.content)},
                                      {"Subject", text(one.subject)},
                                      {"Filename", text("")},
                                      {"Created", time(one.created)},
                                      {"Creator", user("Creator", one.creator)}}});
    }
    return by_json(list, false);
  }

  ServerAnswer articles() const {
    Listing list(request_, base_, "article", false);
    for (const RtArticle& one : tool_.articles()) {
      const auto content = [this, &one](JsonWriter& out) {
        out.array().object().member("id", "1").member("type", "customfield").member("name", "Content");
        out.member("_url", base_ + "/REST/2.0/customfield/1").key("values").array().value(one.content).end_array().end_object().end_array();
      };
      const auto in_class = [this](JsonWriter& out) {
        out.object().member("id", "2").member("type", "class").member("Name", "Procedures").member("_url", base_ + "/REST/2.0/class/2").end_object();
      };
      list.rows.push_back({.id = one.id,
                           .query = {{"name", one.name}, {"class", "2"}, {"created", sql_time(one.created)}, {"lastupdated", sql_time(one.updated)}},
                           .fields = {{"Name", text(one.name)},
                                      {"Summary", text(one.summary)},
                                      {"Class", in_class},
                                      {"Created", time(one.created)},
                                      {"LastUpdated", time(one.updated)},
                                      {"Creator", user("Creator", one.creator)},
                                      {"LastUpdatedBy", user("LastUpdatedBy", one.updated_by)},
                                      {"CustomFields", content},
                                      {"Disabled", text("0")},
                                      {"SortOrder", text("0")}}});
    }
    return by_json(list, false);
  }

  ServerAnswer users() const {
    Listing list(request_, base_, "user", true);
    for (const RtUser& one : tool_.users()) {
      list.rows.push_back(
          {.id = one.id,
           .query = {{"name", one.name}, {"realname", one.real_name}},
           .fields = {{"Name", text(one.name)}, {"RealName", text(one.real_name)}, {"Privileged", text("")}, {"Disabled", text("")}}});
    }
    return by_json(list, false);
  }

  ServerAnswer queues() const {
    Listing list(request_, base_, "queue", false);
    for (const auto& [id, name] : tool_.queues()) {
      list.rows.push_back(
          {.id = id, .query = {{"name", name}}, .fields = {{"Name", text(name)}, {"Lifecycle", text("default")}, {"Disabled", text("0")}}});
    }
    return by_json(list, true);
  }

  // user/31, user/asato, customfield/3, ticket/12: what lookups ask one by one.
  ServerAnswer single(const std::string& path) const {
    const std::size_t slash = path.find('/');
    if (slash == std::string::npos) return message(404, "Not Found");
    const std::string type = path.substr(0, slash), key = path.substr(slash + 1);
    JsonWriter out;
    if (type == "user") {
      const auto found = std::ranges::find_if(tool_.users(), [&](const RtUser& one) { return one.name == key || std::to_string(one.id) == key; });
      if (found == tool_.users().end()) return message(404, "Not Found");
      out.object().member("Name", found->name).member("RealName", found->real_name).member("Privileged", 1).end_object();
      return json(200, out.text());
    }
    if (type == "customfield" && tool_.field_name(number_or(key, 0)) != key) {
      out.object().member("id", number_or(key, 0)).member("Name", tool_.field_name(number_or(key, 0))).end_object();
      return json(200, out.text());
    }
    if (type == "ticket") return one_ticket(number_or(key, 0));
    return message(404, "Not Found");
  }

  // A merged ticket answers as the one it became part of.
  ServerAnswer one_ticket(int id) const {
    if (id < 1 || static_cast<std::size_t>(id) > tool_.tickets().size()) return message(404, "Not Found");
    const RtTicket* ticket = &tool_.tickets()[static_cast<std::size_t>(id - 1)];
    if (ticket->merged_into != 0) ticket = &tool_.tickets()[static_cast<std::size_t>(ticket->merged_into - 1)];
    JsonWriter out;
    out.object().member("id", ticket->id);
    for (const auto& [name, write] : told_of(*ticket)) {
      out.key(name);
      write(out);
    }
    return json(200, out.end_object().text());
  }

  const RtTool& tool_;
  const ServerRequest& request_;
  std::string base_;
};

}  // namespace

ServerAnswer answer_as_rt(const RtTool& tool, const ServerRequest& request, const std::string& base, const std::string& token) {
  if (request.header("Authorization") != "token " + token) return message(401, "Unauthorized");
  if (request.method != "GET") return message(403, "Forbidden");
  return RtSite(tool, request, base).answer();
}

}  // namespace akashi::demo
