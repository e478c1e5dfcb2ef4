#include "connectors/engine/normalise.hpp"

#include "catch.hpp"

using namespace akashi;

namespace {

Activity act(std::string uid, std::string kind, std::string account, std::string case_id = "rt:ticket/12") {
  Activity activity;
  activity.uid = std::move(uid);
  activity.source = "rt";
  activity.stream = "transactions";
  activity.kind = std::move(kind);
  activity.actor = std::move(account);
  activity.case_id = std::move(case_id);
  return activity;
}

CaseState ticket(std::string id, std::string title) {
  CaseState state;
  state.id = std::move(id);
  state.source = "rt";
  state.title = std::move(title);
  return state;
}

Document article(std::string id, std::string title, std::string version, std::int64_t published) {
  Document document;
  document.id = std::move(id);
  document.source = "rt";
  document.title = std::move(title);
  document.version = std::move(version);
  document.published = from_ns(published);
  document.author = "hsato";
  return document;
}

NormaliseContext context() {
  NormaliseContext given;
  given.roster =
      Roster({Person{.name = "Sato Hanako", .kind = ActorKind::human, .team = "csirt", .head = false, .accounts = {{"rt", "hsato"}}, .line = 1},
              Person{.name = "Mori", .kind = ActorKind::human, .team = "csirt", .head = true, .accounts = {{"rt", "cmori"}}, .line = 2}});
  given.pseudonyms = Pseudonyms("key", false);
  given.product = "rt";
  return given;
}

Page page() {
  Page one;
  one.source = "rt";
  one.stream = "transactions";
  return one;
}

std::string pseudonym(const NormaliseContext& given, const std::string& account) { return given.pseudonyms.of(given.roster, "rt", account).actor; }

}  // namespace

TEST_CASE("accounts become actors everywhere on a page") {
  auto one = page();
  one.activities = {act("1", "case.assigned", "hsato"), act("2", "case.commented", "stranger"), act("3", "case.changed", "RT_System"),
                    act("4", "case.changed", "")};
  one.activities[0].subject_type = "person";
  one.activities[0].subject_id = "cmori";
  one.activities[1].subject_type = "host";
  one.activities[1].subject_id = "pc-1";
  one.cases = {ticket("rt:ticket/12", "Phishing"), ticket("rt:ticket/13", "x")};
  one.cases[0].owner = "cmori";
  one.documents = {article("rt:article/3", "Phishing response", "2", 5)};
  one.documents[0].owner = "Mori";
  const auto given = context();
  const auto done = normalise(one, given);
  CHECK(done.activities[0].actor == pseudonym(given, "hsato"));
  CHECK(done.activities[0].actor_kind == ActorKind::human);
  CHECK(done.activities[0].team == "csirt");
  CHECK(done.activities[0].product == "rt");
  CHECK(done.activities[0].subject_id == pseudonym(given, "cmori"));
  CHECK(done.activities[1].actor.starts_with("u-"));
  CHECK(done.activities[1].subject_id == "pc-1");
  CHECK(done.activities[2].actor_kind == ActorKind::automation);
  CHECK(done.activities[3].actor == "unknown");
  CHECK(done.cases[0].owner == pseudonym(given, "cmori"));
  CHECK(done.cases[1].owner.empty());
  CHECK(done.documents[0].author == pseudonym(given, "hsato"));
  CHECK(done.documents[0].owner == pseudonym(given, "cmori"));
}

TEST_CASE("what was written leaves references and nothing else") {
  auto one = page();
  one.activities = {act("1", "case.commented", "hsato"), act("2", "case.commented", "hsato")};
  one.activities[1].procedures = {"article/9"};
  one.texts = {{"1", "Isolated per procedure: Phishing response\nThe password is hunter2"},
               {"2", "see [[Malware]]"},
               {"2", "and article 9"},
               {"gone", "[[X]]"}};
  const auto done = normalise(one, context());
  CHECK(done.texts.empty());
  CHECK(done.activities[0].procedures == std::vector<std::string>{"Phishing response"});
  CHECK(done.activities[1].procedures == std::vector<std::string>{"article/9", "Malware"});
}

