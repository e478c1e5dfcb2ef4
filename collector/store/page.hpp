// Keeping a page: everything that it brings, inside one transaction that the caller opens and finishes.
#pragma once

#include <string>
#include <vector>

#include "collector/store/tables.hpp"
#include "core/store.hpp"

namespace akashi {

void keep_page(Tables& t, const PageCommit& page);
// What the activities count for, said anew: the evidence of `uids` becomes what `evidence` holds for them.
void judge_again(Tables& t, const std::vector<std::string>& uids, const std::vector<Evidence>& evidence);

}  // namespace akashi
