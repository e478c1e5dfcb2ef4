// What commands do before their work: find and read the config, open the store, choose the language, say what is wrong.
#pragma once

#include <memory>
#include <optional>

#include "collector/cli/commands.hpp"
#include "collector/cli/screen.hpp"
#include "collector/house.hpp"
#include "collector/judgement.hpp"

namespace akashi {

// Says the error and gives the exit code that fits its kind.
int refuse(Desk desk, const Error& error);

// Errors are said; nullptr then.
[[nodiscard]] std::unique_ptr<House> open_house(const Arguments& arguments, Desk desk, bool make_key);

struct Reading {
  std::unique_ptr<House> house;
  std::unique_ptr<Store> store;
  Instant as_of{};
  bool dated = false;  // --as-of was given
  Lang lang = Lang::en;
};
// For reading commands; nullopt after an error was said, `exit` set.
[[nodiscard]] std::optional<Reading> open_reading(const Arguments& arguments, Desk desk, int& exit);
// "d2", "D2", "d-2" are meant as "D-2".
[[nodiscard]] std::string service_id(std::string id);
[[nodiscard]] std::optional<Error> unknown_service(const std::string& id);  // nothing for a service of the edition and for ""
[[nodiscard]] Screen screen_for(const Arguments& arguments, Desk desk, const std::string& configured_language);

}  // namespace akashi