TEST_CASE("of what was written a keyed number stays, by which the same text is known again") {
  const std::string said = "Looked at the mail, the link was dead already, nobody clicked it.";
  const auto number = [](const std::string& text, const std::string& kind = "case.commented", const std::string& key = "key") {
    auto one = page();
    one.activities = {act("1", kind, "hsato")};
    one.texts = {{"1", text}};
    auto given = context();
    given.pseudonyms = Pseudonyms(key, false);
    return normalise(one, given).activities[0].wording;
  };
  const auto known = number(said);
  CHECK(known != 0);
  CHECK(number("  looked at the mail,\n the LINK was\tdead already, nobody clicked it.\n\n") == known);
  CHECK(number("<p>Looked at the mail, the link was dead already,<br>nobody clicked it.</p>") == known);
  CHECK(number(said + "\n\n> whatever the reporter wrote\n-----Original Message-----\nfrom somebody") == known);
  CHECK(number(said + " 2") != known);
  CHECK(number(said, "case.commented", "another key") != known);
  CHECK(number(said, "case.opened") == 0);  // requests come in forms
  CHECK(number("Closed, no findings.") == 0);
  CHECK(number(std::string(19, 'x') + "、確認した") == 0);
  CHECK(number("送信元を確認し、リンク先は既に停止していた。影響なし。") != 0);
  CHECK(number("") == 0);
}

TEST_CASE("a document says its services, owner, version and review in its head") {
  auto one = page();
  one.documents = {article("rt:article/3", "Phishing response", "7", 5)};
  one.texts = {{"rt:article/3", "services: D-2, D-4\nowner: Sato Hanako\nversion: v3.0\nreviewed: 2026-10-01\n\nsecret steps"}};
  one.activities = {act("1", "document.published", "hsato", "")};
  one.activities[0].object = "rt:article/3";
  one.activities[0].object_version = "7";
  const auto given = context();
  const auto done = normalise(one, given);
  const auto& document = done.documents.at(0);
  CHECK(document.services == std::vector<std::string>{"D-2", "D-4"});
  CHECK(document.version == "3");
  CHECK(document.owner == pseudonym(given, "hsato"));
  REQUIRE(document.reviewed);
  CHECK(format_day(*document.reviewed) == "2026-10-01");
  CHECK(done.activities[0].object_version == "3");
}

TEST_CASE("which documents are procedures may be said by a label") {
  auto one = page();
  one.documents = {article("w/1", "Incident handling", "7", 5), article("w/2", "Outing", "7", 5)};
  one.texts = {{"w/1", "services: D-2"}, {"w/2", "services: D-2"}};
  one.marks = {{"w/1", "7", {"soc", "Runbook-IR"}, {}}, {"w/2", "7", {"fun"}, {}}};
  auto given = context();
  given.documents = *parse_documents(*Yaml::parse("places: [{when: {label: runbook*}, services: [D-4]}]", "t"));
  const auto done = normalise(one, given);
  CHECK(done.documents[0].services == std::vector<std::string>{"D-2", "D-4"});
  CHECK(done.documents[1].services.empty());
}

TEST_CASE("what the tool keeps beside a document is cut like every word of a tool") {
  auto one = page();
  one.documents = {article("w/1", "Incident handling", "7", 5)};
  one.marks = {{"w/1", "7", std::vector<std::string>(100, std::string(1000, 'x') + "y"), {{"Services", "D-2"}}}};
  one.marks.front().labels.push_back("runbook");  // the hundred and first
  auto given = context();
  given.documents = *parse_documents(*Yaml::parse("places: [{when: {label: [\"*y\", runbook]}, services: [D-4]}]", "t"));
  CHECK(normalise(one, given).documents[0].services.empty());
  one.marks.front().labels.erase(one.marks.front().labels.begin());
  CHECK(normalise(one, given).documents[0].services == std::vector<std::string>{"D-2", "D-4"});
}

TEST_CASE("each version has what the tool keeps beside it") {
  auto one = page();
  one.documents = {article("w/1", "Incident handling", "7", 5), article("w/1", "Incident handling", "8", 6), article("w/2", "Intake", "8", 6)};
  one.texts = {{"w/1", "version: 1"}, {"w/1", "version: 2"}};
  one.marks = {{"w/1", "7", {"d-2"}, {}}, {"w/1", "8", {"d-4"}, {{"Owner", "Mori"}}}};
  const auto given = context();
  const auto done = normalise(one, given);
  CHECK(done.marks.empty());
  REQUIRE(done.documents.size() == 3);
  CHECK(done.documents[0].services == std::vector<std::string>{"D-2"});
  CHECK(done.documents[0].owner.empty());
  CHECK(done.documents[1].services == std::vector<std::string>{"D-4"});
  CHECK(done.documents[1].owner == pseudonym(given, "cmori"));
  CHECK(done.documents[2].services.empty());
}

