#include "connectors/engine/references.hpp"

#include "catch.hpp"
#include "connectors/engine/wording.hpp"

using namespace akashi;

namespace {

std::vector<std::string> refs(const std::string& text) {
  static const std::vector<std::string> known{"https://wiki.example/csirt/", "https://rt.example/Articles"};
  return references_in(own_lines(text), known);
}

}  // namespace

TEST_CASE("references to documents are found in the forms that people write") {
  using Found = std::vector<std::string>;
  struct {
    std::string text;
    Found found;
  } const table[] = {
      {"Isolated as in https://wiki.example/csirt/Phishing_response.", {"https://wiki.example/csirt/Phishing_response"}},
      {"(see https://rt.example/Articles/Article/Display.html?id=3)", {"https://rt.example/Articles/Article/Display.html?id=3"}},
      {"「https://wiki.example/csirt/手順」を参照", {"https://wiki.example/csirt/手順"}},
      {"<p>see <a href=\"x\">https://wiki.example/csirt/A</a></p>", {"https://wiki.example/csirt/A"}},
      {"done per [[Phishing_response]] and [[csirt:Malware triage|triage]]", {"Phishing_response", "csirt:Malware triage"}},
      {"[[Phishing#step-2]]", {"Phishing"}},
      {"procedure: Phishing response v3", {"Phishing response v3"}},
      {"procedure: IR-01 1.1", {"IR-01 1.1", "IR-01 v1.1"}},
      {"Followed Procedure：Phishing response\nthen slept", {"Phishing response"}},
      {"手順：フィッシング対応", {"フィッシング対応"}},
      {"対応手順: フィッシング対応 第3版", {"フィッシング対応 第3版"}},
      {"手順書「フィッシング対応」に従い隔離", {"フィッシング対応"}},
      {"「フィッシング対応」の手順で実施", {"フィッシング対応"}},
      {"『フィッシング対応』手順書を使用", {"フィッシング対応"}},
      {"used playbook \"Phishing response\" today", {"Phishing response"}},
      {"runbook: A; B", {"A", "B"}},
      {"worked from article 12", {"article/12"}},
      {"Handled by IR-01 1.1: asato leads", {"IR-01 v1.1"}},
      {"IR-01 1.1 に従い対応する。", {"IR-01 v1.1"}},
      {"as RM-Q version 1 says (IN-01 Intake of reports).", {"RM-Q v1", "IN-01"}},
      {"SOP-IR-001第３版による", {"SOP-IR-001 v3"}},
      {"IR-01に従い、IR-02 5 minutes later", {"IR-01", "IR-02"}},
      {"IR-01. Then home", {"IR-01"}},
      {"IR-01 10.0.0.1 was blocked", {"IR-01"}},
      {"Article #7, article/7 and ARTICLE 8.", {"article/7", "article/8"}},
  };
  for (const auto& row : table) {
    INFO(row.text);
    CHECK(refs(row.text) == row.found);
  }
}

TEST_CASE("what only looks like a reference is none, and no text is kept") {
  for (const std::string text : {
           "",
           "the procedure was followed",
           "procedural: x",
           "myprocedure: x",
           "procedure: none",
           "procedure: n/a",
           "手順：なし",
           "procedure: call Mr Sato at sato@example.org",
           "procedure: ring 03-1234-5678",
           "procedure: We looked at the headers. Then we deleted the mail.",
           "手順: 1) ログを確認 2) 隔離",
           "手順：まずログを見て、次に隔離した",
           "procedure: see https://elsewhere.example/x",
           "https://wiki.example.evil/csirt/A",
           "https://wiki.example/other/A",
           "https://rt.example/ArticlesX",
           "ftp://wiki.example/csirt/A",
           "[[File:shot.png]] [[Image:x.png]]",
           "[[]] [[ ]] [[|x]]",
           "[[never closed",
           "particle 12",
           "article twelve",
           "article 12345678901",
           "articles 12",
           "article 12a",
           "Article 12 of the law",
           "article 33(1)",
           "article",
           "手順「」",
           "CVE-2026-1234, SHA-256, UTF-8 and D-2",
           "https://jira.example/browse/IR-01 and /IR-01 and #IR-01",
           "SRV-01.example.org and IR-01@example.org, IR-01_x, x_IR-01, IR-01-a",
           "ir-01",
           "手順「閉じない",
           "「読む」こと",
           "> procedure: Phishing response",
           "  > [[Phishing_response]]",
       }) {
    INFO(text);
    CHECK(refs(text).empty());
  }
}

TEST_CASE("a quoted mail below does not count") {
  CHECK(refs("procedure: A\n-----Original Message-----\nprocedure: B") == std::vector<std::string>{"A"});
  CHECK(refs("-----元のメッセージ-----\nprocedure: B").empty());
}

TEST_CASE("a credential in an address is not kept") {
  CHECK(refs("https://wiki.example/csirt/A?access_token=abc") == std::vector<std::string>{"https://wiki.example/csirt/A"});
  CHECK(refs("https://wiki.example/csirt/A?id=3") == std::vector<std::string>{"https://wiki.example/csirt/A?id=3"});
}

TEST_CASE("a hostile comment costs little and keeps little") {
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "[[P" + std::to_string(i) + "]]\n";
  CHECK(refs(many).size() == references_max);
  std::string brackets, urls, titles, tags;
  for (int i = 0; i < 500000; ++i) brackets += "[[";
  for (int i = 0; i < 200000; ++i) urls += "https://";
  for (int i = 0; i < 200000; ++i) titles += "手順「";
  for (int i = 0; i < 200000; ++i) tags += "<a";
  for (const auto& text : {brackets, urls, titles, tags, std::string(1 << 20, '\xFF'), std::string(1 << 20, ':')}) CHECK(refs(text).empty());
  for (const auto& found : refs("procedure: \"" + std::string(190, 'x') + "\xF0\x9F\x98\"")) CHECK(found.size() <= 200);
  CHECK(refs("procedure: a\x1b[2Jb") == std::vector<std::string>{"a [2Jb"});
}
