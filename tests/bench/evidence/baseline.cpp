// What a good programmer writes in an afternoon: RapidJSON's DOM record by record, lower-cased strings, rules one after the other with RE2 for
// expressions, OpenSSL's SHA-256 for each record, std::map for the outcome. It may rely on one record a line, which the product does not.
#include <openssl/evp.h>
#include <rapidjson/document.h>
#include <rapidjson/pointer.h>
#include <re2/re2.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>
#include <tuple>

#include "bench/evidence/job.hpp"

namespace akashi::bench {
namespace {

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

struct Value {
  std::string written, lowered;
};

struct CompiledItem {
  Field field;
  Test test;
  std::vector<std::string> values;
  std::vector<std::unique_ptr<RE2>> expressions;

  explicit CompiledItem(const Item& item) : field(item.field), test(item.test) {
    for (const std::string& value : item.values) {
      values.push_back(lower(value));
      if (test == Test::re) expressions.push_back(std::make_unique<RE2>(value));
    }
  }

  bool fits(const Value& value) const {
    if (test == Test::re) {
      for (const auto& expression : expressions) {
        if (RE2::PartialMatch(value.written, *expression)) return true;
      }
      return false;
    }
    for (const std::string& wanted : values) {
      const bool fit = test == Test::equals       ? value.lowered == wanted
                       : test == Test::contains   ? value.lowered.find(wanted) != std::string::npos
                       : test == Test::startswith ? value.lowered.starts_with(wanted)
                                                  : value.lowered.ends_with(wanted);
      if (fit) return true;
    }
    return false;
  }
};

struct CompiledRule {
  std::string id, service;
  std::vector<CompiledItem> wanted, unwanted;

  explicit CompiledRule(const Criterion& rule) : id(rule.id), service(rule.service) {
    for (const Item& item : rule.wanted) wanted.emplace_back(item);
    for (const Item& item : rule.unwanted) unwanted.emplace_back(item);
  }

  bool matches(const std::array<Value, field_count>& values) const {
    for (const CompiledItem& item : wanted) {
      if (!item.fits(values[static_cast<std::size_t>(item.field)])) return false;
    }
    for (const CompiledItem& item : unwanted) {
      if (item.fits(values[static_cast<std::size_t>(item.field)])) return false;
    }
    return true;
  }
};

struct Total {
  std::uint64_t count = 0;
  Instant first = Instant::max(), last = Instant::min();
  std::set<std::string> actors;
  std::string smallest_digest;
};

class Baseline : public Program {
 public:
  Baseline() {
    for (const Criterion& rule : make_rules()) rules_.emplace_back(rule);
    for (const RecordType& type : record_types()) {
      Paths& paths = paths_[type.name];
      paths.time = split(type.time_path);
      for (const FieldPath& field : type.fields) paths.fields.emplace_back(field.field, split(field.path));
    }
  }
  ~Baseline() override { EVP_MD_CTX_free(context_); }

  void read_page(int file, const PagePlace& place) override {
    std::string page(place.bytes, '\0');
    read_fully(file, place, page.data());
    std::size_t line = page.find('\n') + 1;
    for (std::size_t end = page.find('\n', line); end != std::string::npos; line = end + 1, end = page.find('\n', line)) {
      const std::size_t length = end - line - (page[end - 1] == ',' ? 1 : 0);
      read_record(std::string_view(page).substr(line, length));
    }
  }

  void finish() override {}

  std::string outcome() override {
    std::string out;
    for (const auto& [key, total] : totals_) {
      const auto& [service, rule, day] = key;
      write_line({service, rule, day, total.count, total.first, total.last, {total.actors.begin(), total.actors.end()}, total.smallest_digest}, out);
    }
    return out;
  }

 private:
  using Path = std::vector<std::string>;
  struct Paths {
    Path time;
    std::vector<std::pair<Field, Path>> fields;
  };

  static Path split(std::string_view pointer) {
    Path path;
    while (!pointer.empty()) {
      const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
      path.emplace_back(pointer.substr(1, end - 1));
      pointer.remove_prefix(end);
    }
    return path;
  }

  static std::string text_at(const rapidjson::Value& record, const Path& path) {
    const rapidjson::Value* value = &record;
    for (const std::string& name : path) {
      if (!value->IsObject()) return {};
      const auto member = value->FindMember(rapidjson::StringRef(name.data(), name.size()));
      if (member == value->MemberEnd()) return {};
      value = &member->value;
    }
    return value->IsString() ? std::string(value->GetString(), value->GetStringLength()) : std::string();
  }

  std::string digest(std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
    unsigned length = 0;
    EVP_DigestInit_ex(context_, EVP_sha256(), nullptr);
    EVP_DigestUpdate(context_, bytes.data(), bytes.size());
    EVP_DigestFinal_ex(context_, sum.data(), &length);
    std::string text;
    for (unsigned i = 0; i < length; ++i) {
      text += "0123456789abcdef"[sum[i] >> 4U];
      text += "0123456789abcdef"[sum[i] & 15U];
    }
    return text;
  }

  void read_record(std::string_view bytes) {
    rapidjson::Document record;
    record.Parse(bytes.data(), bytes.size());
    const auto type = record.IsObject() ? paths_.find(text_at(record, {"record_type"})) : paths_.end();
    if (type == paths_.end()) {
      std::fputs("the baseline cannot read a record\n", stderr);
      std::exit(1);
    }
    std::array<Value, field_count> values;
    for (const auto& [field, path] : type->second.fields) {
      Value& value = values[static_cast<std::size_t>(field)];
      value.written = text_at(record, path);
      value.lowered = lower(value.written);
    }
    count(values, parse_time(text_at(record, type->second.time)).value(), digest(bytes));
  }

  void count(const std::array<Value, field_count>& values, Instant time, const std::string& digest) {
    for (const CompiledRule& rule : rules_) {
      if (!rule.matches(values)) continue;
      Total& total = totals_[{rule.service, rule.id, day_of(time)}];
      ++total.count;
      total.first = std::min(total.first, time);
      total.last = std::max(total.last, time);
      total.actors.insert(values[static_cast<std::size_t>(Field::actor)].written);
      if (total.smallest_digest.empty() || digest < total.smallest_digest) total.smallest_digest = digest;
    }
  }

  std::vector<CompiledRule> rules_;
  std::map<std::string, Paths> paths_;
  std::map<std::tuple<std::string, std::string, Instant>, Total> totals_;
  EVP_MD_CTX* const context_ = EVP_MD_CTX_new();
};

}  // namespace

std::unique_ptr<Program> make_baseline() { return std::make_unique<Baseline>(); }

}  // namespace akashi::bench
