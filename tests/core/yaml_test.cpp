#include "core/yaml.hpp"

#include "catch.hpp"

using namespace akashi;

namespace {

std::string refused(std::string_view text) {
  const auto read = Yaml::parse(text, "x.yaml");
  return read ? "read" : sentence(read.error());
}

}  // namespace

TEST_CASE("YAML keeps lines, paths and the order of keys") {
  const auto read = Yaml::parse("b: 1\na:\n  - x\n  - {c: 'true', d: true}\n空: 値\n", "x.yaml");
  REQUIRE(read);
  REQUIRE(read->members().size() == 3);
  CHECK(read->members()[0].first == "b");
  const Yaml& inner = *read->find("a")->items()[1].find("d");
  CHECK(inner.where() == "x.yaml:4 a[1].d");
  CHECK(inner.as_bool().value());
  CHECK_FALSE(read->find("a")->items()[1].find("c")->as_bool());  // quoted: a word, not a truth
  CHECK(read->find("空")->text() == "値");
  CHECK(Yaml::parse("", "x.yaml")->is_null());
}

TEST_CASE("YAML that could be misread is refused with its line") {
  CHECK(refused("a: 1\nb: 2\na: 3\n") == "x.yaml:3: \"a\" is given twice, first on line 1; keep one of them");
  CHECK(refused("a: &x 1\nb: *x\n") == "x.yaml:1: an anchor (&name) stands here; write the value out where it is needed");
  CHECK(refused("a: 1\n---\nb: 2\n") == "x.yaml: holds more than one YAML document; keep one, remove the lines that hold only ---");
  CHECK(refused("a: [1\nb: 2\n").starts_with("x.yaml:"));
  CHECK(refused(std::string(40, '[') + std::string(40, ']')) == "x.yaml:1: nested deeper than 32 levels; flatten it");
  CHECK(refused(std::string(5u << 20, ' ')).find("larger than 4194304 bytes") != std::string::npos);
}

TEST_CASE("YAML values are read as what they are") {
  const auto read = Yaml::parse("n: 12\nbig: 99\ntext: '12'\nwords: [a, b]\none: a\nt: 5m\nbad: 5 min\nmap: {k: v}\n", "x.yaml");
  REQUIRE(read);
  CHECK(read->find("n")->as_integer(1, 20).value() == 12);
  CHECK(sentence(read->find("big")->as_integer(1, 20).error()) == "x.yaml:2 big: expected a whole number from 1 to 20, found \"99\"");
  CHECK_FALSE(read->find("text")->as_integer(1, 20));
  CHECK(read->find("words")->as_strings().value() == std::vector<std::string>{"a", "b"});
  CHECK(read->find("one")->as_strings().value() == std::vector<std::string>{"a"});
  CHECK(read->find("t")->as_seconds().value() == 300);
  CHECK(sentence(read->find("bad")->as_seconds().error()) ==
        "x.yaml:7 bad: expected a length of time, found \"5 min\"; write a number and a unit, like 30s, 5m, 2h or 7d");
  CHECK(sentence(read->find("map")->as_string().error()) == "x.yaml:8 map: expected text, found a map");
}

TEST_CASE("an unknown key names the nearest known one") {
  const auto read = Yaml::parse("source: 1\nintreval: 5m\n", "x.yaml");
  constexpr std::string_view known[] = {"source", "interval", "url"};
  CHECK(sentence(read->only(known).error()) == "x.yaml:2 intreval: unknown key \"intreval\"; did you mean \"interval\"?");
}
