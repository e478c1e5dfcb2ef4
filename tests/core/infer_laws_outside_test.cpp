// Laws of the outsourced ladder, of services that a provider does alone and of those that both do.
//
// What may lower a rung, because it is counter-evidence: a report that nobody looks at in time, a miss, an expectation more (what came before it met
// nothing), a newer version of the description that nobody inside looked into, a service level missed. All else may not.
#include "tests/core/random_soc.hpp"

using namespace akashi;
using namespace akashi::random_soc;

namespace {

int outside_rung(const Soc& soc, const std::string& service) { return outside_finding(soc, service).rung.value_or(0); }

void forget(Soc& soc, const std::string& service, const std::vector<EvidenceKind>& kinds) {
  std::erase_if(soc.view.items[service], [&](const Evidence& item) { return std::ranges::find(kinds, item.kind) != kinds.end(); });
}

}  // namespace

TEST_CASE("law, outside: neither the order in which evidence came nor reading it twice changes anything") {
  for_each_provided_soc([](const Soc& soc, const std::string& service, Dice& dice) {
    auto other = soc;
    for (auto& [of, items] : other.view.items) {
      const auto once = items;
      for (Evidence item : once) {
        if (dice.once_in(2)) item.rule = "another rule";
        items.push_back(item);
      }
      std::ranges::shuffle(items, dice.generator);
    }
    for (const auto& document : soc.view.documents) other.view.documents.push_back(document);
    std::ranges::shuffle(other.view.documents, dice.generator);
    const auto before = outside_finding(soc, service), after = outside_finding(other, service);
    CHECK(Soc::codes(before.reasons) == Soc::codes(after.reasons));
    for (std::size_t i = 0; i < before.reasons.size(); ++i) CHECK(before.reasons[i].args == after.reasons[i].args);
    CHECK(before.rung == after.rung);
    CHECK(before.digest == after.digest);
    CHECK(before.counter == after.counter);
    CHECK(before.missing == after.missing);
    CHECK(before.confidence_reasons == after.confidence_reasons);
    CHECK(before.rejected == after.rejected);
  });
}

TEST_CASE("law, outside: a look, a note, a judgement or a checked figure more never lowers a rung") {
  for_each_provided_soc([](const Soc& soc, const std::string& service, Dice& dice) {
    auto looked = soc;
    std::erase_if(looked.view.items[service], [](const Evidence& item) { return item.kind == EvidenceKind::sla && item.verdict == "missed"; });
    const int before = outside_rung(looked, service);
    const auto words = dice.pick(std::vector<std::string>{"", "noted", "met", "checked", "noted met checked"});
    Soc::Contract{looked, service}.looked_at("rt:ticket/r" + std::to_string(dice.roll(12)), "boss", words);
    const int after = outside_rung(looked, service);
    INFO(words << ", before " << before << ", after " << after);
    CHECK((after >= before || before == 1));  // a look that belongs to no report that came is one at a report, which is still in time
  });
}

TEST_CASE("law, outside: a report more, a description more, a service level met never lowers a rung above 1") {
  for_each_provided_soc([](const Soc& soc, const std::string& service, Dice& dice) {
    auto more = soc;
    Soc::Contract contract{more, service};
    switch (dice.roll(3)) {
      case 0:
        contract.reports("rt:ticket/new");
        break;
      case 1:
        contract.writes(std::string(description_role), "Another description");
        break;
      default:
        contract.measures(true);
    }
    const int before = outside_rung(soc, service);
    if (before > 1) CHECK(outside_rung(more, service) >= before);
  });
}

TEST_CASE("law, outside: what providers, machines and nameless accounts say never raises a rung") {
  for_each_provided_soc([](const Soc& soc, const std::string& service, Dice& dice) {
    auto noisy = soc;
    Soc::Contract contract{noisy, service};
    const auto kind = dice.pick(std::vector<ActorKind>{ActorKind::provider, ActorKind::automation, ActorKind::unknown, ActorKind::shared});
    for (int i = 0; i < 12; ++i) contract.looked_at("rt:ticket/r" + std::to_string(i), "supplier", "noted met checked", kind);
    contract.reviews("Description of " + service, "supplier", kind);
    const int before = outside_rung(soc, service), after = outside_rung(noisy, service);
    INFO("before " << before << ", after " << after);
    CHECK(after <= std::max(before, 1));
  });
}

TEST_CASE("law, outside: the caps hold") {
  for_each_provided_soc([](const Soc& soc, const std::string& service, Dice&) {
    auto undocumented = soc;
    undocumented.view.documents.clear();
    CHECK(outside_rung(undocumented, service) <= 3);
    auto unexpected = soc;
    std::erase_if(unexpected.view.documents, [](const Document& document) { return document.role == expectation_role; });
    CHECK(outside_rung(unexpected, service) <= 3);
    auto unseen = soc;
    forget(unseen, service, {EvidenceKind::review});
    CHECK(outside_rung(unseen, service) <= 1);
    auto unchecked = soc;
    forget(unchecked, service, {EvidenceKind::sla});
    for (auto& item : unchecked.view.items[service])
      if (item.kind == EvidenceKind::review && item.verdict.find("checked") != std::string::npos) item.verdict = "noted met";
    CHECK(outside_rung(unchecked, service) <= 4);
  });
}

