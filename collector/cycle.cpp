#include "collector/cycle.hpp"

#include "collector/http/patience.hpp"
#include "connectors/engine/chosen.hpp"

namespace akashi {

namespace {

// Sends what the poll asks for and hands it the answer.
void fetch(StreamPoll& poll, const HttpRequest& request, Source& source, Stations& at) {
  (void)source.budget->take(at.stop);  // a stop ends the sending just after
  auto answer = source.transport->send(request, at.stop);
  if (answer) poll.answer(std::move(*answer));
  else poll.failed(answer.error());
}

// A page's whole way, in one transaction: either all of it is kept, or the cursor stands where it stood.
Status keep_page(Page page, std::int64_t poll, const Source& source, Stations& at) {
  const Page normal = normalise(std::move(page), source.normalising);
  auto judged = at.judge.page(normal, at.store);  // activities → evidence
  if (!judged) return std::unexpected(judged.error());
  judged->poll = poll;
  return at.store.keep(*judged);
}

// Adds a page's share to the poll's manifest.
void add(Manifest& total, const Manifest& share) {
  total.requests += share.requests;
  total.pages += share.pages;
  total.records += share.records;
  total.activities += share.activities;
  total.bytes += share.bytes;
  for (const auto& [reason, count] : share.rejected) total.rejected[reason] += count;
}

// One stream, until it is drained (nothing), fails (the tool's error), or the store does (ErrorKind::storage).
Status drain(Source& source, const StreamSpec& stream, Manifest& total, Stations& at) {
  const auto state = at.store.stream_state(source.name, stream.name);
  if (!state) return std::unexpected(state.error());
  const auto poll_id = at.store.begin_poll(source.name, stream.name, at.clock.now());
  if (!poll_id) return std::unexpected(poll_id.error());
  StreamPoll poll(*source.connector, stream, source.settings, *state, at.clock.now(), source.lookups, &source.session);
  Patience patience({}, at.clock, static_cast<std::uint64_t>(*poll_id));
  Status ended{};
  for (bool going = true; going && ended;) {
    auto step = poll.next();
    if (!step) {
      ended = std::unexpected(step.error());
    } else if (auto* ask = std::get_if<Ask>(&*step)) {
      fetch(poll, ask->request, source, at);
    } else if (auto* again = std::get_if<Again>(&*step)) {
      if (patience.wait(again->after, at.stop)) fetch(poll, again->request, source, at);
      else ended = std::unexpected(again->because);
    } else if (const auto* pause = std::get_if<Wait>(&*step)) {
      if (!at.clock.sleep_until(at.clock.now() + pause->time, at.stop)) ended = fail(ErrorKind::transient, source.name, "stopped while waiting");
    } else if (auto* page = std::get_if<Page>(&*step)) {
      patience.succeeded();
      add(total, page->manifest);
      ended = keep_page(std::move(*page), *poll_id, source, at);
      if (ended && at.progress) at.progress(total);
    } else {
      going = false;
    }
  }
  total.ended = at.clock.now();
  total.drained = ended.has_value();
  if (!ended) total.why_not = sentence(ended.error());
  if (auto noted = at.store.end_poll(*poll_id, total); !noted && ended) return noted;
  return ended;
}

// Broken: its last poll failed. What mends itself (transient, rate_limited) is tried again at the next poll like everything else, but not said to be
// well.
SourceHealth health_after(const Source& source, const CycleReport& report, Instant now) {
  SourceHealth health;
  health.source = source.name;
  health.last_try = now;
  if (report.errors.empty()) {
    health.last_ok = now;
    return health;
  }
  const Error& first = report.errors.front();
  health.broken = true;
  health.error_kind = name(first.kind);
  health.error = sentence(first);
  return health;
}

}  // namespace

Result<CycleReport> run_cycle(Source& source, Stations& at) {
  CycleReport report{.source = source.name, .streams = {}, .errors = {}};
  for (const StreamSpec& stream : source.connector->streams) {
    if (!is_read(*source.connector, stream, source.settings.streams, source.settings.params)) continue;
    Manifest manifest;
    manifest.source = source.name;
    manifest.stream = stream.name;
    manifest.started = at.clock.now();
    const Status ended = drain(source, stream, manifest, at);
    report.streams.push_back(std::move(manifest));
    if (ended) continue;
    if (ended.error().kind == ErrorKind::storage) return std::unexpected(ended.error());
    report.errors.push_back(ended.error());
    if (ended.error().kind == ErrorKind::auth) break;  // the next stream would only knock again with the same key
  }
  if (auto noted = at.store.set_health(health_after(source, report, at.clock.now())); !noted) return std::unexpected(noted.error());
  return report;
}

}  // namespace akashi
