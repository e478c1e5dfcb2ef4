#include "core/document_ref.hpp"

#include "catch.hpp"
#include "core/catalogue.hpp"

using namespace akashi;

TEST_CASE("a version is split off the end of a name") {
  struct {
    std::string_view text;
    NamedVersion is;
  } const table[] = {
      {"Phishing response v3", {"Phishing response", "3"}},
      {"Phishing response V3.1", {"Phishing response", "3.1"}},
      {"Phishing response, version 3.0", {"Phishing response", "3"}},
      {"Phishing response (v3)", {"Phishing response", "3"}},
      {"Phishing response - rev. 2", {"Phishing response", "2"}},
      {"Phishing response Ver 10", {"Phishing response", "10"}},
      {"インシデント対応手順 第3版", {"インシデント対応手順", "3"}},
      {"インシデント対応手順第３版", {"インシデント対応手順", "3"}},
      {"インシデント対応手順（第3版）", {"インシデント対応手順", "3"}},
      {"インシデント対応手順【1.2版】", {"インシデント対応手順", "1.2"}},
      {"インシデント対応手順 初版", {"インシデント対応手順", "1"}},
      {"インシデント対応手順 第十二版", {"インシデント対応手順", "12"}},
      {"対応手順　ｖ２", {"対応手順", "2"}},
      {"v3", {"", "3"}},
      // near misses: no version is written
      {"Windows 11", {"Windows 11", ""}},
      {"TLS 1.2", {"TLS 1.2", ""}},
      {"Dev3", {"Dev3", ""}},
      {"nv3", {"nv3", ""}},
      {"Phishing response v", {"Phishing response v", ""}},
      {"Phishing response v3 draft", {"Phishing response v3 draft", ""}},
      {"改訂版", {"改訂版", ""}},
      {"英語版", {"英語版", ""}},
      {"第版", {"第版", ""}},
      {"二版", {"二版", ""}},
      {"", {"", ""}},
      {"v...", {"v...", ""}},
      {"(((((v3", {"(((((", "3"}},
  };
  for (const auto& row : table) {
    INFO(row.text);
    const auto split = split_version(row.text);
    CHECK(split.name == row.is.name);
    CHECK(split.version == row.is.version);
  }
}

TEST_CASE("one version has one word") {
  for (const auto text : {"3", "v3", "V 3.0", "Version 3", "第3版", "第３版", "3.0.0", " ３ ", "第三版", "rev.3", "(v3)"}) {
    INFO(text);
    CHECK(version_word(text) == "3");
  }
  CHECK(version_word("3.1") == "3.1");
  CHECK(version_word("30") == "30");
  CHECK(version_word("10.0") == "10");
  CHECK(version_word("Draft B") == "draft b");
  CHECK(version_word("初版") == "1");
  CHECK(version_word("").empty());
  CHECK(version_word("2026-11") == "2026-11");
}

TEST_CASE("a document is named by id, title or address") {
  Document wiki;
  wiki.id = "redmine:wiki/csirt/Phishing_response";
  wiki.title = "Phishing response";
  wiki.url = "https://pm.example/projects/csirt/wiki/Phishing_response";
  wiki.version = "3";
  for (const std::string_view yes :
       {"redmine:wiki/csirt/Phishing_response", "wiki/csirt/Phishing_response", "Phishing_response", "phishing  response", "csirt:Phishing_response",
        "「Phishing response」", "[[Phishing_response]]", "Phishing response v3", "Phishing response 第3版", "Phishing response (Version 3.0)",
        "http://pm.example/projects/csirt/wiki/Phishing_response/", "https://pm.example/projects/csirt/wiki/Phishing_response#step-2"}) {
    INFO(yes);
    CHECK(names(yes, wiki));
  }
  for (const std::string_view no :
       {"", " ", "response", "hishing_response", "Phishing", "Phishing response v2", "Phishing response plan", "other:Phishing_response",
        "https://pm.example/projects/csirt/wiki/Phishing", "https://evil.example/projects/csirt/wiki/Phishing_response", "wiki"}) {
    INFO(no);
    CHECK_FALSE(names(no, wiki));
  }
  Document article;
  article.id = "rt:article/12";
  article.title = "インシデント対応手順 第2版";
  article.version = "第2版";
  CHECK(names("article/12", article));
  CHECK(names("rt:article/12", article));
  CHECK(names("インシデント対応手順", article));
  CHECK(names("インシデント対応手順 v2", article));
  CHECK_FALSE(names("インシデント対応手順 第3版", article));
  CHECK_FALSE(names("12", article));
  CHECK_FALSE(names("2", article));
  CHECK_FALSE(names("article/1", article));
  CHECK_FALSE(names(std::string(100000, 'a'), article));
  CHECK_FALSE(names("", Document{}));
  CHECK_FALSE(names("https://", Document{}));
}

