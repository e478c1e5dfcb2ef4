#include "mappings/engine/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <system_error>

#include "core/digest.hpp"
#include "mappings/engine/read_rule.hpp"

namespace akashi {

namespace {

namespace fs = std::filesystem;
constexpr std::size_t rules_max = 10'000;
constexpr std::size_t file_bytes_max = 1 << 20;

Result<std::vector<fs::path>> files_in(const fs::path& directory) {
  std::vector<fs::path> files;
  std::error_code error;
  if (fs::is_regular_file(directory, error)) return std::vector{directory};
  error.clear();
  for (fs::recursive_directory_iterator at(directory, error), end; !error && at != end; at.increment(error)) {
    if (at->path().extension() == ".yaml" && at->is_regular_file(error)) files.push_back(at->path());
    if (files.size() > rules_max)
      return fail(ErrorKind::config, directory.string(), fmt::format("holds more than {} rules", rules_max), "split the folder");
  }
  if (error)
    return fail(ErrorKind::config, directory.string(), fmt::format("the rules cannot be read: {}", error.message()), "name the folder of the rules");
  if (files.empty()) return fail(ErrorKind::config, directory.string(), "holds no rules", "name the folder of the rules, which are *.yaml files");
  std::ranges::sort(files);
  return files;
}

Result<std::string> text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text(file_bytes_max + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad() || (!in.eof() && in.fail())) return fail(ErrorKind::config, file.string(), "cannot be read", "check its permissions");
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > file_bytes_max) return fail(ErrorKind::config, file.string(), "is larger than 1 MiB", "a rule is a short file");
  return text;
}

// Length first, so that no two different rules write the same bytes.
void put(std::string& to, std::string_view text) { to += fmt::format("{}:{}", text.size(), text); }

void put(std::string& to, const Item& item) {
  put(to, name(item.field));
  put(to, item.all ? "all" : "any");
  put(to, item.negated ? "not" : "");
  std::vector<std::string> patterns;
  patterns.reserve(item.patterns.size());
  for (const auto& pattern : item.patterns) patterns.push_back(fmt::format("{}:{}", name(pattern.compare), pattern.text));
  std::ranges::sort(patterns);
  for (const auto& one : patterns) put(to, one);
}

void put(std::string& to, const RuleCondition& condition, const Rule& rule) {
  to += static_cast<char>('0' + static_cast<int>(condition.kind));
  if (condition.kind == RuleCondition::Kind::selection) put(to, rule.selections[condition.selection].name);
  to += '(';
  for (const auto& part : condition.parts) put(to, part, rule);
  to += ')';
}

}  // namespace

std::string rule_digest(const Rule& rule) {
  std::string text = "rule/1";
  put(text, rule.id);
  put(text, rule.stable ? "stable" : "experimental");
  if (rule.silence_says_nothing) put(text, "silence says nothing");
  put(text, rule.service);
  text += static_cast<char>('0' + static_cast<int>(rule.speaks_for));
  put(text, name(rule.evidence));
  for (const auto& selection : rule.selections) {
    put(text, selection.name);
    for (const auto& items : selection.alternatives) {
      text += '[';
      for (const auto& item : items) put(text, item);
      text += ']';
    }
  }
  put(text, rule.condition, rule);
  return hex(sha256(text));
}

std::string rules_digest(std::span<const Rule> rules) {
  std::vector<std::string> digests;
  for (const auto& rule : rules) digests.push_back(rule.digest);
  std::ranges::sort(digests);
  std::string text = "rules/1";
  for (const auto& digest : digests) put(text, digest);
  return hex(sha256(text));
}

LoadedRules load_rules(const fs::path& directory, OwnTests own_tests) {
  LoadedRules loaded;
  const auto files = files_in(directory);
  if (!files) {
    loaded.errors.push_back(files.error());
    return loaded;
  }
  std::map<std::string, std::string> file_of_id;
  for (const auto& file : *files) {
    const auto text = text_of(file);
    if (!text) {
      loaded.errors.push_back(text.error());
      continue;
    }
    auto rule = read_rule(*text, file.string(), loaded.errors, own_tests);
    if (!rule) continue;
    const auto [at, fresh] = file_of_id.try_emplace(rule->id, rule->file);
    if (fresh) loaded.rules.push_back(std::move(*rule));
    else
      loaded.errors.push_back(
          {ErrorKind::config, rule->file, fmt::format("id {} is already the id of {}", rule->id, at->second), "give this rule a fresh UUID"});
  }
  std::ranges::sort(loaded.rules, {}, &Rule::id);
  return loaded;
}

}  // namespace akashi
