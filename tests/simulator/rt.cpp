// Request Tracker 5: REST API 2.0 as a reader without SuperUser sees it.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>

#include "collector/json_writer.hpp"
#include "core/text.hpp"
#include "sites.hpp"

namespace akashi::simulator {

namespace {

struct Row {
  int id = 0, ticket = 0, creator = 0;
  Instant at{}, shown{};
  std::string type, field, before, after, text;
};

struct TicketState {
  std::string status;
  std::map<int, std::string> fields;
  int owner = 6, merged_into = 0;
  Instant updated{}, resolved{};
};

constexpr int drill_field = 12;
const std::vector<std::pair<int, std::string>>& rt_custom_fields() {
  static const std::vector<std::pair<int, std::string>> all{{2, "Classification"}, {3, "Severity"}, {12, "Drill"},  {13, "Note"},
                                                            {14, "Figure"},        {15, "Outcome"}, {16, "Done on"}};
  return all;
}
int field_id(const std::string& field) { return std::ranges::find(rt_custom_fields(), field, &std::pair<int, std::string>::second)->first; }

class RtSite final : public Site {
 public:
  explicit RtSite(const Desk& desk) : desk_(desk) { lay_out(); }
  [[nodiscard]] ServerAnswer answer(const ServerRequest& request, Instant now, bool rights_short) const override;

 private:
  void lay_out();
  void rows_of(const Ticket& ticket, std::vector<Row>& rows) const;
  [[nodiscard]] ServerAnswer transactions(const ServerRequest& request, Instant now) const;
  [[nodiscard]] ServerAnswer tickets(const ServerRequest& request, Instant now) const;
  [[nodiscard]] ServerAnswer attachments(const ServerRequest& request, Instant now) const;
  [[nodiscard]] ServerAnswer articles(const ServerRequest& request, Instant now) const;
  [[nodiscard]] ServerAnswer queues(bool rights_short) const;
  [[nodiscard]] ServerAnswer user(const std::string& key) const;
  [[nodiscard]] TicketState state_of(const Ticket& ticket, Instant now) const;
  void write_ticket(JsonWriter& out, const Ticket& ticket, Instant now) const;
  void user_member(JsonWriter& out, const char* key, int id, bool named) const;
  [[nodiscard]] std::string name_of(int id) const;
  [[nodiscard]] Instant told(Instant at) const { return at + desk_.skew; }

