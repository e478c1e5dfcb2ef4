#include "mappings/engine/regex.hpp"

#include <re2/filtered_re2.h>
#include <re2/re2.h>

#include <algorithm>
#include <numeric>

namespace akashi {

namespace {

constexpr std::int64_t program_bytes_max = 1 << 20;  // of one expression; \d{1000}{1000} is refused, not obeyed

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

namespace {

// RE2 says which words to look for, and which sets of words found leave the expression possible. From its words those are kept without any of which
// it is impossible, long ones before short ones.
class NeededWords {
 public:
  explicit NeededWords(const std::string& expression) : filter_(3) {
    int id = 0;
    if (filter_.Add(expression, options(program_bytes_max), &id) != RE2::NoError) return;
    filter_.Compile(&words_);
    std::vector<bool> kept(words_.size());
    for (std::size_t i = 0; i < words_.size(); ++i)
      kept[i] = std::ranges::all_of(words_[i], [](char c) { return static_cast<unsigned char>(c) < 128; });
    if (words_.empty() || possible_without(kept)) return;
    std::vector<std::size_t> by_size(words_.size());
    std::iota(by_size.begin(), by_size.end(), std::size_t{0});
    std::ranges::stable_sort(by_size, {}, [&](std::size_t i) { return words_[i].size(); });
    for (const auto i : by_size) {
      if (!kept[i]) continue;
      kept[i] = false;
      if (possible_without(kept)) kept[i] = true;
    }
    for (std::size_t i = 0; i < words_.size(); ++i)
      if (kept[i]) found.push_back(words_[i]);
  }

  std::vector<std::string> found;

 private:
  [[nodiscard]] bool possible_without(const std::vector<bool>& absent) const {
    std::vector<int> seen, possible;
    for (std::size_t i = 0; i < absent.size(); ++i)
      if (!absent[i]) seen.push_back(static_cast<int>(i));
    filter_.AllPotentials(seen, &possible);
    return !possible.empty();
  }

  re2::FilteredRE2 filter_;
  std::vector<std::string> words_;
};

}  // namespace

std::vector<std::string> Regex::needed_words() const { return NeededWords(expression()).found; }

}  // namespace akashi
