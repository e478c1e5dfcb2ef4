#include "collector/demo/rt_tool.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace akashi::demo {
namespace {

// Statuses in which the lifecycles of these queues end; RT then sets Resolved.
bool ends(std::string_view status) {
  constexpr std::array<std::string_view, 5> ended{"resolved", "rejected", "abandoned", "removed", "deleted"};
  return std::ranges::find(ended, status) != ended.end();
}

std::string address(int ticket) { return std::string("fsck.com-rt://") + rt_organization + "/ticket/" + std::to_string(ticket); }

int number_of(const std::vector<std::pair<int, std::string>>& list, std::string_view name) {
  const auto found = std::ranges::find_if(list, [&](const auto& entry) { return entry.second == name; });
  if (found == list.end()) throw std::logic_error("the demo has no \"" + std::string(name) + "\"");
  return found->first;
}

std::string name_of(const std::vector<std::pair<int, std::string>>& list, int id) {
  const auto found = std::ranges::find_if(list, [&](const auto& entry) { return entry.first == id; });
  return found == list.end() ? std::to_string(id) : found->second;
}

}  // namespace

RtTool::RtTool() {
  queues_ = {{3, "Incident Reports"}, {4, "Incidents"},       {5, "Investigations"}, {6, "Countermeasures"}, {7, "Recovery"},
             {8, "Notifications"},    {9, "Closing Reports"}, {10, "Approvals"},     {11, "Enquiries"}};
  fields_ = {{1, "Content"}, {2, "Classification"}, {3, "Severity"}, {5, "Resolution"}, {6, "How Reported"}, {8, "IP"}, {12, "Drill"}};
  for (const auto& [id, name] : queues_) queue_fields_[id] = {12};
  queue_fields_[3] = {6, 8, 12};
  queue_fields_[4] = {2, 3, 5, 8, 12};
  queue_fields_[5] = {3, 8, 12};
  users_ = {{rt_system, "RT_System", "The RT System itself"}, {rt_nobody, "Nobody", "Nobody in particular"}};
}

void RtTool::add_user(int id, const std::string& name, const std::string& real_name) { users_.push_back({id, name, real_name}); }

int RtTool::note(Instant at, const std::string& who, int object, std::string type, std::string field, std::string before, std::string after) {
  const int id = transactions_.empty() ? 76 : transactions_.back().id + 1;  // a fresh RT has made some dozens for itself
  transactions_.push_back({.id = id,
                           .object_type = "RT::Ticket",
                           .object = object,
                           .type = std::move(type),
                           .field = std::move(field),
                           .before = std::move(before),
                           .after = std::move(after),
                           .data = {},
                           .creator = user_id(who),
                           .created = at,
                           .minutes = 0});
  return id;
}

void RtTool::attach(Instant at, int transaction, const std::string& text, const std::string& subject) {
  const int id = attachments_.empty() ? 7 : attachments_.back().id + 1;
  attachments_.push_back({id, transaction, transactions_.back().creator, text, subject, at});
}

RtTicket& RtTool::touch(Instant at, const std::string& who, int ticket) {
  RtTicket& touched = tickets_.at(static_cast<std::size_t>(ticket - 1));
  touched.updated = at;
  touched.updated_by = user_id(who);
  return touched;
}

int RtTool::create(Instant at, const std::string& who, const NewTicket& ticket) {
  const int id = static_cast<int>(tickets_.size()) + 1;
  RtTicket made;
  made.id = id;
  made.queue = queue_id(ticket.queue);
  made.type = ticket.type;
  made.subject = ticket.subject;
  made.requestor = ticket.requestor;
  made.creator = user_id(who);
  made.priority = ticket.priority;
  made.created = at;
  if (!ticket.owner.empty()) made.owner = user_id(ticket.owner);
  for (const auto& [name, value] : ticket.fields) made.fields[field_id(name)] = {value};
  tickets_.push_back(std::move(made));
  touch(at, who, id);
  const int transaction = note(at, who, id, "Create");
  if (!ticket.text.empty()) attach(at, transaction, ticket.text, ticket.subject);
  return id;
}

