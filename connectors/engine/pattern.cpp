#include "connectors/engine/pattern.hpp"

#include <re2/re2.h>

#include <algorithm>

namespace akashi {

Result<Pattern> Pattern::compile(const std::string& expression, const std::string& group) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(1 << 20);
  auto compiled = std::make_shared<RE2>(expression, options);
  if (!compiled->ok()) return fail(ErrorKind::config, "", "the pattern cannot be read: " + compiled->error(), "write it in RE2's syntax");
  Pattern made;
  if (group.empty()) {
    made.group_ = compiled->NumberOfCapturingGroups() > 0 ? 1 : 0;
  } else if (const auto named = compiled->NamedCapturingGroups().find(group); named != compiled->NamedCapturingGroups().end()) {
    made.group_ = named->second;
  } else {
    return fail(ErrorKind::config, "", "the pattern has no group named \"" + group + "\"", "write it as (?P<" + group + ">…)");
  }
  made.compiled_ = std::move(compiled);
  return made;
}

std::vector<std::string> Pattern::find_all(std::string_view text, std::size_t count_max) const {
  std::vector<std::string> found;
  if (!compiled_) return found;
  std::vector<re2::StringPiece> groups(static_cast<std::size_t>(group_) + 1);
  const re2::StringPiece whole(text.data(), text.size());
  for (std::size_t from = 0; from <= text.size() && found.size() < count_max;) {
    if (!compiled_->Match(whole, from, text.size(), RE2::UNANCHORED, groups.data(), group_ + 1)) break;
    if (const auto& taken = groups.back(); taken.data() != nullptr) found.emplace_back(taken.data(), taken.size());
    const auto behind = static_cast<std::size_t>(groups.front().data() - text.data()) + groups.front().size();
    from = std::max(behind, from + 1);
  }
  return found;
}

std::optional<std::string> Pattern::find(std::string_view text) const {
  if (!compiled_) return std::nullopt;
  std::vector<re2::StringPiece> groups(static_cast<std::size_t>(group_) + 1);
  const re2::StringPiece whole(text.data(), text.size());
  if (!compiled_->Match(whole, 0, text.size(), RE2::UNANCHORED, groups.data(), group_ + 1)) return std::nullopt;
  const auto& taken = groups.back();
  if (taken.data() == nullptr) return std::nullopt;
  return std::string(taken.data(), taken.size());
}

}  // namespace akashi
