// The organisation's own map from a spreadsheet.
#include "collector/config/places_csv.hpp"

#include "catch.hpp"
#include "core/result.hpp"

using namespace akashi;

namespace {

struct PlacesRead {
  std::vector<PlaceEntry> entries;
  std::string errors;
};

PlacesRead read_places(std::string_view bytes) {
  std::vector<Error> errors;
  PlacesRead found{places_of_csv(bytes, "places.csv", errors), {}};
  for (const auto& error : errors) found.errors += sentence(error) + "\n";
  return found;
}

}  // namespace

TEST_CASE("a row a place, in Japanese as in English") {
  const auto english = read_places(
      "place,title,matter,services,asked,working,done,refused,drill,works_from,performed,agreed\r\n"
      "\"SOC, night\",,incident,D-2;D-3,new,open; stalled,resolved,rejected,,IR-01,Done on,4h\r\n"
      ",*drill*,,,,,,,yes,,,\r\n");
  CHECK(english.errors.empty());
  REQUIRE(english.entries.size() == 2);
  const auto& place = english.entries.front();
  CHECK(place.when.conditions == std::vector<std::pair<std::string, std::vector<std::string>>>{{"place", {"SOC, night"}}});
  CHECK(place.matter == "incident");
  CHECK(place.services == std::vector<std::string>{"D-2", "D-3"});
  CHECK(place.working == std::vector<std::string>{"open", "stalled"});
  CHECK(place.works_from == "IR-01");
  CHECK(place.performed_field == "Done on");
  CHECK(place.agreed.time == std::chrono::hours(4));
  CHECK(place.where.starts_with("places.csv:2"));
  CHECK(english.entries.back().drill == true);

  const auto japanese = read_places("\xEF\xBB\xBF場所,用途,サービス,未着手,対応中,完了,訓練\n監視課題,インシデント,D-2；D-3,新規,対応中,完了,○\n");
  CHECK(japanese.errors.empty());
  REQUIRE(japanese.entries.size() == 1);
  CHECK(japanese.entries[0].matter == "incident");
  CHECK(japanese.entries[0].services == std::vector<std::string>{"D-2", "D-3"});
  CHECK(japanese.entries[0].asked == std::vector<std::string>{"新規"});
  CHECK(japanese.entries[0].drill == true);
}

TEST_CASE("what a cell holds stays in its cell") {
  const auto hostile = read_places("place,matter\n\"x\"\"}, matter: approval, drill: true, y: {\"\"\",operation\n\"two\nlines\",operation\n");
  CHECK(hostile.errors.empty());
  REQUIRE(hostile.entries.size() == 2);
  CHECK(hostile.entries[0].when.conditions[0].second == std::vector<std::string>{"x\"}, matter: approval, drill: true, y: {\""});
  CHECK(hostile.entries[0].matter == "operation");
  CHECK_FALSE(hostile.entries[0].drill);
  CHECK(hostile.entries[1].when.conditions[0].second == std::vector<std::string>{"two lines"});
}

TEST_CASE("a mistake in the sheet is told with its line, and nothing of the sheet is used") {
  CHECK(read_places("plaec,matter\nA,incident\n").errors ==
        "places.csv:1: unknown column \"plaec\"; did you mean \"place\"?\n"
        "places.csv:1: no column says which cases are meant; the first line names the columns: place (場所), matter (用途), services (サービス), "
        "...\n");
  const auto wrong = read_places("place,matter\nA,incident\n\nB,incidnet\n");
  CHECK(wrong.errors == "places.csv:4 [1].matter: unknown matter \"incidnet\"; did you mean \"incident\"?\n");
  CHECK(wrong.entries.empty());
  CHECK(read_places("place,place\nA,B\n").errors == "places.csv:1: two columns say \"place\"; keep one of them\n");
  CHECK(read_places("").errors.starts_with("places.csv: is empty"));
  CHECK(read_places("place,services\nA,D-99\n").errors.starts_with("places.csv:2"));
}
