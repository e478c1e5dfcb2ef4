#include "catch.hpp"
#include "store_samples.hpp"
#include "store_suite.hpp"

namespace akashi {

using samples::TempDir, samples::writer;

TEST_CASE("store (SQLite): what is kept comes back") {
  TempDir dir;
  suite_round_trips([&] { return writer(dir.file("akashi.db")); });
}
TEST_CASE("store (SQLite): pages") {
  TempDir dir;
  suite_pages([&] { return writer(dir.file("akashi.db")); });
}
TEST_CASE("store (SQLite): tallies") {
  TempDir dir;
  suite_tallies([&] { return writer(dir.file("akashi.db")); });
}
TEST_CASE("store (SQLite): coverage") {
  TempDir dir;
  suite_coverage([&] { return writer(dir.file("akashi.db")); });
}
TEST_CASE("store (SQLite): judging and deciding") {
  TempDir dir;
  suite_judgement([&] { return writer(dir.file("akashi.db")); });
}

TEST_CASE("store: what people enter stays, and ends only by a row of its own") {
  TempDir dir;
  suite_attestations([&] { return writer(dir.file("akashi.db")); });
}

}  // namespace akashi
