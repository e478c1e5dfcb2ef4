// OpenSearch: alerts in an index of the organisation's own field names, each as it is now, read in points in time.
#include <fmt/format.h>

#include <algorithm>

#include "collector/json_writer.hpp"
#include "sites.hpp"

namespace akashi::simulator {

namespace {

constexpr const char* index = "soc-alerts-000001";

std::string milliseconds(Instant at) {
  std::string text = format_time(std::chrono::floor<std::chrono::seconds>(at));
  return text.substr(0, 19) + ".000Z";
}

// What stands between two marks of the query's text.
std::string between(const std::string& text, const std::string& before, char after) {
  const auto at = text.find(before);
  if (at == std::string::npos) return {};
  const auto from = at + before.size();
  return text.substr(from, text.find(after, from) - from);
}

class OpenSearchSite final : public Site {
 public:
  explicit OpenSearchSite(const Desk& desk) : desk_(desk) {}
  [[nodiscard]] ServerAnswer answer(const ServerRequest& request, Instant now, bool rights_short) const override {
    if (request.path.starts_with("/_resolve/index/")) return resolve(rights_short);
    if (request.path.ends_with("/_field_caps")) return field_caps();
    if (request.path.ends_with("/_search/point_in_time")) return point_in_time(now);
    if (request.path == "/_search") return search(request.body, now);
    return json_answer(R"({"error":{"reason":"no such index"}})", 404);
  }

 private:
  struct Found {
    Instant updated{};
    const Ticket* alert = nullptr;
  };
  [[nodiscard]] Instant told(Instant at) const { return at + desk_.skew; }
  static ServerAnswer resolve(bool closed) {
    return json_answer(
        fmt::format(R"({{"indices":[{{"name":"{}","attributes":["{}"]}}],"aliases":[],"data_streams":[]}})", index, closed ? "closed" : "open"));
  }
  static ServerAnswer field_caps() {
    return json_answer(R"({"indices":["soc-alerts-000001"],"fields":{"state":{"keyword":{"type":"keyword","searchable":true}},)"
                       R"("written":{"date":{"type":"date","searchable":true}}}})");
  }
  [[nodiscard]] ServerAnswer point_in_time(Instant now) const {
    const auto at = std::chrono::duration_cast<std::chrono::milliseconds>(told(now).time_since_epoch()).count();
    return json_answer(fmt::format(R"({{"pit_id":"PIT1","_shards":{{"total":1,"successful":1,"skipped":0,"failed":0}},"creation_time":{}}})", at));
  }
  [[nodiscard]] ServerAnswer search(const std::string& body, Instant now) const;
  void hit(JsonWriter& out, const Found& found, Instant now) const;

  const Desk& desk_;
};

ServerAnswer OpenSearchSite::search(const std::string& body, Instant now) const {
  const auto from = parse_time(between(body, "\"gte\": \"", '"')).value_or(Instant{});
  const auto until = parse_time(between(body, "\"lt\": \"", '"')).value_or(Instant::max());
  const auto limit = static_cast<std::size_t>(std::max(1, number_in(between(body, "\"size\": ", ','), 1000)));
  const auto behind = between(body, "\"search_after\": [", ']');
  std::vector<Found> all;
  for (const Ticket& one : desk_.tickets) {
    Found found{{}, &one};
    for (const Act& act : one.acts)
      if (act.shown <= now) found.updated = std::max(found.updated, told(act.at));
    if (found.updated != Instant{} && found.updated >= from && found.updated < until) all.push_back(found);
  }
  std::ranges::sort(all, {}, [](const Found& one) { return std::pair(one.updated, one.alert->number); });
  std::size_t at = 0;
  if (!behind.empty()) {
    const auto comma = behind.find(',');
    const auto ms = std::stoll(behind.substr(0, comma));
    const int number = number_in(between(behind, "\"A", '"'), 0);
    while (at < all.size() && std::pair(all[at].updated, all[at].alert->number) <= std::pair(Instant(std::chrono::milliseconds(ms)), number)) ++at;
  }
  JsonWriter out;
  out.object().member("pit_id", "PIT1").member("took", 1).member("timed_out", false).key("_shards").object();
  out.member("total", 1).member("successful", 1).member("skipped", 0).member("failed", 0).end_object();
  out.key("hits").object().key("max_score").null().key("hits").array();
  for (std::size_t i = at; i < std::min(all.size(), at + limit); ++i) hit(out, all[i], now);
  out.end_array().end_object().end_object();
  return json_answer(out.text());
}

void OpenSearchSite::hit(JsonWriter& out, const Found& found, Instant now) const {
  const Ticket& alert = *found.alert;
  const auto field = [&](const char* name, const std::string& value) {
    if (!value.empty()) out.key(name).array().value(value).end_array();
  };
  std::string state = "open", who, verdict, procedure;
  Instant changed{};
  for (const Act& act : alert.acts) {
    if (act.shown > now || act.did == Did::opened) continue;
    if (act.did == Did::noted) {
      if (act.text.find("PR-") != std::string::npos) procedure = act.text;
      continue;
    }
    state = "closed", who = act.who, changed = told(act.at);
    verdict = "false_positive";
  }
  out.object().member("_index", index).member("_id", fmt::format("A{}", alert.number)).key("_score").null().key("fields").object();
  field("raised", milliseconds(told(alert.acts.front().at)));
  field("written", milliseconds(found.updated));
  field("rule", "Encoded PowerShell");
  field("level", "low");
  field("what", alert.title);
  field("state", state);
  field("analyst", who);
  field("verdict", verdict);
  field("by", procedure);
  if (changed != Instant{}) field("decided", milliseconds(changed));
  if (alert.drill) field("tags", "drill");
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(found.updated.time_since_epoch()).count();
  out.end_object().key("sort").array().value(static_cast<std::int64_t>(ms)).value(fmt::format("A{}", alert.number)).end_array().end_object();
}

}  // namespace

std::unique_ptr<Site> opensearch_site(const Desk& desk) { return std::make_unique<OpenSearchSite>(desk); }

}  // namespace akashi::simulator
