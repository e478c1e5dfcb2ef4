// What one page of a stream brings: extracted, not yet normalised (accounts in clear), with its coverage and the state to go on from.
// It is kept or refused as a whole, in one transaction.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/activity.hpp"
#include "core/coverage.hpp"
#include "core/store.hpp"

namespace akashi {

// Text written on an activity or in a document: read for document references, front matter and wording, then dropped.
struct WrittenText {
  std::string about;  // uid of the activity, or id of the document
  std::string text;
};

// What the tool itself keeps about a version of a document beside its text: read like its head, then dropped.
struct DocumentMarks {
  std::string about, version;  // the document's id, and the version as the tool counts it
  std::vector<std::string> labels;
  std::map<std::string, std::string> fields;  // custom fields by name; several values joined with "\n"
};

struct Page {
  std::string source, stream;
  std::vector<Activity> activities;  // actor and subject_id still the tool's accounts
  std::vector<CaseState> cases;      // owner still the tool's account
  std::vector<Document> documents;   // author and owner still accounts or names
  std::vector<WrittenText> texts;
  std::vector<DocumentMarks> marks;
  std::vector<CoverageSpan> coverage;
  std::string next_state;
  Manifest manifest;     // this page's share
  bool drained = false;  // nothing more to read now
};

}  // namespace akashi
