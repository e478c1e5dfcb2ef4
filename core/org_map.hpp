// The organisation's own map: what its places (queues, trackers, projects …) and statuses mean. It is the config's `classify:` of a source, then the
// product's defaults; the first entry whose selector fits a case gives the meaning, later ones fill what it left open.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/activity.hpp"
#include "core/row.hpp"
#include "core/time.hpp"

namespace akashi {

enum class StatusMeaning : std::uint8_t { none, asked, working, done, refused };
[[nodiscard]] std::string_view name(StatusMeaning meaning);  // "" for none

// All conditions must hold; within one, any value. Values compare case-insensitively (ASCII) after NFC as written; '*' and '?' are wildcards.
// Attributes: place type category status severity title label, and cf.NAME for custom fields.
struct Selector {
  std::vector<std::pair<std::string, std::vector<std::string>>> conditions;
  [[nodiscard]] bool fits(const CaseState& state) const;
};

// Whatever fits `narrow` fits `wide`, too, as far as their conditions say.
[[nodiscard]] bool within(const Selector& narrow, const Selector& wide);

// By severity, and for what has none of them; 0 = as the service's profile says.
struct AgreedTimes {
  std::chrono::minutes time{0};
  std::map<std::string, std::chrono::minutes> by_severity;  // low | medium | high | critical
  [[nodiscard]] bool given() const { return time.count() > 0 || !by_severity.empty(); }
  [[nodiscard]] std::chrono::minutes of(const std::string& severity) const;
};

// Where a place of provider reports tells what the inside owner made of them; custom fields without "cf.", empty = not told.
struct ReviewFields {
  std::string note;                             // a decision, a question, an action: not empty once the result was understood
  std::string checked;                          // which figure was checked against own data
  std::string outcome;                          // whether it met what was expected
  std::map<std::string, std::string> outcomes;  // the organisation's word, lower-cased → met | missed
  [[nodiscard]] bool given() const { return !note.empty() || !checked.empty() || !outcome.empty(); }
};

struct PlaceEntry {
  Selector when;
  std::string matter;                                      // one of matters(); empty = says nothing about it
  std::vector<std::string> services;                       // services whose work is recorded here
  std::vector<std::string> asked, working, done, refused;  // the place's statuses by meaning
  std::optional<bool> drill;                               // everything here is a drill (or surely none)
  std::string works_from;                                  // document that this place is always worked from: id, title or address
  std::string severity_field;                              // "severity" or "cf.NAME": where severity stands, when the tool has no field of its own
  std::map<std::string, std::string> severities;           // the organisation's word → low | medium | high | critical
  std::string performed_field;                             // "cf.NAME": the day on which the work was done, where it is written down later
  AgreedTimes agreed;                                      // in which time what is asked here has to be taken on
  ReviewFields review;                                     // of places of provider reports
  std::string where;                                       // FILE:LINE, for check and explain
};

struct Meaning {
  std::string matter;
  std::vector<std::string> services;
  bool drill = false;  // an entry says so; where none says anything, a label of drill_labels()
  std::string works_from;
  std::string severity;              // low | medium | high | critical, or the tool's own word where nobody gave it a meaning
  std::chrono::minutes agreed{0};    // of what is asked here; 0 = as the service's profile says
  std::optional<Instant> performed;  // the day on which the work was done, as the organisation wrote it down (midnight UTC)
  std::string review;                // of a provider report: the words of a review (core/evidence.hpp), from its fields
  std::map<std::string, StatusMeaning, std::less<>> statuses;  // lower-cased
  [[nodiscard]] StatusMeaning of(std::string_view status) const;
};

// Labels that mark a drill where the organisation says nothing: drill, tabletop, 訓練, 演習.
[[nodiscard]] std::span<const std::string_view> drill_labels();
[[nodiscard]] bool marks_drill(const std::vector<std::string>& labels);
// low medium high critical
[[nodiscard]] std::span<const std::string_view> severity_words();

// What a case that an entry fits is surely told: by the entry itself, or by others that then fit, too.
struct SurelySaid {
  std::string matter;
  std::vector<std::string> services;
  bool by_itself = false;  // one of the two is the entry's own word
};

class OrgMap {
 public:
  OrgMap() = default;
  explicit OrgMap(std::vector<PlaceEntry> entries) : entries_(std::move(entries)) {}
  [[nodiscard]] Meaning meaning(const CaseState& state) const;
  [[nodiscard]] const std::vector<PlaceEntry>& entries() const { return entries_; }
  [[nodiscard]] SurelySaid surely_said(std::size_t entry) const;
  // The categories and custom fields of the case that the map tells cases apart by, "category: x", "cf.NAME: x"; empty where the case has none of
  // them.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> told_apart_by(const CaseState& state) const;

 private:
  std::vector<PlaceEntry> entries_;
};

// What joining gives a case activity: its kind once the status's meaning is known (case.progressed → case.closed, case.refused, case.reopened,
// case.progressed), and the meaning of the new status.
struct JoinedKind {
  std::string_view kind;
  StatusMeaning meaning = StatusMeaning::none;
};
[[nodiscard]] JoinedKind joined_kind(const Activity& activity, const Meaning& meaning);

// A row over an activity, its case (may be null) and the case's meaning, with the lists it points to. Valid as long as the three.
// `text` stays empty: what was written is not kept.
struct JoinedRow {
  Row row;
  std::vector<std::string_view> labels, procedures, services;  // of the activity and its case; row's spans look at these
  JoinedRow() = default;
  JoinedRow(JoinedRow&&) = default;  // moving keeps the lists where they are; copying would not
  JoinedRow& operator=(JoinedRow&&) = default;
};
[[nodiscard]] JoinedRow make_row(const Activity& activity, const CaseState* state, const Meaning& meaning);

}  // namespace akashi
