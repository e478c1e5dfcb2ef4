#include "connectors/engine/documents.hpp"

#include "catch.hpp"

using namespace akashi;

namespace {

Yaml yaml(const std::string& text) {
  auto parsed = Yaml::parse(text, "akashi.yaml");
  REQUIRE(parsed);
  return *parsed;
}

std::string refusal(const std::string& key, const std::string& text) {
  const auto root = yaml(text);
  const auto* node = root.find(key);
  REQUIRE(node != nullptr);
  if (key == "documents") {
    const auto settings = parse_documents(*node);
    return settings ? "accepted" : sentence(settings.error());
  }
  const auto settings = parse_approvals(*node);
  return settings ? "accepted" : sentence(settings.error());
}

CaseState ticket(std::string title) {
  CaseState state;
  state.title = std::move(title);
  return state;
}

}  // namespace

TEST_CASE("the settings of documents say where procedures live and how they look") {
  const auto root = yaml(R"(
at: ["https://wiki.example/csirt/"]
head: {services: 該当サービス, owner: [主管課], version: [], reviewed: [点検日]}
places:
  - when: {id: "wiki/csirt/*", title: ["*手順*", "*response*"]}
    services: [D-2]
    owner: Sato Hanako
    title: "{document} 第{version}版"
  - when: {url: "https://wiki.example/*"}
    services: G-11
)");
  const auto settings = parse_documents(root);
  REQUIRE(settings);
  CHECK(settings->addresses == std::vector<std::string>{"https://wiki.example/csirt/"});
  CHECK(settings->words.services == std::vector<std::string>{"該当サービス"});
  CHECK(settings->words.version.empty());
  Document document;
  document.id = "redmine:wiki/csirt/Phishing_response";
  document.title = "Phishing response";
  const auto* place = settings->place_of(document, {});
  REQUIRE(place == &settings->places[0]);
  CHECK(place->owner == "Sato Hanako");
  CHECK(place->title->read("対応手順 第３版") == NamedVersion{"対応手順", "3"});
  document.title = "Phone list";
  CHECK(settings->place_of(document, {}) == nullptr);
  document.url = "https://wiki.example/phone";
  CHECK(settings->place_of(document, {}) == &settings->places[1]);
}

TEST_CASE("a wrong setting gets one sentence with its line") {
  struct {
    std::string key, text, sentence;
  } const table[] = {
      {"documents", "documents: {plases: []}", "akashi.yaml:1 documents.plases: unknown key \"plases\"; did you mean \"places\"?"},
      {"documents", "documents: {at: wiki}", "akashi.yaml:1 documents.at: \"wiki\" is no address; write it whole, like https://wiki.example/csirt/"},
      {"documents", "documents: {head: {servces: x}}", "akashi.yaml:1 documents.head.servces: unknown key \"servces\"; did you mean \"services\"?"},
      {"documents", "documents: {places: {}}", "akashi.yaml:1 documents.places: expected a list of places; begin each with \"- when: {id: …}\""},
      {"documents", "documents:\n  places:\n    - services: D-2",
       "akashi.yaml:3 documents.places[0]: an entry without \"when\"; say which documents it is about, like when: {id: \"wiki/csirt/*\"}"},
      {"documents", "documents:\n  places:\n    - when: {id: x}\n      services: D-9",
       "akashi.yaml:4 documents.places[0].services: service \"D-9\" is not in edition 2021; D has D-1 to D-7"},
      {"documents", "documents:\n  places:\n    - when: {}\n      services: D-2",
       "akashi.yaml:3 documents.places[0].when: \"when\" says of no document that it is meant; write which, like {id: \"wiki/csirt/*\"}"},
      {"approvals", "approvals: {title: \"Approve v{version}\"}",
       "akashi.yaml:1 approvals.title: the pattern has no {document}; write it like \"Approve {document} v{version}\""},
      {"approvals", "approvals: {title: \"{document}{version}\"}",
       "akashi.yaml:1 approvals.title: nothing stands between {document} and {version}; write what separates them, like a space or \" v\""},
      {"approvals", "approvals: {title: \"{document} {document}\"}",
       "akashi.yaml:1 approvals.title: a placeholder stands twice; keep one {document} and one {version}"},
      {"approvals", "approvals: {document: Document}", "akashi.yaml:1 approvals.document: \"Document\" is no custom field; write cf.NAME"},
      {"approvals", "approvals: {titel: x}", "akashi.yaml:1 approvals.titel: unknown key \"titel\"; did you mean \"title\"?"},
  };
  for (const auto& row : table) {
    INFO(row.text);
    CHECK(refusal(row.key, row.text) == row.sentence);
  }
}

