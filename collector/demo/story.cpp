#include "collector/demo/story.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <queue>

namespace akashi::demo {

const char* on_duty(int n) {
  static constexpr std::array<const char*, 4> duty{"asato", "btanaka", "cmori", "dkimura"};
  return duty[static_cast<std::size_t>(n) % duty.size()];
}

namespace {

struct CaseKind {
  const char *kind, *severity, *subject;
};
constexpr std::array<CaseKind, 5> case_kinds{{{"Phishing", "Medium", "営業部あてフィッシングメール"},
                                              {"Malware", "High", "loader found on srv-{:03}"},
                                              {"Scan", "Low", "TCP scan from 192.0.2.{}"},
                                              {"System Compromise", "Critical", "web shell on www-{:02}"},
                                              {"Information Leak", "High", "開発部の認証情報が公開サイトに掲載 ({})"}}};

// Acts in the order of their times, whatever the order they were planned in.
class Timeline {
 public:
  explicit Timeline(Instant now) : now_(std::chrono::floor<std::chrono::seconds>(now)) {}

  using Act = std::function<void(Instant)>;
  // So many days ago, at an hour (UTC) of that day; never later than five minutes ago.
  void at(double days_ago, double hour, Act act) { plan(day_of(now_ - hours(24 * days_ago)) + hours(hour), std::move(act)); }
  void later(Instant after, double hours_later, Act act) { plan(after + hours(hours_later), std::move(act)); }

  void run() {
    while (!planned_.empty()) {
      const Planned next = planned_.top();
      planned_.pop();
      if (next.at <= now_ - std::chrono::minutes(5)) next.act(next.at);  // what lies ahead has not happened yet
    }
  }

 private:
  struct Planned {
    Instant at;
    int number;
    Act act;
    bool operator<(const Planned& other) const { return std::pair(other.at, other.number) < std::pair(at, number); }
  };
  static Duration hours(double count) { return std::chrono::seconds(static_cast<std::int64_t>(count * 3600)); }
  void plan(Instant at, Act act) { planned_.push({at, next_number_++, std::move(act)}); }

  Instant now_;
  int next_number_ = 0;
  std::priority_queue<Planned> planned_;
};

class Story {
 public:
  Story(Tools& tools, Instant now) : rt_(tools.rt), redmine_(tools.redmine), now_(now), line_(now) {}

  void tell() {
    people();
    procedures();
    approvals();
    old_times();
    reports();
    side_work();
    operations();
    noise();
    line_.run();
  }

 private:
  void people() {
    const std::array<std::array<const char*, 3>, 6> all{{{"asato", "Aiko", "Sato"},
                                                         {"btanaka", "Bunta", "Tanaka"},
                                                         {"cmori", "Chie", "Mori"},
                                                         {"dkimura", "Daichi", "Kimura"},
                                                         {"cueda", "Chiyo", "Ueda"},
                                                         {"hito", "Hana", "Ito"}}};
    int rt = 29, redmine = 4;
    for (const auto& [login, first, last] : all) {
      rt_.add_user(rt, login, std::string(first) + " " + last);
      redmine_.add_user(redmine++, login, first, last);
      rt += 2;
    }
    rt_.add_user(51, "soar", "SOAR playbooks");
    rt_.add_user(53, "temp01", "Temporary account");
  }

  [[nodiscard]] std::string front_matter(const char* id, const char* services, const char* owner, const char* version, int reviewed_days_ago) const {
    return fmt::format("---\nid: {}\nservices: {}\nowner: {}\nversion: {}\nreviewed: {}\n---\n", id, services, owner, version,
                       format_day(now_ - days(reviewed_days_ago)));
  }

  void article(double days_ago, const char* who, const char* id, const char* title, const std::string& content) {
    line_.at(days_ago, 1, [=, this](Instant at) { articles_[id] = rt_.write_article(at, who, title, title, content); });
  }

