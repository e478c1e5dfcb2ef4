#include "core/csv.hpp"

#include "catch.hpp"

using namespace akashi;

namespace {

std::string told(std::string_view text) {
  const auto rows = parse_csv(text, "x.csv");
  if (!rows) return sentence(rows.error());
  std::string all;
  for (const CsvRow& row : *rows) {
    all += std::to_string(row.line) + ":";
    for (const std::string& field : row.fields) all += "[" + field + "]";
    all += "\n";
  }
  return all;
}

}  // namespace

TEST_CASE("rows end with LF, CRLF or the text, and know their lines") {
  CHECK(told("a,b\nc,d\n") == "1:[a][b]\n2:[c][d]\n");
  CHECK(told("a,b\r\nc,d") == "1:[a][b]\n2:[c][d]\n");
  CHECK(told("a,b\rc,d\r") == "1:[a][b]\n2:[c][d]\n");
  CHECK(told("").empty());
  CHECK(told("a,,\n,\n \n\nb\n") == "1:[a][][]\n5:[b]\n");
}

TEST_CASE("quoted fields hold commas, quotes and line ends") {
  CHECK(told("\"a,b\",\"say \"\"hi\"\"\",c\n") == "1:[a,b][say \"hi\"][c]\n");
  CHECK(told("\"two\nlines\",x\nnext\n") == "1:[two\nlines][x]\n3:[next]\n");
  CHECK(told("\"\",x") == "1:[][x]\n");
  CHECK(told("a \"quote\" inside,x") == "1:[a \"quote\" inside][x]\n");
}

TEST_CASE("what is no CSV is refused with its line") {
  CHECK(told("a\n\"open,b\nc\n") == "x.csv:2: a quote that begins here is not closed; close it, or double it where it belongs to the text");
  CHECK(told("\"a\"b,c") == "x.csv:1: there is text behind a closing quote; double the quotes inside a quoted field");
  CHECK(told(std::string(300, ',')).find("more than 200 fields") != std::string::npos);
  std::string rows;
  for (int i = 0; i < 100'001; ++i) rows += "a\n";
  CHECK(told(rows).find("more than 100000 rows") != std::string::npos);
}
