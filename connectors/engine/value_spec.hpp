// Where a value of an activity, a case or a document comes from. In a descriptor it is written as
//   /pointer            a member of the innermost record (RFC 6901); ^/pointer one record further out, ^^/pointer two
//   "#"                 the name of the member that the record stands at, where a list is the members of an object ("/rows/*"); "^#" one further out
//   word                a constant
//   {at: /pointer, …}   a map, when something has to be done with it (the keys of ValueSpec)
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "connectors/engine/clock_format.hpp"
#include "connectors/engine/pattern.hpp"

namespace akashi {

struct Condition;

struct Pointer {
  int up = 0;  // records outwards
  std::string path;
  bool members = false;  // of a list: the members of the object at path ("/path/*")
  bool name = false;     // not a member: the name of the record itself
};

// Where a list is: an array, or with "/*" at the end the members of an object.
struct ListPath {
  std::string path;
  bool members = false;
};

// The value is an id of an element of a list near by (custom fields by id): take something else of that element.
struct Pick {
  std::string of;  // the list is in the row of this attachment
  Pointer list;
  std::string key, take;
  std::vector<std::string> among;  // instead of an id: the first of these whose element has something to take
  bool latest = false;             // of several elements that fit: the one with the latest time, whatever their order
};

struct ValueSpec {
  bool given = false;
  std::string constant;  // when there is no pointer; {value} is the stream's part
  std::optional<Pointer> at, or_at;
  std::string of;                            // name of an attachment: the pointer is read in the row that belongs to the record
  std::string lookup, take = "name";         // the value is an id: take this column of the lookup's row
  std::string otherwise;                     // when the lookup has no such id: this, and then the id
  std::optional<Pick> pick;                  //
  std::string pattern, group;                // as written; {parameters} are filled in per source
  std::map<std::string, std::string> table;  // the tool's word → ours; a word that is not in it stays as it is
  std::vector<std::string> unset;            // values that mean "none"
  std::string prefix;                        // put before a value that is there; {base} is the source's address
  std::vector<Condition> when;               // otherwise `instead`, or nothing
  std::string instead;                       //
  std::vector<ValueSpec> parts;              // instead of a pointer: these, one after another; nothing when one of them is missing
  std::string between;                       // what stands between them
  bool base64 = false;                       // the value is base64 of a text
  std::string split;                         // a text becomes several at this (labels)
  bool every = false;                        // labels: all that the pattern finds, not only the first
  std::string each;                          // of a list of objects: pointer of the label in each of them
  std::optional<ClockFormat> format;         // of a time that is not written like the cursor's
  Pattern compiled;                          // of `pattern`, when it has no parameter in it
};

// All of a list of conditions must hold. Without `is`, `is_not` and `not_same`: the value must be there.
struct Condition {
  ValueSpec value;
  std::vector<std::string> is, is_not;  // {parameter} stands for all its values; compared as written
  bool absent = false;                  // holds when the value is not there
  ValueSpec same, not_same;             // as another value
  ValueSpec not_before, not_after;      // a time, than another one; does not hold when one of them is missing
  std::optional<double> gte, lte;       // as a number
};

}  // namespace akashi
