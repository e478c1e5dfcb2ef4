#include "connectors/engine/front_matter.hpp"

#include "catch.hpp"
#include "connectors/engine/html_lines.hpp"
#include "core/written_day.hpp"

using namespace akashi;

namespace {

std::string shown_head(const DocumentHead& head) {
  std::string text;
  for (const auto& service : head.services) text += service + " ";
  return text + "| " + head.owner + " | " + head.version + " | " + (head.reviewed ? format_day(*head.reviewed) : "-");
}

}  // namespace

TEST_CASE("a head is read however it is written") {
  const std::string all = "D-2 D-4 | Sato | 3 | 2026-10-01";
  struct {
    std::string what, text;
  } const table[] = {
      {"front matter", "---\ntitle: Phishing\nservices: [D-2, D-4]\nowner: Sato\nversion: 3\nreviewed: 2026-10-01\n---\n# Phishing\nversion: 9\n"},
      {"front matter with a list", "\n---\nservices:\n  - D-2\n  - D-4\nowner: Sato\nversion: \"v3\"\nreviewed: 2026-10-01\n...\ntext"},
      {"front matter that is not quite YAML", "---\nservices: D-2, D-4\nowner: Sato\nowner: Tanaka\nversion: 3\nreviewed: 2026-10-01\n---\n"},
      {"lines", "services: D-2, D-4\nowner: Sato\nversion: 3\nreviewed: 2026-10-01\n\nStep 1: look\n"},
      {"lines under a heading",
       "h1. Phishing response\n\n{{toc}}\n\nServices: D-2, D-4\nOwner: Sato\nVersion: v3.0\nLast reviewed: 2026/10/1\n\nh2. Steps\n"},
      {"lines under a title and a sentence",
       "Phishing response\nHow we answer to phishing.\n\nservices = D-2, D-4\nowner = Sato\nversion = 3\nreviewed = 2026.10.01"},
      {"Japanese lines", "対象サービス：Ｄ－２、Ｄ－４\n主管：Sato\n版：第３版\n見直し日：２０２６年１０月１日\n\n本文"},
      {"Japanese lines with marks", "* *対象サービス*: D-2, D-4\n* *担当*: Sato\n* *版数*: 第3版\n* *最終見直し日*: 2026年10月1日\n"},
      {"Markdown emphasis", "- **Services:** D-2, D-4\n- **Owner:** Sato\n- **Version:** 3\n- **Reviewed:** 2026-10-01\n"},
      {"Markdown table",
       "# Phishing\n\n| 項目 | 内容 |\n|---|---|\n| 対象サービス | D-2, D-4 |\n| 担当 | Sato |\n| 版 | 3 |\n| 見直し日 | 2026-10-01 |\n"},
      {"Textile table", "h1. Phishing\n\n|_. services |D-2, D-4|\n|_. owner |Sato|\n|_. version |3|\n|_. reviewed |2026-10-01|\n"},
      {"HTML lines", "<p>services: D-2, D-4<br />owner:&nbsp;Sato<br>version: 3</p><p>reviewed: 2026-10-01</p><p>text</p>"},
      {"HTML table",
       "<h1>Phishing</h1><table><tr><th>services</th><td><b>D-2</b>, "
       "D-4</td></tr><tr><th>owner</th><td>Sato</td></tr><tr><td>version</td><td>3</td></tr>"
       "<tr><td>reviewed</td><td>2026-10-01</td></tr></table>"},
      {"Windows line ends and a byte order mark",
       "\xEF\xBB\xBFservices: D-2, D-4\r\nowner: Sato\r\nversion: 3\r\nreviewed: 2026-10-01T09:00:00Z\r\n"},
  };
  for (const auto& row : table) {
    INFO(row.what);
    CHECK(shown_head(read_head(row.text)) == all);
  }
}

