// Inference: what the evidence supports. Pure: same view, same findings; no clock, no file, no socket.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/activity.hpp"
#include "core/coverage.hpp"
#include "core/evidence.hpp"
#include "core/finding.hpp"
#include "core/profile.hpp"
#include "core/roster.hpp"
#include "core/tally.hpp"

namespace akashi {

inline constexpr std::string_view inference_version = "1";

inline constexpr std::string_view attested_source = "attested";  // of what people entered (core/attestation.hpp); no tool may be called so

// What one source lets us see.
struct SourceSight {
  std::string source;
  bool broken = false;  // the last poll of a stream that brings work failed; why says how
  std::string why;
  std::set<std::string> could_show;          // services whose work rules could evidence from it
  std::set<std::string> could_show_reports;  // services whose provider reports and their reviews they could evidence from it
  // By stream: what was read completely. Every stream that could show a service has an entry, an empty one while it was never read: absence is
  // only said of spans that all of them cover.
  std::map<std::string, Coverage> complete;
  std::vector<CoverageSpan> partial;  // what was read with something hidden or capped
};

// Everything inference may look at, at one moment. What was done later than as_of is ignored, so every view can be asked "as of". Evidence and
// coverage are both what is known today about that moment (what was said then stands in the proposals and decisions).
struct View {
  Instant as_of{};
  Profile profile;
  std::vector<SourceSight> sources;
  std::map<std::string, std::vector<Evidence>, std::less<>> items;  // by service
  std::vector<std::pair<TallyKey, Tally>> tallies;
  std::vector<Document> documents;                                     // every version seen
  std::map<std::string, std::vector<std::string>, std::less<>> links;  // case → related cases: work on one answers a demand on the other
  std::map<std::string, Instant, std::less<>> opened;                  // by case: when it says of itself that it began
  std::vector<Instant> assessments;                                    // days for which somebody may want to look well
  std::set<std::string> heads;                                         // actors (pseudonyms) of authorised heads, also of those who have left
  std::set<std::string> insiders;                      // actors of the roster's own people: no provider's, no machines, no shared accounts
  std::map<std::string, Tenure, std::less<>> tenures;  // by actor, of those who joined or left at a known time
  // Accepted scores by service (a manual one in the profile wins), of the insourced and of the outsourced ladder.
  std::map<std::string, int, std::less<>> accepted, accepted_outside;
  std::string rules_digest;
  std::map<std::string, std::string, std::less<>> teams;  // of people on the roster, by actor
  // Who was attested to be on duty, and until when, by service. Shown; who was due is no proof of who worked.
  std::map<std::string, std::vector<std::pair<std::string, Instant>>, std::less<>> on_duty;
};

// The insourced entry, or for an outsourced service the outsourced one.
[[nodiscard]] Finding infer(const View& view, std::string_view service);
[[nodiscard]] std::vector<Finding> infer_all(
    const View& view);  // all 64, in catalogue order; a combined assignment gives two entries, insource first

}  // namespace akashi
