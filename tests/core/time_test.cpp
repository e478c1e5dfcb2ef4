#include "core/time.hpp"

#include <string>

#include "catch.hpp"

using namespace akashi;

TEST_CASE("a time is read from RFC 3339 and written in UTC") {
  struct {
    std::string text, written;
  } const table[] = {
      {"2026-11-21T08:00:00Z", "2026-11-21T08:00:00Z"},
      {"2026-11-21t08:00:00z", "2026-11-21T08:00:00Z"},
      {"2026-11-21T08:00:00.5+09:00", "2026-11-20T23:00:00.5Z"},
      {"2026-11-21T08:00:00-00:00", "2026-11-21T08:00:00Z"},
      {"2026-11-21T23:30:00-01:30", "2026-11-22T01:00:00Z"},
      {"2026-11-21T08:00:00.123456789Z", "2026-11-21T08:00:00.123456789Z"},
      {"2026-11-21T08:00:00.120Z", "2026-11-21T08:00:00.12Z"},
      {"2026-11-21", "2026-11-21T00:00:00Z"},
      {"2024-02-29", "2024-02-29T00:00:00Z"},
      {"2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"},
      {"2017-01-01T08:59:60+09:00", "2017-01-01T00:00:00Z"},
      {"1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.5Z"},
      {"1678-01-01", "1678-01-01T00:00:00Z"},
      {"2261-12-31T23:59:59.999999999Z", "2261-12-31T23:59:59.999999999Z"},
  };
  for (const auto& row : table) {
    INFO(row.text);
    const auto at = parse_time(row.text);
    REQUIRE(at);
    CHECK(format_time(*at) == row.written);
    CHECK(parse_time(format_time(*at)) == at);
    CHECK(from_ns(to_ns(*at)) == *at);
  }
}

TEST_CASE("what is not quite a time is none") {
  for (const std::string text : {"",
                                 "2026",
                                 "2026-11",
                                 "2026-11-2",
                                 "2026-11-211",
                                 "2026-13-01",
                                 "2026-00-01",
                                 "2026-11-31",
                                 "2025-02-29",
                                 "2026-11-21T",
                                 "2026-11-21T08:00Z",
                                 "2026-11-21 08:00:00Z",
                                 "2026-11-21T08:00:00",
                                 "2026-11-21T24:00:00Z",
                                 "2026-11-21T08:60:00Z",
                                 "2026-11-21T08:00:61Z",
                                 "2026-11-21T08:00:60Z",
                                 "2026-11-21T08:00:00.Z",
                                 "2026-11-21T08:00:00.1234567890Z",
                                 "2026-11-21T08:00:00+9:00",
                                 "2026-11-21T08:00:00+0900",
                                 "2026-11-21T08:00:00+24:00",
                                 "2026-11-21T08:00:00+09:60",
                                 "2026-11-21T08:00:00ZZ",
                                 " 2026-11-21",
                                 "2026-11-21 ",
                                 "+026-11-21",
                                 "-026-11-21",
                                 "2026/11/21",
                                 "0001-01-01",
                                 "1677-12-31",
                                 "2262-01-01",
                                 "9999-12-31",
                                 "２０２６-11-21",
                                 "1970-01-01T00:00:00\0Z"}) {
    INFO(text);
    CHECK_FALSE(parse_time(text));
  }
}

TEST_CASE("days are UTC days, also before 1970") {
  CHECK(format_day(*parse_time("2026-11-21T23:59:59.999999999Z")) == "2026-11-21");
  CHECK(format_day(*parse_time("2026-11-21T00:30:00+09:00")) == "2026-11-20");
  CHECK(format_time(day_of(*parse_time("1969-12-31T23:59:59Z"))) == "1969-12-31T00:00:00Z");
  CHECK(format_time(from_ns(0)) == "1970-01-01T00:00:00Z");
  CHECK(day_of(from_ns(-1)) == from_ns(0) - days(1));
}

TEST_CASE("a span holds its start and not its end") {
  const Span span{from_ns(10), from_ns(20)};
  CHECK(span.contains(from_ns(10)));
  CHECK(span.contains(from_ns(19)));
  CHECK_FALSE(span.contains(from_ns(20)));
  CHECK_FALSE(span.contains(from_ns(9)));
  CHECK_FALSE(span.empty());
  CHECK(Span{from_ns(10), from_ns(10)}.empty());
  CHECK(Span{from_ns(11), from_ns(10)}.empty());
}
