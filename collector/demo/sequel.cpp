#include <algorithm>
#include <array>

#include "collector/demo/story.hpp"

namespace akashi::demo {
namespace {

int ticket_called(const RtTool& rt, std::string_view subject) {
  const auto found = std::ranges::find_if(rt.tickets(), [&](const RtTicket& one) { return one.subject.starts_with(subject); });
  return found == rt.tickets().end() ? 0 : found->id;
}

int issue_called(const RedmineTool& redmine, std::string_view subject) {
  const auto found = std::ranges::find_if(redmine.issues(), [&](const RedmineIssue& one) { return one.subject.starts_with(subject); });
  return found == redmine.issues().end() ? 0 : found->id;
}

// The newest closed incident whose report nobody has written: its subject stands in none of the reports.
int incident_without_report(const RtTool& rt) {
  for (auto one = rt.tickets().rbegin(); one != rt.tickets().rend(); ++one) {
    if (rt.queue_name(one->queue) != "Incidents" || one->status != "resolved" || one->subject.starts_with("訓練")) continue;
    if (ticket_called(rt, "Report: " + one->subject) == 0) return one->id;
  }
  return 0;
}

}  // namespace

Sequel::Sequel(Tools& tools) : tools_(tools) {
  RtTool& rt = tools_.rt;
  RedmineTool& redmine = tools_.redmine;
  acts_ = {
      [&](Instant at) -> Happened {
        rt.set_status(at, "cueda", ticket_called(rt, "Approve IN-01"), "resolved");
        return {"Chiyo Ueda (CISO) approves IN-01 1.0", "上田(CISO)が IN-01 1.0 を承認"};
      },
      [&](Instant at) -> Happened {
        const int issue = redmine.create(at, "dkimura", "Operation", "チケットシステムの月次保守", "CD-01", "dkimura");
        redmine.update(at, "dkimura", issue, "Updates, access review and restore test begun as CD-01 version 2 says.", "In Progress");
        return {"Daichi Kimura begins the monthly care of the ticket system", "木村がチケットシステムの月次保守に着手"};
      },
      [&](Instant at) -> Happened {
        redmine.update(at, "dkimura", static_cast<int>(redmine.issues().size()), "Done as CD-01 version 2 says.", "Closed");
        return {"… and finishes it", "…完了"};
      },
      [&](Instant at) -> Happened {
        rt.create(at, "hito", {.queue = "Enquiries", .subject = "Which cause leads this month?", .text = "For the board.", .requestor = "hito"});
        return {"Hana Ito asks about the monthly report", "伊藤が月次報告について問い合わせ"};
      },
      [&](Instant at) -> Happened {
        rt.answer(at, "btanaka", ticket_called(rt, "Which cause leads"), "Phishing: five of nine.");
        return {"Bunta Tanaka answers her: the second person to do so", "田中が回答(二人目)"};
      },
      [&](Instant at) -> Happened {
        rt.set_status(at, "btanaka", ticket_called(rt, "Which cause leads"), "resolved");
        return {"… and closes it", "…完了"};
      },
      [&](Instant at) -> Happened {
        redmine.update(at, "btanaka", issue_called(redmine, "Proxy 9.2"), "Tested with rollback; decision: update.", "Closed");
        return {"the overdue check of proxy 9.2 is done", "遅れていた Proxy 9.2 の検証が完了"};
      },
      [&, this](Instant at) -> Happened {
        const int incident = incident_without_report(rt);
        const std::string subject = incident == 0 ? "late" : rt.tickets()[static_cast<std::size_t>(incident - 1)].subject;
        const int ticket =
            rt.create(at, "btanaka", {.queue = "Closing Reports", .subject = "Report: " + subject, .text = "RP-01 1.0", .owner = "btanaka"});
        if (incident != 0) rt.member_of(at, "btanaka", ticket, incident);
        report_ = ticket;
        return {"Bunta Tanaka begins the report that is owed", "田中が遅れていた報告書に着手"};
      },
      [&, this](Instant at) -> Happened {
        rt.comment(at, "btanaka", report_, "Written by RP-01 1.0; accepted by the system's owner.", 60);
        rt.set_status(at, "btanaka", report_, "resolved");
        return {"… and delivers it", "…提出"};
      },
  };
}

Sequel::Happened Sequel::next(Instant at) {
  if (told_ < acts_.size()) return acts_[told_++](at);
  RtTool& rt = tools_.rt;
  const std::size_t turn = told_++ - acts_.size();
  const char* who = on_duty(static_cast<int>(turn / 4));
  const std::string number = std::to_string(turn / 4 + 1);
  switch (turn % 4) {
    case 0:
      report_ = rt.create(at, "hito",
                          {.queue = "Incident Reports", .subject = "不審なメール " + number, .text = "利用者から", .requestor = "user@corp.example"});
      return {"a report comes in", "インシデント報告が届く"};
    case 1:
      rt.set_owner(at, who, report_, who);
      rt.set_status(at, who, report_, "open");
      rt.answer(at, who, report_, "受付しました。IN-01 1.0 に従い確認します。");
      return {std::string(who) + " takes it in", std::string(who) + " が受付"};
    case 2:
      incident_ =
          rt.create(at, who, {.queue = "Incidents", .subject = "不審なメール " + number, .text = "From report.", .owner = who, .priority = 30});
      rt.member_of(at, who, report_, incident_);
      rt.set_field(at, who, incident_, "Classification", "Phishing");
      rt.comment(at, who, incident_, "IR-01 1.1 に従い対応する。", 5);
      return {std::string(who) + " leads an incident by IR-01 1.1", std::string(who) + " が IR-01 1.1 でインシデントを指揮"};
    default:
      rt.set_status(at, who, incident_, "resolved");
      rt.set_status(at, who, report_, "resolved");
      return {"the incident is closed", "インシデントをクローズ"};
  }
}

}  // namespace akashi::demo
