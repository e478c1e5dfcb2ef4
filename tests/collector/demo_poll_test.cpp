// The connectors read the demo's tools over the real transport, to the last record.
#include <algorithm>
#include <map>
#include <set>

#include "catch.hpp"
#include "collector/demo/site.hpp"
#include "collector/demo/story.hpp"
#include "collector/http_rig.hpp"
#include "connectors/engine/descriptor.hpp"
#include "connectors/engine/poll.hpp"
#include "demo_now.hpp"

namespace akashi {
namespace {

struct DemoRead {
  std::vector<Activity> activities;
  std::vector<CaseState> cases;
  std::vector<Document> documents;
  std::vector<CoverageSpan> coverage;
  std::string state;
  std::uint64_t requests = 0, records = 0;
};

// One stream until it is drained, as a cycle does it.
DemoRead read_stream(const Connector& connector, const StreamSpec& stream, const SourceSettings& settings, HttpRig& rig, LookupTables& lookups,
                     std::string state = {}) {
  DemoRead read;
  read.state = state;
  StreamPoll poll(connector, stream, settings, std::move(state), demo_now, lookups);
  for (int steps = 0; steps < 10000; ++steps) {
    auto step = poll.next();
    INFO((step ? "" : sentence(step.error())));
    REQUIRE(step);
    if (auto* ask = std::get_if<Ask>(&*step)) {
      auto answer = rig.send(ask->request);
      ++read.requests;
      if (answer) poll.answer(std::move(*answer));
      else poll.failed(answer.error());
    } else if (auto* page = std::get_if<Page>(&*step)) {
      std::ranges::move(page->activities, std::back_inserter(read.activities));
      std::ranges::move(page->cases, std::back_inserter(read.cases));
      std::ranges::move(page->documents, std::back_inserter(read.documents));
      std::ranges::move(page->coverage, std::back_inserter(read.coverage));
      read.records += page->manifest.records;
      read.state = page->next_state;
    } else if (auto* again = std::get_if<Again>(&*step)) {
      FAIL("asked again: " << sentence(again->because));
    } else {
      return read;
    }
  }
  FAIL("the poll does not end");
  return read;
}

SourceSettings settings_of(const DemoSite& site, const std::string& product) {
  SourceSettings settings;
  settings.name = product;
  settings.auth = "header";
  const bool rt = product == "rt";
  settings.base_url = rt ? site.rt_url() : site.redmine_url();
  settings.secret = rt ? site.config().rt_token : site.config().redmine_key;
  if (!rt) settings.header = "X-Redmine-API-Key";
  if (rt)
    settings.params["queues"] = {"Incident Reports", "Incidents",       "Investigations", "Countermeasures", "Recovery",
                                 "Notifications",    "Closing Reports", "Approvals",      "Enquiries"};
  else settings.params["projects"] = {"csirt"};
  return settings;
}

}  // namespace

TEST_CASE("every stream of the demo's tools is read, completely and without doubles") {
  demo::Tools told;
  demo::tell_story(told, demo_now);
  const auto of_tickets = static_cast<std::uint64_t>(std::ranges::count(told.rt.transactions(), "RT::Ticket", &demo::RtTransaction::object_type));
  std::uint64_t versions = 0;
  for (const demo::WikiPage& page : told.redmine.pages()) versions += page.versions.size();
  const std::map<std::string, std::uint64_t> records{{"rt/transactions", of_tickets},
                                                     {"rt/articles", told.rt.articles().size()},
                                                     {"redmine/issues", told.redmine.issues().size()},
                                                     {"redmine/wiki", versions}};
  auto site = DemoSite::start(demo_now);
  REQUIRE(site);
  for (const char* product : {"rt", "redmine"}) {
    const auto connector = load_connector(std::string(AKASHI_SOURCE_DIR) + "/connectors/products/" + product);
    REQUIRE(connector);
    HttpRig rig;
    LookupTables lookups;
    for (const StreamSpec& stream : connector->streams) {
      INFO(product << "/" << stream.name);
      const DemoRead read = read_stream(*connector, stream, settings_of(**site, product), rig, lookups);
      CHECK(read.records == records.at(std::string(product) + "/" + stream.name));
      CHECK(read.requests < 100);  // within the budget of half a minute
      std::set<std::string> uids;
      for (const Activity& one : read.activities) CHECK(uids.insert(one.uid).second);
      REQUIRE_FALSE(read.coverage.empty());
      for (const CoverageSpan& one : read.coverage) {
        INFO(one.why);
        CHECK(one.complete);
      }
    }
  }
}

}  // namespace akashi
