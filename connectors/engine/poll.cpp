#include "connectors/engine/poll.hpp"

#include <algorithm>

#include "connectors/engine/poll_run.hpp"
#include "connectors/engine/settle.hpp"
#include "connectors/engine/url.hpp"

namespace akashi {

namespace {

constexpr Duration back_again_after = std::chrono::hours(24);
constexpr Duration compared_within = std::chrono::hours(1);  // two looks that lie further apart say little about the time between them

}  // namespace

PollRun::PollRun(const Connector& connector, const StreamSpec& stream, const SourceSettings& settings, std::string state, Instant now,
                 LookupTables& lookups, Session* session)
    : connector_(connector),
      settled_(stream.settles ? std::optional(settled(connector, stream, settings)) : std::nullopt),
      stream_(settled_ ? *settled_ : stream),
      query_{&stream_.request, &stream_.records, &stream_.paging, stream_.single, stream_.null_is_empty},
      settings_(settings),
      state_text_(std::move(state)),
      now_(now),
      lookups_(lookups),
      asking_(connector_, settings_, box, session == nullptr ? own_session_ : *session, now) {}

Status PollRun::begin() {
  auto base = checked_base(settings_.base_url);
  if (!base) return std::unexpected(base.error());
  settings_.base_url = *base;
  auto state = read_poll_state(state_text_);
  if (!state) return std::unexpected(state.error());
  state_ = std::move(*state);
  if (!state_.start) state_.start = now_ - days(settings_.start_days);
  if (auto known = asking_.check(); !known) return known;
  for (const auto& parameter : connector_.parameters) {
    const auto given = settings_.params.find(parameter.name);
    if (parameter.required && (given == settings_.params.end() || given->second.empty())) {
      return fail(ErrorKind::config, "source " + settings_.name, "its params lack \"" + parameter.name + "\"", "say there " + parameter.about);
    }
  }
  cursor_ = stream_.cursor;
  Values parameters(connector_, stream_, settings_, lookups_, now_, "");
  cursor_.format = parameters.zoned(cursor_.format);
  cursor_.query = parameters.zoned(cursor_.query);
  if (parameters.broken) return std::unexpected(*parameters.broken);
  if (cursor_.overlap_from.empty()) return {};
  const auto& overlap = parameters.parameter(cursor_.overlap_from);
  if (overlap.empty()) return {};
  const auto text = Yaml::parse("\"" + overlap.front() + "\"", "source " + settings_.name + ", parameter " + cursor_.overlap_from);
  const auto seconds = text ? text->as_seconds() : std::unexpected(text.error());
  if (!seconds) return std::unexpected(seconds.error());
  cursor_.overlap = std::chrono::seconds(*seconds);
  return {};
}

std::vector<std::string> PollRun::parts() const {
  if (stream_.for_each.empty()) return {""};
  return Values(connector_, stream_, settings_, lookups_, now_, "").parameter(stream_.for_each);
}

// By the tool's own clock where it tells it, when that is behind ours.
Instant PollRun::until() const {
  const auto ahead = std::min(asking_.server_ahead().value_or(Duration{}), opened_ahead_);
  return now_ + std::min(ahead, Duration{}) - cursor_.lag;
}

void PollRun::note_doubts() {
  for (const auto& why : asking_.take_doubts()) doubt(why);
}

// A comparison has nothing to go back to: what it did not see is gone.
void PollRun::note_way_back() {
  if (!state_.doubts.empty() && !state_.back && stream_.shape != Shape::snapshot_diff) state_.back = begun_at_;
}

// When all checks hold that did not before, reading goes back to where it stood before the first doubtful pass. Where the doubt came from the answers
// themselves that is tried now and then, for it means reading all of it again.
Task<Status> PollRun::check_and_go_back() {
  begun_at_ = {now_, state_.covered_to, state_.parts};
  const auto unfinished = std::exchange(state_.doubts, {});
  auto checked = co_await check_all();
  if (!checked) co_return checked;
  note_doubts();
  const bool fine = state_.doubts.empty();
  if (!fine) begun_at_.tried.reset();
  if (!fine && state_.back) state_.back->tried.reset();
  const bool due = state_.back && (!state_.back->tried || now_ - *state_.back->tried >= back_again_after);
  if (fine && unfinished.empty() && due) {
    state_.parts = state_.back->parts;
    state_.covered_to = state_.back->covered_to;
    state_.back->tried = now_;
    went_back_ = true;
  }
  state_.doubts.insert(unfinished.begin(), unfinished.end());
  co_return Status{};
}

Task<Status> PollRun::emit(Page& page, bool drained) {
  note_doubts();
  note_way_back();
  page.source = settings_.name;
  page.stream = stream_.name;
  page.drained = drained;
  newest_.keep(page.cases);
  page.next_state = write_poll_state(state_);
  page.manifest.source = page.source;
  page.manifest.stream = page.stream;
  page.manifest.started = now_;
  page.manifest.ended = std::max(now_, asking_.last_received());
  page.manifest.drained = drained;
  const auto counts = asking_.take_counts();
  page.manifest.requests = counts.requests;
  page.manifest.bytes = counts.bytes;
  if (!state_.doubts.empty()) page.manifest.why_not = *state_.doubts.begin();
  co_await box.page(page);
  kept_.clear();
  co_return Status{};
}

// What a tool has forgotten, or how things were before they were first looked at, was not seen, and nothing is said about it.
Instant PollRun::vouched_from() const {
  const bool compared = stream_.shape == Shape::snapshot_diff;
  const auto from = state_.covered_to.value_or(compared ? now_ : *state_.start);
  const auto kept = cursor_.kept == Duration{} && compared ? compared_within : cursor_.kept;
  return kept == Duration{} ? from : std::max(from, now_ - kept);
}

// Everything up to the bound was read: this is what the poll can vouch for, or why it cannot.
Task<Status> PollRun::finish() {
  note_doubts();
  note_way_back();
  if (went_back_ && state_.doubts.empty()) state_.back.reset();
  Page page;
  Span span{vouched_from(), until()};
  if (stream_.shape == Shape::snapshot_diff && !state_.covered_to) {  // a first look vouches for nothing, but says what it could not see
    state_.covered_to = until();
    if (!state_.doubts.empty()) span.from = span.to - std::chrono::minutes(1);
  }
  if (!span.empty()) {
    std::string why;
    for (const auto& doubt : state_.doubts) why += (why.empty() ? "" : "; ") + doubt;
    page.coverage.push_back({settings_.name, stream_.name, span, why.empty(), why});
    state_.covered_to = span.to;
  }
  page.manifest.why_not = page.coverage.empty() ? "" : page.coverage.front().why;
  state_.doubts.clear();
  auto emitted = co_await emit(page, true);
  co_return emitted;
}

// Not itself a coroutine: it gives the task of the paging at hand.
Task<Status> PollRun::read_part(const std::string& part) {
  part_ = part;
  values_ = std::make_unique<Values>(connector_, stream_, settings_, lookups_, now_, part_);
  if (stream_.shape == Shape::snapshot_diff) return read_snapshots();
  switch (stream_.paging.kind) {
    case Paging::id_after:
      return read_by_id();
    case Paging::keyset:
      return read_keyset();
    case Paging::search_after:
      return read_search_after();
    default:
      return read_spans();
  }
}

Task<Status> PollRun::whole() {
  if (auto begun = begin(); !begun) co_return begun;
  auto checked = co_await check_and_go_back();
  if (!checked) co_return checked;
  const auto all = parts();
  for (const auto& part : all) {
    auto read = co_await read_part(part);
    if (!read) co_return read;
  }
  auto finished = co_await finish();
  co_return finished;
}

struct StreamPoll::Inside {
  PollRun run;
  Task<Status> story;
  bool begun = false;

