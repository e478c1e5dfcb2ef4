// Laws about more evidence: what is added never lowers a rung unless it speaks against it; what is told twice is told once.
//
// What may lower a rung, because it is counter-evidence: a head's refusal, a newer version nobody has worked from, coverage that shows silence, a
// demand that is missed while nobody is at work, and work that makes the stand-in the one who usually does it. All else may not.
#include "tests/core/random_soc.hpp"

using namespace akashi;
using namespace akashi::random_soc;

namespace {

// Who did most of a service's work, by the evidence as it is; empty where several did as much.
std::string busiest(const Soc& soc, const std::string& service) {
  std::map<std::string, int> acts;
  const auto items = soc.view.items.find(service);
  if (items == soc.view.items.end()) return {};
  for (const auto& item : items->second)
    if (item.actor_kind == ActorKind::human && item.team == "csirt" && item.kind != EvidenceKind::demand && item.kind != EvidenceKind::approval)
      ++acts[item.actor];
  std::string most;
  int count = 0;
  for (const auto& [actor, number] : acts) {
    if (number == count) most.clear();
    if (number > count) most = actor, count = number;
  }
  return most;
}

Acts one_more(const std::string& service, Dice& dice) {
  Acts acts{.service = service, .kind = dice.pick(std::vector<std::string>{"case.progressed", "case.answered", "case.closed"})};
  acts.drill = dice.once_in(4);
  if (dice.once_in(2)) acts.procedures = {"Incident handling"};
  return acts;
}

}  // namespace

TEST_CASE("law: a person more never lowers a rung") {
  for_each_soc([](const Soc& soc, const std::string& service, Dice& dice) {
    auto helped = soc;
    const int before = soc.rung(service);
    helped.analyst("newcomer").does(one_more(service, dice));
    INFO("before " << before << " " << soc.missing(service) << ", after " << helped.missing(service));
    CHECK(helped.rung(service) >= before);
  });
}

TEST_CASE("law: more work by whoever does most of it never lowers a rung") {
  for_each_soc([](const Soc& soc, const std::string& service, Dice& dice) {
    const auto who = busiest(soc, service);
    if (who.empty()) return;
    auto busier = soc;
    for (int i = 1 + dice.roll(4); i > 0; --i) busier.analyst(who).does(one_more(service, dice));
    CHECK(busier.rung(service) >= soc.rung(service));
  });
}

TEST_CASE("law: an approval more never lowers a rung, and a refusal takes no more than the approval") {
  for_each_soc([](const Soc& soc, const std::string& service, Dice& dice) {
    auto approved = soc;
    const auto version = std::to_string(1 + dice.roll(3));
    approved.head("ciso").approves("Incident handling", version);
    CHECK(approved.rung(service) >= soc.rung(service));
    auto refused = soc;
    refused.head("ciso").judges("Incident handling", version, "refused");
    CHECK(refused.rung(service) >= std::min(soc.rung(service), 4));
  });
}

TEST_CASE("law: a demand lowers nothing while somebody is at work") {
  for_each_soc([](const Soc& soc, const std::string& service, Dice&) {
    auto asked = soc;
    asked.asks(service, "rt:ticket/777");
    if (soc.finding(service).rung.value_or(0) > 1) CHECK(asked.rung(service) == soc.rung(service));
    if (!soc.finding(service).rung) CHECK_FALSE(asked.finding(service).rung);
  });
}

TEST_CASE("law: what is read twice, or counted by two rules, is counted once") {
  for_each_soc([](const Soc& soc, const std::string& service, Dice& dice) {
    auto twice = soc;
    for (auto& [of, items] : twice.view.items) {
      const auto once = items;
      for (Evidence item : once) {
        if (dice.once_in(2)) item.rule = "another rule";
        items.push_back(item);
      }
    }
    for (const auto& document : soc.view.documents) twice.view.documents.push_back(document);
    for (auto& source : twice.view.sources)
      for (auto& [stream, coverage] : source.complete) {
        const Coverage before = coverage;
        for (const auto& span : before.spans()) coverage.add(span);
      }
    CHECK(equal(soc.finding(service), twice.finding(service)));
  });
}

TEST_CASE("law: reading in pieces is reading as a whole") {
  for_each_soc([](const Soc& soc, const std::string& service, Dice& dice) {
    auto pieces = soc;
    for (auto& source : pieces.view.sources)
      for (auto& [stream, coverage] : source.complete) {
        Coverage cut;
        for (const auto& span : coverage.spans()) {
          const auto middle = span.from + (span.to - span.from) / (2 + dice.roll(5));
          cut.add({middle, span.to});
          cut.add({span.from, middle + std::min<Duration>(std::chrono::minutes(10), span.to - middle)});  // with the overlap of the next poll
        }
        coverage = cut;
      }
    CHECK(equal(soc.finding(service), pieces.finding(service)));
  });
}

TEST_CASE("law: a source more that is not read takes every word about absence back, and no rung that was seen") {
  for_each_soc([](const Soc& soc, const std::string& service, Dice& dice) {
    auto more = soc;
    auto other = more.connect("other", 0);
    more.sight("other").complete.at("transactions") = {};
    if (dice.once_in(2)) other.breaks("401 Unauthorized");
    if (dice.once_in(2)) other.hides("rows are hidden");
    const auto before = soc.finding(service), after = more.finding(service);
    if (after.state == State::missed_demand) CHECK(before.state == State::missed_demand);
    CHECK_FALSE((after.state == State::late || after.state == State::unexercised || after.state == State::drill_due));
    CHECK(after.state != State::no_demand);
    CHECK(after.rung != 1);
    if (before.rung.value_or(0) > 1) CHECK(after.rung == before.rung);
  });
}

TEST_CASE("law: evidence that comes late turns silence back, and nothing else") {
  for_each_soc([](const Soc& soc, const std::string& service, Dice& dice) {
    auto late = soc;
    Evidence item = late.item({.service = service, .kind = "case.progressed"});
    item.actor = "newcomer";
    item.actor_kind = ActorKind::human;
    item.team = "csirt";
    item.time = soc.view.as_of - days(dice.roll(60)) - std::chrono::hours(1);
    late.view.items[service].push_back(item);
    const auto before = soc.finding(service), after = late.finding(service);
    if (after.state == State::unexercised) CHECK((before.state == State::unexercised));
    if (after.rung == 1) CHECK(before.rung == 1);
  });
}
