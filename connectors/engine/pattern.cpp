#include "connectors/engine/pattern.hpp"

#include <re2/re2.h>

#include <vector>

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
