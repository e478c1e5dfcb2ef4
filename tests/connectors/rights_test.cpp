// What the tool says of the account's rights: which are missing, which are more than needed, and what it does not tell.
#include "connectors/engine/rights.hpp"

#include "catch.hpp"
#include "tests/connectors/fake_tools.hpp"

using namespace akashi;

namespace {

struct Told {
  std::vector<Rights> rights;
  std::vector<std::string> asked;
  std::optional<Error> error;
};

Told rights_of(const Connector& connector, const SourceSettings& source, const std::function<HttpResponse(const fake::Asked&)>& tool) {
  Told made;
  RightsPoll poll(connector, source, early_november);
  for (int steps = 0; steps < 100; ++steps) {
    auto step = poll.next();
    if (!step) {
      made.error = step.error();
      return made;
    }
    if (std::holds_alternative<Done>(*step)) {
      made.rights = poll.told();
      return made;
    }
    const auto* again = std::get_if<Again>(&*step);
    const auto& request = again != nullptr ? again->request : std::get<Ask>(*step).request;
    const auto asked = fake::asked(request);
    made.asked.push_back(asked.path);
    auto response = tool(asked);
    response.received = early_november;
    poll.answer(std::move(response));
  }
  FAIL("it does not end");
  return made;
}

Connector product(const std::string& name) {
  auto read = load_connector(std::string(AKASHI_SOURCE_DIR) + "/connectors/products/" + name);
  REQUIRE(read.has_value());
  return std::move(*read);
}

// Logged in to by the first way that needs no request of its own.
SourceSettings source_of(const Connector& connector, std::map<std::string, std::vector<std::string>> params) {
  auto source = fake::source();
  for (const auto& one : connector.auth) {
    source.auth = one.scheme;
    source.header = one.header;
    if (one.scheme != "session" && one.scheme != "oauth2_client") break;
  }
  source.user = "reader";
  source.params = std::move(params);
  return source;
}

using Params = std::map<std::string, std::vector<std::string>>;
struct Case {
  std::string product;
  Params params;
  std::string answer;
  std::vector<std::string> missing, too_much;
  Headers headers{};
};

void check(const Case& one) {
  INFO(one.product << ": " << one.answer);
  const auto connector = product(one.product);
  const auto told = rights_of(connector, source_of(connector, one.params), [&](const fake::Asked&) {
    auto response = fake::json(one.answer);
    for (const auto& header : one.headers) response.headers.push_back(header);
    return response;
  });
  if (told.error) FAIL(sentence(*told.error));
  REQUIRE(told.rights.size() == 1);
  CHECK(told.rights.front().unknown == "");
  CHECK(told.rights.front().missing == one.missing);
  CHECK(told.rights.front().too_much == one.too_much);
}

}  // namespace

TEST_CASE("rights: each product's way of telling them") {
  check({"gitlab", {{"projects", {"soc/rules"}}}, R"({"id":4,"scopes":["read_api"],"active":true})", {}, {}});
  check({"gitlab", {{"projects", {"soc/rules"}}}, R"({"id":4,"scopes":["api","read_user"],"active":true})", {}, {"api"}});
  check({"gitlab", {{"projects", {"soc/rules"}}}, R"({"id":4,"scopes":["read_repository"]})", {"read_api"}, {}});
  const Params github{{"owner", {"example"}}, {"repositories", {"rules"}}};
  check({"github", github, R"({"resources":{}})", {}, {"repo", "workflow"}, {{"X-OAuth-Scopes", "repo, workflow"}}});
  check({"github", github, R"({"resources":{}})", {}, {}});  // a fine-grained token says nothing of its rights
  check({"rt", {{"queues", {"Incidents"}}}, R"({"Name":"Incidents","_hyperlinks":[{"ref":"self"},{"ref":"history"}]})", {}, {}});
  check({"rt", {{"queues", {"Incidents"}}}, R"({"_hyperlinks":[{"ref":"history"},{"ref":"create","type":"ticket"}]})", {}, {"CreateTicket"}});
  check({"redmine", {{"projects", {"csirt"}}}, R"({"user":{"id":5,"login":"akashi","admin":false}})", {}, {}});
  check({"redmine", {{"projects", {"csirt"}}}, R"({"user":{"id":1,"login":"admin","admin":true}})", {}, {"administrator"}});
  check({"opensearch", {}, R"({"user":"User [name=akashi]","roles":["akashi_reader","own_index"]})", {}, {"own_index"}});
  check({"opensearch", {}, R"({"user":"User [name=admin]","roles":["all_access"]})", {}, {"all_access"}});
  check({"splunk", {}, R"({"entry":[{"content":{"capabilities":["search","edit_user"]}}]})", {}, {"edit_user"}});
  check({"icinga2", {}, R"({"results":[{"permissions":["*"],"user":"root"}]})", {}, {"*"}});
  check({"icinga2",
         {},
         R"({"results":[{"permissions":["objects/query/Host"]}]})",
         {"objects/query/Service", "objects/query/Comment", "objects/query/Downtime"},
         {}});
  check({"fleet", {}, R"({"user":{"id":9,"global_role":"admin"}})", {}, {"admin"}});
  check({"fleet", {}, R"({"user":{"id":9,"global_role":null}})", {"observer"}, {}});
  check({"misp", {}, R"({"User":{"id":"7"},"Role":{"id":"5","perm_auth":true,"perm_audit":true,"perm_admin":true,"perm_modify":false}})", {}, {}});
  check({"misp", {}, R"({"User":{"id":"7"},"Role":{"perm_auth":true,"perm_audit":true,"perm_site_admin":true}})", {}, {"perm_site_admin"}});
  check({"misp",
         {},
         R"({"User":{"id":"7"},"Role":{"perm_auth":true,"perm_audit":false,"perm_add":true}})",
         {"perm_audit", "perm_admin"},
         {"perm_add"}});
  const std::string jira = R"({"permissions":{"BROWSE_PROJECTS":{"id":"10","havePermission":true},"EDIT_ISSUES":{"id":"12","havePermission":)";
  check({"jira-cloud", {{"projects", {"SOC"}}}, jira + "false}}}", {}, {}});
  check({"jira-dc", {{"projects", {"SOC"}}}, jira + "true}}}", {}, {"EDIT_ISSUES"}});
}

