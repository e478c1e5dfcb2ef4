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

TEST_CASE("a row says all that an entry can say: fields, severities, times by severity, what was made of a report") {
  const auto english = read_places(
      "place,cf.Work,matter,severity,critical,high,agreed\n"
      "Desk,Case,incident,Urgency,P1,P2;P3,critical=30m; high=4h\n"
      "Desk,Edge;Core,operation,,,,2d\n");
  CHECK(english.errors.empty());
  REQUIRE(english.entries.size() == 2);
  const auto& incident = english.entries[0];
  CHECK(incident.when.conditions == std::vector<std::pair<std::string, std::vector<std::string>>>{{"place", {"Desk"}}, {"cf.Work", {"Case"}}});
  CHECK(incident.severity_field == "cf.Urgency");
  CHECK(incident.severities.at("p3") == "high");
  CHECK(incident.agreed.of("critical") == std::chrono::minutes(30));
  CHECK(incident.agreed.of("high") == std::chrono::hours(4));
  CHECK(english.entries[1].agreed.of("high") == std::chrono::hours(48));
  CHECK(english.entries[1].when.conditions[1].second == std::vector<std::string>{"Edge", "Core"});

  const auto japanese = read_places(
      "種類,用途,サービス,所見,照合,評価,期待どおり,期待未達,重大度,緊急\n委託報告,委託先報告,B-1,所感,cf.自社の数,差,あり,なし;不足,severity,"
      "特大\n");
  CHECK(japanese.errors.empty());
  REQUIRE(japanese.entries.size() == 1);
  const auto& review = japanese.entries[0].review;
  CHECK(review.note == "所感");
  CHECK(review.checked == "自社の数");
  CHECK(review.outcome == "差");
  CHECK(review.outcomes.at("不足") == "missed");
  CHECK(japanese.entries[0].severity_field == "severity");

  CHECK(read_places("place,agreed\nA,soon=4h\n").errors.starts_with("places.csv:2"));
  CHECK(read_places("place,agreed\nA,high\n").errors.starts_with("places.csv:2"));
  CHECK(read_places("place,cf.\nA,B\n").errors.starts_with("places.csv:1: unknown column \"cf.\""));
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
