// The matrix: what each source shows of each service, and the organisation's own map beside it.
#include "collector/matrix.hpp"

#include <algorithm>
#include <sstream>

#include "catch.hpp"
#include "collector/report/matrix_list.hpp"
#include "core/criteria.hpp"
#include "small_house.hpp"

using namespace akashi;
using samples::SmallHouse;
using Shows = MatrixCell::Shows;

namespace {

const Instant november_noon = *parse_time("2026-11-20T12:00:00Z");

Matrix matrix_of(SmallHouse& small, Judgement& judgement, std::string_view category = {}) {
  auto made = look(small.house(), small.store(), november_noon);
  REQUIRE(made);
  judgement = std::move(*made);
  return make_matrix(small.house(), judgement, category);
}

const MatrixRow& row(const Matrix& matrix, std::string_view service) {
  const auto found = std::ranges::find(matrix.rows, service, [](const MatrixRow& one) { return one.service->id; });
  REQUIRE(found != matrix.rows.end());
  return *found;
}

std::string printed(const Matrix& matrix, Lang lang, std::size_t width) {
  std::ostringstream out;
  print_matrix(Screen(out, lang, false, width), matrix);
  return out.str();
}

std::string many_sources(int count) {
  std::string text = samples::desk;
  for (int i = 0; i < count; ++i)
    text += "  - {name: elastic-security-" + std::to_string(i) +
            ", connector: elastic-security, url: \"https://e.example\", auth: {scheme: bearer, env: T}}\n";
  return text;
}

}  // namespace

TEST_CASE("matrix: evidenced, could be, cannot be") {
  SmallHouse small(samples::desk);
  small.does("rt", "asato", "case.commented", "ticket/1", "Incidents", november_noon - days(2));
  small.does("rt", "asato", "case.commented", "ticket/1", "Incidents", november_noon - days(1));
  small.does("rt", "stranger", "case.commented", "ticket/1", "Incidents", november_noon - days(1) + std::chrono::hours(1));
  Judgement judgement;
  const Matrix matrix = matrix_of(small, judgement);
  CHECK(matrix.rows.size() == 28);
  const auto& led = row(matrix, "D-2");
  CHECK(led.cells.front().shows == Shows::evidenced);
  CHECK(led.cells.front().acts == 2);  // the stranger is nobody
  CHECK(led.cells.front().silence_counts);
  CHECK(led.cells.front().blind());  // nothing was read of it by a poll that ended
  CHECK(row(matrix, "D-3").cells.front().shows == Shows::could);
  CHECK(row(matrix, "G-3").cells.front().shows == Shows::could);
  CHECK(row(matrix, "D-6").cells.front().shows == Shows::called_for);
  CHECK(row(matrix, "D-6").needs_a_person());
  CHECK(row(matrix, "C-1").cells.front().shows == Shows::cannot);
  CHECK(row(matrix, "C-1").needs_a_person());
}

TEST_CASE("matrix: the map beside it says where work is recorded, asked for and done") {
  SmallHouse small(samples::desk);
  Judgement judgement;
  const Matrix matrix = matrix_of(small, judgement, "D");
  CHECK(matrix.rows.size() == 7);
  const auto& places = row(matrix, "D-2").places;
  REQUIRE_FALSE(places.empty());
  CHECK(places.front().when == "place: Incidents");
  CHECK(places.front().asked == std::vector<std::string>{"new"});
  CHECK(places.front().done.front() == "resolved");
  CHECK(places.front().work);
  CHECK(std::ranges::count(places, "place: Incidents", &MatrixPlace::when) == 1);  // not once more by the product's defaults
  const auto& reported = row(matrix, "D-7").places;
  const auto incidents = std::ranges::find(reported, "place: Incidents", &MatrixPlace::when);
  REQUIRE(incidents != reported.end());
  CHECK_FALSE(incidents->work);  // a closed incident calls for a report and is none
}

TEST_CASE("matrix: where the map says that procedures are") {
  SmallHouse small(std::string(samples::desk) +
                   "    documents:\n      places:\n        - when: {title: \"*handling*\"}\n          services: [D-2]\n");
  Judgement judgement;
  const Matrix matrix = matrix_of(small, judgement, "D");
  REQUIRE(row(matrix, "D-2").shelves.size() == 1);
  CHECK(row(matrix, "D-2").shelves.front().when == "title: *handling*");
  CHECK(row(matrix, "D-3").shelves.empty());
  CHECK(printed(matrix, Lang::ja, 80).find("手順書の場所  rt  title: *handling*") != std::string::npos);
  CHECK(matrix_json(matrix, Lang::en).find("\"procedures_in\"") != std::string::npos);
}

TEST_CASE("matrix: many sources are shown in groups that fit, in both languages") {
  SmallHouse small(many_sources(12));
  Judgement judgement;
  const Matrix matrix = matrix_of(small, judgement);
  for (const auto lang : {Lang::en, Lang::ja}) {
    for (const std::size_t width : {80U, 120U}) {
      std::istringstream lines(printed(matrix, lang, width));
      std::size_t heads = 0;
      for (std::string line; std::getline(lines, line);) {
        INFO(line);
        CHECK(display_width(line) <= width);
        if (line.starts_with("ID ")) ++heads;
      }
      CHECK(heads >= (width == 80 ? 3U : 2U));
    }
  }
}

TEST_CASE("matrix: what no source shows is said in a sentence of each judged service, in both languages") {
  for (const Service& service : catalogue()) {
    INFO(service.id);
    CHECK(beyond_tools(service.id, Lang::en).empty() != judged(service.id));
    CHECK(beyond_tools(service.id, Lang::ja).empty() != judged(service.id));
  }
}

TEST_CASE("matrix: CSV as spreadsheets read it") {
  CHECK(csv_cell("plain") == "plain");
  CHECK(csv_cell("a, b") == "\"a, b\"");
  CHECK(csv_cell("say \"no\"") == "\"say \"\"no\"\"\"");
  CHECK(csv_cell("two\nlines") == "\"two\nlines\"");
  CHECK(csv_cell("=HYPERLINK(\"x\")") == "\"'=HYPERLINK(\"\"x\"\")\"");
  CHECK(csv_cell("@cmd") == "'@cmd");
  SmallHouse small(samples::desk);
  Judgement judgement;
  const Matrix matrix = matrix_of(small, judgement);
  const auto plain = matrix_csv(matrix, Lang::ja, false);
  CHECK(matrix_csv(matrix, Lang::ja, true) == "\xEF\xBB\xBF" + plain);
  CHECK(std::ranges::count(plain, '\n') == 1 + 28);
  CHECK(plain.find("D-2,インシデントハンドリング,Incident handling,rt,rt,could_be,yes,0,0,") != std::string::npos);
}