TEST_CASE("a document's own number is told from the numbers of other things") {
  for (const std::string_view yes : {"IR-01", "RM-Q", "SOP-IR-001", "CSIRT-3", "CD-01"}) {
    INFO(yes);
    CHECK(is_document_code(yes));
  }
  for (const std::string_view no : {"",
                                    "-",
                                    "IR",
                                    "IR-",
                                    "-01",
                                    "D-2",
                                    "ir-01",
                                    "Ir-01",
                                    "IR-01-",
                                    "IR--01",
                                    "CVE-2026-1234",
                                    "SHA-256",
                                    "UTF-8",
                                    "IR-0123456789",
                                    "PROCEDURE-1",
                                    "A-B-C-D",
                                    "IR-01.",
                                    "IR_01",
                                    "IR-1a",
                                    "訓練-1"}) {
    INFO(no);
    CHECK_FALSE(is_document_code(no));
  }
  CHECK(document_code("IR-01 Incident handling") == "IR-01");
  CHECK(document_code("KS-LOG-01_ログ点検") == "KS-LOG-01");  // as a wiki writes it
  CHECK(document_code("KS-LOG-01ログ点検") == "KS-LOG-01");
  CHECK(document_code("KS-LOG-01　ログ点検") == "KS-LOG-01");
  CHECK(document_code("IR-01.docx").empty());
  CHECK(document_code(" IR-01: Incident handling") == "IR-01");
  CHECK(document_code("Incident handling IR-01").empty());
  CHECK(document_code("").empty());
}

TEST_CASE("a document is named by its number, with or without its title") {
  Document document;
  document.id = "rt:article/3";
  document.title = "IR-01 Incident handling";
  document.version = "1.1";
  for (const std::string_view yes : {"IR-01", "IR-01 v1.1", "IR-01 version 1.1", "IR-01 Incident handling", "IR-01 Incident handling, version 1.1",
                                     "Incident handling v1.1", "incident_handling"}) {
    INFO(yes);
    CHECK(names(yes, document));
  }
  for (const std::string_view no : {"IR-02", "IR-01 v1.0", "IR-0", "IR", "IR-011", "Incident", "IR-01 Incident", "01"}) {
    INFO(no);
    CHECK_FALSE(names(no, document));
  }
  document.title = "IR-01";
  CHECK(names("IR-01 v1.1", document));
  CHECK_FALSE(names("", document));
}

TEST_CASE("services are named in lists, ranges and full width, and nowhere else") {
  using Ids = std::vector<std::string>;
  struct {
    std::string_view text;
    Ids ids;
  } const table[] = {
      {"D-2, D-4", {"D-2", "D-4"}},
      {"D-2 インシデントハンドリング、D-4 封じ込め", {"D-2", "D-4"}},
      {"Ｄ－２／Ｄ－４", {"D-2", "D-4"}},
      {"[D-2] d-4 D-2", {"D-2", "D-4"}},
      {"D–2", {"D-2"}},
      {"D-2 to D-4", {"D-2", "D-3", "D-4"}},
      {"D-2〜D-4", {"D-2", "D-3", "D-4"}},
      {"D-2～D-4, G-11", {"D-2", "D-3", "D-4", "G-11"}},
      {"D-2..D-99", {"D-2", "D-3", "D-4", "D-5", "D-6", "D-7"}},
      {"D-4 to D-2", {"D-4"}},
      {"D-2 to G-3", {"D-2", "G-3"}},
      {"G-1、G-13", {"G-1", "G-13"}},
      {"D-8", {}},
      {"D-0", {}},
      {"D-22", {}},
      {"D-222", {}},
      {"AD-2", {}},
      {"D-2a", {}},
      {"D 2", {}},
      {"2026-D-2", {}},
      {"J-1", {}},
      {"D-1 to D-7 except D-3", {}},
      {"D-3を除く", {}},
      {"", {}},
  };
  for (const auto& row : table) {
    INFO(row.text);
    CHECK(services_named(row.text) == row.ids);
  }
  CHECK(services_named(std::string(100000, 'D')).empty());
}

TEST_CASE("an unknown service gets the sentence that mends it") {
  CHECK(sentence(unknown_service("akashi.yaml:4", "D-8")) == "akashi.yaml:4: service \"D-8\" is not in edition 2021; D has D-1 to D-7");
  CHECK(sentence(unknown_service("x:1", "g-1")) == "x:1: service \"g-1\" is not in edition 2021; G has G-1 to G-13");
  CHECK(sentence(unknown_service("x:1", "handling")) == "x:1: service \"handling\" is not in edition 2021; its ids run from A-1 to I-7, like D-2");
}