TEST_CASE("a title pattern reads document and version, or nothing") {
  struct {
    std::string pattern, title;
    std::optional<NamedVersion> is;
  } const table[] = {
      {"Approve {document} v{version}", "approve  Phishing response v3", NamedVersion{"phishing response", "3"}},
      {"Approve {document} v{version}", "Approve IPv6 rules v2", NamedVersion{"ipv6 rules", "2"}},
      {"Approve {document} v{version}", "Approve Phishing response", std::nullopt},
      {"Approve {document} v{version}", "Approve  v3", std::nullopt},
      {"Approve {document} v{version}", "Approve x v", std::nullopt},
      {"Approve {document} v{version}", "Please approve x v3", std::nullopt},
      {"{document} 第{version}版の承認", "「インシデント対応手順」 第２版の承認", NamedVersion{"インシデント対応手順", "2"}},
      {"[{version}] {document}", "[3.0] Handling: a guide", NamedVersion{"handling: a guide", "3"}},
      {"Sign-off: {document}", "Sign-off: Handling", NamedVersion{"handling", ""}},
      {"a{document}a", "a", std::nullopt},
  };
  for (const auto& row : table) {
    INFO(row.pattern << " on " << row.title);
    const auto root = yaml("p: '" + row.pattern + "'");
    const auto pattern = TitlePattern::parse(*root.find("p"));
    REQUIRE(pattern);
    const auto read = pattern->read(row.title);
    CHECK(read.has_value() == row.is.has_value());
    if (read && row.is) {
      CHECK(read->name == row.is->name);
      CHECK(read->version == row.is->version);
    }
  }
}

TEST_CASE("titles of approvals are understood without a pattern") {
  struct {
    std::string title, name, version;
  } const table[] = {
      {"Approve Phishing response v3", "Phishing response", "3"},
      {"Approval of Phishing response, version 3.1", "Phishing response", "3.1"},
      {"Please review and approve the procedure: Phishing response v2", "Phishing response", "2"},
      {"RE: Approval request: article/12 v4", "article/12", "4"},
      {"Phishing response v3 for approval", "Phishing response", "3"},
      {"Phishing response v3", "Phishing response", "3"},
      {"【承認依頼】インシデント対応手順 第３版", "インシデント対応手順", "3"},
      {"手順書「インシデント対応」第3版の承認依頼", "インシデント対応", "3"},
      {"インシデント対応手順書 第3版の承認", "インシデント対応手順書", "3"},
      {"承認：インシデント対応手順（初版）", "インシデント対応手順", "1"},
      {"Approve Phishing response", "Phishing response", ""},
      {"インシデント対応手順の承認", "インシデント対応手順", ""},
      {"Approved vendors list v2", "Approved vendors list", "2"},
  };
  for (const auto& row : table) {
    INFO(row.title);
    const auto asked = approval_title(row.title);
    REQUIRE(asked);
    CHECK(asked->name == row.name);
    CHECK(asked->version == row.version);
  }
  for (const std::string title : {"", "Approve", "承認", "Buy a firewall", "Windows 11 rollout", "第3版", "v3", "disapproval"}) {
    INFO(title);
    CHECK_FALSE(approval_title(title));
  }
  CHECK(approval_title(std::string(1000000, 'v') + " v3").has_value() == false);
}

TEST_CASE("an approval's fields come before its title, the organisation's patterns before ours") {
  const auto root = yaml("title: 'OK {document}/{version}'\ndocument: cf.Document\nversion: cf.Version");
  const auto settings = parse_approvals(root);
  REQUIRE(settings);
  auto state = ticket("Approve Other v9");
  CHECK(settings->asked_of(state) == NamedVersion{"Other", "9"});
  state.title = "OK Handling/4";
  CHECK(settings->asked_of(state) == NamedVersion{"handling", "4"});
  state.fields = {{"document", "Phishing response"}, {"Version", "第3版"}};
  CHECK(settings->asked_of(state) == NamedVersion{"Phishing response", "3"});
  state.fields = {{"Document", "Phishing response v2"}};
  CHECK(settings->asked_of(state) == NamedVersion{"Phishing response", "2"});
  state.fields = {{"Version", "5"}};
  state.title = "Approve Handling";
  CHECK(settings->asked_of(state) == NamedVersion{"Handling", "5"});
  CHECK_FALSE(settings->asked_of(ticket("Lunch")));
}
