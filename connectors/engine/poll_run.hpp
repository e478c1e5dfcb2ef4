// The story of one poll; poll.hpp shows it to the collector. Files: poll.cpp (the whole), poll_page.cpp (a page's records and what belongs to
// them), poll_list.cpp, poll_by_id.cpp, poll_keyset.cpp (how lists go on), poll_snapshot.cpp (lists that are compared), poll_checks.cpp (does the
// reader see what it has to see).
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "connectors/engine/asking.hpp"
#include "connectors/engine/extract.hpp"
#include "connectors/engine/newest_cases.hpp"
#include "connectors/engine/poll_state.hpp"
#include "connectors/engine/poll_walk.hpp"
#include "connectors/engine/snapshot.hpp"
#include "connectors/engine/values.hpp"

namespace akashi {

// Where reading behind an id stands.
struct ByIdState {
  std::string anchor;      // visible, and everything up to it was seen; "" at first contact
  std::string after;       // the last row that was read
  std::string first_seen;  // the first one
  std::size_t seen_since = 0, page_number = 1, ahead = 0;
  bool looked_again = false;  // rows may just have been written behind an empty page
  bool cursor_may_move = true;

  void turn(const std::string& last, std::size_t count, std::size_t limit) {
    after = last;
    page_number = 1;
    ahead = 0;
    looked_again = false;
    // Nothing of a full page was hidden; but it says nothing about short ones before it, which are still to be proved.
    if (seen_since == 0 && count >= limit) anchor = after;
    else seen_since += count;
  }
};

class PollRun {
 public:
  PollRun(const Connector& connector, const StreamSpec& stream, const SourceSettings& settings, std::string state, Instant now, LookupTables& lookups,
          Session* session);

  [[nodiscard]] Task<Status> whole();
  // An address may hold an id that the tool gave, and the tool may have given what we sent.
  [[nodiscard]] Error shown(Error error) const {
    error.where = asking_.masked(std::move(error.where));
    return error;
  }
  Mailbox box;

 private:
  // the whole
  [[nodiscard]] Status begin();
  [[nodiscard]] Task<Status> read_part(const std::string& part);
  [[nodiscard]] Task<Status> emit(Page& page, bool drained);
  [[nodiscard]] Task<Status> finish();
  [[nodiscard]] std::vector<std::string> parts() const;
  [[nodiscard]] Instant until() const;  // nothing younger is vouched for
  [[nodiscard]] Instant edge() const { return until() - cursor_.overlap; }
  [[nodiscard]] Instant first() const { return cursor_.everything ? Instant{} : *state_.start; }  // nothing older is read
  [[nodiscard]] Instant vouched_from() const;
  void note_doubts();    // of what was asked since
  void note_way_back();  // where to go back to, when this pass is the first doubtful one
  [[nodiscard]] Task<Status> check_and_go_back();
  void doubt(const std::string& why) { state_.doubts.insert(why); }

  // a page
  [[nodiscard]] Task<Result<ListPage>> list(const ListQuery& query, const Fillings& with, const std::string& link);
  [[nodiscard]] Task<Result<ListPage>> list(const Fillings& with) { return list(query_, with, no_link_); }
  // The walk's next page; its refusals to give so much at once are heard.
  [[nodiscard]] Task<Result<ListPage>> turn(const ListQuery& query, Walk& walk, const Fillings& base);
  // Behind a page: whether there is another one, and where.
  [[nodiscard]] Result<bool> onwards(Walk& walk, const ListPage& page, bool older);
  [[nodiscard]] Task<Result<Page>> page_of(std::vector<JsonValue>& records);  // takes them
  [[nodiscard]] Task<Result<Page>> built_of(Records& records, const Page& fetched);
  [[nodiscard]] Task<Status> attach(const Records& records, const AttachSpec& spec, AttachedRows& rows);
  void add_records(const std::map<std::string, std::vector<JsonValue>>& rows, Records& records) const;

