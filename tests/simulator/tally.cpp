#include "tally.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "collector/json_writer.hpp"
#include "core/words.hpp"

namespace akashi::simulator {

namespace {

constexpr std::array<const char*, 5> alerting{"late", "unexercised", "missed_demand", "drill_due", "blind"};
constexpr double exact_least = 0.95;

std::string rung_word(const std::optional<int>& rung) { return rung ? std::to_string(*rung) : "-"; }

bool has_run_out(const Finding& finding) {
  if (finding.rung == 4 && std::ranges::any_of(finding.rejected, [](const Rejected& one) { return one.code == "rejected.approval_expired"; }))
    return true;
  return std::ranges::any_of(finding.counter, [](const Reason& one) { return one.code == "counter.approval_expired"; });
}

void count(Alert& alert, bool truth, bool found) {
  if (truth && found) ++alert.right;
  if (!truth && found) ++alert.false_alarm;
  if (truth && !found) ++alert.missed;
}

std::string share(double value) { return value < 0 ? "  -  " : fmt::format("{:.3f}", value); }

std::string matrix(const std::map<std::string, std::map<std::string, std::size_t>>& counts, const char* title) {
  std::set<std::string> words;
  for (const auto& [truth, found] : counts) {
    words.insert(truth);
    for (const auto& [word, number] : found) words.insert(word);
  }
  std::string text = fmt::format("\n{:<22}", title);
  for (const auto& word : words) text += fmt::format("{:>8}", word.substr(0, 7));
  text += "\n";
  for (const auto& truth : words) {
    if (!counts.contains(truth)) continue;
    text += fmt::format("  {:<20}", truth);
    for (const auto& word : words) {
      const auto at = counts.at(truth).find(word);
      text += at == counts.at(truth).end() ? fmt::format("{:>8}", ".") : fmt::format("{:>8}", at->second);
    }
    text += "\n";
  }
  return text;
}

}  // namespace

bool agree(const Truth& truth, const Finding& finding) {
  return compare(truth, finding).exact && truth.drift == finding.drift.has_value() && truth.approval_expired == has_run_out(finding);
}

// Nothing found where the truth is none is exact; any number there claims too much.
Compared compare(const Truth& truth, const Finding& finding) {
  Compared result;
  result.too_high = finding.rung && (!truth.rung || *finding.rung > *truth.rung);
  result.too_low = truth.rung && (!finding.rung || *finding.rung < *truth.rung);
  result.exact = finding.rung == truth.rung && name(finding.state) == truth.state;
  result.unexercised_while_blind = truth.source_unread && finding.state == State::unexercised;
  return result;
}

double Alert::precision() const { return right + false_alarm == 0 ? -1 : static_cast<double>(right) / static_cast<double>(right + false_alarm); }
double Alert::recall() const { return right + missed == 0 ? -1 : static_cast<double>(right) / static_cast<double>(right + missed); }

void Score::add(const Truth& truth, const Finding& finding) {
  const Compared result = compare(truth, finding);
  Row& row = rows_[truth.service + (truth.ladder == "insource" ? "" : " " + truth.ladder)];
  ++row.all;
  row.exact += result.exact ? 1 : 0;
  row.too_high += result.too_high ? 1 : 0;
  row.too_low += result.too_low ? 1 : 0;
  unexercised_while_blind_ += result.unexercised_while_blind ? 1 : 0;
  ++rungs_[rung_word(truth.rung)][rung_word(finding.rung)];
  ++states_[truth.state][std::string(name(finding.state))];
  for (const char* state : alerting) count(alerts_[state], truth.state == state, name(finding.state) == state);
  count(alerts_["approval expired"], truth.approval_expired, has_run_out(finding));
  count(alerts_["drift"], truth.drift, finding.drift.has_value());
}

void Score::add(const Score& other) {
  for (const auto& [service, row] : other.rows_) {
    Row& mine = rows_[service];
    mine.all += row.all;
    mine.exact += row.exact;
    mine.too_high += row.too_high;
    mine.too_low += row.too_low;
  }
  for (const auto& [truth, found] : other.rungs_)
    for (const auto& [word, number] : found) rungs_[truth][word] += number;
  for (const auto& [truth, found] : other.states_)
    for (const auto& [word, number] : found) states_[truth][word] += number;
  for (const auto& [name, alert] : other.alerts_) {
    alerts_[name].right += alert.right;
    alerts_[name].false_alarm += alert.false_alarm;
    alerts_[name].missed += alert.missed;
  }
  unexercised_while_blind_ += other.unexercised_while_blind_;
}

Score::Row Score::sum() const {
  Row all;
  for (const auto& [service, row] : rows_) {
    all.all += row.all;
    all.exact += row.exact;
    all.too_high += row.too_high;
    all.too_low += row.too_low;
  }
  return all;
}

bool Score::good() const {
  const Row all = sum();
  return all.all > 0 && all.too_high == 0 && unexercised_while_blind_ == 0 &&
         static_cast<double>(all.exact) >= exact_least * static_cast<double>(all.all);
}

std::string Score::text(std::size_t seeds) const {
  const Row all = sum();
  std::string text = fmt::format("{} SOCs, {} findings\n\n{:<22}{:>8}{:>8}{:>8}{:>8}\n", seeds, all.all, "service", "all", "exact", "high", "low");
  for (const auto& [service, row] : rows_)
    text += fmt::format("  {:<20}{:>8}{:>8}{:>8}{:>8}\n", service, row.all, row.exact, row.too_high, row.too_low);
  text += matrix(rungs_, "rung: true \\ found") + matrix(states_, "state: true \\ found");
  text += fmt::format("\n{:<22}{:>10}{:>8}{:>8}{:>8}{:>8}\n", "alert", "precision", "recall", "right", "false", "missed");
  for (const auto& [name, alert] : alerts_)
    text += fmt::format("  {:<20}{:>10}{:>8}{:>8}{:>8}{:>8}\n", name, share(alert.precision()), share(alert.recall()), alert.right, alert.false_alarm,
                        alert.missed);
  const auto exact = all.all == 0 ? 0 : static_cast<double>(all.exact) / static_cast<double>(all.all);
  text += fmt::format("\nexact {:.2f} % (at least 95), too high {} (none), too low {}, \"unexercised\" while a source is blind {} (none): {}\n",
                      exact * 100, all.too_high, all.too_low, unexercised_while_blind_, good() ? "good" : "NOT GOOD");
  return text;
}

std::string Score::json(std::size_t seeds) const {
  const Row all = sum();
  JsonWriter out;
  out.object().member("seeds", static_cast<std::uint64_t>(seeds)).member("findings", static_cast<std::uint64_t>(all.all));
  out.member("exact_share", all.all == 0 ? 0.0 : static_cast<double>(all.exact) / static_cast<double>(all.all));
  out.member("too_high", static_cast<std::uint64_t>(all.too_high)).member("too_low", static_cast<std::uint64_t>(all.too_low));
  out.member("false_unexercised_while_blind", static_cast<std::uint64_t>(unexercised_while_blind_)).member("good", good());
  out.key("alerts").object();
  for (const auto& [name, alert] : alerts_) {
    out.key(name).object().key("precision");
    alert.precision() < 0 ? out.null() : out.value(alert.precision());
    out.key("recall");
    alert.recall() < 0 ? out.null() : out.value(alert.recall());
    out.member("right", static_cast<std::uint64_t>(alert.right)).member("false", static_cast<std::uint64_t>(alert.false_alarm));
    out.member("missed", static_cast<std::uint64_t>(alert.missed)).end_object();
  }
  out.end_object().key("services").object();
  for (const auto& [service, row] : rows_) {
    out.key(service).object().member("all", static_cast<std::uint64_t>(row.all)).member("exact", static_cast<std::uint64_t>(row.exact));
    out.member("too_high", static_cast<std::uint64_t>(row.too_high)).member("too_low", static_cast<std::uint64_t>(row.too_low)).end_object();
  }
  out.end_object();
  for (const auto& [key, counts] : {std::pair{"rungs", &rungs_}, {"states", &states_}}) {
    out.key(key).object();
    for (const auto& [truth, found] : *counts) {
      out.key(truth).object();
      for (const auto& [word, number] : found) out.member(word, static_cast<std::uint64_t>(number));
      out.end_object();
    }
    out.end_object();
  }
  return out.end_object().text();
}

std::string told(std::uint64_t seed, const Truth& truth, const Finding& finding) {
  const Compared result = compare(truth, finding);
  const char* how = result.too_high ? "TOO HIGH" : result.too_low ? "too low" : result.exact ? "exact" : "other state";
  if (truth.drift != finding.drift.has_value()) how = truth.drift ? "drift not seen" : "drift that is none";
  if (truth.approval_expired != has_run_out(finding)) how = truth.approval_expired ? "run-out approval not seen" : "run-out approval that is none";
  std::string text = fmt::format("seed {} {} {}: {}\n  true:  {} {} ({})\n  found: {} {}\n", seed, truth.service, truth.ladder, how,
                                 rung_word(truth.rung), truth.state, truth.story, rung_word(finding.rung), name(finding.state));
  for (const auto* reasons : {&finding.reasons, &finding.missing, &finding.counter})
    for (const Reason& one : *reasons) text += "    " + say(one, Lang::en) + "\n";
  std::map<std::string, int> rejected;
  for (const Rejected& one : finding.rejected) ++rejected[one.code];
  for (const auto& [code, number] : rejected) text += fmt::format("    {} × {}\n", number, code);
  return text;
}

}  // namespace akashi::simulator