TEST_CASE("law, outside: losing sight takes words about absence back, adds none, and keeps every rung that was seen") {
  for_each_provided_soc([](const Soc& soc, const std::string& service, Dice& dice) {
    const auto before = outside_finding(soc, service);
    auto more = soc;
    more.connect("other", 0);
    more.sight("other").complete.at("transactions") = {};
    if (dice.once_in(2)) more.source("other").breaks("401 Unauthorized");
    const auto unread = outside_finding(more, service);
    if (unread.state == State::missed_demand) CHECK(before.state == State::missed_demand);
    CHECK((unread.state == State::missed_demand || !says_absence(unread.state)));
    CHECK(unread.rung != 1);
    if (before.rung.value_or(0) > 1) CHECK(unread.rung == before.rung);
    auto gap = soc;
    for (auto& [stream, coverage] : gap.sight("rt").complete) {
      Coverage left;
      const auto lost = soc.view.as_of - std::chrono::hours(dice.roll(24 * 200));
      left.add({Instant::min(), lost});
      left.add({lost + std::chrono::hours(1 + dice.roll(24 * 30)), Instant::max()});
      coverage = coverage.intersect(left);
    }
    const auto cut = outside_finding(gap, service);
    if (says_absence(cut.state)) CHECK(says_absence(before.state));
    if (cut.state == State::unexercised) CHECK(before.state == State::unexercised);
    if (cut.rung == 1) CHECK(before.rung == 1);
    if (before.rung.value_or(0) > 1) CHECK(cut.rung == before.rung);
  });
}

TEST_CASE("law, outside: on demand there is no 'unexercised', and 1 needs a report or a demand that nobody took up") {
  for_each_provided_soc([](const Soc& soc, const std::string& service, Dice&) {
    if (default_criteria(service).clock_runs_always()) return;
    const auto found = outside_finding(soc, service);
    CHECK(found.state != State::unexercised);
    if (found.rung == 1) CHECK(found.state == State::missed_demand);
  });
}

TEST_CASE("law: of a combined service the provider's reports change nothing inside, and the own people's work no rung outside") {
  for_each_provided_soc([](const Soc& soc, const std::string& service, Dice&) {
    if (soc.view.profile.at(service).assigned != Assignment::combined) return;
    auto inside = soc;
    forget(inside, service, {EvidenceKind::provider_report, EvidenceKind::review, EvidenceKind::sla});
    CHECK(equal(soc.finding(service), inside.finding(service)));
    auto outside = soc;
    forget(outside, service, {EvidenceKind::exercise});
    CHECK(outside_finding(soc, service).rung.value_or(1) <= std::max(1, outside_rung(outside, service)));
  });
}

TEST_CASE("law, outside: every finding can be said, with what carries it and what is missing") {
  std::map<int, int> rungs;
  for_each_provided_soc([&](const Soc& soc, const std::string& service, Dice&) {
    const auto found = outside_finding(soc, service);
    ++rungs[found.rung.value_or(0)];
    CHECK_FALSE(found.reasons.empty());
    if (found.rung && *found.rung < 5) CHECK_FALSE(found.missing.empty());
    if (found.rung.value_or(0) > 1) CHECK(found.sufficient.size() + 1 >= static_cast<std::size_t>(*found.rung));
    CHECK((found.confidence == Confidence::none) == !found.rung);
    for (const auto* reasons : {&found.reasons, &found.missing, &found.counter, &found.confidence_reasons})
      for (const auto& reason : *reasons) CHECK(arguments_of(reason.code) == static_cast<int>(reason.args.size()));
  });
  for (int rung = 0; rung <= 5; ++rung) CHECK(rungs[rung] >= 10);  // else the laws above were tried on too little
}

TEST_CASE("law: a gap in what was read adds no word about absence") {
  for_each_soc([](const Soc& soc, const std::string& service, Dice& dice) {
    auto gap = soc;
    for (auto& [stream, coverage] : gap.sight("rt").complete) {
      Coverage left;
      const auto lost = soc.view.as_of - std::chrono::hours(dice.roll(24 * 200));
      left.add({Instant::min(), lost});
      left.add({lost + std::chrono::hours(1 + dice.roll(24 * 30)), Instant::max()});
      coverage = coverage.intersect(left);
    }
    const auto before = soc.finding(service), after = gap.finding(service);
    if (after.state == State::unexercised) CHECK(before.state == State::unexercised);
    if (after.state == State::no_demand || after.state == State::drill_due) CHECK(says_absence(before.state));
    if (after.rung == 1) CHECK(before.rung == 1);
  });
}