void RtTool::comment(Instant at, const std::string& who, int ticket, const std::string& text, int minutes) {
  touch(at, who, ticket);
  attach(at, note(at, who, ticket, "Comment"), text, "");
  transactions_.back().data = "No Subject";
  transactions_.back().minutes = minutes;
}

void RtTool::answer(Instant at, const std::string& who, int ticket, const std::string& text) {
  touch(at, who, ticket);
  attach(at, note(at, who, ticket, "Correspond"), text, "");
  transactions_.back().data = "No Subject";
}

void RtTool::set_status(Instant at, const std::string& who, int ticket, const std::string& status) {
  RtTicket& changed = touch(at, who, ticket);
  note(at, who, ticket, "Status", "Status", changed.status, status);
  if (changed.status == "new" && !ends(status)) changed.started = at;
  if (ends(status)) changed.resolved = at;
  changed.status = status;
}

void RtTool::set_owner(Instant at, const std::string& who, int ticket, const std::string& owner) {
  RtTicket& changed = touch(at, who, ticket);
  const std::string before = std::to_string(changed.owner), after = std::to_string(user_id(owner));
  note(at, who, ticket, "Set", "Owner", before, after);
  note(at, who, ticket, "SetWatcher", "Owner", before, after);
  changed.owner = user_id(owner);
}

void RtTool::set_field(Instant at, const std::string& who, int ticket, const std::string& field, const std::string& value) {
  RtTicket& changed = touch(at, who, ticket);
  std::vector<std::string>& values = changed.fields[field_id(field)];
  note(at, who, ticket, "CustomField", std::to_string(field_id(field)), values.empty() ? "" : values.front(), value);
  values = {value};
}

void RtTool::member_of(Instant at, const std::string& who, int child, int parent) {
  touch(at, who, child);
  touch(at, who, parent);
  note(at, who, child, "AddLink", "MemberOf", "", address(parent));
  note(at, who, parent, "AddLink", "HasMember", "", address(child));
}

// RT writes the same row on both, and no status change though the status becomes resolved.
void RtTool::merge(Instant at, const std::string& who, int ticket, int into) {
  RtTicket& merged = touch(at, who, ticket);
  merged.merged_into = into;
  merged.status = "resolved";
  touch(at, who, into);
  note(at, who, ticket, "AddLink", "MergedInto", "", address(into));
  note(at, who, into, "AddLink", "MergedInto", "", address(into));
}

int RtTool::write_article(Instant at, const std::string& who, const std::string& name, const std::string& summary, const std::string& content) {
  const int id = static_cast<int>(articles_.size()) + 1;
  articles_.push_back({id, user_id(who), user_id(who), name, summary, content, at, at});
  note(at, who, id, "Create");
  transactions_.back().object_type = "RT::Article";
  return id;
}

void RtTool::rewrite_article(Instant at, const std::string& who, int article, const std::string& content) {
  RtArticle& changed = articles_.at(static_cast<std::size_t>(article - 1));
  note(at, who, article, "CustomField", "1", changed.content, content);
  transactions_.back().object_type = "RT::Article";
  changed.content = content;
  changed.updated = at;
  changed.updated_by = user_id(who);
}

int RtTool::user_id(std::string_view name) const {
  const auto found = std::ranges::find(users_, name, &RtUser::name);
  return found == users_.end() ? 0 : found->id;
}

std::string RtTool::user_name(int id) const {
  const auto found = std::ranges::find(users_, id, &RtUser::id);
  return found == users_.end() ? std::to_string(id) : found->name;
}

std::string RtTool::queue_name(int id) const { return name_of(queues_, id); }
std::string RtTool::field_name(int id) const { return name_of(fields_, id); }
int RtTool::queue_id(std::string_view name) const { return number_of(queues_, name); }
int RtTool::field_id(std::string_view name) const { return number_of(fields_, name); }

}  // namespace akashi::demo
