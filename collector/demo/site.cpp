#include "collector/demo/site.hpp"

#include <fmt/format.h>

#include <mutex>
#include <stdexcept>

#include "collector/demo/redmine_site.hpp"
#include "collector/demo/rt_site.hpp"
#include "collector/demo/story.hpp"
#include "collector/http/server.hpp"

namespace akashi {
namespace {

// Not secret: they open nothing but made-up data on this machine.
constexpr const char* token = "1-29-demo0000000000000000000000000000";
constexpr const char* key = "demo000000000000000000000000000000000000";

constexpr const char* config_text = R"(# The demo's config. Your own starts with `akashi init`.
cdc:
  name: デモCSIRT / Demo CSIRT

store:
  path: akashi.db
  key_file: akashi.key
  actors: clear        # made-up people may be shown by name; the default is pseudonym

# One person, one entry, with the account in each tool.
people:
  - {name: Aiko Sato, team: csirt, accounts: asato}
  - {name: Bunta Tanaka, team: csirt, accounts: btanaka}
  - {name: Chie Mori, team: csirt, accounts: cmori}
  - {name: Daichi Kimura, team: csirt, accounts: dkimura}
  - {name: Chiyo Ueda, team: management, head: true, accounts: cueda}   # the CISO: her approval counts
  - {name: Hana Ito, team: helpdesk, accounts: hito}
  - {name: SOAR playbooks, kind: automation, accounts: soar}

services:
  D-1: {level: basic, assignment: insource, team: csirt, to_be: 5}
  D-2: {level: basic, assignment: insource, team: csirt, to_be: 5}
  D-3: {level: basic, assignment: insource, team: csirt, to_be: 4}
  D-4: {level: basic, assignment: insource, team: csirt, as_is: 4, to_be: 4}
  D-5: {level: standard, assignment: insource, team: csirt, to_be: 3}
  D-6: {level: standard, assignment: insource, team: csirt, to_be: 3}
  D-7: {level: standard, assignment: insource, team: csirt, to_be: 4, agreed: 14d}
  B-4: {level: standard, assignment: insource, team: csirt, to_be: 3}
  G-11: {level: basic, assignment: insource, team: csirt, as_is: 4, to_be: 4}
  G-12: {level: standard, assignment: insource, team: csirt, to_be: 3, agreed: 14d}
  G-13: {level: optional, assignment: insource, team: csirt}

sources:
  - name: rt
    connector: rt
    url: "{rt_url}"
    auth: {scheme: header, header: Authorization, file: rt.token}
    interval: 10s
    params:
      queues: [Incident Reports, Incidents, Investigations, Countermeasures, Recovery, Notifications, Closing Reports, Approvals, Enquiries]
    classify:
      - when: {place: Incident Reports}
        matter: intake
        asked: new
        working: open
        done: resolved
        refused: rejected
      - when: {place: Incidents}
        matter: incident
        asked: new
        working: open
        done: resolved
        refused: abandoned
        severity: {from: cf.Severity, critical: Critical, high: High, medium: Medium, low: Low}
      - when: {place: Investigations}
        matter: investigation
        asked: new
        working: open
        done: resolved
      - when: {place: Countermeasures}
        matter: containment
        asked: new
        working: active
        done: removed
      - when: {place: Recovery}
        matter: recovery
        asked: new
        working: open
        done: resolved
      - when: {place: Notifications}
        matter: notification
        asked: new
        done: resolved
      - when: {place: Closing Reports}
        matter: closing_report
        works_from: RP-01          # every report is written by this procedure
        asked: new
        done: resolved
      - when: {place: Enquiries}
        matter: enquiry
        asked: new
        working: open
        done: resolved
      - when: {place: Approvals}
        matter: approval
        asked: new
        done: resolved
        refused: rejected
      - when: {cf.Drill: "*"}
        drill: true

  - name: redmine
    connector: redmine
    url: "{redmine_url}"
    auth: {scheme: header, header: X-Redmine-API-Key, file: redmine.key}
    interval: 10s
    params:
      projects: [csirt]
    classify:
      - when: {type: Operation}
        matter: operation
        works_from: CD-01
      - when: {type: Tool check}
        matter: tool_check
      - when: {type: Tool trial}
        matter: tool_trial
      - when: {type: Report}
        matter: ignored
      - when: {place: "*"}
        asked: New
        working: In Progress
        done: Closed
        refused: Rejected
)";

std::string filled(std::string text, std::string_view mark, const std::string& with) {
  const std::size_t at = text.find(mark);
  return at == std::string::npos ? text : text.replace(at, mark.size(), with);
}

}  // namespace

struct DemoSite::Inside {
  Inside(Instant now, int rt_port, int redmine_port)
      : tools(told(now)),
        rt(
            [this](const ServerRequest& request) {
              const std::scoped_lock lock(mutex);
              return demo::answer_as_rt(tools.rt, request, "http://" + request.header("Host"), token);
            },
            rt_port),
        redmine(
            [this](const ServerRequest& request) {
              const std::scoped_lock lock(mutex);
              return demo::answer_as_redmine(tools.redmine, request, key);
            },
            redmine_port) {}

  static demo::Tools told(Instant now) {
    demo::Tools tools;
    demo::tell_story(tools, now);
    return tools;
  }

  std::mutex mutex;  // over tools and sequel
  demo::Tools tools;
  demo::Sequel sequel{tools};
  LoopbackServer rt, redmine;  // last: their threads use the above
};

Result<std::unique_ptr<DemoSite>> DemoSite::start(Instant now, int rt_port, int redmine_port) {
  try {
    return std::unique_ptr<DemoSite>(new DemoSite(std::make_unique<Inside>(now, rt_port, redmine_port)));
  } catch (const std::runtime_error& error) {
    return fail(ErrorKind::config, "demo", error.what(), "another demo may be running; choose other ports or end it");
  }
}

DemoSite::DemoSite(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
DemoSite::~DemoSite() = default;

std::string DemoSite::rt_url() const { return inside_->rt.url(); }
std::string DemoSite::redmine_url() const { return inside_->redmine.url(); }
std::uint64_t DemoSite::requests() const { return inside_->rt.requests() + inside_->redmine.requests(); }

DemoConfig DemoSite::config() const { return {filled(filled(config_text, "{rt_url}", rt_url()), "{redmine_url}", redmine_url()), token, key}; }

DemoSite::Happened DemoSite::happen(Instant at) {
  const std::scoped_lock lock(inside_->mutex);
  auto [en, ja] = inside_->sequel.next(std::chrono::floor<std::chrono::seconds>(at));
  return {std::move(en), std::move(ja)};
}

}  // namespace akashi
