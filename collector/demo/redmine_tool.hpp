// The demo's Redmine: one project with issues, their journals and a wiki, and the acts of people that change it. As in the tool itself, a
// journal's details hold ids as text, and old wiki versions stay. Acts must come in the order of their times.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/time.hpp"

namespace akashi::demo {

struct RedmineUser {
  int id = 0;
  std::string login, first_name, last_name;
  [[nodiscard]] std::string name() const { return first_name + " " + last_name; }
};

struct RedmineStatus {
  int id = 0;
  std::string name;
  bool closed = false;
};

struct RedmineDetail {
  std::string property, name, before, after;  // an empty `before` is null
};

struct RedmineJournal {
  int id = 0, user = 0;
  std::string notes;
  Instant created{};
  std::vector<RedmineDetail> details;
};

struct RedmineIssue {
  int id = 0, tracker = 0, status = 1, priority = 2, author = 0, owner = 0;  // 0: unset
  std::string subject, description;
  Instant created{}, updated{}, closed{};  // the epoch: unset
  std::vector<RedmineJournal> journals;
};

struct WikiVersion {
  int author = 0;
  std::string text, comment;
  Instant updated{};
};

struct WikiPage {
  std::string title;
  std::vector<WikiVersion> versions;  // 1, 2, …
};

class RedmineTool {
 public:
  RedmineTool();  // trackers and statuses; no people

  void add_user(int id, const std::string& login, const std::string& first_name, const std::string& last_name);

  int create(Instant at, const std::string& who, const std::string& tracker, const std::string& subject, const std::string& description,
             const std::string& owner = {});
  // One journal: a note, a move, a new owner, or all of them at once.
  void update(Instant at, const std::string& who, int issue, const std::string& notes, const std::string& status = {}, const std::string& owner = {});
  void write_page(Instant at, const std::string& who, const std::string& title, const std::string& text, const std::string& comment);

  [[nodiscard]] const std::vector<RedmineUser>& users() const { return users_; }
  [[nodiscard]] const std::vector<RedmineStatus>& statuses() const { return statuses_; }
  [[nodiscard]] const std::vector<std::pair<int, std::string>>& trackers() const { return trackers_; }
  [[nodiscard]] const std::vector<RedmineIssue>& issues() const { return issues_; }
  [[nodiscard]] const std::vector<WikiPage>& pages() const { return pages_; }
  [[nodiscard]] std::string user_name(int id) const;
  [[nodiscard]] std::string tracker_name(int id) const;
  [[nodiscard]] const RedmineStatus& status(int id) const;

 private:
  [[nodiscard]] int user_id(std::string_view login) const;

  std::vector<RedmineUser> users_;
  std::vector<RedmineStatus> statuses_;
  std::vector<std::pair<int, std::string>> trackers_;
  std::vector<RedmineIssue> issues_;
  std::vector<WikiPage> pages_;
  int next_journal_ = 10;
};

}  // namespace akashi::demo
