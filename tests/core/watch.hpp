// A book of alerts over a Soc: judges when told, keeps what a store would keep, and writes down what receivers would hear.
#pragma once

#include "core/alert.hpp"
#include "tests/core/soc.hpp"

namespace akashi {

struct Watch {
  Soc& soc;
  AlertPolicy policy{};
  AlertBook book{};
  std::vector<std::string> told{}, written{};  // "opened silence/G-11/insource late warning"
  std::int64_t ids = 0;
  std::vector<std::string> only{};  // services that are judged; empty = all

  std::map<std::string, RungHeld> held{};  // by service

  [[nodiscard]] std::vector<Finding> findings() {
    std::vector<Finding> found;
    if (only.empty()) found = infer_all(soc.view);
    for (const std::string& one : only) found.push_back(infer(soc.view, one));
    for (Finding& one : found) {
      const auto before = held.find(one.service);
      held[one.service] = hold(before == held.end() ? std::nullopt : std::optional(before->second), one, soc.view.as_of);
      one.drift = drift(one, held[one.service], soc.view.as_of);
    }
    return found;
  }

  [[nodiscard]] std::vector<SourceState> sources() const {
    std::vector<SourceState> states;
    for (const SourceSight& one : soc.view.sources) {
      SourceState state{.source = one.source, .read_once = true, .broken = one.broken, .last_ok = {}, .why = one.why};
      for (const auto& [stream, coverage] : one.complete) {
        if (coverage.empty()) state.read_once = false;
        else state.last_ok = coverage.spans().back().to;
      }
      states.push_back(state);
    }
    return states;
  }

  // What receivers are told now, in one line.
  std::string judge() {
    const AlertNews news = update_alerts(findings(), sources(), book, policy, soc.view.as_of);
    book.noticed = news.noticed;
    book.first_run = news.first_run;
    book.audit_ended = news.audit_ended;
    book.judged = news.judged;
    std::string heard;
    for (const AlertChange& change : news.changes) {
      Alert alert = change.alert;
      if (change.what == AlertChange::What::opened) alert.id = ++ids;
      std::erase_if(book.open, [&](const Alert& one) { return one.matter == alert.matter; });
      if (!alert.closed) book.open.push_back(alert);
      const bool untold = alert.closed && alert.silence == Silence::first_run && alert.over->code == "alert.unseen";
      if (untold) book.never_told.insert(alert.matter);
      else book.never_told.erase(alert.matter);
      const std::string line =
          std::string(name(change.what)) + " " + alert.matter + " " + std::string(name(alert.kind)) + " " + std::string(name(alert.level));
      written.push_back(line);
      if (!change.tell) continue;
      told.push_back(line);
      heard += (heard.empty() ? "" : ", ") + line;
    }
    return heard;
  }

  // Judges every hour meanwhile, as the daemon does.
  std::string hours(int count) {
    std::string heard;
    for (int i = 0; i < count; ++i) {
      soc.hours_pass(1);
      if (const auto now = judge(); !now.empty()) heard += (heard.empty() ? "" : ", ") + now;
    }
    return heard;
  }

  [[nodiscard]] const Alert* open(const std::string& matter) const {
    const auto found = std::ranges::find(book.open, matter, &Alert::matter);
    return found == book.open.end() ? nullptr : &*found;
  }
};

}  // namespace akashi