  Inside(const Connector& connector, const StreamSpec& stream, const SourceSettings& settings, std::string state, Instant now, LookupTables& lookups,
         Session* session)
      : run(connector, stream, settings, std::move(state), now, lookups, session), story(run.whole()) {}
};

StreamPoll::StreamPoll(const Connector& connector, const StreamSpec& stream, const SourceSettings& settings, std::string state, Instant now,
                       LookupTables& lookups, Session* session)
    : inside_(std::make_unique<Inside>(connector, stream, settings, std::move(state), now, lookups, session)) {}
StreamPoll::~StreamPoll() = default;
StreamPoll::StreamPoll(StreamPoll&&) noexcept = default;

Result<Step> StreamPoll::next() {
  auto& box = inside_->run.box;
  if (!inside_->story.done()) {
    box.out.reset();
    const auto sleeper = inside_->begun ? box.sleeper : inside_->story.handle();
    inside_->begun = true;
    sleeper.resume();
    if (box.out) return std::move(*box.out);
  }
  const auto& ended = inside_->story.result();
  if (!ended) return std::unexpected(inside_->run.shown(ended.error()));
  return Step{Done{}};
}

void StreamPoll::answer(HttpResponse response) { inside_->run.box.in = std::move(response); }
void StreamPoll::failed(Error error) { inside_->run.box.in = std::move(error); }

}  // namespace akashi