TEST_CASE("a document's number from its head stands before its title, once") {
  auto one = page();
  one.documents = {article("w/1", "Incident_handling", "2", 5), article("w/2", "IN-01 Intake", "1", 5)};
  one.texts = {{"w/1", "---\nid: RM-IR\nversion: 2\n---\n"}, {"w/2", "id: IN-01\n"}};
  one.activities = {act("1", "case.commented", "hsato")};
  one.texts.push_back({"1", "Handled by RM-IR version 2."});
  const auto done = normalise(one, context());
  CHECK(done.documents[0].title == "RM-IR Incident_handling");
  CHECK(done.documents[1].title == "IN-01 Intake");
  REQUIRE(done.activities[0].procedures.size() == 1);
  CHECK(names(done.activities[0].procedures[0], done.documents[0]));
  CHECK(names("Incident_handling v2", done.documents[0]));
  CHECK_FALSE(names("RM-IR v1", done.documents[0]));
}

TEST_CASE("a document without a head has its title's version, else the tool's, and no services") {
  auto one = page();
  one.documents = {article("rt:article/3", "対応手順 第２版", "7", 5), article("rt:article/4", "Handling", "v7.0", 5)};
  const auto done = normalise(one, context());
  CHECK(done.documents[0].version == "2");
  CHECK(done.documents[1].version == "7");
  CHECK(done.documents[0].services.empty());
}

TEST_CASE("the organisation's settings say which documents are procedures and what for") {
  auto yaml = Yaml::parse("places:\n  - when: {id: \"article/3\"}\n    services: [D-5]\n    owner: Mori\n    title: \"{document} / {version}\"\n",
                          "akashi.yaml");
  REQUIRE(yaml);
  auto given = context();
  given.documents = *parse_documents(*yaml);
  auto one = page();
  one.documents = {article("rt:article/3", "Restore / 4", "1", 5), article("rt:article/4", "Notes", "1", 5),
                   article("rt:article/3", "Restore / 5", "2", 6)};
  one.texts = {{"rt:article/3", "services: D-2"}, {"rt:article/4", "services: D-2"}, {"rt:article/3", "status: draft\nservices: D-2"}};
  const auto done = normalise(one, given);
  REQUIRE(done.documents.size() == 3);
  CHECK(done.documents[0].services == std::vector<std::string>{"D-2", "D-5"});
  CHECK(done.documents[0].version == "4");
  CHECK(done.documents[0].owner == pseudonym(given, "cmori"));
  CHECK(done.documents[1].version == "5");
  CHECK(done.documents[1].services.empty());
  CHECK(done.documents[2].id == "rt:article/4");
  CHECK(done.documents[2].services.empty());
}

TEST_CASE("edits under one version are one version, from the first edit on, saying what the last one says") {
  auto one = page();
  one.documents = {article("w", "Handling", "9", 30), article("w", "Handling", "8", 20), article("w", "Handling", "7", 10)};
  one.documents[0].author = "cmori";
  one.texts = {{"w", "version: 2\nservices: D-2, D-3"}, {"w", "version: 2\nservices: D-2"}, {"w", "version: 1\nservices: D-2"}};
  one.activities = {act("1", "document.published", "hsato", ""), act("2", "document.published", "cmori", "")};
  for (auto& activity : one.activities) activity.object = "w";
  one.activities[0].object_version = "8";
  one.activities[1].object_version = "9";
  const auto given = context();
  const auto done = normalise(one, given);
  REQUIRE(done.documents.size() == 2);
  CHECK(done.documents[0].version == "1");
  CHECK(done.documents[1].version == "2");
  CHECK(done.documents[1].published == from_ns(20));
  CHECK(done.documents[1].author == pseudonym(given, "hsato"));
  CHECK(done.documents[1].services == std::vector<std::string>{"D-2", "D-3"});
  CHECK(done.activities[0].object_version == "2");
  CHECK(done.activities[1].object_version == "2");
}

TEST_CASE("whose text it is is not guessed when versions and texts do not pair") {
  auto one = page();
  one.documents = {article("w", "Handling", "2", 20), article("w", "Handling", "1", 10)};
  one.texts = {{"w", "services: D-2"}};
  for (const auto& document : normalise(one, context()).documents) CHECK(document.services.empty());
}

