#include "collector/data_folders.hpp"

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <vector>

namespace akashi {

namespace {

namespace fs = std::filesystem;

std::optional<DataFolders> look(const fs::path& folder) {
  for (const auto& [products, rules] :
       {std::pair{folder / "products", folder / "rules"}, {folder / "connectors/products", folder / "mappings/rules"}}) {
    std::error_code code;
    if (fs::is_directory(products, code) && fs::is_directory(rules, code))
      return DataFolders{products.lexically_normal().string(), rules.lexically_normal().string()};
  }
  return std::nullopt;
}

}  // namespace

Result<DataFolders> find_data(const std::string& given) {
  std::vector<fs::path> places;
  if (const char* variable = std::getenv("AKASHI_DATA"); variable != nullptr && *variable != '\0') places.emplace_back(variable);
  std::error_code code;
  const fs::path program = fs::read_symlink("/proc/self/exe", code).parent_path();
  places.push_back(program / "../share/akashi");
  for (fs::path tree = program; tree.has_relative_path(); tree = tree.parent_path()) places.push_back(tree.parent_path());
  places.emplace_back("/usr/share/akashi");
  if (!given.empty()) places.assign(1, given);
  for (const fs::path& place : places)
    if (auto found = look(place)) return *found;
  return fail(ErrorKind::config, given.empty() ? program.string() : given, "no folder with products/ and rules/ here",
              "give the one that holds them with --data DIR or AKASHI_DATA");
}

}  // namespace akashi
