// From activities to evidence: joins each activity with its case and what the organisation's map says of it, asks the rules, and writes down what
// they count. Because a case's meaning may change after its activities were read (it is moved to another queue, re-classified, merged), its earlier
// activities are judged again then: what is stored does not depend on when a tool was polled.
#pragma once

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
};

class Judge {
 public:
  // `meanings`: by source name. All must outlive the judge.
  Judge(const Matcher& matcher, const std::map<std::string, SourceMeaning>& meanings, const Actors& actors)
      : matcher_(matcher), meanings_(meanings), actors_(actors) {}

  // A normalised page with its evidence, ready to be kept. Reads the store for the cases and earlier activities that the page touches.
  [[nodiscard]] Result<PageCommit> page(const Page& page, Store& store) const;

  // The evidence of activities whose cases (and the cases those were merged into) are in `cases`.
  [[nodiscard]] std::vector<Evidence> evidence(const std::vector<Activity>& activities, const std::map<std::string, CaseState>& cases) const;

  // Judges everything stored again, in batches: after the map or the rules changed.
  [[nodiscard]] Status everything(Store& store) const;

 private:
  const Matcher& matcher_;
  const std::map<std::string, SourceMeaning>& meanings_;
  const Actors& actors_;
};

}  // namespace akashi