TEST_CASE("an approval names its document and version through its ticket's title") {
  auto one = page();
  one.activities = {act("1", "document.approved", "cmori"), act("2", "case.progressed", "cmori"),
                    act("3", "document.approved", "cmori", "rt:ticket/99"), act("4", "document.approved", "cmori")};
  one.activities[3].object = "Other";
  one.activities[3].object_version = "第４版";
  one.cases = {ticket("rt:ticket/12", "Approve Phishing response v3")};
  const auto done = normalise(one, context());
  CHECK(done.activities[0].object == "Phishing response");
  CHECK(done.activities[0].object_version == "3");
  CHECK(done.activities[1].object.empty());
  CHECK(done.activities[2].object.empty());
  CHECK(done.activities[3].object == "Other");
  CHECK(done.activities[3].object_version == "4");

  Meaning approval;
  approval.matter = "approval";
  const auto judged = with_approval(done.activities[1], &done.cases[0], approval, {});
  CHECK(judged.object == "Phishing response");
  CHECK(judged.object_version == "3");
  CHECK(with_approval(done.activities[1], &done.cases[0], Meaning{}, {}).object.empty());
  CHECK(with_approval(done.activities[1], nullptr, approval, {}).object.empty());
  CHECK(with_approval(done.activities[3], &done.cases[0], approval, {}).object == "Other");
}

TEST_CASE("normalising is pure and leaves coverage, state and manifest alone") {
  auto one = page();
  one.activities = {act("1", "case.commented", "hsato")};
  one.texts = {{"1", "[[A]]"}};
  one.coverage = {{"rt", "transactions", {from_ns(1), from_ns(9)}, false, "6 of 100 rows hidden"}};
  one.next_state = "{\"id\":77}";
  one.manifest.records = 3;
  one.drained = true;
  const auto a = normalise(one, context());
  const auto b = normalise(one, context());
  CHECK(a.activities == b.activities);
  CHECK(a.coverage == one.coverage);
  CHECK(a.next_state == one.next_state);
  CHECK(a.manifest.records == 3);
  CHECK(a.drained);
}

TEST_CASE("hostile texts are cut and made harmless") {
  auto one = page();
  one.activities = {act("1", "case.commented", std::string(1 << 20, 'a'))};
  one.activities[0].labels.assign(10000, std::string(10000, 'x'));
  one.activities[0].url = std::string(1 << 20, 'u');
  one.cases = {ticket("rt:ticket/12", std::string(1 << 20, '\xFF'))};
  one.cases[0].title += "\x1b[2J";
  one.cases[0].fields["Notes\x1b"] = "a\x1b\nb\n\n" + std::string(1 << 20, 'c');
  for (int i = 0; i < 1000; ++i) one.cases[0].fields["f" + std::to_string(i)] = "x";
  one.documents = {article("d", "\x1b]0;x\x07title", "1", 1)};
  one.texts = {{"1", std::string(2 << 20, '[')}, {"d", std::string(2 << 20, '-')}};
  const auto done = normalise(one, context());
  CHECK(done.activities[0].actor.size() == 14);
  CHECK(done.activities[0].labels.size() <= 100);
  CHECK(done.activities[0].labels[0].size() <= 200);
  CHECK(done.activities[0].url.size() <= 2000);
  CHECK(done.cases[0].title.size() <= 500);
  CHECK(done.cases[0].fields.size() <= 200);
  CHECK(done.cases[0].fields.at("Notes").size() <= 4000);
  CHECK(done.cases[0].fields.at("Notes").starts_with("a\nb\nccc"));
  CHECK(done.documents[0].title == "]0;x title");
}

TEST_CASE("a document that is kept as commits has them as its versions, whatever its head says") {
  const std::string first(40, 'a');
  const std::string second(40, 'b');
  auto one = page();
  one.documents = {article("rt:file/IR-01.md", "IR-01 Phishing v3", first, 5), article("rt:file/IR-01.md", "IR-01 Phishing v3", second, 6)};
  one.texts = {{"rt:file/IR-01.md", "---\nversion: 1.2\nservices: D-2\n---\none"},
               {"rt:file/IR-01.md", "---\nversion: 1.2\nservices: D-2\n---\ntwo"}};
  one.activities = {act("1", "document.approved", "cmori", "")};
  one.activities[0].object = "rt:file/IR-01.md";
  one.activities[0].object_version = first;
  const auto done = normalise(one, context());
  REQUIRE(done.documents.size() == 2);
  CHECK(done.documents[0].version == first);
  CHECK(done.documents[1].version == second);
  CHECK(done.documents[1].services == std::vector<std::string>{"D-2"});
  CHECK(done.activities[0].object_version == first);
}
