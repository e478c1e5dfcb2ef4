#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <random>
#include <sstream>

#include "catch.hpp"
#include "collector/lock.hpp"
#include "collector/store/dump.hpp"
#include "collector/store/page.hpp"
#include "collector/store/polls.hpp"
#include "collector/store/schema.hpp"
#include "read_file.hpp"
#include "store_samples.hpp"

namespace akashi {
namespace {

using namespace samples;

void write_file(const std::string& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

void run_sql(const std::string& path, const std::string& script) {
  auto db = sqlite::Database::open(path, sqlite::Database::Access::create);
  REQUIRE(db.has_value());
  REQUIRE((*db)->script(script));
}

std::vector<std::string> asked_of(const std::string& path, sqlite::Sql question) {
  auto db = sqlite::Database::open(path, sqlite::Database::Access::create);
  REQUIRE(db.has_value());
  auto row = (*db)->query(question);
  std::vector<std::string> answers;
  while (row.next()) answers.push_back(row.text());
  return answers;
}

// The store as version 1 left it: what later versions added is taken away again.
void take_back_to_1(const std::string& path) {
  std::string script;
  for (const auto& later : asked_of(path, "SELECT type || ' ' || name FROM sqlite_master WHERE type IN ('view', 'trigger')"))
    script += "DROP " + later + ";";
  run_sql(path,
          script +
              "DROP TABLE resume; DROP TABLE pause; DROP TABLE outbox; DROP TABLE alert_clock; DROP TABLE alert_noticed; DROP TABLE alert_event;"
              "DROP TABLE attestation_end; DROP TABLE attestation; ALTER TABLE document DROP COLUMN role;"
              "ALTER TABLE activity DROP COLUMN wording; ALTER TABLE evidence DROP COLUMN wording;"
              "ALTER TABLE evidence DROP COLUMN recorded; ALTER TABLE evidence DROP COLUMN agreed; DROP TABLE observed;"
              "PRAGMA user_version = 1;");
}

std::string opening(const std::string& path, OpenMode mode) { return why(open_store(path, mode)); }

// Runs in a process of its own; what it returns is its exit code.
template <class Work>
pid_t in_child(Work work) {
  const pid_t pid = fork();
  REQUIRE(pid >= 0);
  if (pid == 0) _exit(work());
  return pid;
}

int exit_code(pid_t pid) {
  int status = 0;
  REQUIRE(waitpid(pid, &status, 0) == pid);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

}  // namespace

TEST_CASE("store: a place that cannot hold one is refused with a sentence") {
  TempDir dir;
  const auto file = dir.file("akashi.db");
  CHECK(opening("", OpenMode::write) == "store: no file is named; name one under `store:`");
  CHECK(opening(dir.file("none/akashi.db"), OpenMode::write) ==
        dir.file("none/akashi.db") + ": its directory " + dir.file("none") +
            " does not exist or may not be entered; create it, or name another file as the store");
  CHECK(opening(dir.file(""), OpenMode::write) == dir.file("") + ": this is not a file; name a file as the store");
  for (const auto mode : {OpenMode::read, OpenMode::decide}) {
    CHECK(opening(file, mode) == file + ": there is no store yet; run `akashi poll --once` or the daemon first");
  }
}

TEST_CASE("store: a file of something else is refused and left alone") {
  TempDir dir;
  const auto file = dir.file("akashi.db");
  const std::string text(5000, 'x');
  write_file(file, text);
  for (const auto mode : {OpenMode::read, OpenMode::decide, OpenMode::write}) {
    CHECK(opening(file, mode) == file + ": this file is not an Akashi store; name another file as the store");
  }
  CHECK(read_file(file) == text);
  const auto other = dir.file("other.db");
  run_sql(other, "CREATE TABLE bookmarks (url TEXT)");
  const auto before = read_file(other);
  for (const auto mode : {OpenMode::read, OpenMode::decide, OpenMode::write}) {
    CHECK(opening(other, mode) == other + ": this file is not an Akashi store but another program's database; name another file as the store");
  }
  CHECK(read_file(other) == before);
}

TEST_CASE("store: a newer schema is refused, an older one is brought up to date by the writer") {
  TempDir dir;
  const auto file = dir.file("akashi.db");
  SECTION("newer") {
    writer(file).reset();
    run_sql(file, "PRAGMA user_version = 99");
    for (const auto mode : {OpenMode::read, OpenMode::decide, OpenMode::write}) {
      CHECK(opening(file, mode) == file + ": the store is of schema 99, this Akashi knows up to " + std::to_string(schema_version()) +
                                       "; use the newer Akashi that wrote it");
    }
  }
  SECTION("from version 1") {
    CHECK(why(keep_pages(*writer(file), 0, 1)) == "ok");
    take_back_to_1(file);
    CHECK(opening(file, OpenMode::read) == file + ": the store is of the older schema 1, this Akashi reads " + std::to_string(schema_version()) +
                                               "; let `akashi poll --once` or the daemon run on it once");
    writer(file).reset();
    const auto fresh = dir.file("fresh.db");
    CHECK(why(keep_pages(*writer(fresh), 0, 1)) == "ok");
    CHECK(difference(dump(file), dump(fresh)) == "");
    CHECK(opening(file, OpenMode::write) == "ok");
  }
  SECTION("from version 5, which kept agreed times in hours") {
    CHECK(why(keep_pages(*writer(file), 0, 20)) == "ok");
    run_sql(file, "UPDATE activity SET wording = 0; UPDATE evidence SET wording = 0");  // not known then
    const auto kept = dump(file);
    REQUIRE(asked_of(file, "SELECT agreed FROM evidence WHERE agreed > 0").size() > 5);
    run_sql(file,
            "UPDATE evidence SET agreed = agreed / 60; DROP VIEW activity_read; DROP VIEW evidence_read;"
            "ALTER TABLE activity DROP COLUMN wording; ALTER TABLE evidence DROP COLUMN wording;"
            "CREATE VIEW activity_read AS SELECT 1; CREATE VIEW evidence_read AS SELECT 1; PRAGMA user_version = 5");
    writer(file).reset();
    CHECK(difference(dump(file), kept) == "");
  }
  SECTION("a writer that died before the first table") {
    run_sql(file, "PRAGMA journal_mode = WAL");
    CHECK(opening(file, OpenMode::read) == file + ": the store is still empty; let `akashi poll --once` or the daemon run on it once");
    CHECK(opening(file, OpenMode::write) == "ok");
  }
}

TEST_CASE("store: a damaged file is refused") {
  TempDir dir;
  const auto file = dir.file("akashi.db");
  REQUIRE(why(keep_pages(*writer(file), 0, 60)) == "ok");
  const auto whole = read_file(file);
  REQUIRE(whole.size() > 16 * 4096);
  SECTION("cut off") {
    write_file(file, whole.substr(0, whole.size() / 2));
    for (const auto mode : {OpenMode::read, OpenMode::decide, OpenMode::write}) {
      const auto refused = open_store(file, mode);
      REQUIRE_FALSE(refused.has_value());
      CHECK(refused.error().what.starts_with("the store is damaged ("));
      CHECK(refused.error().mend == "restore it from a backup, or move it away to start anew");
    }
  }
  SECTION("overwritten inside") {
    for (std::size_t number = 1; number < whole.size() / 4096; ++number) {
      auto broken = whole;
      broken.replace(number * 4096, 200, 200, '\xff');
      write_file(file, broken);
      const auto refused = open_store(file, OpenMode::write);
      REQUIRE_FALSE(refused.has_value());
      CHECK(refused.error().what.starts_with("the store is damaged ("));
    }
  }
  SECTION("hostile bytes anywhere: an error or an answer, never a crash") {
    std::mt19937 random(20260401);
    for (int round = 0; round < 60; ++round) {
      auto broken = whole;
      for (int i = 0; i < 20; ++i) broken[100 + random() % (broken.size() - 100)] = static_cast<char>(random());
      write_file(file, broken);
      auto store = open_store(file, OpenMode::read);
      if (!store) continue;
      std::ostringstream out;
      (void)(*store)->evidence({});
      (void)(*store)->activities_after("", 1000);
      (void)(*store)->tallies();
      (void)(*store)->documents();
      (void)(*store)->links();
      (void)dump_store(file, DumpPart::everything, out);
    }
    SUCCEED();
  }
}

TEST_CASE("store: one writer at a time; readers and deciders may come meanwhile") {
  TempDir dir;
  const auto file = dir.file("akashi.db");
  SECTION("the second one is told who is first, until that one is gone") {
    int ready[2];
    REQUIRE(pipe(ready) == 0);
    const pid_t daemon = in_child([&] {
      const auto store = open_store(file, OpenMode::write);
      if (!store || write(ready[1], "x", 1) != 1) return 1;
      pause();
      return 0;
    });
    char byte = 0;
    REQUIRE(read(ready[0], &byte, 1) == 1);
    const auto second = open_store(file, OpenMode::write);
    REQUIRE_FALSE(second.has_value());
    CHECK(second.error().kind == ErrorKind::config);
    CHECK(sentence(second.error()) ==
          file + ".lock: process " + std::to_string(daemon) + " works on this store already; stop it first, or give this one a store of its own");
    CHECK(opening(file, OpenMode::read) == "ok");
    CHECK(opening(file, OpenMode::decide) == "ok");
    kill(daemon, SIGKILL);
    (void)exit_code(daemon);
    CHECK(opening(file, OpenMode::write) == "ok");
    close(ready[0]);
    close(ready[1]);
  }
  SECTION("also inside one process") {
    const auto first = writer(file);
    CHECK_FALSE(open_store(file, OpenMode::write).has_value());
  }
  SECTION("a reader writes nothing, a decider only decides") {
    const auto daemon = writer(file);
    REQUIRE(why(keep_pages(*daemon, 0, 1)) == "ok");
    Offers offers;
    offers.make.push_back({.id = 0, .service = "D-2", .ladder = "insource", .from = {}, .to = 3, .digest = "d", .made = at(0)});
    REQUIRE(why(daemon->keep_judgement({}, offers, at(0))) == "ok");
    auto reader = open_store(file, OpenMode::read);
    auto decider = open_store(file, OpenMode::decide);
    REQUIRE(reader.has_value());
    REQUIRE(decider.has_value());
    const Decision accept{.proposal = 1, .verdict = "accept", .score = {}, .by = "山田", .because = "確認した", .at = at(5), .digest = "d"};
    CHECK_FALSE((*reader)->decide(accept).has_value());
    CHECK_FALSE((*reader)->set_meta("a", "b").has_value());
    CHECK_FALSE((*decider)->set_meta("a", "b").has_value());
    CHECK_FALSE((*decider)->begin_poll("rt", "x", at(0)).has_value());
    REQUIRE((*reader)->proposals().value()[0].state == ProposalState::open);
    CHECK(why((*decider)->decide(accept)) == "ok");
    CHECK(daemon->proposals().value()[0].state == ProposalState::accepted);
    CHECK((*decider)->accepted(at(5)).value().size() == 1);
    CHECK((*reader)->proposals().value()[0].state == ProposalState::open);  // still of its moment
    CHECK(why(keep_pages(*daemon, 1, 3)) == "ok");
  }
}

TEST_CASE("store: missing rights are refused with a sentence") {
  TempDir dir;
  const auto file = dir.file("akashi.db");
  writer(file).reset();
  REQUIRE(chmod(file.c_str(), 0444) == 0);
  REQUIRE(chmod((file + ".lock").c_str(), 0666) == 0);
  REQUIRE(chmod(dir.file("").c_str(), 0555) == 0);
  const auto refused_as_nobody = [&](OpenMode mode, const std::string& path) {
    return exit_code(in_child([&] {
      if (geteuid() == 0 && setuid(65534) != 0) return 2;
      const auto store = open_store(path, mode);
      if (store) return 3;
      const auto& error = store.error();
      return error.what.ends_with("cannot be written") || error.what.find("cannot be written (Permission denied)") != std::string::npos ||
                     error.what.find("cannot be opened") != std::string::npos
                 ? 0
                 : 4;
    }));
  };
  CHECK(refused_as_nobody(OpenMode::write, file) == 0);
  CHECK(refused_as_nobody(OpenMode::decide, file) == 0);
  CHECK(refused_as_nobody(OpenMode::write, dir.file("new.db")) == 0);
  REQUIRE(chmod(dir.file("").c_str(), 0755) == 0);
}

TEST_CASE("store: what is kept is this user's alone") {
  TempDir dir;
  const auto file = dir.file("akashi.db");
  const auto before = umask(0);
  const auto store = writer(file);
  umask(before);
  REQUIRE(why(keep_pages(*store, 0, 1)) == "ok");
  for (const char* part : {"", "-wal", "-shm", ".lock"}) {
    struct stat about {};
    INFO(part);
    REQUIRE(stat((file + part).c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
  }
}

TEST_CASE("store: history cannot be changed, by nobody") {
  TempDir dir;
  const auto file = dir.file("akashi.db");
  {
    const auto store = writer(file);
    Offers offers;
    offers.make.push_back({.id = 0, .service = "D-2", .ladder = "insource", .from = {}, .to = 3, .digest = "d", .made = at(0)});
    REQUIRE(why(store->keep_judgement({{"D-2", "insource", 3, at(0)}}, offers, at(0))) == "ok");
    REQUIRE(why(store->decide({.proposal = 1, .verdict = "accept", .score = {}, .by = "a", .because = "b", .at = at(5), .digest = "d"})) == "ok");
    REQUIRE(why(store->set_health({"rt", true, "auth", "refused", {}, at(0)})) == "ok");
  }
  const auto before = dump(file);
  auto db = sqlite::Database::open(file, sqlite::Database::Access::write);
  REQUIRE(db.has_value());
  for (const char* script :
       {"UPDATE decision SET verdict = 'reject'", "DELETE FROM decision", "UPDATE accepted SET score = 5", "DELETE FROM accepted",
        "UPDATE proposal SET to_score = 5", "DELETE FROM proposal", "DELETE FROM rung", "DELETE FROM health_change"}) {
    CHECK_FALSE((*db)->script(script));
    const auto failure = (*db)->take_failure();
    REQUIRE(failure.has_value());
    CHECK(failure->what.ends_with("is append-only"));
  }
  CHECK(difference(dump(file), before) == "");
}

}  // namespace akashi
