#include <algorithm>
#include <map>

#include "catch.hpp"
#include "collector/demo/story.hpp"
#include "demo_now.hpp"

namespace akashi::demo {
namespace {

Tools told() {
  Tools tools;
  tell_story(tools, demo_now);
  return tools;
}

std::map<std::string, int> tickets_by_queue(const RtTool& rt) {
  std::map<std::string, int> count;
  for (const RtTicket& one : rt.tickets()) ++count[rt.queue_name(one.queue)];
  return count;
}

}  // namespace

TEST_CASE("the demo's story is all told before now, in the order of its times") {
  const Tools tools = told();
  REQUIRE_FALSE(tools.rt.transactions().empty());
  CHECK(std::ranges::is_sorted(tools.rt.transactions(), {}, &RtTransaction::created));
  CHECK(std::ranges::is_sorted(tools.rt.transactions(), {}, &RtTransaction::id));
  CHECK(tools.rt.transactions().back().created < demo_now);
  for (const RtTransaction& one : tools.rt.transactions()) CHECK(one.creator != 0);
  for (const RedmineIssue& one : tools.redmine.issues()) {
    CHECK(one.updated < demo_now);
    CHECK(std::ranges::is_sorted(one.journals, {}, &RedmineJournal::created));
  }
}

TEST_CASE("the demo's story holds work of every kind, and the last recovery long ago") {
  const Tools tools = told();
  const auto count = tickets_by_queue(tools.rt);
  for (const char* queue : {"Incident Reports", "Incidents", "Investigations", "Countermeasures", "Recovery", "Notifications", "Closing Reports",
                            "Approvals", "Enquiries"}) {
    INFO(queue);
    CHECK(count.contains(queue));
  }
  CHECK(count.at("Recovery") == 1);
  for (const RtTicket& one : tools.rt.tickets()) {
    if (tools.rt.queue_name(one.queue) == "Recovery") CHECK(one.resolved < demo_now - days(190));
  }
  CHECK(tools.rt.transactions().size() < 1500);  // small enough to be read in seconds within the connector's budget
  CHECK(tools.rt.articles().size() == 4);
  CHECK(std::ranges::count_if(tools.rt.tickets(), [](const RtTicket& one) { return one.merged_into != 0; }) == 1);
  CHECK(std::ranges::count_if(tools.rt.tickets(), [](const RtTicket& one) { return one.status == "deleted"; }) == 1);
  CHECK(
      std::ranges::none_of(tools.redmine.issues(), [&](const RedmineIssue& one) { return tools.redmine.tracker_name(one.tracker) == "Tool trial"; }));
}

TEST_CASE("exactly one resolved incident of the story has no report") {
  const Tools tools = told();
  int owed = 0;
  for (const RtTicket& one : tools.rt.tickets()) {
    if (tools.rt.queue_name(one.queue) != "Incidents" || one.status != "resolved" || one.resolved > demo_now - days(7)) continue;
    const auto about = [&](const RtTicket& other) { return other.subject == "Report: " + one.subject; };
    if (one.subject.find("訓練") == std::string::npos && std::ranges::none_of(tools.rt.tickets(), about)) ++owed;
  }
  CHECK(owed == 1);
}

TEST_CASE("the sequel closes gaps first and then goes on without end") {
  Tools tools = told();
  Sequel sequel(tools);
  const std::size_t before = tools.rt.transactions().size();
  Instant at = demo_now;
  for (int i = 0; i < 60; ++i) CHECK_FALSE(sequel.next(at += std::chrono::seconds(5)).ja.empty());
  CHECK(tools.rt.transactions().size() > before + 100);
  const auto approval = std::ranges::find_if(tools.rt.tickets(), [](const RtTicket& one) { return one.subject.starts_with("Approve IN-01"); });
  REQUIRE(approval != tools.rt.tickets().end());
  CHECK(approval->status == "resolved");
}

}  // namespace akashi::demo
