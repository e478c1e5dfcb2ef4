// Rows of activities, evidence, cases and documents. Failures stick to the database (sqlite.hpp).
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "collector/store/tables.hpp"
#include "core/activity.hpp"
#include "core/evidence.hpp"
#include "core/store.hpp"

namespace akashi {

struct KeptActivity {
  std::int64_t id;
  bool fresh;  // false: it was known, and nothing was changed
};
[[nodiscard]] KeptActivity keep_activity(Tables& t, const Activity& activity);
[[nodiscard]] std::int64_t find_activity(Tables& t, const std::string& uid);  // its row, or 0
void keep_evidence(Tables& t, std::int64_t activity, const Evidence& evidence);
void drop_evidence(Tables& t, std::int64_t activity);
void keep_case(Tables& t, const CaseState& state);
void keep_document(Tables& t, const Document& document);

[[nodiscard]] std::vector<Activity> activities_of_cases(Tables& t, const std::vector<std::string>& case_ids);  // by time, then uid
[[nodiscard]] std::vector<Activity> activities_after_uid(Tables& t, const std::string& after, std::size_t limit);
[[nodiscard]] std::vector<Activity> activities_of_uids(Tables& t, const std::vector<std::string>& uids);
[[nodiscard]] std::set<std::string> known_uids(Tables& t, const std::vector<std::string>& uids);
[[nodiscard]] std::vector<Evidence> evidence_of(Tables& t, const EvidenceFilter& filter);
[[nodiscard]] std::vector<CaseState> cases_of(Tables& t, const std::vector<std::string>& ids);
[[nodiscard]] std::map<std::string, Instant, std::less<>> all_openings(Tables& t);  // by case
[[nodiscard]] std::vector<ActorSeen> actors_at(Tables& t, Instant as_of);           // one a source, actor and kind; by source and actor
[[nodiscard]] std::vector<Document> all_documents(Tables& t);
[[nodiscard]] std::map<std::string, std::vector<std::string>, std::less<>> all_links(Tables& t);  // both ways, ascending, without itself

}  // namespace akashi