TEST_CASE("what only looks like a head is none") {
  const DocumentHead nothing;
  struct {
    std::string what, text;
  } const table[] = {
      {"nothing", ""},
      {"text", "When a phish is reported, look at the headers."},
      {"a key of more words", "services affected by this: D-2\nthe version: 3\n"},
      {"a key in a sentence", "Ask the owner: he knows. See services D-2.\n"},
      {"a table of three columns", "| 版 | 日付 | 内容 |\n|---|---|---|\n| 3 | 2026-10-01 | D-2 |\n"},
      {"deep in the text", "one\ntwo\nthree\nfour\nfive\nsix\nservices: D-2\n"},
      {"ids that are no services", "services: D-8, X-1, web, mail\n"},
      {"empty values", "services:\nowner:\nversion:\nreviewed:\n"},
      {"no day", "reviewed: soon\n"},
      {"only marks", "---\n---\n| | |\n***\n"},
  };
  for (const auto& row : table) {
    INFO(row.what);
    CHECK(read_head(row.text) == nothing);
  }
}

TEST_CASE("a head ends where the text begins") {
  CHECK(shown_head(read_head("services: D-2\n\nThis is the text.\nversion: 7\n")) == "D-2 |  |  | -");
  CHECK(shown_head(read_head("services: D-2\n\n## Out of scope\nowner: nobody\n")) == "D-2 |  |  | -");
  CHECK(shown_head(read_head("services: D-2\nservices: D-5\nversion: 1\nversion: 2\n")) == "D-2 |  | 1 | -");
  CHECK(shown_head(read_head("services: D-1 to D-7 except D-3\n")) == "|  |  | -");
}

TEST_CASE("a draft or withdrawn document names no services") {
  for (const std::string status : {"status: draft", "Status: Draft", "状態：廃止", "ステータス：案", "**Status:** obsolete"}) {
    INFO(status);
    const auto head = read_head("services: D-2\nversion: 3\n" + status + "\n");
    CHECK(head.services.empty());
    CHECK_FALSE(head.in_force);
    CHECK(head.version == "3");
  }
  CHECK(read_head("services: D-2\nstatus: approved\n").services.size() == 1);
  CHECK(read_head("services: D-2\nstatus: drafting rules apply\n").services.size() == 1);
}

TEST_CASE("a document's number is read where it looks like one") {
  CHECK(read_head("---\nid: IR-01\nservices: D-2\n---\n").code == "IR-01");
  CHECK(read_head("文書番号：SOP-IR-001\n").code == "SOP-IR-001");
  CHECK(read_head("id: phishing-response\n").code.empty());
  CHECK(read_head("id: 12\nid: IR-01\n").code == "IR-01");
}

TEST_CASE("the organisation's own words are understood too") {
  HeadWords more;
  more.services = {"適用範囲"};
  more.owner = {"主管課"};
  CHECK(shown_head(read_head("適用範囲：D-2\n主管課：CSIRT\n", more)) == "D-2 | CSIRT |  | -");
  CHECK(read_head("適用範囲：D-2\n").services.empty());
}

