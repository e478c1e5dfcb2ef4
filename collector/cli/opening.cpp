#include "collector/cli/opening.hpp"

#include <unistd.h>

#include <algorithm>
#include <ostream>

#include "collector/clock.hpp"
#include "collector/store/sqlite_store.hpp"
#include "core/catalogue.hpp"

namespace akashi {

int refuse(Desk desk, const Error& error) {
  desk.err << "akashi: " << sentence(error) << "\n";
  switch (error.kind) {
    case ErrorKind::storage:
      return static_cast<int>(Exit::store);
    case ErrorKind::config:
      return static_cast<int>(Exit::wrong);
    default:
      return static_cast<int>(Exit::unread);
  }
}

std::unique_ptr<House> open_house(const Arguments& arguments, Desk desk, bool make_key) {
  const auto file = find_config(arguments.config);
  if (!file) return refuse(desk, file.error()), nullptr;
  HouseRead read = build_house(*file, arguments.data, make_key);
  for (const Error& error : read.errors) desk.err << "akashi: " << sentence(error) << "\n";
  return read.errors.empty() ? std::move(read.house) : nullptr;
}

std::optional<Reading> open_reading(const Arguments& arguments, Desk desk, int& exit) {
  exit = static_cast<int>(Exit::wrong);
  Reading reading;
  SystemClock clock;
  reading.as_of = clock.now();
  if (!arguments.as_of.empty()) {
    const auto at = parse_time(arguments.as_of);
    if (!at) {
      exit = refuse(desk,
                    Error{ErrorKind::config, "--as-of", "\"" + arguments.as_of + "\" is no date", "write 2026-03-31 or 2026-03-31T12:00:00+09:00"});
      return std::nullopt;
    }
    // A day means the whole of it.
    reading.as_of = arguments.as_of.find('T') == std::string::npos ? *at + days(1) : *at;
    reading.dated = true;
  }
  reading.house = open_house(arguments, desk, false);
  if (!reading.house) return std::nullopt;
  reading.lang = choose_language(arguments.lang, reading.house->config.language);
  auto store = open_store(reading.house->config.store_path, OpenMode::read);
  if (!store) {
    exit = refuse(desk, store.error());
    return std::nullopt;
  }
  reading.store = std::move(*store);
  return reading;
}

std::optional<Error> unknown_service(const std::string& id) {
  if (id.empty() || find_service(id) != nullptr) return std::nullopt;
  const std::size_t count = services_in_category(id[0]);
  return Error{ErrorKind::config, "service", "\"" + id + "\" is not in edition " + std::string(catalogue_edition),
               count == 0 ? "categories are A to I, services are written like D-2"
                          : std::string(1, id[0]) + " has " + id[0] + "-1 to " + id[0] + "-" + std::to_string(count)};
}

// "d2", "D2", "d-2" are meant as "D-2".
std::string service_id(std::string id) {
  std::ranges::transform(id, id.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  if (id.size() >= 2 && id[1] != '-') id.insert(1, "-");
  return id;
}

Screen screen_for(const Arguments& arguments, Desk desk, const std::string& configured_language) {
  return Screen::on(desk.out, STDOUT_FILENO, choose_language(arguments.lang, configured_language));
}

}  // namespace akashi
