#include "mappings/engine/compare.hpp"

#include "catch.hpp"
#include "mappings/engine/address.hpp"

using namespace akashi;

namespace {

struct Case {
  Compare compare;
  Field field;
  std::string written, value;
  bool fits;
};

bool fits_so(const Case& one) {
  const auto pattern = make_pattern(one.compare, one.field, one.written);
  REQUIRE(pattern);
  return fits(*pattern, one.field, one.value);
}

void check(const std::vector<Case>& cases) {
  for (const auto& one : cases) {
    INFO(name(one.field) << "|" << name(one.compare) << ": " << one.written << " against " << one.value);
    CHECK(fits_so(one) == one.fits);
  }
}

}  // namespace

TEST_CASE("values compare as a whole, without ASCII case, and an absent one fits nothing") {
  check({{Compare::equals, Field::status, "Open", "OPEN", true},
         {Compare::equals, Field::status, "open", "opened", false},
         {Compare::equals, Field::status, "open", " open", false},
         {Compare::equals, Field::status, "対応中", "対応中", true},
         {Compare::equals, Field::status, "ÖFFNEN", "öffnen", false},  // beyond ASCII every letter is itself
         {Compare::equals, Field::status, "open", "", false},
         {Compare::contains, Field::title, "Mail", "a strange e-MAIL came", true},
         {Compare::contains, Field::title, "mail", "a strange e-mai came", false},
         {Compare::contains, Field::title, "不審", "【至急】不審なメール", true},
         {Compare::startswith, Field::title, "re:", "RE: mail", true},
         {Compare::startswith, Field::title, "re:", "are: mail", false},
         {Compare::startswith, Field::title, "longer", "long", false},
         {Compare::endswith, Field::actor, "-bot", "deploy-BOT", true},
         {Compare::endswith, Field::actor, "-bot", "bot", false}});
}

TEST_CASE("wildcards in a value mean what they mean in Sigma") {
  check({{Compare::equals, Field::title, "*phish*", "a Phishing mail", true},
         {Compare::equals, Field::title, "phish*", "phishing", true},
         {Compare::equals, Field::title, "phish*", "a phish", false},
         {Compare::equals, Field::title, "*ing", "phishing", true},
         {Compare::equals, Field::title, "*ing", "ingot", false},
         {Compare::equals, Field::title, "p?ish", "phish", true},
         {Compare::equals, Field::title, "p?ish", "pish", false},
         {Compare::equals, Field::title, "p*g m?il", "phishing mail", true},
         {Compare::equals, Field::title, "?", "証", true},  // one character, not one byte
         {Compare::contains, Field::title, "a?c", "xxabcxx", true},
         {Compare::startswith, Field::title, "a?c", "xabc", false},
         {Compare::startswith, Field::title, "a?c", "abcx", true},
         {Compare::endswith, Field::title, "a?c", "xabc", true}});
}

TEST_CASE("a backslash takes a wildcard's meaning away, and is itself elsewhere") {
  check({{Compare::equals, Field::title, R"(a\*b)", "a*b", true},
         {Compare::equals, Field::title, R"(a\*b)", "axb", false},
         {Compare::equals, Field::title, R"(a\?)", "a?", true},
         {Compare::equals, Field::title, R"(C:\temp)", R"(C:\temp)", true},
         {Compare::equals, Field::title, R"(C:\\temp)", R"(C:\temp)", true},
         {Compare::equals, Field::title, R"(C:\\*)", R"(C:\temp)", true},
         {Compare::equals, Field::title, R"(\**)", "*anything", true},
         {Compare::equals, Field::title, R"(\**)", "anything", false}});
}

TEST_CASE("expressions are searched anywhere and mind the case unless told") {
  check({{Compare::re, Field::title, "cve-[0-9]+", "see cve-2026 now", true},
         {Compare::re, Field::title, "cve-[0-9]+", "see CVE-2026 now", false},
         {Compare::re, Field::title, "(?i)cve-[0-9]+", "see CVE-2026 now", true},
         {Compare::re, Field::title, "^a$", "ba", false},
         {Compare::re, Field::title, "メール$", "不審なメール", true}});
}

