#include "collector/report/matrix_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "collector/json_writer.hpp"
#include "collector/report/findings.hpp"
#include "core/words.hpp"

namespace akashi {

namespace {

constexpr std::size_t service_columns_min = 22, column_max = 14;  // of a terminal

// "● 138", "○", "△", "▷", and "!" behind what cannot be read now.
std::string shown(const MatrixCell& cell) {
  using Shows = MatrixCell::Shows;
  std::string text;
  if (cell.shows == Shows::evidenced) text = fmt::format("● {}", cell.acts);
  else if (cell.shows == Shows::could) text = cell.silence_counts ? "○" : "△";
  else if (cell.shows == Shows::called_for) text = "▷";
  else text = cell.procedures > 0 ? "□" : "·";
  if (cell.shows != Shows::cannot && cell.procedures > 0) text += " □";
  return cell.blind() ? text + " !" : text;
}

void print_legend(const Screen& screen) {
  const std::string_view entries[] = {screen.tr("● so many acts that count in the look-back", "● 評価期間に数えた活動の件数"),
                                      screen.tr("○ could be seen, nothing was", "○ 見えうるが何もない"),
                                      screen.tr("△ could be seen, but its silence says nothing", "△ 見えうるが、なくても何も言えない"),
                                      screen.tr("▷ only what calls for it", "▷ 需要だけ見える"),
                                      screen.tr("□ its procedures", "□ 手順書"),
                                      screen.tr("· cannot be seen", "· 見えない"),
                                      screen.tr("! not read completely now", "! いま完全には読めていない")};
  std::string line = "  ";
  for (const auto entry : entries) {
    if (display_width(line) + display_width(entry) + 3 > screen.width()) {
      screen.line(screen.paint(line, Colour::grey));
      line = "  ";
    }
    line += fmt::format("{}{}", line.size() > 2 ? "   " : "", entry);
  }
  screen.line(screen.paint(line, Colour::grey));
}

Colour colour_of(const MatrixRow& row) {
  if (row.needs_a_person()) return Colour::yellow;
  return std::ranges::any_of(row.cells, [](const MatrixCell& cell) { return cell.acts > 0; }) ? Colour::none : Colour::grey;
}

// The sources of one table: as many as fit.
std::size_t group_from(const Screen& screen, const Matrix& matrix, std::size_t from) {
  std::size_t used = 6 + service_columns_min + 2 + 5 + 2, to = from;
  while (to < matrix.sources.size()) {
    std::size_t wide = std::min(display_width(matrix.sources[to]), column_max);
    for (const auto& row : matrix.rows) wide = std::max(wide, display_width(shown(row.cells[to])));
    if (to > from && used + wide + 2 > screen.width()) break;
    used += wide + 2;
    ++to;
  }
  return to;
}

void print_table(const Screen& screen, const Matrix& matrix, std::size_t from, std::size_t to) {
  std::vector<Column> columns{{"ID"}, {std::string(screen.tr("Service", "サービス")), false, true}, {std::string(screen.tr("Rung", "段"))}};
  for (std::size_t i = from; i < to; ++i) columns.push_back({fit(matrix.sources[i], column_max)});
  Table table(std::move(columns));
  for (const MatrixRow& row : matrix.rows) {
    std::vector<std::string> cells{std::string(row.service->id), std::string(name(*row.service, screen.lang())),
                                   ladder_picture(row.finding == nullptr ? std::nullopt : row.finding->rung)};
    for (std::size_t i = from; i < to; ++i) cells.push_back(shown(row.cells[i]));
    table.row(std::move(cells), colour_of(row));
  }
  table.print(screen);
}

std::string statuses(const Screen& screen, const MatrixPlace& place) {
  std::string text;
  const std::pair<std::string_view, const std::vector<std::string>*> lists[] = {{screen.tr("asked", "依頼"), &place.asked},
                                                                                {screen.tr("working", "対応中"), &place.working},
                                                                                {screen.tr("done", "完了"), &place.done},
                                                                                {screen.tr("refused", "却下"), &place.refused}};
  for (const auto& [word, list] : lists)
    if (!list->empty()) text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", word, fmt::join(*list, ", "));
  return text;
}

std::string_view label_of(const Screen& screen, const MatrixPlace& place) {
  if (!place.work) return screen.tr("    called for in  ", "    需要の場所  ");
  if (place.matter == "provider_report") return screen.tr("    reports in   ", "    委託報告    ");
  return screen.tr("    recorded in  ", "    記録の場所  ");
}

std::string_view label_of(const Screen& screen, const MatrixProcedure& document) {
  if (document.role == description_role) return screen.tr("    what is agreed  ", "    委託仕様書  ");
  if (document.role == expectation_role) return screen.tr("    expected     ", "    期待水準    ");
  return screen.tr("    procedure    ", "    手順書      ");
}

void print_map(const Screen& screen, const Matrix& matrix) {
  screen.heading(screen.tr("The organisation's own map", "組織自身の対応表"));
  std::map<std::string, std::string> said_of;  // source → the statuses that were printed last; most places of a tool share theirs
  for (const MatrixRow& row : matrix.rows) {
    if (row.places.empty() && row.procedures.empty() && row.shelves.empty()) continue;
    screen.item("", fmt::format("{} {}", row.service->id, name(*row.service, screen.lang())), Colour::bold);
    for (const MatrixPlace& place : row.places) {
      auto text = fmt::format("{}  {}", place.source, place.when);
      if (!place.matter.empty()) text += fmt::format("  ({})", place.matter);
      if (place.drill) text += screen.tr("  drills", "  訓練");
      screen.item(label_of(screen, place), text);
      const auto said = statuses(screen, place);
      if (!said.empty() && said_of[place.source] != said) screen.item("        ", said, Colour::grey);
      said_of[place.source] = said;
    }
    for (const MatrixShelf& one : row.shelves)
      screen.item(screen.tr("    procedures in  ", "    手順書の場所  "),
                  fmt::format("{}  {}{}", one.source, one.when, one.owner.empty() ? "" : fmt::format("  ({})", one.owner)));
    for (const MatrixProcedure& one : row.procedures)
      screen.item(label_of(screen, one),
                  fmt::format("{}  {}{}{}", one.source, one.title.empty() ? one.id : one.title, one.version.empty() ? "" : " v" + one.version,
                              one.owner.empty() ? "" : fmt::format("  ({})", one.owner)));
  }
}

void print_beyond(const Screen& screen, const Matrix& matrix) {
  if (std::ranges::none_of(matrix.rows, &MatrixRow::needs_a_person)) return;
  screen.heading(screen.tr("No source could show these: they need a place in the map, a document or a person",
                           "どの接続先でも見えないサービス: 対応表に場所を書くか、文書か人が示す"));
  for (const MatrixRow& row : matrix.rows)
    if (row.needs_a_person()) screen.item(fmt::format("  {:<5}", row.service->id), beyond_tools(row.service->id, screen.lang()));
}

std::string_view state_of(const MatrixRow& row) { return row.finding == nullptr ? std::string_view() : name(row.finding->state); }

void write_texts(JsonWriter& json, std::string_view key, const std::vector<std::string>& list) {
  json.key(key).array();
  for (const auto& one : list) json.value(one);
  json.end_array();
}

void write_cells(JsonWriter& json, const Matrix& matrix, const MatrixRow& row) {
  json.key("cells").array();
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const MatrixCell& cell = row.cells[i];
    json.object().member("source", matrix.sources[i]).member("shows", name(cell.shows)).member("silence_counts", cell.silence_counts);
    json.member("acts", cell.acts).member("demands", cell.demands).member("procedures", cell.procedures).member("last", cell.last);
    json.member("sight", cell.sight).member("why", cell.why).end_object();
  }
  json.end_array();
}

void write_map(JsonWriter& json, const MatrixRow& row) {
  json.key("places").array();
  for (const MatrixPlace& place : row.places) {
    json.object()
        .member("source", place.source)
        .member("when", place.when)
        .member("matter", place.matter)
        .member("given", place.given)
        .member("work", place.work);
    write_texts(json, "asked", place.asked);
    write_texts(json, "working", place.working);
    write_texts(json, "done", place.done);
    write_texts(json, "refused", place.refused);
    json.member("drill", place.drill).member("where", place.where).end_object();
  }
  json.end_array().key("procedures").array();
  for (const MatrixProcedure& one : row.procedures)
    json.object()
        .member("source", one.source)
        .member("id", one.id)
        .member("title", one.title)
        .member("version", one.version)
        .member("owner", one.owner)
        .member("url", one.url)
        .member("role", one.role)
        .end_object();
  json.end_array().key("procedures_in").array();
  for (const MatrixShelf& one : row.shelves)
    json.object().member("source", one.source).member("when", one.when).member("owner", one.owner).end_object();
  json.end_array();
}

std::string joined_places(const MatrixRow& row, const std::string& source, const std::vector<std::string> MatrixPlace::*statuses) {
  std::string text;
  for (const MatrixPlace& place : row.places) {
    if (place.source != source || !place.work) continue;
    const auto part = statuses == nullptr ? place.when : fmt::format("{}", fmt::join(place.*statuses, ", "));
    if (!part.empty()) text += (text.empty() ? "" : "; ") + part;
  }
  return text;
}

std::string joined_procedures(const MatrixRow& row, const std::string& source) {
  std::string text;
  for (const MatrixProcedure& one : row.procedures)
    if (one.source == source)
      text += fmt::format("{}{}{}", text.empty() ? "" : "; ", one.title.empty() ? one.id : one.title, one.version.empty() ? "" : " v" + one.version);
  return text;
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) line += (i == 0 ? "" : ",") + csv_cell(cells[i]);
  return line + "\r\n";
}

}  // namespace

