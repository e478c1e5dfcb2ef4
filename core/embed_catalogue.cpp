// Build step: reads the catalogue's data file, refuses a wrong one, and writes the table that core/catalogue.cpp includes.
#include <array>
#include <fstream>
#include <iostream>
#include <map>
#include <string>

namespace {

struct Row {
  std::string id, ja, en;
};

// ITU-T X.1060 (06/2021) Annex A: how many services each category holds, 64 in all.
const std::map<char, int> services_of_category{{'A', 13}, {'B', 4}, {'C', 4}, {'D', 7}, {'E', 9}, {'F', 5}, {'G', 13}, {'H', 2}, {'I', 7}};

int refuse(const std::string& file, int line, const std::string& what) {
  std::cerr << file << ":" << line << ": " << what << "\n";
  return 1;
}

bool split(const std::string& line, Row& row) {
  const auto first = line.find('\t');
  const auto second = first == std::string::npos ? first : line.find('\t', first + 1);
  if (second == std::string::npos || line.find('\t', second + 1) != std::string::npos) return false;
  row = {line.substr(0, first), line.substr(first + 1, second - first - 1), line.substr(second + 1)};
  return !row.id.empty() && !row.ja.empty() && !row.en.empty();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return refuse("embed_catalogue", 0, "usage: embed_catalogue CATALOGUE.tsv OUT.inc");
  const std::string file = argv[1];
  std::ifstream in(file);
  std::ofstream out(argv[2]);
  if (!in || !out) return refuse(file, 0, "cannot be read, or the output cannot be written");
  std::map<char, int> seen;
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.empty() || line[0] == '#') continue;
    Row row;
    if (!split(line, row)) return refuse(file, number, "expected id<TAB>Japanese<TAB>English");
    const char category = row.id[0];
    if (row.id != std::string(1, category) + "-" + std::to_string(seen[category] + 1))
      return refuse(file, number, "id " + row.id + " is out of order");
    if (row.ja.find('"') != std::string::npos || row.en.find('"') != std::string::npos) return refuse(file, number, "a name holds a quotation mark");
    ++seen[category];
    out << "{\"" << row.id << "\", \"" << row.ja << "\", \"" << row.en << "\"},\n";
  }
  if (seen != services_of_category) return refuse(file, 0, "edition 2021 has 64 services, A13 B4 C4 D7 E9 F5 G13 H2 I7; this file differs");
  return 0;
}