TEST_CASE("what a tool keeps beside the text counts like a head") {
  const auto read = [](const std::string& text, const DocumentMarks& beside, const HeadWords& more = {}) { return read_head(text, more, beside); };
  const auto labels = [](std::vector<std::string> words) { return DocumentMarks{"", "", std::move(words), {}}; };
  const DocumentMarks fields{"", "", {}, {{"Services", "D-2\nD-4"}, {"Owner", "Sato"}, {"Version", "v3"}, {"Last reviewed", "2026-10-01"}}};
  CHECK(shown_head(read("", fields)) == "D-2 D-4 | Sato | 3 | 2026-10-01");
  CHECK(shown_head(read("services: D-5\nversion: 2\n", fields)) == "D-2 D-4 | Sato | 3 | 2026-10-01");  // kept by the tool, one value each
  CHECK(shown_head(read("---\nowner: Mori\n---\n", DocumentMarks{"", "", {}, {{"Services", "D-2"}}})) == "D-2 | Mori |  | -");
  HeadWords more;
  more.services = {"covers"};
  CHECK(shown_head(read("", DocumentMarks{"", "", {}, {{"Covers", "D-2"}}}, more)) == "D-2 |  |  | -");
  CHECK(shown_head(read("", DocumentMarks{"", "", {}, {{"Covers", "D-2"}}})) == "|  |  | -");

  CHECK(shown_head(read("", labels({"soc", "d-2", "Ｄ－４"}))) == "D-2 D-4 |  |  | -");
  CHECK(shown_head(read("services: D-5\n", labels({"d-2"}))) == "D-5 |  |  | -");  // the text's own word is of this version
  CHECK(shown_head(read("", labels({"d-2", "owner: Sato", "reviewed:2026-10-01", "版: 3"}))) == "D-2 | Sato | 3 | 2026-10-01");
  CHECK(read("", labels({"d-2", "期待水準"})).role == expectation_role);
  CHECK(read("role: procedure\n", labels({"expectation"})).role == procedure_role);
  CHECK(read("services: D-2\n", labels({"Draft"})).services.empty());
  CHECK(read("services: D-2\n", labels({"drafting", "to be archived?"})).services.size() == 1);
  CHECK(read("", labels({"", "ad-2", "x"})) == DocumentHead{});
  CHECK(shown_head(read("", labels({std::string(495, 'x') + " d-2", "d-12", "d-5"}))) == "D-2 D-5 |  |  | -");  // long labels cut no id in two
}

TEST_CASE("days are read in the forms that people write") {
  for (const std::string text : {"2026-10-01", "2026/10/1", "2026.10.01", "2026年10月1日", "２０２６／１０／０１", " 2026-10-01 ",
                                 "2026-10-01T23:00:00+09:00", "2026-10-01 by Sato", "2026年10月1日（木）"}) {
    INFO(text);
    const auto day = parse_day(text);
    REQUIRE(day);
    CHECK(format_day(*day) == "2026-10-01");
  }
  for (const std::string text : {"", "2026", "10/01/2026", "2026-13-01", "2026-02-30", "20261001", "26-10-01", "2026-10-011", "令和8年10月1日",
                                 "next 2026-10-01", "2026年10月"}) {
    INFO(text);
    CHECK_FALSE(parse_day(text));
  }
}

TEST_CASE("a hostile document costs little and says nothing") {
  CHECK(read_head(std::string(5u << 20, '|')) == DocumentHead{});
  CHECK(read_head(std::string(5u << 20, '\n') + "services: D-2") == DocumentHead{});
  CHECK(read_head("---\n" + std::string(5u << 20, '[')) == DocumentHead{});
  CHECK(read_head("---\n" + std::string(10000, '{') + "\n---\nservices: D-2\n") == DocumentHead{});
  CHECK(read_head(std::string(5u << 20, '<') + "p>") == DocumentHead{});
  std::string garbage("\xFF\xFEservices\x00: D-2\n\xC3\x28: x", 22);
  CHECK(read_head(garbage) == DocumentHead{});
  const auto head = read_head("owner: " + std::string(100000, 'x') + "\n");
  CHECK(head.owner.size() <= 200);
  CHECK(read_head("owner: a\x1b[31mb\n").owner == "a [31mb");
}

TEST_CASE("HTML becomes lines, what is no tag stays") {
  CHECK(html_to_lines("a<br/>b<p class=\"x\">c &amp; d</p>") == "a\nb\nc & d\n");
  CHECK(html_to_lines("1 < 2 and 3 > 2") == "1 < 2 and 3 > 2");
  CHECK(html_to_lines("x<b>bold</b>y<scri") == "xboldy");
  CHECK(html_to_lines("&unknown; &lt;p&gt;") == "&unknown; <p>");
  CHECK(looks_like_html("<p>x</p>"));
  CHECK_FALSE(looks_like_html("1 < 2, a <b and mail <sato@example.org>"));
  CHECK_FALSE(looks_like_html(""));
}
