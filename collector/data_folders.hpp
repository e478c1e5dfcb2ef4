// Where the products' descriptors and the rules are: data, found at run time, so that adding one needs no compiler.
#pragma once

#include <string>

#include "core/result.hpp"

namespace akashi {

struct DataFolders {
  std::string products, rules;
};

// --data, then $AKASHI_DATA, then beside the program: an installed ../share/akashi, or the tree that it was built in.
[[nodiscard]] Result<DataFolders> find_data(const std::string& given);

}  // namespace akashi
