#include "collector/cli/glimpse.hpp"

#include "collector/http/patience.hpp"

namespace akashi {

Result<bool> glimpse(Source& source, const StreamSpec& stream, Clock& clock, const GlimpseLimits& limits, const std::function<void(Page)>& show) {
  SourceSettings settings = source.settings;
  settings.start_days = limits.start_days;
  LookupTables lookups;
  StreamPoll poll(*source.connector, stream, settings, "", clock.now(), lookups, &source.session);
  Patience patience({.waits_max = 2}, clock, 1);
  for (int pages = 0; pages < limits.pages;) {
    auto step = poll.next();
    if (!step) return std::unexpected(step.error());
    if (auto* page = std::get_if<Page>(&*step)) {
      const bool drained = page->drained;
      ++pages;
      show(std::move(*page));
      if (drained) return true;
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
  return false;
}

}  // namespace akashi
