// The same job with the product's own parts, put together as a poll does it: the page is checked as a whole and read in place, records are hashed
// in lanes, rows of views go through the matcher, hits are tallied by number.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <tuple>
#include <utility>

#include "bench/evidence/job.hpp"
#include "connectors/engine/json_page.hpp"
#include "connectors/engine/path_plan.hpp"
#include "core/sha256_lanes.hpp"
#include "core/tally_table.hpp"
#include "mappings/engine/matcher.hpp"
#include "mappings/engine/read_rule.hpp"

namespace akashi::bench {
namespace {

[[noreturn]] void stop(const Error& error) {
  std::fprintf(stderr, "%s\n", sentence(error).c_str());
  std::exit(1);
}

template <class T>
T need(Result<T> result) {
  if (!result) stop(result.error());
  return std::move(*result);
}

std::string selection(const char* name, const std::vector<Item>& items) {
  constexpr std::array<const char*, 5> modifiers = {"", "|contains", "|startswith", "|endswith", "|re"};
  std::string text = std::string(name) + ":\n";
  for (const Item& item : items) {
    text += "  " + std::string(akashi::name(item.field)) + modifiers[static_cast<std::size_t>(item.test)] + ":\n";
    for (const std::string& value : item.values) text += "    - '" + value + "'\n";
  }
  return text;
}

// A rule as somebody would write it.
Rule read(const Criterion& rule) {
  std::string text =
      "title: Made for the benchmark\nid: " + rule.id + "\nstatus: experimental\nservice: " + rule.service +
      "\nwhy: It gives the matcher something to do\nauthor: Akashi\ndate: 2026-11-21\nevidence: exercise\nfalsepositives: [none known]\n";
  text += selection("selection", rule.wanted);
  if (!rule.unwanted.empty()) text += selection("filter", rule.unwanted);
  text += rule.unwanted.empty() ? "condition: selection\n" : "condition: selection and not filter\n";
  std::vector<Error> errors;
  std::optional<Rule> made = read_rule(text, rule.id, errors);
  if (!made) stop(errors.front());
  return std::move(*made);
}

Matcher compile_rules() {
  std::vector<Rule> rules;
  for (const Criterion& rule : make_rules()) rules.push_back(read(rule));
  return need(Matcher::compile(std::move(rules)));
}

std::vector<TallyTable::Criterion> criteria_of(const Matcher& matcher) {
  std::vector<TallyTable::Criterion> criteria;
  for (const Rule& rule : matcher.rules()) criteria.push_back({rule.service, rule.id, rule.evidence});
  return criteria;
}

// The paths of one type of record, and where their values go in a row.
struct Reading {
  std::string type;
  PathPlan plan;
  std::size_t time = 0;
  std::array<std::pair<Field, std::size_t>, fields_read> fields;

  explicit Reading(const RecordType& record) : type(record.name), time(need(plan.add(record.time_path))) {
    for (std::size_t i = 0; i < fields_read; ++i) fields[i] = {record.fields[i].field, need(plan.add(record.fields[i].path))};
  }
};

class Product : public Program {
 public:
  Product() : matcher_(compile_rules()), scratch_(matcher_), tallies_("bench", criteria_of(matcher_)) {
    for (const RecordType& type : record_types()) readings_.emplace_back(type);
    slots_.resize(fields_read + 1);
  }

  void read_page(int file, const PagePlace& place) override {
    std::string body;
    body.reserve(place.bytes + JsonPage::padding_bytes);
    body.resize_and_overwrite(place.bytes, [&](char* into, std::size_t) {
      read_fully(file, place, into);
      return place.bytes;
    });
    const JsonPage page = need(JsonPage::open(std::move(body)));
    std::size_t count = 0;
    for (const JsonValue record : page.root().at("/data").elements()) {
      batch_[count++] = record;
      if (count == batch_.size()) read_records(std::exchange(count, 0));
    }
    read_records(count);
  }

  void finish() override { kept_ = tallies_.take(); }

  // The tallies of all actors together, as the baseline tells them.
  std::string outcome() override {
    std::map<std::tuple<std::string_view, std::string_view, Instant>, std::pair<Tally, std::vector<std::string_view>>> totals;
    for (const auto& [key, tally] : kept_) {
      auto& [total, actors] = totals[{key.service, key.rule, key.day}];
      total.merge(tally);
      if (actors.empty() || actors.back() != key.actor) actors.push_back(key.actor);
    }
    std::string out;
    for (auto& [key, total] : totals) {
      const auto& [service, rule, day] = key;
      std::ranges::sort(total.second);
      total.second.erase(std::ranges::unique(total.second).begin(), total.second.end());
      write_line({service, rule, day, total.first.count, total.first.first, total.first.last, total.second, total.first.witnesses[0]}, out);
    }
    return out;
  }

 private:
  static constexpr std::size_t batch_max = 64;  // records hashed while their bytes are near

  void read_records(std::size_t count) {
    std::array<std::string_view, batch_max> bytes;
    for (std::size_t i = 0; i < count; ++i) bytes[i] = batch_[i].raw();
    std::array<Digest, batch_max> digests;
    sha256_each(std::span(bytes).first(count), digests);
    for (std::size_t i = 0; i < count; ++i) read_record(batch_[i], digests[i]);
  }

  const Reading& reading_of(const JsonValue& record) const {
    const std::string_view type = record.member("record_type").text();
    for (const Reading& reading : readings_) {
      if (reading.type == type) return reading;
    }
    stop({ErrorKind::schema, "record_type", "a record of an unknown type", ""});
  }

  void read_record(const JsonValue& record, const Digest& digest) {
    const Reading& reading = reading_of(record);
    reading.plan.walk(record, slots_);
    Row& row = row_;  // every record fills the same fields
    row.time = parse_time(slots_[reading.time].text()).value();
    for (const auto& [field, slot] : reading.fields) row[field] = slots_[slot].text();
    matcher_.match(row, scratch_, hits_);
    if (hits_.empty()) return;
    const std::uint32_t actor = tallies_.actor(row[Field::actor], ActorKind::human, row[Field::team]);
    for (const Hit& hit : hits_) tallies_.add(hit.rule, actor, row.time, digest);
  }

  Matcher matcher_;
  Matcher::Scratch scratch_;
  TallyTable tallies_;
  std::vector<Reading> readings_;
  std::vector<JsonValue> slots_;
  std::array<JsonValue, batch_max> batch_;
  Row row_;
  std::vector<Hit> hits_;
  std::vector<std::pair<TallyKey, Tally>> kept_;
};

}  // namespace

std::unique_ptr<Program> make_product() { return std::make_unique<Product>(); }

}  // namespace akashi::bench
