// `replay`: a connector's case folder, without a compiler: the scripted exchange goes through the engine, the outcome is compared with the expected
// one.
#include "connectors/engine/replay.hpp"

#include <filesystem>
#include <ostream>

#include "collector/cli/opening.hpp"

namespace akashi {

int command_replay(const Arguments& arguments, Desk desk) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::absolute(arguments.folder).lexically_normal();
  // connectors/products/<product>/cases/<case>
  const fs::path product = (folder.has_filename() ? folder : folder.parent_path()).parent_path().parent_path();
  const auto connector = load_connector(product.string());
  if (!connector) return refuse(desk, connector.error());
  const auto report = replay(*connector, folder.string());
  if (!report) return refuse(desk, report.error());
  const Screen screen = screen_for(arguments, desk, "");
  for (const std::string& line : report->differences) screen.line(line);
  screen.line(report->differences.empty() ? screen.tr("as expected", "期待どおり")
                                          : screen.tr("differs from expected.jsonl", "expected.jsonl と異なる"));
  return static_cast<int>(report->differences.empty() ? Exit::done : Exit::differs);
}

}  // namespace akashi
