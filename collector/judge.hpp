// From activities to evidence: joins each activity with its case and what the organisation's map says of it, asks the rules, and writes down what
// they count. Because a case's meaning may change after its activities were read (it is moved to another queue, re-classified, merged), its earlier
// activities are judged again then: what is stored does not depend on when a tool was polled.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "collector/actors.hpp"
#include "connectors/engine/documents.hpp"
#include "connectors/engine/page.hpp"
#include "core/org_map.hpp"
#include "core/store.hpp"
#include "mappings/engine/matcher.hpp"

namespace akashi {

// What the organisation says of one source.
struct SourceMeaning {
  OrgMap map;  // the config's classify entries, then the product's defaults
  ApprovalSettings approvals;
  TicketFields tickets{};  // of tickets that are documents
};

// An activity as rules see it: who did it, what its case means. Valid while it is shown.
struct Seen {
  const Activity& activity;  // with the person in place of the account, and what the person wrote on the case
  const CaseState* state;    // its case; nullptr when it is on none or none is known
  const Meaning& meaning;
  const Row& row;
};

// Some of what is stored, with everything that is needed to judge it.
struct StoredBatch {
  std::vector<Activity> activities;  // whole cases, also where they reach over the batch
  std::map<std::string, CaseState> cases;
  std::string after, last;  // the uids that the batch is about
  // Whether the activity belongs to this batch and not to another one, so that it is counted once.
  [[nodiscard]] bool own(const Activity& one) const { return one.uid > after && one.uid <= last; }
};
// All that is stored, in batches of bounded size.
[[nodiscard]] Status each_batch(Store& store, const std::function<Status(const StoredBatch&)>& work);
// The cases of these activities and those that they were merged into.
[[nodiscard]] Result<std::map<std::string, CaseState>> cases_of(const std::vector<Activity>& activities, Store& store);

class Judge {
 public:
  // `meanings`: by source name. All must outlive the judge.
  Judge(const Matcher& matcher, const std::map<std::string, SourceMeaning>& meanings, const Actors& actors)
      : matcher_(matcher), meanings_(meanings), actors_(actors) {}

  // A normalised page with its evidence, ready to be kept. Reads the store for the cases and earlier activities that the page touches.
  [[nodiscard]] Result<PageCommit> page(const Page& page, Store& store) const;

  // Tickets that are documents (places of matter procedure), of the cases that these activities belong to, each there as a whole. Of `stored`, those
  // whose ticket is in force no more come back without services.
  [[nodiscard]] std::vector<Document> documents(const std::vector<Activity>& activities, const std::map<std::string, CaseState>& cases,
                                                const std::vector<Document>& stored) const;

  // The evidence of activities whose cases (and the cases those were merged into) are in `cases`.
  [[nodiscard]] std::vector<Evidence> evidence(const std::vector<Activity>& activities, const std::map<std::string, CaseState>& cases) const;

  // Shows them one by one, joined as they are for the rules; a case has to be there as a whole.
  void each(const std::vector<Activity>& activities, const std::map<std::string, CaseState>& cases,
            const std::function<void(const Seen&)>& show) const;

  // Judges everything stored again, in batches: after the map or the rules changed.
  [[nodiscard]] Status everything(Store& store) const;

 private:
  [[nodiscard]] bool keeps_procedures_as_tickets(const std::string& source) const;

  const Matcher& matcher_;
  const std::map<std::string, SourceMeaning>& meanings_;
  const Actors& actors_;
};

}  // namespace akashi
