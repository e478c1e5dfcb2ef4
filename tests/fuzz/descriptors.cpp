// Whatever stands in a connector.yaml: it is read as a whole or refused with one sentence that names its line.
#include <cstdlib>
#include <iostream>

#include "connectors/engine/descriptor.hpp"

using namespace akashi;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = parse_connector({reinterpret_cast<const char*>(data), size}, "connector.yaml");
  if (read) return 0;
  const auto said = sentence(read.error());
  if (said.find('\n') != std::string::npos || !said.starts_with("connector.yaml")) {
    std::cerr << "no sentence with a place: " << said << '\n';
    std::abort();
  }
  return 0;
}