  void procedures() {
    article(395, "asato", "TX-01", "TX-01 Incident taxonomy",
            front_matter("TX-01", "D-3", "asato", "1.0", 395) + "Phishing, malware, scan, compromise, leak; severity by impact.\n");
    article(200, "asato", "IR-01", "IR-01 Incident handling",
            front_matter("IR-01", "D-2", "asato", "1.0", 200) + "Name a lead. Judge severity. Hand over in writing.\n");
    article(119, "asato", "IN-01", "IN-01 インシデント受付手順",
            front_matter("IN-01", "D-1", "asato", "1.0", 119) + "一時間以内に受付を返信する。対象外は理由を書いて断る。\n");
    article(210, "cmori", "RP-01", "RP-01 Closing report",
            front_matter("RP-01", "D-7", "cmori", "1.0", 150) + "Impact, cause, actions, lasting measures; two weeks after closing.\n");
    line_.at(62, 1, [this](Instant at) {
      rt_.rewrite_article(
          at, "asato", articles_["IR-01"],
          front_matter("IR-01", "D-2", "asato", "1.1", 62) + "Name a lead. Judge severity. Hand over in writing. Tell the CISO when high.\n");
    });
    const auto cd = [this](const char* version, int days_ago) {
      return front_matter("CD-01", "G-11", "asato", version, days_ago) +
             "\nh1. Running the CDC's systems\n\n# Update\n# Review who has access\n# Restore test\n";
    };
    line_.at(170, 1, [=, this](Instant at) { redmine_.write_page(at, "asato", "Running_the_CDC_systems", cd("1", 170), "first version"); });
    line_.at(110, 1, [=, this](Instant at) { redmine_.write_page(at, "asato", "Running_the_CDC_systems", cd("2", 110), "復元試験を追加"); });
    line_.at(170, 2, [this](Instant at) { redmine_.write_page(at, "asato", "Wiki", "h1. CSIRT\n\n* [[Running_the_CDC_systems]]\n", "start"); });
  }

  void approve(double days_ago, const char* asker, const char* approver, const std::string& subject, double hours_later) {
    line_.at(days_ago, 3, [=, this](Instant at) {
      const int ticket =
          rt_.create(at, asker, {.queue = "Approvals", .subject = subject, .text = "承認をお願いします。", .owner = "cueda", .requestor = asker});
      if (hours_later > 0) line_.later(at, hours_later, [=, this](Instant then) { rt_.set_status(then, approver, ticket, "resolved"); });
    });
  }

  void approvals() {
    approve(60, "asato", "cueda", "Approve IR-01 Incident handling, version 1.1", 28);
    approve(208, "cmori", "cmori", "Approve RP-01 Closing report, version 1.0", 1);  // its own author
    approve(12, "asato", "cueda", "Approve IN-01 インシデント受付手順, version 1.0", 0);
  }

  // Long ago: the last recovery, with the incident that called for it.
  void old_times() {
    line_.at(203, 2, [this](Instant at) {
      const int incident = open_incident(at, 3, "asato", 0);
      line_.later(at, 60, [=, this](Instant then) { close_incident(then, incident, "asato", 3); });
      line_.later(at, 100, [=, this](Instant then) { closing_report(then, 3, incident); });
      line_.later(at, 72, [=, this](Instant then) {
        const int recovery =
            rt_.create(then, "dkimura", {.queue = "Recovery", .subject = "Rebuild www-03", .text = "For the web shell.", .owner = "dkimura"});
        rt_.member_of(then, "dkimura", recovery, incident);
        line_.later(then, 4, [=, this](Instant t) { rt_.set_status(t, "dkimura", recovery, "open"); });
        line_.later(then, 28, [=, this](Instant t) {
          rt_.comment(t, "dkimura", recovery, "再構築し一日監視した。異常なし。", 90);
          rt_.set_status(t, "dkimura", recovery, "resolved");
        });
      });
    });
  }

  void reports() {
    int n = 0;
    for (int days_ago = 117; days_ago >= 1; days_ago -= 5, ++n) {
      line_.at(days_ago, 0.2 + (n * 5) % 7, [this, n](Instant at) { report(at, n); });
    }
  }

  static std::string subject_of(int n) {
    return fmt::format(fmt::runtime(case_kinds[static_cast<std::size_t>(n) % case_kinds.size()].subject), n + 10);
  }

