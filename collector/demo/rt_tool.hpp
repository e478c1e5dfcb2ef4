// The demo's Request Tracker: what such a tool holds, and the acts of people that change it. Every act leaves the transactions that RT 5 leaves.
// Acts must come in the order of their times; ids then grow with time, as the real ones do. Times are whole seconds.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"

namespace akashi::demo {

inline constexpr int rt_system = 1, rt_nobody = 6;  // RT's own numbers
inline constexpr const char* rt_organization = "csirt.example";

struct RtUser {
  int id = 0;
  std::string name, real_name;
};

struct RtTransaction {
  int id = 0;
  std::string object_type;  // "RT::Ticket" | "RT::Article"
  int object = 0;
  std::string type, field, before, after, data;
  int creator = 0;
  Instant created{};
  int minutes = 0;
};

struct RtAttachment {
  int id = 0, transaction = 0, creator = 0;
  std::string content, subject;
  Instant created{};
};

struct RtTicket {
  int id = 0, queue = 0, merged_into = 0;  // 0: not merged
  std::string type = "ticket", subject, status = "new", requestor;
  int owner = rt_nobody, creator = 0, updated_by = 0, priority = 0;
  Instant created{}, started{}, resolved{}, due{}, updated{};  // the epoch: unset
  std::map<int, std::vector<std::string>> fields;              // custom field id → values
};

struct RtArticle {
  int id = 0, creator = 0, updated_by = 0;
  std::string name, summary, content;
  Instant created{}, updated{};
};

struct NewTicket {
  std::string queue, subject;
  std::string text{}, owner{}, requestor{}, type = "ticket";
  int priority = 0;
  std::map<std::string, std::string> fields{};
};

class RtTool {
 public:
  RtTool();  // queues, custom fields and the class of articles; no people

  void add_user(int id, const std::string& name, const std::string& real_name);

  int create(Instant at, const std::string& who, const NewTicket& ticket);  // its number
  void comment(Instant at, const std::string& who, int ticket, const std::string& text, int minutes = 0);
  void answer(Instant at, const std::string& who, int ticket, const std::string& text);
  void set_status(Instant at, const std::string& who, int ticket, const std::string& status);
  void set_owner(Instant at, const std::string& who, int ticket, const std::string& owner);
  void set_field(Instant at, const std::string& who, int ticket, const std::string& field, const std::string& value);
  void member_of(Instant at, const std::string& who, int child, int parent);
  void merge(Instant at, const std::string& who, int ticket, int into);
  int write_article(Instant at, const std::string& who, const std::string& name, const std::string& summary, const std::string& content);
  void rewrite_article(Instant at, const std::string& who, int article, const std::string& content);

  // Looking. Ids are positions + 1 in these lists; user ids and field ids are given.
  [[nodiscard]] const std::vector<RtUser>& users() const { return users_; }
  [[nodiscard]] const std::vector<RtTransaction>& transactions() const { return transactions_; }
  [[nodiscard]] const std::vector<RtAttachment>& attachments() const { return attachments_; }
  [[nodiscard]] const std::vector<RtTicket>& tickets() const { return tickets_; }
  [[nodiscard]] const std::vector<RtArticle>& articles() const { return articles_; }
  [[nodiscard]] const std::vector<std::pair<int, std::string>>& queues() const { return queues_; }
  [[nodiscard]] const std::vector<std::pair<int, std::string>>& fields() const { return fields_; }
  [[nodiscard]] const std::vector<int>& fields_of_queue(int queue) const { return queue_fields_.at(queue); }
  [[nodiscard]] std::string user_name(int id) const;       // "Nobody" and "RT_System" included; the number where there is none
  [[nodiscard]] int user_id(std::string_view name) const;  // 0 when there is none
  [[nodiscard]] std::string queue_name(int id) const;
  [[nodiscard]] std::string field_name(int id) const;

 private:
  int note(Instant at, const std::string& who, int object, std::string type, std::string field = {}, std::string before = {}, std::string after = {});
  void attach(Instant at, int transaction, const std::string& text, const std::string& subject);
  RtTicket& touch(Instant at, const std::string& who, int ticket);
  [[nodiscard]] int queue_id(std::string_view name) const;
  [[nodiscard]] int field_id(std::string_view name) const;

  std::vector<RtUser> users_;
  std::vector<std::pair<int, std::string>> queues_, fields_;
  std::map<int, std::vector<int>> queue_fields_;
  std::vector<RtTransaction> transactions_;
  std::vector<RtAttachment> attachments_;
  std::vector<RtTicket> tickets_;
  std::vector<RtArticle> articles_;
};

}  // namespace akashi::demo
