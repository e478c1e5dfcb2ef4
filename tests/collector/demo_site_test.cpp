// The demo's tools answer as the real ones were seen to answer, habits and traps included.
#include <fmt/format.h>

#include <set>

#include "catch.hpp"
#include "collector/demo/redmine_site.hpp"
#include "collector/demo/rt_query.hpp"
#include "collector/demo/rt_site.hpp"
#include "collector/demo/site.hpp"
#include "collector/demo/story.hpp"
#include "collector/http_rig.hpp"
#include "connectors/engine/classify.hpp"
#include "connectors/engine/json_page.hpp"
#include "demo_now.hpp"

namespace akashi::demo {
namespace {

// Both tools without a socket.
struct Demo {
  Demo() { tell_story(tools, demo_now); }
  Tools tools;

  static ServerRequest request(const std::string& path, std::vector<std::pair<std::string, std::string>> query, Headers headers) {
    ServerRequest asked;
    asked.method = "GET";
    asked.path = path;
    asked.target = path + "?query=x";
    asked.query = std::move(query);
    asked.headers = std::move(headers);
    return asked;
  }
  JsonPage rt(const std::string& path, std::vector<std::pair<std::string, std::string>> query, int status = 200) const {
    const auto answer = answer_as_rt(tools.rt, request("/REST/2.0/" + path, std::move(query), {{"Authorization", "token t"}}), "http://demo", "t");
    CHECK(answer.status == status);
    auto page = JsonPage::open(answer.body);
    REQUIRE(page);
    return std::move(*page);
  }
  ServerAnswer redmine(const std::string& path, std::vector<std::pair<std::string, std::string>> query = {}) const {
    return answer_as_redmine(tools.redmine, request(path, std::move(query), {{"X-Redmine-API-Key", "k"}}), "k");
  }
  JsonPage redmine_json(const std::string& path, std::vector<std::pair<std::string, std::string>> query = {}) const {
    const auto answer = redmine(path, std::move(query));
    CHECK(answer.status == 200);
    auto page = JsonPage::open(answer.body);
    REQUIRE(page);
    return std::move(*page);
  }
};

std::string at(const JsonPage& page, std::string_view pointer) { return std::string(page.root().at(pointer).text()); }

std::size_t items(const JsonPage& page, std::string_view list = "/items") {
  std::size_t count = 0;
  for (const JsonValue one : page.root().at(list).elements()) count += one.is_missing() ? 0 : 1;
  return count;
}

}  // namespace

TEST_CASE("demo RT: transactions are read to the end by id, without totals") {
  const Demo demo;
  std::set<std::string> seen;
  std::string after = "0";
  for (int page = 0; page < 100; ++page) {
    const auto answer = demo.rt("transactions", {{"query", "ObjectType = 'RT::Ticket' AND Type != 'EmailRecord' AND id > " + after},
                                                 {"fields", "Type,Field,OldValue,NewValue,Creator,Created,ObjectId,ObjectType"},
                                                 {"fields[Creator]", "id,Name"},
                                                 {"orderby", "id"},
                                                 {"order", "ASC"},
                                                 {"per_page", "500"}});
    CHECK(answer.root().at("/total").is(JsonKind::null));
    CHECK(at(answer, "/per_page") == "100");
    if (items(answer) == 0) break;
    for (const JsonValue one : answer.root().at("/items").elements()) {
      CHECK(seen.insert(std::string(one.at("/id").text())).second);
      CHECK(one.at("/Creator/id").is(JsonKind::number));
      CHECK_FALSE(one.at("/Creator/Name").text().empty());
      CHECK(one.at("/ObjectType").text() == "RT::Ticket");
      after = one.at("/id").text();
    }
  }
  const auto of_tickets = std::ranges::count(demo.tools.rt.transactions(), "RT::Ticket", &RtTransaction::object_type);
  CHECK(seen.size() == static_cast<std::size_t>(of_tickets));
}

TEST_CASE("demo RT: tickets by number, with the fields asked for; merged and deleted ones are not there") {
  const Demo demo;
  const auto two = demo.rt("tickets", {{"query", "(id = 1 OR id = 2) AND (Type = 'ticket' OR Type = 'approval')"},
                                       {"fields", "Queue,Status,Owner,CustomFields,Resolved,Nonsense"},
                                       {"fields[Queue]", "Name"}});
  CHECK(items(two) == 2);
  CHECK(at(two, "/total") == "2");
  CHECK_FALSE(at(two, "/items/0/Queue/Name").empty());
  CHECK(two.root().at("/items/0/Owner/Name").is_missing());
  CHECK(two.root().at("/items/0/CustomFields").is(JsonKind::array));
  CHECK(two.root().at("/items/0/Nonsense").is_missing());
  for (const RtTicket& one : demo.tools.rt.tickets()) {
    const bool hidden = one.merged_into != 0 || one.status == "deleted";
    const auto answer = demo.rt("tickets", {{"query", fmt::format("id = {}", one.id)}});
    if (hidden) CHECK(items(answer) == 0);
  }
  CHECK(items(demo.rt("tickets", {})) == 0);  // no query: nothing
  CHECK(at(demo.rt("tickets", {{"query", "LastUpdatd > 5"}}, 400), "/message").starts_with("Unknown field: LastUpdatd"));
  CHECK(at(demo.rt("tickets", {{"query", "id ="}}, 400), "/message") == "Couldn't parse query");
}

TEST_CASE("demo RT: pages of tickets carry the next page's address") {
  const Demo demo;
  const auto first = demo.rt("tickets", {{"query", "id > 0"}, {"per_page", "10"}});
  CHECK(at(first, "/next_page") == "http://demo/REST/2.0/tickets?query=x&page=2");
  CHECK(demo.rt("tickets", {{"query", "id > 0"}, {"per_page", "10"}, {"page", "999"}}).root().at("/next_page").is_missing());
}

TEST_CASE("demo RT: texts, articles, people and queues") {
  const Demo demo;
  const RtAttachment& one = demo.tools.rt.attachments().front();
  const auto query = fmt::format(R"([{{"field":"TransactionId","value":{}}},{{"field":"ContentType","value":"text/plain"}}])", one.transaction);
  const auto texts = demo.rt("attachments", {{"query", query}, {"fields", "TransactionId,Content"}});
  CHECK(items(texts) == 1);
  CHECK(at(texts, "/items/0/Content") == one.content);
  const auto articles = demo.rt("articles", {{"query", R"([{"field":"id","operator":">","value":0}])"}, {"fields", "Name,CustomFields"}});
  CHECK(items(articles) == demo.tools.rt.articles().size());
  CHECK(at(articles, "/items/0/CustomFields/0/values/0").starts_with("---\nid: "));
  CHECK(items(demo.rt("articles", {})) == 0);
  CHECK(at(demo.rt("user/29", {}), "/Name") == "asato");
  demo.rt("user/999", {}, 404);
  CHECK(items(demo.rt("queues/all", {{"fields", "Name"}, {"per_page", "100"}})) == demo.tools.rt.queues().size());
  CHECK(at(demo.rt("customfield/3", {}), "/Name") == "Severity");
}

TEST_CASE("demo RT: without the token nothing is told") {
  const Demo demo;
  CHECK(answer_as_rt(demo.tools.rt, Demo::request("/REST/2.0/rt", {}, {}), "http://demo", "t").status == 401);
  CHECK(answer_as_rt(demo.tools.rt, Demo::request("/REST/2.0/rt", {}, {{"Authorization", "token x"}}), "http://demo", "t").status == 401);
  ServerRequest post = Demo::request("/REST/2.0/ticket", {}, {{"Authorization", "token t"}});
  post.method = "POST";
  CHECK(answer_as_rt(demo.tools.rt, post, "http://demo", "t").status == 403);
}

TEST_CASE("RT's queries: two conditions on one field of a JSON query are alternatives, unless the later says AND") {
  const auto fits = [](const RtQuery& query, const char* id) {
    return query.fits([&](std::string_view field) { return field == "id" ? std::optional<std::string>(id) : std::nullopt; });
  };
  const auto either = RtQuery::parse_json(R"([{"field":"id","operator":">","value":100},{"field":"id","operator":"<=","value":5}])");
  const auto both =
      RtQuery::parse_json(R"([{"field":"id","operator":">","value":100},{"field":"id","operator":"<=","value":105,"entry_aggregator":"AND"}])");
  REQUIRE(either);
  REQUIRE(both);
  CHECK(fits(*either, "3"));
  CHECK(fits(*either, "101"));
  CHECK(fits(*both, "101"));
  CHECK_FALSE(fits(*both, "3"));
  CHECK_FALSE(fits(*both, "106"));
}

TEST_CASE("RT's queries: what cannot be read is refused") {
  const std::vector<std::string> all{"",        "id",      "id >",   "id > 5 AND",    "(id > 5",
                                     "id > 5)", "id > 'x", "id ~ 5", "id > 5 id > 6", std::string(4000, '(')};
  for (const std::string& bad : all) {
    INFO(bad);
    CHECK_FALSE(RtQuery::parse_sql(bad));
  }
  CHECK(RtQuery::parse_sql("id > 5 AND (Type = 'a' OR (Type = \"b\"))"));
  CHECK_FALSE(RtQuery::parse_json("{}"));
  CHECK_FALSE(RtQuery::parse_json("[{"));
}

TEST_CASE("demo Redmine: closed issues are only seen with status_id=*, pages are capped at 100") {
  const Demo demo;
  const auto open = demo.redmine_json("/issues.json", {{"project_id", "csirt"}});
  const auto all = demo.redmine_json("/issues.json", {{"project_id", "csirt"}, {"status_id", "*"}, {"limit", "500"}, {"sort", "id"}});
  CHECK(at(all, "/total_count") == std::to_string(demo.tools.redmine.issues().size()));
  CHECK(at(all, "/limit") == "100");
  CHECK(std::stoi(at(open, "/total_count")) < std::stoi(at(all, "/total_count")));
  CHECK(at(all, "/issues/0/id") == "1");
  CHECK(items(demo.redmine_json("/issues.json", {{"status_id", "*"}, {"offset", "5000"}}), "/issues") == 0);
}

TEST_CASE("demo Redmine: windows of updated_on, and 422 for what is none") {
  const Demo demo;
  const auto count = [&](const std::string& filter) {
    return std::stoul(at(demo.redmine_json("/issues.json", {{"status_id", "*"}, {"updated_on", filter}}), "/total_count"));
  };
  const Instant cut = demo_now - days(40);
  std::size_t younger = 0;
  for (const RedmineIssue& one : demo.tools.redmine.issues()) younger += one.updated >= cut ? 1 : 0;
  CHECK(younger > 0);
  CHECK(count(">=" + format_time(cut)) == younger);
  CHECK(count("><" + format_time(cut) + "|" + format_time(demo_now)) == younger);
  CHECK(count("<=" + format_time(cut)) == demo.tools.redmine.issues().size() - younger);
  CHECK(demo.redmine("/issues.json", {{"updated_on", "=>2026-01-01"}}).status == 422);
}

TEST_CASE("demo Redmine: an issue with its journals, names and pages") {
  const Demo demo;
  const auto issue = demo.redmine_json("/issues/1.json", {{"include", "journals"}});
  CHECK(at(issue, "/issue/journals/0/details/0/name") == "status_id");
  CHECK(at(issue, "/issue/journals/0/details/0/old_value") == "1");
  CHECK(at(issue, "/issue/journals/0/details/0/new_value") == "2");
  CHECK(issue.root().at("/issue/relations").is_missing());
  CHECK(at(demo.redmine_json("/users/4.json"), "/user/login") == "asato");
  CHECK(demo.redmine("/users.json").status == 403);
  CHECK(demo.redmine("/issues/9999.json").status == 404);
  CHECK(at(demo.redmine_json("/projects/csirt/memberships.json", {{"limit", "100"}}), "/memberships/0/user/name") == "Aiko Sato");
  const auto index = demo.redmine_json("/projects/csirt/wiki/index.json");
  CHECK(at(index, "/wiki_pages/0/version") == "2");
  CHECK(at(demo.redmine_json("/projects/csirt/wiki/Running_the_CDC_systems/1.json"), "/wiki_page/version") == "1");
  CHECK(at(demo.redmine_json("/projects/csirt/wiki/Running_the_CDC_systems.json"), "/wiki_page/text").find("version: 2") != std::string::npos);
  CHECK(demo.redmine("/projects/csirt/wiki/Running_the_CDC_systems/3.json").status == 404);
  CHECK(answer_as_redmine(demo.tools.redmine, Demo::request("/issues.json", {}, {}), "k").status == 401);
}

TEST_CASE("the demo's site answers over HTTP, changes when things happen, and its config is readable") {
  auto site = DemoSite::start(demo_now);
  REQUIRE(site);
  HttpRig rig;
  const DemoConfig config = (*site)->config();
  const auto newest = [&] {
    HttpRequest request;
    request.url = (*site)->rt_url() + "/REST/2.0/transactions?query=id%3E0&orderby=id&order=DESC&per_page=1";
    request.secret_headers = {{"Authorization", "token " + config.rt_token}};
    const auto answer = rig.send(request);
    REQUIRE(answer);
    return at(*JsonPage::open(answer->body), "/items/0/id");
  };
  const std::string before = newest();
  CHECK((*site)->happen(demo_now).en == "Chiyo Ueda (CISO) approves IN-01 1.0");
  CHECK(std::stoi(newest()) == std::stoi(before) + 1);
  const auto yaml = Yaml::parse(config.text, "akashi.yaml");
  REQUIRE(yaml);
  REQUIRE(yaml->find("sources")->items().size() == 2);
  for (const Yaml& source : yaml->find("sources")->items()) CHECK(parse_classify(*source.find("classify")));
  CHECK(config.text.find((*site)->redmine_url()) != std::string::npos);
  CHECK(config.text.find(config.rt_token) == std::string::npos);
  CHECK(config.text.find(config.redmine_key) == std::string::npos);
}

}  // namespace akashi::demo
