#include "collector/cli/glimpse.hpp"

#include "collector/http/patience.hpp"

namespace akashi {

namespace {

enum class Go : std::uint8_t { on, end };

// Leads a StreamPoll or RightsPoll to its end, or to where `show` ends it; true when it came to its end.
template <class Poll, class Show>
Result<bool> lead(Poll& poll, Source& source, Clock& clock, Show show) {
  Patience patience({.waits_max = 2}, clock, 1);
  for (;;) {
    auto step = poll.next();
    if (!step) return std::unexpected(step.error());
    if (auto* page = std::get_if<Page>(&*step)) {
      if (show(std::move(*page)) == Go::end) return false;
      continue;
    }
    if (std::holds_alternative<Done>(*step)) return true;
    if (const auto* pause = std::get_if<Wait>(&*step)) {
      if (!clock.sleep_until(clock.now() + pause->time, {})) return fail(ErrorKind::transient, source.name, "stopped while waiting");
      continue;
    }
    const auto* again = std::get_if<Again>(&*step);
    if (again != nullptr && !patience.wait(again->after, {})) return std::unexpected(again->because);
    (void)source.budget->take({});  // never stopped here
    auto answer = source.transport->send(again != nullptr ? again->request : std::get<Ask>(*step).request, {});
    if (answer) poll.answer(std::move(*answer));
    else poll.failed(answer.error());
  }
}

}  // namespace

Result<bool> glimpse(Source& source, const StreamSpec& stream, Clock& clock, const GlimpseLimits& limits, const std::function<void(Page)>& show) {
  SourceSettings settings = source.settings;
  settings.start_days = limits.start_days;
  LookupTables lookups;
  StreamPoll poll(*source.connector, stream, settings, "", clock.now(), lookups, &source.session);
  bool drained = false;
  int pages = 0;
  auto ended = lead(poll, source, clock, [&](Page page) {
    drained = page.drained;
    show(std::move(page));
    return drained || ++pages >= limits.pages ? Go::end : Go::on;
  });
  if (!ended) return ended;
  return *ended || drained;
}

Result<std::vector<Rights>> rights_of(Source& source, Clock& clock) {
  RightsPoll poll(*source.connector, source.settings, clock.now(), &source.session);
  auto ended = lead(poll, source, clock, [](const Page&) { return Go::on; });
  if (!ended) return std::unexpected(ended.error());
  return poll.told();
}

}  // namespace akashi
