#include "mappings/engine/regex.hpp"

#include <re2/re2.h>
#include <re2/set.h>

namespace akashi {

namespace {

constexpr std::int64_t program_bytes_max = 1 << 20;  // of one expression; \d{1000}{1000} is refused, not obeyed
constexpr std::int64_t set_bytes_max = 32 << 20;

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

RE2::Options options(std::int64_t bytes_max) {
  RE2::Options chosen;
  chosen.set_log_errors(false);
  chosen.set_max_mem(bytes_max);
  return chosen;
}

}  // namespace

struct Regex::Compiled {
  explicit Compiled(std::string_view expression) : re2(piece(expression), options(program_bytes_max)) {}
  RE2 re2;
};

Regex::Regex() = default;
Regex::~Regex() = default;

std::shared_ptr<const Regex> Regex::compile(std::string_view expression, std::string& error) {
  std::shared_ptr<Regex> made(new Regex);
  made->compiled_ = std::make_unique<Compiled>(expression);
  if (made->compiled_->re2.ok()) return made;
  error = made->compiled_->re2.error();
  return nullptr;
}

bool Regex::matches(std::string_view text) const { return compiled_->re2.Match(piece(text), 0, text.size(), RE2::UNANCHORED, nullptr, 0); }
const std::string& Regex::expression() const { return compiled_->re2.pattern(); }

struct RegexSet::Set {
  Set() : re2(options(set_bytes_max), RE2::UNANCHORED) {}
  RE2::Set re2;
};

RegexSet::RegexSet(std::vector<std::shared_ptr<const Regex>> expressions) : expressions_(std::move(expressions)) {
  if (expressions_.size() < 2) return;
  auto set = std::make_unique<Set>();
  for (const auto& one : expressions_)
    if (set->re2.Add(one->expression(), nullptr) < 0) return;
  if (set->re2.Compile()) set_ = std::move(set);
}

RegexSet::~RegexSet() = default;
RegexSet::RegexSet(RegexSet&&) noexcept = default;
RegexSet& RegexSet::operator=(RegexSet&&) noexcept = default;

bool RegexSet::may_match(std::string_view text) const {
  if (!set_) return true;
  RE2::Set::ErrorInfo error{RE2::Set::kNoError};
  return set_->re2.Match(piece(text), nullptr, &error) || error.kind != RE2::Set::kNoError;  // out of memory is no "no"
}

}  // namespace akashi