TEST_CASE("rights: an object's members count where they grant") {
  auto connector = product("wazuh");
  AuthSpec basic;
  basic.scheme = "basic";
  connector.auth = {basic};
  auto source = source_of(connector, {});
  source.user = "akashi";
  const auto told = rights_of(connector, source, [](const fake::Asked&) {
    return fake::json(R"({"data":{"agent:read":{"agent:id:*":"allow"},"rules:read":{"rule:file:*":"allow"},"decoders:read":{"decoder:file:*":"deny"},
      "agent:delete":{"agent:id:*":"allow"},"agent:restart":{"agent:id:*":"deny"},"rbac_mode":"white"},"error":0})");
  });
  if (told.error) FAIL(sentence(*told.error));
  REQUIRE(told.rights.size() == 1);
  CHECK(told.rights.front().missing == std::vector<std::string>{"decoders:read", "lists:read"});
  CHECK(told.rights.front().too_much == std::vector<std::string>{"agent:delete"});
}

TEST_CASE("rights: asked once for each value of a parameter, and what is not told is said") {
  const auto connector = product("rt");
  const auto told = rights_of(connector, source_of(connector, {{"queues", {"Incident Reports", "Incidents"}}}), [](const fake::Asked& asked) {
    if (asked.path.find("Reports") != std::string::npos) return fake::json(R"({"message":"Forbidden"})", 403);
    return fake::json(R"({"_hyperlinks":[{"ref":"history"}]})");
  });
  if (told.error) FAIL(sentence(*told.error));
  CHECK(told.asked == std::vector<std::string>{"/REST/2.0/queue/Incident Reports", "/REST/2.0/queue/Incidents"});
  REQUIRE(told.rights.size() == 2);
  CHECK(told.rights.front().about.ends_with("(Incident Reports)"));
  CHECK(told.rights.front().unknown.find("this account may not read it") != std::string::npos);
  CHECK(told.rights.back().unknown == "");
  CHECK(told.rights.back().has == std::vector<std::string>{"SeeQueue"});
}

TEST_CASE("rights: an answer of another shape is not told, and a refused key ends it") {
  const auto connector = product("gitlab");
  const auto source = source_of(connector, {{"projects", {"soc/rules"}}});
  const auto told = rights_of(connector, source, [](const fake::Asked&) { return fake::json(R"({"message":"hello"})"); });
  REQUIRE(told.rights.size() == 1);
  CHECK(told.rights.front().unknown.find("there is nothing at \"/scopes\"") != std::string::npos);
  CHECK(told.rights.front().missing.empty());
  const auto refused = rights_of(connector, source, [](const fake::Asked&) { return fake::json(R"({"message":"401 Unauthorized"})", 401); });
  REQUIRE(refused.error);
  CHECK(refused.error->kind == ErrorKind::auth);
}