std::string csv_cell(std::string_view text) {
  constexpr std::string_view begins_a_formula = "=+-@\t\r";
  std::string out(text);
  if (!out.empty() && begins_a_formula.find(out.front()) != std::string_view::npos) out.insert(0, "'");
  if (out.find_first_of(",\"\r\n") == std::string::npos) return out;
  std::string quoted = "\"";
  for (const char c : out) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

void print_matrix(const Screen& screen, const Matrix& matrix) {
  for (std::size_t from = 0; from < matrix.sources.size() || from == 0;) {
    const std::size_t to = group_from(screen, matrix, from);
    if (from > 0) screen.line();
    print_table(screen, matrix, from, to);
    if (to == matrix.sources.size()) break;
    from = to;
  }
  print_legend(screen);
  print_map(screen, matrix);
  print_beyond(screen, matrix);
}

std::string matrix_json(const Matrix& matrix, Lang lang) {
  JsonWriter json;
  json.object().member("as_of", matrix.as_of).member("edition", catalogue_edition).key("sources").array();
  for (std::size_t i = 0; i < matrix.sources.size(); ++i)
    json.object().member("name", matrix.sources[i]).member("product", matrix.products[i]).end_object();
  json.end_array().key("services").array();
  for (const MatrixRow& row : matrix.rows) {
    json.object().member("service", row.service->id).member("name_ja", row.service->name_ja).member("name_en", row.service->name_en);
    json.member("category", row.service->category()).member("state", state_of(row));
    json.member("rung", row.finding == nullptr ? std::optional<int>{} : row.finding->rung);
    write_cells(json, matrix, row);
    write_map(json, row);
    json.member("needs_a_person", row.needs_a_person()).member("beyond_tools", beyond_tools(row.service->id, lang)).end_object();
  }
  json.end_array().end_object();
  return json.text();
}

std::string matrix_csv(const Matrix& matrix, Lang lang, bool bom) {
  std::string text = bom ? "\xEF\xBB\xBF" : "";
  text += csv_line({"service", "name_ja", "name_en", "source", "product", "shows", "silence_counts", "acts", "demands", "last", "sight", "places",
                    "asked", "done", "procedures", "state", "rung", "beyond_tools"});
  for (const MatrixRow& row : matrix.rows) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const MatrixCell& cell = row.cells[i];
      const std::string& source = matrix.sources[i];
      text +=
          csv_line({std::string(row.service->id), std::string(row.service->name_ja), std::string(row.service->name_en), source, matrix.products[i],
                    std::string(name(cell.shows)), cell.silence_counts ? "yes" : "no", std::to_string(cell.acts), std::to_string(cell.demands),
                    cell.last ? format_day(*cell.last) : "", cell.sight, joined_places(row, source, nullptr),
                    joined_places(row, source, &MatrixPlace::asked), joined_places(row, source, &MatrixPlace::done), joined_procedures(row, source),
                    std::string(state_of(row)), row.finding != nullptr && row.finding->rung ? std::to_string(*row.finding->rung) : "",
                    row.needs_a_person() ? std::string(beyond_tools(row.service->id, lang)) : ""});
    }
  }
  return text;
}

}  // namespace akashi
