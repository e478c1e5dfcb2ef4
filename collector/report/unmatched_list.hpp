// Work that no rule claims, and accounts that are nobody on the roster; for people and for programs.
#pragma once

#include <string>

#include "collector/cli/screen.hpp"
#include "collector/unmatched.hpp"

namespace akashi {

// At most `limit` groups; 0 = all.
void print_unmatched(const Screen& screen, const Unmatched& found, std::size_t limit);
// `clear`: the config keeps names, so a line for the roster can name the account.
void print_unknown_accounts(const Screen& screen, const Unmatched& found, bool clear, std::size_t limit);
// {"activities", "claimed", "ignored", "automation", "documents", "unmatched", "nobody", "groups": [{source, product, place, type, matter, kind,
// count,
//  unknown, last, uid, url, hint}], "accounts": [{actor, sources: {name: n}, count, claimed, last, uid, url, draft}]}
[[nodiscard]] std::string unmatched_json(const Unmatched& found, bool clear);

// One entry of `people:`, to be filled in where the account is not kept.
[[nodiscard]] std::string roster_draft(const UnknownAccount& account, bool clear);

}  // namespace akashi