  // what the list's records stand for
  [[nodiscard]] Task<Status> fetch_children(const std::vector<JsonValue>& parents, Records& into, Page& page);
  [[nodiscard]] Task<Status> fetch_families(std::vector<JsonValue>& parents, Records& into, Page& page);
  [[nodiscard]] Task<Status> fetch_family(const JsonValue& parent, Records& into, Page& page);
  [[nodiscard]] Task<Status> fetch_by_id(const std::vector<JsonValue>& elements, Records& into, Page& page);
  [[nodiscard]] Task<Status> fetch_chunk(const std::vector<std::string>& ids, Records& into, Page& page);
  [[nodiscard]] Task<Result<std::string>> run_job(const Fillings& with);
  [[nodiscard]] Task<Status> await_job(const std::string& job);
  [[nodiscard]] Task<Status> look_up(const std::pair<std::string, std::string>& wanted);
  [[nodiscard]] Task<Status> read_table(const LookupSpec& lookup, const std::string& part);
  [[nodiscard]] std::optional<Instant> time_of(const JsonValue& record) const;
  [[nodiscard]] std::string id_of(const JsonValue& record) const;

  // lists
  [[nodiscard]] Task<Status> read_by_id();
  [[nodiscard]] Task<Status> read_keyset();
  [[nodiscard]] Task<Status> read_search_after();
  [[nodiscard]] Task<Result<std::string>> open_point_in_time();
  [[nodiscard]] Result<std::string> sort_values(const ListPage& page, const std::string& before) const;
  void note_clock(const std::string& epoch_ms);
  [[nodiscard]] Task<Status> read_instant(Instant instant, Instant bound, std::set<std::string>& seen);
  [[nodiscard]] Task<Status> read_behind_hidden(Instant since, Instant bound, std::uint64_t total);
  [[nodiscard]] Task<Result<ListPage>> list_between(Instant since, Instant bound, std::size_t offset);
  [[nodiscard]] Task<Status> keep_fresh(std::vector<JsonValue>& fresh, Instant last);
  [[nodiscard]] Instant instant_of(Instant at) const;
  enum class SpanEnd : std::uint8_t { drained, too_wide };
  [[nodiscard]] Task<Status> read_spans();
  [[nodiscard]] Task<Result<SpanEnd>> read_span(Span span, Instant since);
  [[nodiscard]] Task<Result<SpanEnd>> walk_through(Walk& walk, const Fillings& base, Instant since);
  [[nodiscard]] Result<std::pair<Span, Span>> halves(Span span) const;
  [[nodiscard]] bool halvable() const;  // the request holds both ends of a span
  enum class End : std::uint8_t { proven, more, hidden_inside, hidden_after };
  [[nodiscard]] Task<Result<End>> prove_end(std::string anchor, const std::string& last, const std::string& first_seen, std::size_t seen_since);
  [[nodiscard]] Task<Result<bool>> ended(ByIdState& by_id);
  [[nodiscard]] Result<std::string> walk_ids(const ListPage& page, ByIdState& by_id, std::string& settled);
  [[nodiscard]] Task<Result<std::string>> one_id(const std::string& position, const std::string& order, std::size_t page);
  [[nodiscard]] Fillings fillings() const;
  [[nodiscard]] Status one_more_page();
  [[nodiscard]] Error repeated() const;
  PartState& here() { return state_.parts[part_]; }

  // what is compared with the poll before
  [[nodiscard]] Task<Status> read_snapshots();
  [[nodiscard]] Task<Result<std::vector<JsonValue>>> read_objects();
  [[nodiscard]] Result<Snapshot> snapshot_of(const std::vector<JsonValue>& listed, std::map<std::string, std::uint64_t>& rejected) const;

  // checks
  [[nodiscard]] Task<Status> check_all();
  [[nodiscard]] Task<Status> check(const CheckSpec& spec, const std::string& value);
  [[nodiscard]] Task<Result<std::vector<std::string>>> answers_of(const CheckSpec& spec, const std::string& value);

  const Connector& connector_;
  std::optional<StreamSpec> settled_;  // the stream with the source's parameters in its pointers
  const StreamSpec& stream_;
  const ListQuery query_;  // of the stream's list
  SourceSettings settings_;
  std::string state_text_;
  Instant now_;
  LookupTables& lookups_;
  CursorSpec cursor_;  // the stream's, its zones known
  PollState state_;
  BackTo begun_at_;  // where this poll began
  bool went_back_ = false;
  NewestCases newest_;
  std::string part_;
  const std::string no_link_;
  int pages_ = 0;
  std::size_t page_limit_ = 0;  // of keyset: smaller once a page was too much for the tool
  Session own_session_;         // when the source has none to hand over
  Duration opened_ahead_{};     // the tool's clock before ours, as points in time tell it; never after
  Asking asking_;
  std::unique_ptr<Values> values_;
  std::vector<std::shared_ptr<Answered>> kept_;  // answers that records of the page at hand view into
};

}  // namespace akashi
