#include "connectors/engine/newest_cases.hpp"

#include <algorithm>

namespace akashi {

namespace {

bool digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool iso_time(std::string_view text) { return text.size() >= 16 && digits(text.substr(0, 4)) && text[4] == '-' && text[7] == '-'; }

}  // namespace

bool surely_older(std::string_view a, std::string_view b) {
  if (digits(a) && digits(b)) return a.size() != b.size() ? a.size() < b.size() : a < b;
  // Written alike, with the same zone at the end, the letters' order is the times' order.
  return iso_time(a) && iso_time(b) && a.size() == b.size() && a.substr(16).find_first_of("+-") == std::string_view::npos &&
         b.substr(16).find_first_of("+-") == std::string_view::npos && a < b;
}

void NewestCases::keep(std::vector<CaseState>& cases) {
  std::erase_if(cases, [&](const CaseState& one) {
    const auto known = versions_.find(one.id);
    if (known == versions_.end()) {
      if (versions_.size() < remembered_max) versions_.emplace(one.id, one.version);
      return false;
    }
    if (surely_older(one.version, known->second)) return true;
    known->second = one.version;
    return false;
  });
}

}  // namespace akashi
