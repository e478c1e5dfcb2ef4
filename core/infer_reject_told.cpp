// Rejections: acts that were told before, and cases that say of themselves that they are no real ones.
#include <algorithm>
#include <array>

#include "core/infer_parts.hpp"
#include "core/text.hpp"

namespace akashi::inference {

namespace {

constexpr auto half_hour = std::chrono::minutes(30);  // offsets of time zones are whole numbers of these, but for a few
constexpr auto shift_max = std::chrono::hours(14);    // the widest offset there is

constexpr std::array marks{"test", "demo", "training", "テスト", "試験", "デモ", "研修"};
constexpr std::array brackets{std::pair{"[", "]"}, std::pair{"(", ")"},   std::pair{"【", "】"},
                              std::pair{"(", ")"}, std::pair{"「", "」"}, std::pair{"<", ">"}};

// The same act, told by another stream or tool at the same second or a whole number of half hours away.
bool shifted(const Evidence& a, const Evidence& b) {
  if (stream_of(a.uid) == stream_of(b.uid) || b.time - a.time > shift_max) return false;
  const bool same_case = !a.case_id.empty() && a.case_id == b.case_id;
  const bool same_title = !a.title.empty() && a.title == b.title && a.source != b.source;
  return (same_case && a.time != b.time) || same_title;
}

bool repeats_a_verdict(const Evidence& item) { return item.activity.ends_with(".judged") && !item.case_id.empty(); }

}  // namespace

std::string_view stream_of(std::string_view uid) {
  const auto source = uid.find('/');
  const auto stream = source == std::string_view::npos ? source : uid.find('/', source + 1);
  return uid.substr(0, stream);
}

std::map<std::string_view, std::string_view> told_before(const std::vector<const Evidence*>& work) {
  std::map<std::string_view, std::string_view> found;
  std::map<std::tuple<std::string_view, std::string_view, std::string_view>, Instant> verdicts;  // case, actor, activity
  std::map<std::tuple<std::string_view, std::string_view, Duration>, std::vector<const Evidence*>> at_that_minute;
  for (const auto* item : work) {
    if (repeats_a_verdict(*item) && !verdicts.try_emplace({item->case_id, item->actor, item->activity}, item->time).second)
      found.emplace(item->uid, rejection<"rejected.again">());
    auto& others = at_that_minute[{item->actor, item->activity, item->time.time_since_epoch() % half_hour}];
    if (std::ranges::any_of(others, [&](const Evidence* other) { return shifted(*other, *item); }))
      found.emplace(item->uid, rejection<"rejected.shifted">());
    else others.push_back(item);
  }
  return found;
}

bool is_marked_as_test(std::string_view service, const Evidence& item) {
  if (is_drill(item) || service.starts_with("G-") || item.title.empty()) return false;  // there, testing is the work
  const std::string title = lower(half_width(trim(item.title)));
  return std::ranges::any_of(marks, [&](std::string_view mark) {
    if (title == mark) return true;
    return std::ranges::any_of(brackets,
                               [&](const auto& pair) { return title.starts_with(std::string(pair.first) + std::string(mark) + pair.second); });
  });
}

}  // namespace akashi::inference