  void report(Instant at, int n) {
    const char* taker = on_duty(n);
    const int ticket = rt_.create(at, "hito",
                                  {.queue = "Incident Reports",
                                   .subject = subject_of(n),
                                   .text = "利用者からの連絡: " + subject_of(n),
                                   .requestor = fmt::format("user{:03}@corp.example", n + 1),
                                   .fields = {{"How Reported", "Email"}, {"IP", fmt::format("192.0.2.{}", n + 10)}}});
    line_.later(at, 0.3, [=, this](Instant then) {
      rt_.set_owner(then, taker, ticket, taker);
      rt_.set_status(then, taker, ticket, "open");
    });
    line_.later(at, 0.5, [=, this](Instant then) { rt_.answer(then, taker, ticket, "受付しました。IN-01 1.0 に従い確認します。"); });
    if (n % 5 == 2) {
      line_.later(at, 2, [=, this](Instant then) {
        rt_.answer(then, taker, ticket, "Not an incident: the scan is our own monthly check.");
        rt_.set_status(then, taker, ticket, "rejected");
      });
    } else {
      line_.later(at, 1, [=, this](Instant then) { incident(then, n, ticket); });
    }
    if (n == 16) twin_ = ticket;
  }

  int open_incident(Instant at, int n, const char* lead, int report) {
    const CaseKind& kind = case_kinds[static_cast<std::size_t>(n) % case_kinds.size()];
    const std::map<std::string, int> priorities{{"Low", 10}, {"Medium", 30}, {"High", 60}, {"Critical", 90}};
    const int ticket = rt_.create(at, lead,
                                  {.queue = "Incidents",
                                   .subject = subject_of(n),
                                   .text = report == 0 ? "Seen in the logs." : fmt::format("From report #{}.", report),
                                   .owner = lead,
                                   .priority = priorities.at(kind.severity)});
    rt_.set_status(at, lead, ticket, "open");
    if (report != 0) rt_.member_of(at, lead, report, ticket);
    return ticket;
  }

  void close_incident(Instant at, int incident, const char* who, int n) {
    rt_.comment(at, who, incident, "原因を記録した。クローズする。", 10);
    rt_.set_field(at, who, incident, "Resolution", "successfully resolved");
    rt_.set_status(at, who, incident, n % 7 == 4 ? "abandoned" : "resolved");
  }

  void incident(Instant at, int n, int report) {
    const CaseKind& kind = case_kinds[static_cast<std::size_t>(n) % case_kinds.size()];
    const bool early = at < now_ - days(57);
    const char* lead = early ? "asato" : n % 2 == 0 ? "cmori" : "btanaka";
    const char* other = on_duty(n + 2);
    const int ticket = open_incident(at, n, lead, report);
    line_.later(at, 0.4, [=, this](Instant then) {
      rt_.set_field(then, lead, ticket, "Classification", kind.kind);
      rt_.set_field(then, lead, ticket, "Severity", kind.severity);
    });
    const std::string plan = early ? "ログを収集中。" : fmt::format("IR-01 1.1 に従い {} が指揮する。重要度 {}。", lead, kind.severity);
    line_.later(at, 0.7, [=, this](Instant then) { rt_.comment(then, lead, ticket, plan, 15); });
    line_.later(at, 5, [=, this](Instant then) { rt_.comment(then, on_duty(n + 1), ticket, "Proxy logs checked: three hosts, no upload.", 25); });
    if (n % 3 == 0) line_.later(at, 6, [=, this](Instant then) { rt_.set_field(then, other, ticket, "Severity", n % 2 == 0 ? "High" : "Medium"); });
    line_.later(at, 7.5, [=, this](Instant then) {
      rt_.comment(then, other, ticket, "当直引き継ぎ: 封じ込め待ち。次回確認は毎正時。", 5);
      rt_.set_owner(then, other, ticket, other);
    });
    const bool grave = std::string_view(kind.severity) == "High" || std::string_view(kind.severity) == "Critical";
    if (n % 3 == 1) line_.later(at, 3, [=, this](Instant then) { investigation(then, n, ticket); });
    if (grave) line_.later(at, 4, [=, this](Instant then) { containment(then, n, ticket); });
    line_.later(at, 44 + n % 12, [=, this](Instant then) {
      close_incident(then, ticket, other, n);
      rt_.set_status(then, other, report, "resolved");
      const bool owed = then < now_ - days(16) && then > now_ - days(24);
      if (!owed) line_.later(then, 70 + n % 30, [=, this](Instant t) { closing_report(t, n, ticket); });
    });
  }

