// A stream: what is asked for, how it goes on, what belongs to it and what becomes of its records.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "connectors/engine/paging_spec.hpp"
#include "connectors/engine/record_spec.hpp"
#include "connectors/engine/request_spec.hpp"

namespace akashi {

// What belongs to the records of a page and is asked for by their ids, in chunks.
struct AttachSpec {
  std::string name;
  std::vector<ValueSpec> ids;
  std::string each = "{id}", join = ",";
  int chunk = 50;
  RequestSpec request;
  std::string records, key;
  bool adds = false;  // the rows are records of the page too, where they are not in it already
  ValueSpec text;     // several rows of one key: their texts one after another
  CaseSpec its_case;
};

// A question before reading: does the reader see what it has to see? What fails makes the stream's coverage partial, with the reason.
struct CheckSpec {
  std::string about, for_each;
  RequestSpec request;
  std::string records, value;       // the values that the answer holds
  std::vector<Pointer> over;        // lists inside the records
  std::vector<Condition> when;      // records that count
  std::string holds;                // a parameter whose values must be among them …
  std::vector<std::string> must;    // … or these words
  std::optional<int> at_least;      // … or so many
  std::optional<RequestSpec> then;  // asked for each value found, as {id}; `must` is looked for in these answers
  std::string then_values;
  std::string say, mend;
};

struct ChildSpec {
  bool given = false;
  RequestSpec request;
  std::string record;  // pointer to the record in the answer
  std::string repeat;  // pointer in the parent to a number N: ask for {version} = N, N-1 … 1
  int repeat_max = 200;
};

struct StreamSpec {
  std::string name, about;
  bool child_shape = false;
  std::string for_each;  // a parameter: the stream is read once per value, each with its own cursor
  RequestSpec request;
  PagingSpec paging;
  std::string records;
  CursorSpec cursor;
  std::vector<CheckSpec> checks;
  std::vector<AttachSpec> attach;
  ChildSpec child;
  ActivitySpec common;
  std::vector<ActivitySpec> activities;
  std::vector<CaseSpec> cases;
  std::vector<DocumentSpec> documents;
};

}  // namespace akashi
