#include "collector/config/policy.hpp"

#include <fmt/format.h>

#include <array>

#include "collector/config/reader.hpp"
#include "core/catalogue.hpp"

namespace akashi {

namespace {

constexpr std::array policy{
    Setting{"up", "1d", "how long a higher rung has to hold before it is proposed", "上がった段を提案するまでに続くべき期間"},
    Setting{"down", "7d", "how long a lower rung has to hold before it is proposed", "下がった段を提案するまでに続くべき期間"},
    Setting{"cooling", "7d",
            "after a decision nothing new is proposed for that service for so long, except that nobody does it any more; 0 = at once",
            "決定後、そのサービスに新しい提案を出さない期間(誰も実施しなくなった場合を除く)。0 なら待たない"},
    Setting{"accept", "", "written policies: what is accepted without a person looking at each; without an entry people decide everything",
            "成文のポリシー: 人が一件ずつ見ずに採用してよいもの。なければすべて人が決める"},
};

constexpr std::array acceptance{
    Setting{"name", "", "name of the policy; decisions are signed with it", "ポリシーの名前。決定はこの名前で記録する"},
    Setting{"by", "", "who wrote it", "定めた人"},
    Setting{"since", "", "from which day on it is in force; older proposals are people's", "効力を持つ日。それより前の提案は人が決める"},
    Setting{"services", "", "for these services, e.g. [D-1, D-2]", "対象サービス。例 [D-1, D-2]"},
    Setting{"categories", "", "and for all services of these categories, e.g. [D, G]", "対象カテゴリー。例 [D, G]"},
    Setting{"ladder", "insource", "insource, outsource or both", "insource / outsource / both(内製・外部委託・両方の評価表)"},
    Setting{"direction", "up", "up, down or both", "up / down / both(上方・下方・両方)"},
    Setting{"max_step", "1", "at most so many rungs at once, 1 to 4", "一度に動かしてよい段数(1〜4)"},
    Setting{"min_confidence", "high", "low, medium or high", "必要な確信度: low / medium / high"},
    Setting{"first_scores", "false", "true: also where there is no score yet, as after the first reading",
            "true: まだスコアのないもの(初回の読み取り後など)も対象"},
};

class PolicyReader : public SectionReader {
 public:
  using SectionReader::SectionReader;
  void section(const Yaml& node);

 private:
  void entry(const Yaml& node);
  void services(const Yaml& node, Policy& one);
  void author(const Yaml& node, const Policy& one);
  void name_is_new(const Yaml& node, const Policy& one);
  void wait(const Yaml& node, std::string_view key, Duration& into);
};

// A span of time; "0" waits for nothing.
void PolicyReader::wait(const Yaml& node, std::string_view key, Duration& into) {
  take(node, key, into, [](const Yaml& value) -> Result<Duration> {
    if (value.is_scalar() && (value.text() == "0" || value.text() == "0d")) return Duration{};
    const auto seconds = value.as_seconds();
    if (!seconds) return std::unexpected(seconds.error());
    return Duration(std::chrono::seconds(*seconds));
  });
}

void PolicyReader::services(const Yaml& node, Policy& one) {
  std::vector<std::string> named, categories;
  take(node, "services", named, [](const Yaml& value) { return value.as_strings(); });
  take(node, "categories", categories, [](const Yaml& value) { return value.as_strings(); });
  for (const std::string& id : named) {
    if (find_service(id) == nullptr) error(node.find("services")->wrong(fmt::format("service \"{}\" is not in edition {}", id, catalogue_edition)));
    one.services.insert(id);
  }
  for (const std::string& category : categories) {
    if (category.size() != 1 || services_in_category(category[0]) == 0)
      error(node.find("categories")->wrong("\"" + category + "\" is no category", "categories are A to I"));
    for (const Service& service : catalogue())
      if (service.id.substr(0, 1) == category) one.services.emplace(service.id);
  }
  if (named.empty() && categories.empty()) error(node.wrong("a policy that names no service", "add services: or categories:"));
}

void PolicyReader::author(const Yaml& node, const Policy& one) {
  if (one.by.empty()) return error(node.wrong("a policy that nobody wrote", "add by: with the name of who answers for it"));
  if (read_.config.roster.named(one.by) == nullptr)
    read_.remarks.push_back(node.find("by")->wrong("\"" + one.by + "\" is not on the roster", "write the name as it stands under people:"));
}

void PolicyReader::name_is_new(const Yaml& node, const Policy& one) {
  if (one.name.empty()) return error(node.wrong("a policy without a name", "add name:, decisions are signed with it"));
  for (const Policy& other : read_.config.policies)
    if (other.name == one.name) error(node.wrong("two policies are called \"" + one.name + "\"", "give each its own name"));
}

void PolicyReader::entry(const Yaml& node) {
  if (!known(node, acceptance)) return;
  Policy one;
  text(node, "name", one.name);
  text(node, "by", one.by);
  bool dated = false;
  take(node, "since", one.since, [&](const Yaml& value) -> Result<Instant> {
    dated = true;
    const auto at = parse_time(value.text());
    return at ? Result<Instant>(*at) : std::unexpected(value.wrong("\"" + value.text() + "\" is no date", "write 2026-04-01"));
  });
  if (!dated) error(node.wrong("a policy without a date", "add since: with the day from which on it is in force"));
  services(node, one);
  std::string ladder = "insource", direction = "up", confidence = "high";
  constexpr std::string_view ladders[] = {"insource", "outsource", "both"};
  constexpr std::string_view directions[] = {"up", "down", "both"};
  constexpr std::string_view confidences[] = {"low", "medium", "high"};
  one_of(node, "ladder", ladder, ladders);
  one_of(node, "direction", direction, directions);
  one_of(node, "min_confidence", confidence, confidences);
  if (ladder != "outsource") one.ladders.insert("insource");
  if (ladder != "insource") one.ladders.insert("outsource");
  one.direction = direction == "up" ? Policy::Direction::up : direction == "down" ? Policy::Direction::down : Policy::Direction::both;
  one.min_confidence = confidence == "low" ? Confidence::low : confidence == "medium" ? Confidence::medium : Confidence::high;
  std::int64_t step = one.max_step;
  take(node, "max_step", step, [](const Yaml& value) { return value.as_integer(1, 4); });
  one.max_step = static_cast<int>(step);
  take(node, "first_scores", one.first_scores, [](const Yaml& value) { return value.as_bool(); });
  name_is_new(node, one);
  author(node, one);
  read_.config.policies.push_back(std::move(one));
}

void PolicyReader::section(const Yaml& node) {
  if (!known(node, policy)) return;
  Hysteresis& hysteresis = read_.config.hysteresis;
  wait(node, "up", hysteresis.up);
  wait(node, "down", hysteresis.down);
  wait(node, "cooling", hysteresis.cooling);
  each(node, "accept", [&](const Yaml& item) { entry(item); });
}

}  // namespace

std::span<const Setting> policy_settings() { return policy; }
std::span<const Setting> acceptance_settings() { return acceptance; }

void read_policy(ConfigRead& read, const std::string& folder, const Yaml& node) { PolicyReader(read, folder).section(node); }

}  // namespace akashi
