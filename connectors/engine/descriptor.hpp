// A connector is the description of a product's API: data, read from connectors/products/<product>/connector.yaml. Parsed and usable are the
// same here: what load_connector gives has been checked as a whole, every pointer, placeholder, kind and pattern.
// Read-only by construction: GET, and POST only where the descriptor says `reads: true`. There are no expressions; {placeholders} come from a
// short list that each key allows.
// Errors: ErrorKind::config, "connector.yaml:LINE path: what; mend", with the nearest known key for a misspelt one.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "connectors/engine/clock_format.hpp"
#include "connectors/engine/value_spec.hpp"
#include "core/org_map.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "core/yaml.hpp"

namespace akashi {

struct Permission {
  std::string right, on, purpose, without;
};

struct AuthSpec {
  std::string scheme;          // basic | bearer | header
  std::string header, prefix;  // of scheme header: its name, and what stands before the secret
};

struct Parameter {
  std::string name, about;
  bool required = false;
  std::vector<std::string> standard;  // when the source gives none
};

struct Budget {
  int requests_per_minute = 120;
  int concurrency = 1;
};

enum class AnswerAction : std::uint8_t { fail, retry, rate_limited, skip_item };

struct AnswerRule {
  AnswerAction action = AnswerAction::fail;
  ErrorKind kind = ErrorKind::schema;
  std::string say, mend;
};

struct RequestSpec {
  std::string method = "GET";
  bool reads = false;  // a POST that only reads
  std::string path;
  std::vector<std::pair<std::string, std::string>> query, headers;
  std::string body;
  std::map<int, AnswerRule> answers;  // before the connector's own
};

// id → row tables. `table` is read as a whole, `one` is asked for id by id; both are kept for ttl.
struct LookupSpec {
  std::string name;
  bool one_by_one = false;
  RequestSpec request;
  std::string for_each;  // a parameter: the table is read once per value
  std::string records, key, or_key;
  std::map<std::string, std::vector<std::string>> columns;  // column → pointers in the row, the first that is filled counts
  int limit = 0;                                            // rows per page, when the request has {offset} or {page}
  Duration ttl = std::chrono::hours(24);
};

struct FieldsSpec {  // a list of named values: custom fields
  bool given = false;
  std::string list, name, value;
};

struct LinkSpec {
  std::optional<Pointer> list;  // one link per element; otherwise one
  ValueSpec value;
};

struct CaseSpec {
  bool given = false;
  std::vector<Condition> when;
  ValueSpec id, place, type, category, status, severity, title, owner, merged_into, opened, closed, due, url, version;
  std::vector<ValueSpec> labels;
  std::vector<LinkSpec> links;
  FieldsSpec fields;
};

struct DocumentSpec {
  bool given = false;
  std::vector<Condition> when;
  ValueSpec id, title, version, author, owner, published, url, text;
};

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

struct ActivitySpec {
  std::string about;
  std::vector<Condition> when;
  std::vector<Pointer> over;  // lists to go into, each inside the one before; one activity per innermost element
  bool also = false;          // further entries are tried for the same record
  std::string reject;         // instead of an activity: the reason it is none
  bool elsewhere = false;     // neither: entries with another `over` say what it is
  std::vector<ValueSpec> event;
  ValueSpec kind, object, time, actor, case_id, url, subject_type, subject_id, status_before, status, doc, doc_version, verdict, text, domain;
  std::vector<ValueSpec> labels;
};

enum class Paging : std::uint8_t { none, page, offset, id_after, next_url, keyset };

struct PagingSpec {
  Paging kind = Paging::none;
  int limit = 100;
  int pages_max = 10000;        // of one poll
  std::string total, next, id;  // pointers; `id` inside a record
  std::string first, after, from, ascending,
      descending;      // id_after: the {position} at first contact, behind an id, from an id on; the words of {order}
  std::string hidden;  // id_after: how to mend it when rows are hidden from the reader
};

struct CursorSpec {
  bool given = false;
  std::string field;
  ClockFormat format, query;                    // as answered, as asked
  bool everything = false;                      // first contact reads all there is: what was published long ago is still in force
  Duration margin{};                            // first contact asks from this much earlier and drops what is before its start
  Duration overlap = std::chrono::minutes(10);  // read again at every poll, for late arrivals
  Duration lag = std::chrono::minutes(1);       // what is younger than this is left to the next poll
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

struct Connector {
  std::string directory, title, product, kind;
  std::vector<std::string> docs, blind_spots;
  std::vector<Permission> permissions;
  std::vector<AuthSpec> auth;
  std::vector<Parameter> parameters;
  Budget budget;
  std::map<int, AnswerRule> answers;
  std::vector<LookupSpec> lookups;
  std::vector<StreamSpec> streams;
  std::vector<PlaceEntry> classify;  // the product's defaults of the organisation's map

  [[nodiscard]] const StreamSpec* stream(std::string_view name) const;
  [[nodiscard]] const Parameter* parameter(std::string_view name) const;
  [[nodiscard]] const LookupSpec* lookup(std::string_view name) const;
};

// directory holds connector.yaml.
[[nodiscard]] Result<Connector> load_connector(const std::string& directory);
[[nodiscard]] Result<Connector> parse_connector(std::string_view text, const std::string& file);

// The reference of all keys, printed from the tables that parse them.
[[nodiscard]] std::string connector_reference();

}  // namespace akashi
