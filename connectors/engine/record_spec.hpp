// What becomes of a record: activities, cases, documents, each value with where it comes from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "connectors/engine/value_spec.hpp"

namespace akashi {

struct FieldsSpec {  // a list of named values: custom fields
  bool given = false;
  ListPath list;
  std::string name, value;
  std::string each;  // where a value is an object, or a list of them: pointer of its text
};

struct LinkSpec {
  std::optional<Pointer> list;  // one link per element; otherwise one
  ValueSpec value;
};

struct CaseSpec {
  bool given = false;
  bool of_parent = false;  // of a child's parent, once
  std::vector<Condition> when;
  ValueSpec id, place, type, category, status, severity, title, owner, merged_into, opened, closed, due, url, version;
  std::vector<ValueSpec> labels;
  std::vector<LinkSpec> links;
  FieldsSpec fields;
};

struct DocumentSpec {
  bool given = false;
  bool of_parent = false;  // of a child's parent, once
  std::vector<Condition> when;
  ValueSpec id, title, version, author, owner, published, url, text;
  std::vector<ValueSpec> labels;
  FieldsSpec fields;
};

struct ActivitySpec {
  std::string about;
  bool of_parent = false;  // of a child's parent, once
  std::vector<Condition> when;
  std::vector<Condition> automation;  // the actor is no person, whatever the roster says
  std::vector<Pointer> over;          // lists to go into, each inside the one before, with ^ further out; one activity per innermost element
  bool also = false;                  // further entries are tried for the same record
  std::string reject;                 // instead of an activity: the reason it is none
  bool elsewhere = false;             // neither: entries with another `over` say what it is
  std::vector<ValueSpec> event;
  ValueSpec kind, object, time, actor, case_id, url, subject_type, subject_id, status_before, status, doc, doc_version, verdict, text, domain;
  std::vector<ValueSpec> labels;
};

}  // namespace akashi
