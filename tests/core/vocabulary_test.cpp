#include "core/vocabulary.hpp"

#include <set>

#include "catch.hpp"
#include "core/catalogue.hpp"
#include "core/profile.hpp"

using namespace akashi;

TEST_CASE("every name of a vocabulary is different, lower case and known again") {
  for (const auto words : {activity_kinds(), matters()}) {
    std::set<std::string_view> seen;
    for (const auto word : words) {
      INFO(word);
      CHECK_FALSE(word.empty());
      CHECK(seen.insert(word).second);
      CHECK(word.find_first_not_of("abcdefghijklmnopqrstuvwxyz_.") == std::string_view::npos);
    }
  }
  for (const auto kind : activity_kinds()) {
    CHECK(is_activity_kind(kind));
    CHECK(kind.find('.') != std::string_view::npos);
  }
  for (const auto matter : matters()) CHECK(is_matter(matter));
}

TEST_CASE("the kinds that descriptors and rules count on are there") {
  for (const auto kind : {"case.opened", "case.assigned", "case.progressed", "case.classified", "case.commented", "case.answered", "case.closed",
                          "case.refused", "case.reopened", "case.linked", "case.merged", "case.changed", "document.published", "document.reviewed",
                          "document.approved", "change.approved", "change.implemented", "report.published", "drill.performed"})
    CHECK(is_activity_kind(kind));
  CHECK_FALSE(is_activity_kind("case.close"));
  CHECK_FALSE(is_activity_kind("Case.closed"));
  CHECK_FALSE(is_activity_kind(""));
  CHECK_FALSE(is_matter("incidents"));
}

TEST_CASE("enumerations read what they write") {
  for (int i = 0; i < 4; ++i) {
    const auto kind = static_cast<ActorKind>(i);
    CHECK(actor_kind(name(kind)) == kind);
    const auto assigned = static_cast<Assignment>(i);
    CHECK(assignment(name(assigned)) == assigned);
  }
  for (int i = 0; i < 9; ++i) {
    const auto kind = static_cast<EvidenceKind>(i);
    CHECK(evidence_kind(name(kind)) == kind);
  }
  std::set<std::string_view> fields;
  for (std::size_t i = 0; i < field_count; ++i) {
    const auto one = static_cast<Field>(i);
    CHECK(field(name(one)) == one);
    fields.insert(name(one));
  }
  CHECK(fields.size() == field_count);
  CHECK_FALSE(fields.contains(""));
  CHECK(name(Field::services) == "services");
  CHECK(name(Field::status_before) == "status_before");
  CHECK(name(EvidenceKind::sla) == "sla");
  CHECK_FALSE(actor_kind("robot"));
  CHECK_FALSE(evidence_kind(""));
  CHECK_FALSE(field("Kind"));
  CHECK_FALSE(assignment("insourced"));
}

TEST_CASE("a misspelt word finds its nearest") {
  constexpr std::string_view keys[] = {"classify", "connector", "interval", "url", "auth"};
  CHECK(nearest("clasify", keys) == "classify");
  CHECK(nearest("conector", keys) == "connector");
  CHECK(nearest("ulr", keys) == "url");
  CHECK(nearest("intervall", keys) == "interval");
  CHECK(nearest("frequency", keys).empty());
  CHECK(nearest("", keys).empty());
  CHECK(nearest(std::string(1000, 'a'), keys).empty());
  CHECK(nearest("x", std::span<const std::string_view>{}).empty());
}

TEST_CASE("the catalogue is edition 2021: 64 services in order") {
  CHECK(catalogue().size() == 64);
  CHECK(catalogue().front().id == "A-1");
  CHECK(catalogue().back().id == "I-7");
  const auto* handling = find_service("D-2");
  REQUIRE(handling != nullptr);
  CHECK(handling->name_en == "Incident handling");
  CHECK(handling->name_ja == "インシデントハンドリング");
  CHECK(handling->category() == "D");
  CHECK(find_service("D-8") == nullptr);
  CHECK(find_service("d-2") == nullptr);
  CHECK(find_service("") == nullptr);
  CHECK(services_in_category('D') == 7);
  CHECK(services_in_category('G') == 13);
  CHECK(services_in_category('J') == 0);
}