TEST_CASE("severities and numbers have an order, other words have none") {
  check({{Compare::gte, Field::severity, "high", "HIGH", true},
         {Compare::gte, Field::severity, "high", "critical", true},
         {Compare::gte, Field::severity, "high", "medium", false},
         {Compare::lte, Field::severity, "medium", "low", true},
         {Compare::gte, Field::severity, "low", "P1", false},  // a word that the organisation did not put on the scale
         {Compare::gte, Field::status, "10", "9", false},
         {Compare::gte, Field::status, "10", "10", true},
         {Compare::gte, Field::status, "10", "1e2", true},
         {Compare::lte, Field::status, "2.5", "2.4", true},
         {Compare::lte, Field::status, "2.5", "nan", false},
         {Compare::lte, Field::status, "2.5", "2 apples", false},
         {Compare::lte, Field::status, "2.5", "-inf", true}});
}

TEST_CASE("networks hold addresses of their own kind") {
  check({{Compare::cidr, Field::subject_id, "192.0.2.0/24", "192.0.2.255", true},
         {Compare::cidr, Field::subject_id, "192.0.2.0/24", "192.0.3.0", false},
         {Compare::cidr, Field::subject_id, "192.0.2.7", "192.0.2.7", true},
         {Compare::cidr, Field::subject_id, "0.0.0.0/0", "203.0.113.9", true},
         {Compare::cidr, Field::subject_id, "0.0.0.0/0", "2001:db8::1", false},
         {Compare::cidr, Field::subject_id, "192.0.2.128/25", "192.0.2.127", false},
         {Compare::cidr, Field::subject_id, "2001:db8::/33", "2001:db8:7fff::1", true},
         {Compare::cidr, Field::subject_id, "2001:db8::/33", "2001:db8:8000::1", false},
         {Compare::cidr, Field::subject_id, "2001:db8::/32", "2001:DB8:0:0::7", true},
         {Compare::cidr, Field::subject_id, "192.0.2.0/24", "host-7", false}});
}

TEST_CASE("addresses are read strictly") {
  for (const auto* good : {"0.0.0.0", "255.255.255.255", "::", "::1", "1::", "2001:db8::192.0.2.1", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::"}) {
    INFO(good);
    CHECK(parse_address(good));
  }
  for (const auto* bad : {"", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.", "1.2.3.4 ", "+1.2.3.4", ":", ":::", "1:2", "1:2:3:4:5:6:7:8:9",
                          "12345::", "::g", "1::2::3", "1:2:3:4:5:6:7:8::", "1:", "192.0.2.1:1:2:3:4:5:6", "::1.2.3", "1:2:3:4:5:6:7:1.2.3.4"}) {
    INFO(bad);
    CHECK_FALSE(parse_address(bad));
  }
  for (const auto* bad : {"192.0.2.0/", "192.0.2.0/33", "192.0.2.0/-1", "2001:db8::/129", "192.0.2.0/24/8", "/24", "192.0.2.0/2 "}) {
    INFO(bad);
    CHECK_FALSE(parse_network(bad));
  }
}

TEST_CASE("a value may refer to another field of the same activity") {
  const RulePattern pattern{.compare = Compare::fieldref, .other = Field::subject_id};
  Row row;
  CHECK_FALSE(fits(pattern, Field::actor, row));  // two absent ones are not the same
  row[Field::actor] = "p-17";
  CHECK_FALSE(fits(pattern, Field::actor, row));
  row[Field::subject_id] = "P-17";
  CHECK(fits(pattern, Field::actor, row));
  row[Field::subject_id] = "p-18";
  CHECK_FALSE(fits(pattern, Field::actor, row));
}