  void investigation(Instant at, int n, int incident) {
    const char* who = on_duty(n + 3);
    const int ticket = rt_.create(at, who, {.queue = "Investigations", .subject = "Investigate: " + subject_of(n), .text = "解析依頼", .owner = who});
    rt_.member_of(at, who, ticket, incident);
    line_.later(at, 20, [=, this](Instant then) {
      rt_.comment(then, who, ticket, "Sandbox run finished; beacon every 60 s.", 120);
      rt_.set_status(then, who, ticket, "resolved");
    });
  }

  void containment(Instant at, int n, int incident) {
    const char* who = n % 2 == 0 ? "dkimura" : "btanaka";
    const int ticket = rt_.create(at, who, {.queue = "Countermeasures", .subject = "Block: " + subject_of(n), .text = "境界で遮断", .owner = who});
    rt_.member_of(at, who, ticket, incident);
    line_.later(at, 0.5, [=, this](Instant then) {
      rt_.comment(then, who, ticket, "Blocked at the border; undo: remove rule 4711.", 10);
      rt_.set_status(then, who, ticket, "active");
    });
    line_.later(at, 200, [=, this](Instant then) { rt_.set_status(then, who, ticket, "removed"); });
  }

  void closing_report(Instant at, int n, int incident) {
    const char* author = n % 2 == 0 ? "cmori" : "btanaka";
    const int ticket = rt_.create(
        at, author, {.queue = "Closing Reports", .subject = "Report: " + subject_of(n), .text = "RP-01 1.0 の様式による。", .owner = author});
    rt_.member_of(at, author, ticket, incident);
    line_.later(at, 6, [=, this](Instant then) {
      rt_.comment(then, author, ticket, "Written by RP-01 1.0; accepted by the system's owner.", 60);
      rt_.set_status(then, author, ticket, "resolved");
    });
  }

  void notice(double days_ago, const std::string& subject) {
    line_.at(days_ago, 4, [=, this](Instant at) {
      const int ticket =
          rt_.create(at, "asato", {.queue = "Notifications", .subject = subject, .text = "Sent by mail to the office.", .owner = "asato"});
      line_.later(at, 3, [=, this](Instant then) {
        rt_.comment(then, "asato", ticket, "Acknowledged by the office.", 5);
        rt_.set_status(then, "asato", ticket, "resolved");
      });
    });
  }

  void enquiry(double days_ago, const char* asker, const std::string& question) {
    line_.at(days_ago, 2, [=, this](Instant at) {
      const int ticket = rt_.create(at, asker, {.queue = "Enquiries", .subject = question, .text = question, .requestor = asker});
      line_.later(at, 3,
                  [=, this](Instant then) { rt_.answer(then, "cmori", ticket, "It counts closed incidents by cause; see the table on page 3."); });
      line_.later(at, 26, [=, this](Instant then) { rt_.set_status(then, "cmori", ticket, "resolved"); });
    });
  }

  void side_work() {
    notice(95, "個人情報保護部門への通知: 認証情報の掲載");
    notice(45, "Notify the privacy office: leaked credentials");
    notice(18, "Notify the customer desk: phishing in our name");
    enquiry(88, "hito", "月次報告の第2章の件数は何を数えたものか");
    enquiry(52, "cueda", "Which incidents stand behind chapter 4?");
    enquiry(24, "hito", "Why did scans double in the report?");
    line_.at(33, 2, [this](Instant at) {  // asked and answered by the same person
      const int ticket = rt_.create(at, "cmori", {.queue = "Enquiries", .subject = "Note to self: figures of May", .text = "-"});
      line_.later(at, 1, [=, this](Instant then) { rt_.answer(then, "cmori", ticket, "Found them."); });
      line_.later(at, 2, [=, this](Instant then) { rt_.set_status(then, "cmori", ticket, "resolved"); });
    });
    for (const int month : {92, 61, 31}) {
      line_.at(month, 5, [this](Instant at) {
        const int issue = redmine_.create(at, "cmori", "Report", "月次報告", "先月の件数", "cmori");
        line_.later(at, 4, [=, this](Instant then) { redmine_.update(then, "cmori", issue, "Sent.", "Closed"); });
      });
    }
  }

