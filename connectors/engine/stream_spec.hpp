// A stream: what is asked for, how it goes on, what belongs to it and what becomes of its records.
#pragma once

#include <map>
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
  ListPath records;
  std::string key;
  bool adds = false;  // the rows are records of the page too, where they are not in it already
  ValueSpec text;     // several rows of one key: their texts one after another
  CaseSpec its_case;
};

// A question before reading: does the reader see what it has to see? What fails makes the stream's coverage partial, with the reason.
struct CheckSpec {
  std::string about, for_each;
  RequestSpec request;
  ListPath records;
  std::string value;                // the values that the answer holds
  std::vector<Pointer> over;        // lists inside the records
  std::vector<Condition> when;      // records that count
  std::string holds;                // a parameter whose values must be among them …
  std::vector<std::string> must;    // … or these words
  std::optional<int> at_least;      // … or so many
  std::optional<int> at_most;       // no more than so many
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
  std::optional<ListPath> records;  // instead of `record`: the list of the parent's children; each is a record, its parent one record out
  PagingSpec paging;                // of that list
  std::vector<Condition> when;      // of a parent: others are not asked for
  bool also_parent = false;         // entries with `of: parent` read the parent as a record too
};

// The records of the list are ids; what they stand for is asked for in chunks.
struct GetSpec {
  bool given = false;
  RequestSpec request;  // with {ids}, or {id} when chunk is 1
  std::string each = "{id}", join = ",";
  int chunk = 100;
  ListPath records;
  std::string id;    // pointer of a record's id in that answer
  std::string from;  // pointer of the id in the list; "" = the element is the id
};

// A search that the tool works on by itself until its results can be read.
struct JobSpec {
  bool given = false;
  RequestSpec submit, status;  // status with {job}
  std::string id;              // pointer in submit's answer
  std::vector<Condition> done, failed;
  Duration wait = std::chrono::seconds(2), wait_max = std::chrono::minutes(10);
};

// A list that tells how things are, read whole; what is different from the poll before becomes the records.
struct SnapshotSpec {
  bool given = false;
  std::string id;                                          // pointer of an object's id
  std::vector<std::pair<std::string, std::string>> watch;  // field → pointer
  std::vector<std::string> forget;                         // members of an object that are read, but not kept until the next poll
  int objects_max = 100000;
  bool changes_only = false;  // the list holds what was changed since the poll before: what is not in it is as it was
};

enum class Shape : std::uint8_t { list, child, list_then_get, job, snapshot_diff };

struct StreamSpec {
  std::string name, about;
  Shape shape = Shape::list;
  bool optional = false;       // read only when the source names it
  bool single = false;         // the answer itself is the one record
  bool null_is_empty = false;  // null in place of the list is an empty list
  bool settles = false;        // pointers name {parameters}: see settle.hpp
  std::string for_each;        // a parameter: the stream is read once per value, each with its own cursor
  RequestSpec request;
  PagingSpec paging;
  ListPath records;
  std::vector<std::string> needs;  // pointers of what every record holds
  int missing_max = 20;            // per cent of a page's records that may lack it
  CursorSpec cursor;
  std::vector<CheckSpec> checks;
  std::vector<AttachSpec> attach;
  ChildSpec child;
  GetSpec get;
  JobSpec job;
  SnapshotSpec snapshot;
  ActivitySpec common;
  std::vector<ActivitySpec> activities;
  std::vector<CaseSpec> cases;
  std::vector<DocumentSpec> documents;
};

}  // namespace akashi