  const Desk& desk_;
  std::vector<Row> rows_;                            // by id
  std::vector<std::vector<std::size_t>> by_ticket_;  // indices of rows_
};

std::string RtSite::name_of(int id) const {
  if (id == 1) return "RT_System";
  if (id == 6) return "Nobody";
  return id >= 20 && id - 20 < static_cast<int>(desk_.accounts.size()) ? desk_.accounts[static_cast<std::size_t>(id - 20)] : std::to_string(id);
}

void RtSite::rows_of(const Ticket& ticket, std::vector<Row>& rows) const {
  std::string status = desk_.words.asked, owner = "6";
  std::map<std::string, std::string> fields;
  for (const Act& act : ticket.acts) {
    Row row{0, ticket.number, desk_.number_of(act.who), act.at, act.shown, {}, {}, {}, {}, {}};
    const auto address = "fsck.com-rt://soc.example/ticket/" + act.text;
    switch (act.did) {
      case Did::opened:
        row.type = "Create", row.text = act.text;
        break;
      case Did::answered:
        row.type = "Correspond", row.text = act.text;
        break;
      case Did::noted:
        row.type = "Comment", row.text = act.text;
        break;
      case Did::moved:
        row.type = row.field = "Status", row.before = status, row.after = status = act.text;
        break;
      case Did::classified: {
        const auto [field, value] = field_set(act.text);
        auto& now = fields[field];
        row.type = "CustomField", row.field = std::to_string(field_id(field)), row.before = now, row.after = now = value;
        break;
      }
      case Did::took:
        row.type = "Set", row.field = "Owner", row.before = owner, row.after = owner = std::to_string(desk_.number_of(act.text));
        break;
      case Did::merged:
        row.type = "AddLink", row.field = "MergedInto", row.after = address;
        break;
    }
    rows.push_back(row);
    if (act.did == Did::merged) {
      row.ticket = number_in(act.text, 0);
      rows.push_back(row);
    }
    if (act.did == Did::took) {
      row.type = "SetWatcher";
      rows.push_back(row);
    }
  }
}

void RtSite::lay_out() {
  for (const Ticket& ticket : desk_.tickets) rows_of(ticket, rows_);
  std::ranges::stable_sort(rows_, {}, &Row::shown);
  by_ticket_.resize(desk_.tickets.size() + 1);
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    rows_[i].id = static_cast<int>(i) + 100;
    by_ticket_[static_cast<std::size_t>(rows_[i].ticket)].push_back(i);
  }
}

TicketState RtSite::state_of(const Ticket& ticket, Instant now) const {
  TicketState state;
  state.status = desk_.words.asked;
  for (const std::size_t at : by_ticket_[static_cast<std::size_t>(ticket.number)]) {
    const Row& row = rows_[at];
    if (row.shown > now) break;
    state.updated = std::max(state.updated, told(row.at));
    if (row.type == "Status") state.status = row.after;
    if (row.type == "Status" && (row.after == desk_.words.done || row.after == desk_.words.refused)) state.resolved = told(row.at);
    if (row.type == "CustomField") state.fields[number_in(row.field, 0)] = row.after;
    if (row.type == "Set") state.owner = number_in(row.after, 6);
    if (row.field == "MergedInto" && !row.after.ends_with("/" + std::to_string(ticket.number)))
      state.merged_into = number_in(row.after.substr(row.after.rfind('/') + 1), 0);
  }
  if (ticket.drill) state.fields[drill_field] = "yes";
  if (ticket.severe) state.fields[field_id("Severity")] = "Critical";
  return state;
}

void RtSite::user_member(JsonWriter& out, const char* key, int id, bool named) const {
  out.key(key).object().member("type", "user").key("id");
  if (named) out.value(id).member("Name", name_of(id));
  else out.value(name_of(id));
  out.end_object();
}

// The ids that "ObjectId = 1 OR ObjectId = 2" and "id = 1 OR id = 2" name.
std::vector<int> ids_named(const std::string& query, std::string_view word) {
  std::vector<int> ids;
  const std::string mark = std::string(word) + " = ";
  for (std::size_t at = query.find(mark); at != std::string::npos; at = query.find(mark, at + 1))
    if (at == 0 || !std::isalpha(static_cast<unsigned char>(query[at - 1]))) ids.push_back(std::atoi(query.c_str() + at + mark.size()));
  return ids;
}

ServerAnswer RtSite::transactions(const ServerRequest& request, Instant now) const {
  const auto query = request.parameter("query").value_or("");
  int least = 0;
  Instant since{};
  if (const auto at = query.find("id > "); at != std::string::npos) least = std::atoi(query.c_str() + at + 5) + 1;
  if (const auto at = query.find("id >= "); at != std::string::npos) least = std::atoi(query.c_str() + at + 6);
  if (const auto at = query.find("Created >= '"); at != std::string::npos) {
    auto text = query.substr(at + 12, 19);
    text[10] = 'T';
    since = parse_time(text + "Z").value_or(Instant{});
  }
  const auto objects = ids_named(query, "ObjectId");
  const std::set<int> wanted(objects.begin(), objects.end());
  std::vector<const Row*> found;
  for (const Row& row : rows_) {
    if (row.shown > now) break;
    if (row.id >= least && told(row.at) >= since && (wanted.empty() || wanted.contains(row.ticket))) found.push_back(&row);
  }
  if (same_word(request.parameter("order").value_or(""), "DESC")) std::ranges::reverse(found);
  const auto size = static_cast<std::size_t>(number_in(request.parameter("per_page").value_or(""), 20));
  const auto from = size * static_cast<std::size_t>(std::max(1, number_in(request.parameter("page").value_or(""), 1)) - 1);
  JsonWriter out;
  out.object().key("items").array();
  for (std::size_t i = from; i < std::min(found.size(), from + size); ++i) {
    const Row& row = *found[i];
    out.object().member("id", std::to_string(row.id)).member("type", "transaction").member("Type", row.type).member("Field", row.field);
    out.member("OldValue", row.before).member("NewValue", row.after).member("ObjectId", std::to_string(row.ticket));
    out.member("ObjectType", "RT::Ticket").member("Created", format_time(told(row.at)));
    user_member(out, "Creator", row.creator, true);
    out.end_object();
  }
  out.end_array().key("total").null().end_object();
  return json_answer(out.text());
}

void RtSite::write_ticket(JsonWriter& out, const Ticket& ticket, Instant now) const {
  const TicketState state = state_of(ticket, now);
  out.object().member("id", std::to_string(ticket.number)).member("type", "ticket");
  out.key("Queue").object().member("id", "3").member("type", "queue").member("Name", ticket.place).end_object();
  out.member("Status", state.status).member("Subject", ticket.title).member("Type", "ticket").member("Priority", "0");
  user_member(out, "Owner", state.owner, true);
  out.member("Created", format_time(told(ticket.acts.front().at))).member("LastUpdated", format_time(state.updated));
  out.member("Resolved", format_time(state.resolved)).member("Due", format_time(Instant{})).key("CustomFields").array();
  for (const auto& [id, name] : rt_custom_fields()) {
    out.object().member("id", std::to_string(id)).member("type", "customfield").member("name", name).key("values").array();
    if (const auto at = state.fields.find(id); at != state.fields.end()) out.value(at->second);
    out.end_array().end_object();
  }
  out.end_array().end_object();
}

ServerAnswer RtSite::tickets(const ServerRequest& request, Instant now) const {
  const auto query = request.parameter("query").value_or("");
  std::vector<const Ticket*> found;
  if (const auto at = query.find("Queue = '"); at != std::string::npos) {
    const auto place = query.substr(at + 9, query.find('\'', at + 9) - at - 9);
    for (const Ticket& one : desk_.tickets)
      if (one.place == place && one.acts.front().shown <= now && found.empty()) found.push_back(&one);
  } else {
    for (const int id : ids_named(query, "id"))
      if (id >= 1 && id <= static_cast<int>(desk_.tickets.size())) found.push_back(&desk_.tickets[static_cast<std::size_t>(id - 1)]);
    std::erase_if(found, [&](const Ticket* one) { return one->acts.front().shown > now || state_of(*one, now).merged_into != 0; });
  }
  JsonWriter out;
  out.object().key("items").array();
  for (const Ticket* one : found) write_ticket(out, *one, now);
  const auto count = static_cast<int>(found.size());
  out.end_array().member("count", count).member("total", count).member("page", 1).member("pages", 1).member("per_page", 100).end_object();
  return json_answer(out.text());
}

ServerAnswer RtSite::attachments(const ServerRequest& request, Instant now) const {
  const auto query = request.parameter("query").value_or("");
  JsonWriter out;
  out.object().key("items").array();
  int count = 0;
  const std::string mark = "\"TransactionId\",\"value\":";
  const bool first_page = number_in(request.parameter("page").value_or(""), 1) == 1;
  for (std::size_t at = query.find(mark); first_page && at != std::string::npos; at = query.find(mark, at + 1)) {
    const int id = std::atoi(query.c_str() + at + mark.size() + (query[at + mark.size()] == '"' ? 1 : 0));
    if (id < 100 || id - 100 >= static_cast<int>(rows_.size())) continue;
    const Row& row = rows_[static_cast<std::size_t>(id - 100)];
    if (row.text.empty() || row.shown > now) continue;
    out.object().member("id", std::to_string(id + 5000)).member("type", "attachment").member("TransactionId", std::to_string(id));
    out.member("ContentType", "text/plain").member("Content", row.text).member("Filename", "").end_object();
    ++count;
  }
  out.end_array().member("count", count).member("page", 1).member("per_page", 100).key("total").null().end_object();
  return json_answer(out.text());
}

ServerAnswer RtSite::articles(const ServerRequest& request, Instant now) const {
  JsonWriter out;
  out.object().key("items").array();
  int count = 0;
  const bool first_page = number_in(request.parameter("page").value_or(""), 1) == 1;
  for (const Page& page : desk_.pages) {
    const Edit* last = nullptr;
    for (const Edit& edit : page.edits)
      if (edit.at <= now) last = &edit;
    if (last == nullptr || !first_page) continue;
    out.object().member("id", std::to_string(page.number)).member("type", "article").member("Name", page.title).member("Summary", "");
    out.key("Class").object().member("id", "2").member("type", "class").member("Name", "Procedures").end_object();
    out.member("Created", format_time(told(page.edits.front().at))).member("LastUpdated", format_time(told(last->at))).member("Disabled", "0");
    user_member(out, "Creator", desk_.number_of(page.edits.front().who), false);
    user_member(out, "LastUpdatedBy", desk_.number_of(last->who), false);
    out.key("CustomFields").array().object().member("id", "1").member("type", "customfield").member("name", "Content");
    out.key("values").array().value(last->text).end_array().end_object().end_array().end_object();
    ++count;
  }
  out.end_array().member("count", count).member("page", 1).member("per_page", 100).key("total").null().end_object();
  return json_answer(out.text());
}

ServerAnswer RtSite::queues(bool rights_short) const {
  JsonWriter out;
  out.object().key("items").array();
  for (std::size_t i = rights_short ? 1 : 0; i < desk_.places.size(); ++i)
    out.object().member("id", std::to_string(i + 3)).member("type", "queue").member("Name", desk_.places[i]).end_object();
  const auto count = static_cast<int>(desk_.places.size());
  out.end_array().member("count", count).member("page", 1).member("per_page", 100).key("total").null().end_object();
  return json_answer(out.text());
}

ServerAnswer RtSite::user(const std::string& key) const {
  JsonWriter out;
  out.object().member("Name", name_of(number_in(key, desk_.number_of(key)))).member("RealName", "").end_object();
  return json_answer(out.text());
}

ServerAnswer RtSite::answer(const ServerRequest& request, Instant now, bool rights_short) const {
  const std::string prefix = "/REST/2.0/";
  const auto path = request.path.starts_with(prefix) ? request.path.substr(prefix.size()) : std::string();
  if (path == "transactions") return transactions(request, now);
  if (path == "tickets") return tickets(request, now);
  if (path == "attachments") return attachments(request, now);
  if (path == "articles") return articles(request, now);
  if (path == "queues/all") return queues(rights_short);
  if (path.starts_with("user/")) return user(path.substr(5));
  return json_answer("{\"message\":\"Not Found\"}", 404);
}

}  // namespace

std::unique_ptr<Site> rt_site(const Desk& desk) { return std::make_unique<RtSite>(desk); }

}  // namespace akashi::simulator
