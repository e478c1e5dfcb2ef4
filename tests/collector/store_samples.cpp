#include "store_samples.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <cstdlib>
#include <sstream>

#include "catch.hpp"
#include "collector/store/dump.hpp"
#include "core/digest.hpp"

namespace akashi::samples {

TempDir::TempDir() {
  auto name = (std::filesystem::temp_directory_path() / "akashi-store-XXXXXX").string();
  REQUIRE(mkdtemp(name.data()) != nullptr);
  path_ = name;
}

TempDir::~TempDir() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Instant at(std::int64_t seconds) { return from_ns((1775001600 + seconds) * 1'000'000'000); }

Activity activity(int number) {
  Activity a;
  a.uid = fmt::format("rt/transactions/{}/{}", number / 5, number);
  a.source = "rt";
  a.stream = "transactions";
  a.product = "rt";
  a.time = at(number * 60L);
  a.seen = at(number * 60L + 30);
  a.kind = number % 5 == 4 ? "case.closed" : "case.progressed";
  a.actor = fmt::format("person-{}", number % 7);
  a.actor_kind = ActorKind::human;
  a.team = "一次対応";
  a.subject_type = "person";
  a.subject_id = "person-2";
  a.domain = "ticketing";
  a.case_id = fmt::format("rt:ticket/{}", number / 5);
  a.status_before = "new";
  a.status = "open";
  a.object = number % 3 == 0 ? "rt:article/1" : "";
  a.object_version = number % 3 == 0 ? "2" : "";
  a.verdict = number % 4 == 0 ? "approved" : "";
  a.labels = {"phishing", "フィッシング"};
  if (number % 2 == 0) a.procedures = {"rt:article/1"};
  a.url = fmt::format("https://rt.example/Ticket/Display.html?id={}", number / 5);
  a.digest = hex(sha256(a.uid));
  if (number >= 20 && number % 2 == 1) a.wording = number - 30;
  if (number >= 20 && number % 6 == 5) a.observed_from = at(number * 60L - 300);  // seen by comparing
  return a;
}

Evidence evidence_for(const Activity& a, const std::string& service) {
  Evidence e;
  e.uid = a.uid;
  e.rule = "case-worked";
  e.service = service;
  e.kind = EvidenceKind::exercise;
  e.time = a.time;
  e.seen = a.seen;
  e.source = a.source;
  e.activity = a.kind;
  e.actor = a.actor;
  e.actor_kind = a.actor_kind;
  e.team = a.team;
  e.case_id = a.case_id;
  e.matter = "incident";
  e.severity = "high";
  e.title = "不審なメール";
  e.drill = true;
  e.object = a.object;
  e.object_version = a.object_version;
  e.verdict = a.verdict;
  e.procedures = a.procedures;
  e.url = a.url;
  e.digest = a.digest;
  e.observed_from = a.observed_from;
  e.wording = a.wording;
  const auto number = static_cast<int>((a.time - at(0)) / std::chrono::seconds(60));
  if (number >= 20 && number % 4 == 3) {  // written down later, and asked for in a place with a time of its own
    e.recorded = at(number * 60L + 86400);
    e.agreed = std::chrono::hours(number);
  }
  return e;
}

CaseState case_state(int number) {
  CaseState c;
  c.id = fmt::format("rt:ticket/{}", number);
  c.source = "rt";
  c.place = "Incidents";
  c.type = "ticket";
  c.category = "malware";
  c.status = "open";
  c.severity = "high";
  c.title = "端末の感染";
  c.owner = "person-1";
  c.labels = {"a", "b"};
  c.fields = {{"分類", "不正アクセス\nマルウェア"}, {"How Reported", "mail"}};
  c.links = {"rt:ticket/90001", "rt:ticket/90002"};
  c.merged_into = "rt:ticket/90003";
  c.opened = at(number * 100L);
  c.due = at(number * 100L + 86400);
  c.url = "https://rt.example/1";
  c.version = "2026-04-01T00:00:00Z";
  return c;
}

Document document(int number) {
  Document d;
  d.id = fmt::format("rt:article/{}", number);
  d.source = "rt";
  d.title = "初動対応手順";
  d.version = "1";
  d.author = "person-1";
  d.owner = "person-3";
  d.published = at(number);
  d.reviewed = at(number + 1);
  d.services = {"D-2", "D-3"};
  d.url = "https://rt.example/Articles/1";
  d.digest = hex(sha256(d.id));
  if (number >= 20) d.role = "expectation";
  return d;
}

PageCommit page(int number, int records) {
  PageCommit p;
  p.source = "rt";
  p.stream = "transactions";
  p.next_state = fmt::format("{{\"after\":{}}}", number);
  for (int i = 0; i < records; ++i) {
    p.activities.push_back(activity(number * records + i));
    p.evidence.push_back(evidence_for(p.activities.back(), i % 2 == 0 ? "D-2" : "B-4"));
  }
  p.cases = {case_state(number)};
  p.documents = {document(number % 3)};
  const auto tallied = fmt::format("rt/alerts/{}", number);
  TallyKey key{"rt", "B-1", "alert-judged", EvidenceKind::exercise, fmt::format("person-{}", number % 2), ActorKind::human, "soc", day_of(at(0))};
  Tally tally;
  tally.add(at(number), hex(sha256(tallied)));
  p.tallies = {{key, tally}};
  p.tallied = {tallied};
  p.coverage = {{"rt", "transactions", {at(number * 3600L), at((number + 1) * 3600L)}, true, ""}};
  p.manifest.requests = 1;
  p.manifest.pages = 1;
  p.manifest.records = static_cast<std::uint64_t>(records);
  p.manifest.activities = static_cast<std::uint64_t>(records);
  p.manifest.bytes = 1700;
  p.manifest.rejected = {{"rejected.automation", 2}};
  return p;
}

std::unique_ptr<Store> writer(const std::string& path, const StoreOptions& options) {
  auto store = open_store(path, OpenMode::write, options);
  INFO(why(store));
  REQUIRE(store.has_value());
  return std::move(*store);
}

Status keep_pages(Store& store, int first, int last, int records) {
  const auto poll = store.begin_poll("rt", "transactions", at(first));
  if (!poll) return std::unexpected(poll.error());
  for (int number = first; number < last; ++number) {
    auto next = page(number, records);
    next.poll = *poll;
    if (auto kept = store.keep(next); !kept) return kept;
  }
  Manifest end;
  end.ended = at(last);
  end.drained = true;
  return store.end_poll(*poll, end);
}

std::string dump(const std::string& path) {
  std::ostringstream out;
  const auto done = dump_store(path, DumpPart::everything, out);
  INFO(why(done));
  REQUIRE(done.has_value());
  return out.str();
}

std::string difference(const std::string& a, const std::string& b) {
  if (a == b) return {};
  std::istringstream left(a), right(b);
  std::string one, other;
  do {
    one = other = "(no more)";
    std::getline(left, one);
    std::getline(right, other);
  } while (one == other);
  return one + "\n<>\n" + other;
}

std::string why(const Status& status) { return status ? "ok" : sentence(status.error()); }

}  // namespace akashi::samples