  void operations() {
    int n = 0;
    for (const int days_ago : {163, 133, 103, 72, 42}) {
      const char* who = n++ % 2 == 0 ? "asato" : "dkimura";
      line_.at(days_ago, 1, [=, this](Instant at) {
        const int issue = redmine_.create(at, who, "Operation", "チケットシステムの月次保守", "CD-01", who);
        line_.later(at, 1, [=, this](Instant then) { redmine_.update(then, who, issue, "", "In Progress"); });
        line_.later(at, 6, [=, this](Instant then) {
          const char* version = then < now_ - days(110) ? "1" : "2";
          redmine_.update(then, who, issue, fmt::format("Updates, access review and restore test done as CD-01 version {} says.", version), "Closed");
        });
      });
    }
    for (const int days_ago : {80, 36}) {
      line_.at(days_ago, 3, [=, this](Instant at) {
        const int issue = redmine_.create(at, "hito", "Tool check", "EDR 更新前の検証", "Test before the roll-out.", "btanaka");
        line_.later(at, 2, [=, this](Instant then) { redmine_.update(then, "btanaka", issue, "", "In Progress"); });
        line_.later(at, 50,
                    [=, this](Instant then) { redmine_.update(then, "btanaka", issue, "Three hosts, rollback tried; decision: update.", "Closed"); });
      });
    }
    line_.at(20, 3, [this](Instant at) {
      redmine_.create(at, "hito", "Tool check", "Proxy 9.2: test before the update", "Planned for next month.", "btanaka");
    });
  }

  void noise() {
    line_.at(35, 3, [this](Instant at) {
      for (int n = 0; n < 6; ++n)
        bulk_.push_back(rt_.create(at, "soar",
                                   {.queue = "Incident Reports",
                                    .subject = fmt::format("SIEM alert {}: port scan", n),
                                    .text = "raised by rule",
                                    .fields = {{"How Reported", "SIEM"}}}));
    });
    line_.at(35, 4, [this](Instant at) {
      for (const int ticket : bulk_) rt_.set_status(at, "soar", ticket, "resolved");
    });
    line_.at(29, 8, [this](Instant at) {
      if (twin_ == 0) return;
      const int double_ = rt_.create(at, "hito", {.queue = "Incident Reports", .subject = "the same mail again", .text = "二通目"});
      line_.later(at, 1, [=, this](Instant then) { rt_.merge(then, "cmori", double_, twin_); });
    });
    line_.at(22, 5, [this](Instant at) {
      const int gone = rt_.create(at, "hito", {.queue = "Incident Reports", .subject = "wrong address", .text = "-"});
      line_.later(at, 1, [=, this](Instant then) { rt_.set_status(then, "asato", gone, "deleted"); });
    });
    line_.at(26, 6, [this](Instant at) {
      const int ticket =
          rt_.create(at, "temp01", {.queue = "Countermeasures", .subject = "Block: list from the vendor", .text = "-", .owner = "temp01"});
      rt_.set_status(at, "temp01", ticket, "active");
    });
    line_.at(16, 1, [this](Instant at) {
      const int drill = rt_.create(at, "cueda",
                                   {.queue = "Incidents",
                                    .subject = "訓練: ランサムウェア机上演習",
                                    .text = "Table-top.",
                                    .owner = "btanaka",
                                    .fields = {{"Drill", "table-top"}}});
      rt_.set_status(at, "cueda", drill, "open");
      line_.later(at, 3, [=, this](Instant then) {
        rt_.comment(then, "btanaka", drill, "Played by IR-01 1.1, with Chie Mori as deputy.", 120);
        rt_.set_status(then, "btanaka", drill, "resolved");
      });
    });
  }

  RtTool& rt_;
  RedmineTool& redmine_;
  Instant now_;
  Timeline line_;
  std::map<std::string, int> articles_;
  std::vector<int> bulk_;
  int twin_ = 0;
};

}  // namespace

void tell_story(Tools& tools, Instant now) { Story(tools, now).tell(); }

}  // namespace akashi::demo
