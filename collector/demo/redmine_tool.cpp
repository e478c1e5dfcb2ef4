#include "collector/demo/redmine_tool.hpp"

#include <algorithm>
#include <stdexcept>

namespace akashi::demo {

RedmineTool::RedmineTool() {
  statuses_ = {{1, "New", false}, {2, "In Progress", false}, {5, "Closed", true}, {6, "Rejected", true}};
  trackers_ = {{3, "Operation"}, {4, "Tool check"}, {5, "Tool trial"}, {6, "Report"}, {7, "Approval"}};
}

void RedmineTool::add_user(int id, const std::string& login, const std::string& first_name, const std::string& last_name) {
  users_.push_back({id, login, first_name, last_name});
}

int RedmineTool::create(Instant at, const std::string& who, const std::string& tracker, const std::string& subject, const std::string& description,
                        const std::string& owner) {
  const auto found = std::ranges::find_if(trackers_, [&](const auto& entry) { return entry.second == tracker; });
  if (found == trackers_.end()) throw std::logic_error("the demo has no tracker \"" + tracker + "\"");
  RedmineIssue made;
  made.id = static_cast<int>(issues_.size()) + 1;
  made.tracker = found->first;
  made.author = user_id(who);
  made.owner = owner.empty() ? 0 : user_id(owner);
  made.subject = subject;
  made.description = description;
  made.created = made.updated = at;
  issues_.push_back(std::move(made));
  return issues_.back().id;
}

void RedmineTool::update(Instant at, const std::string& who, int issue, const std::string& notes, const std::string& status,
                         const std::string& owner) {
  RedmineIssue& changed = issues_.at(static_cast<std::size_t>(issue - 1));
  RedmineJournal journal{.id = next_journal_++, .user = user_id(who), .notes = notes, .created = at, .details = {}};
  if (const auto to = std::ranges::find(statuses_, status, &RedmineStatus::name); to != statuses_.end()) {
    journal.details.push_back({"attr", "status_id", std::to_string(changed.status), std::to_string(to->id)});
    changed.status = to->id;
    changed.closed = to->closed ? at : Instant{};
  }
  if (!owner.empty()) {
    journal.details.push_back({"attr", "assigned_to_id", changed.owner == 0 ? "" : std::to_string(changed.owner), std::to_string(user_id(owner))});
    changed.owner = user_id(owner);
  }
  changed.updated = at;
  changed.journals.push_back(std::move(journal));
}

void RedmineTool::write_page(Instant at, const std::string& who, const std::string& title, const std::string& text, const std::string& comment) {
  auto page = std::ranges::find(pages_, title, &WikiPage::title);
  if (page == pages_.end()) page = pages_.insert(page, WikiPage{title, {}});
  page->versions.push_back({user_id(who), text, comment, at});
}

int RedmineTool::user_id(std::string_view login) const {
  const auto found = std::ranges::find(users_, login, &RedmineUser::login);
  if (found == users_.end()) throw std::logic_error("the demo's Redmine knows nobody called \"" + std::string(login) + "\"");
  return found->id;
}

std::string RedmineTool::user_name(int id) const {
  const auto found = std::ranges::find(users_, id, &RedmineUser::id);
  return found == users_.end() ? std::to_string(id) : found->name();
}

std::string RedmineTool::tracker_name(int id) const {
  const auto found = std::ranges::find_if(trackers_, [&](const auto& entry) { return entry.first == id; });
  return found == trackers_.end() ? std::to_string(id) : found->second;
}

const RedmineStatus& RedmineTool::status(int id) const {
  const auto found = std::ranges::find(statuses_, id, &RedmineStatus::id);
  if (found == statuses_.end()) throw std::logic_error("the demo's Redmine has no such status");
  return *found;
}

}  // namespace akashi::demo
