// `matrix`: which service shows in which source, and the organisation's own map beside it.
#include <ostream>

#include "collector/cli/opening.hpp"
#include "collector/report/matrix_list.hpp"

namespace akashi {

namespace {

std::optional<Error> unknown_category(const std::string& category) {
  if (category.empty() || (category.size() == 1 && services_in_category(category.front()) > 0)) return std::nullopt;
  return Error{ErrorKind::config, "--category", "\"" + category + "\" is no category", "categories are A to I"};
}

}  // namespace

int command_matrix(const Arguments& arguments, Desk desk) {
  if (const auto unknown = unknown_category(arguments.category)) return refuse(desk, *unknown);
  int exit = 0;
  const auto reading = open_reading(arguments, desk, exit);
  if (!reading) return exit;
  const auto judgement = look(*reading->house, *reading->store, reading->as_of);
  if (!judgement) return refuse(desk, judgement.error());
  const Matrix matrix = make_matrix(*reading->house, *judgement, arguments.category);
  if (arguments.json) desk.out << matrix_json(matrix, reading->lang);
  else if (arguments.csv) desk.out << matrix_csv(matrix, reading->lang, arguments.bom);
  else print_matrix(screen_for(arguments, desk, reading->house->config.language), matrix);
  return static_cast<int>(Exit::done);
}

}  // namespace akashi
