#include "connectors/engine/json_page.hpp"

#include <tuple>
#include <vector>

#include "catch.hpp"

namespace akashi {
namespace {

JsonPage opened(std::string body) {
  Result<JsonPage> page = JsonPage::open(std::move(body));
  if (!page) FAIL(sentence(page.error()));
  return std::move(*page);
}

struct Refused {
  std::string body;
  ErrorKind kind;
  std::string sentence;
};

void check_refused(const std::vector<Refused>& table) {
  for (const Refused& row : table) {
    const Result<JsonPage> page = JsonPage::open(row.body);
    INFO(row.body);
    REQUIRE_FALSE(page);
    CHECK(page.error().kind == row.kind);
    CHECK(sentence(page.error()) == row.sentence);
  }
}

const std::string tell = "; the answer is not JSON, look at it with curl and tell the maker of the tool";
const std::string cut = "; the connection was probably cut, the page is asked for again";

TEST_CASE("an answer that is not JSON gets a sentence with its place") {
  const auto schema = ErrorKind::schema;
  check_refused({
      {"", schema, "byte 0: the answer is empty; is the address that of the API?"},
      {" \n\t", schema, "byte 0: the answer is empty; is the address that of the API?"},
      {"  <!DOCTYPE html><html>", schema, "byte 2: HTML instead of JSON; is the address that of the API?"},
      {"[1] x", schema, "byte 4: something after the end of the document at byte 4" + tell},
      {"[1]]", schema, "byte 3: something after the end of the document at byte 3" + tell},
      {"{} {}", schema, "byte 3: something after the end of the document at byte 3" + tell},
      {"nope", schema, "byte 0: something that is no JSON value at byte 0" + tell},
      {"[tru]", schema, "/0: something that is no JSON value at byte 1" + tell},
      {"[truee]", schema, "/0: something that is no JSON value at byte 1" + tell},
      {"[nul l]", schema, "/0: something that is no JSON value at byte 1" + tell},
      {"[True]", schema, "/0: something that is no JSON value at byte 1" + tell},
      {"[\"a\", null\"b\"]", schema, "/1: something that is no JSON value at byte 6" + tell},
      {R"({"a":[1,{"b":01}]})", schema, "/a/1/b: something that is no JSON value at byte 13" + tell},
      {"[1.]", schema, "/0: something that is no JSON value at byte 1" + tell},
      {"[.5]", schema, "/0: something that is no JSON value at byte 1" + tell},
      {"[+1]", schema, "/0: something that is no JSON value at byte 1" + tell},
      {"[-]", schema, "/0: something that is no JSON value at byte 1" + tell},
      {"[1e]", schema, "/0: something that is no JSON value at byte 1" + tell},
      {"[1e+]", schema, "/0: something that is no JSON value at byte 1" + tell},
      {"[0x10]", schema, "/0: something that is no JSON value at byte 1" + tell},
      {"[1 2]", schema, "/0: neither a comma nor the closing bracket of an array at byte 3" + tell},
      {"[1}", schema, "/0: neither a comma nor the closing bracket of an array at byte 2" + tell},
      {"[1,]", schema, "/1: something that is no JSON value at byte 3" + tell},
      {"[,1]", schema, "/0: something that is no JSON value at byte 1" + tell},
      {"[:]", schema, "/0: something that is no JSON value at byte 1" + tell},
      {R"({"a" "b"})", schema, "byte 5: no colon after a member's name at byte 5" + tell},
      {R"({"a",1})", schema, "byte 4: no colon after a member's name at byte 4" + tell},
      {R"({"a":1 "b":2})", schema, "byte 7: neither a comma nor the closing brace of an object at byte 7" + tell},
      {R"({"a":1]})", schema, "byte 6: neither a comma nor the closing brace of an object at byte 6" + tell},
      {R"({"a":1,})", schema, "byte 7: no name in quotes where a member is due at byte 7" + tell},
      {R"({a:1})", schema, "byte 1: no name in quotes where a member is due at byte 1" + tell},
      {R"({"a":})", schema, "/a: something that is no JSON value at byte 5" + tell},
      {R"({"items":[<html>]})", schema, "/items/0: HTML instead of a value at byte 10" + tell},
      {R"(["a\q"])", schema, "/0: an escape that JSON does not know at byte 3" + tell},
      {R"(["a\u12g4"])", schema, "/0: an escape that JSON does not know at byte 3" + tell},
      {R"(["\\","\u12"])", schema, "/1: an escape that JSON does not know at byte 7" + tell},
      {R"({"ok":1,"\x":2})", schema, "byte 9: an escape that JSON does not know at byte 9" + tell},
      {"[\"a\nb\"]", schema, "byte 3: a control character stands in a string without its escape" + tell},
      {"[\"\\\"a\x01\"]", schema, "byte 5: a control character stands in a string without its escape" + tell},
      {"[\"a\xff\"]", schema, "byte 3: the answer is not UTF-8; set the tool's character set to UTF-8"},
      {"[\"\xe8\xa8\xbc\xe8\xa8\"]", schema, "byte 5: the answer is not UTF-8; set the tool's character set to UTF-8"},
      {"[\"\xed\xa0\x80\"]", schema, "byte 2: the answer is not UTF-8; set the tool's character set to UTF-8"},
  });
}

TEST_CASE("a document that ends too early is read again, not called broken") {
  const auto after = [](int bytes, const std::string& rest = " before its JSON does") {
    return "the answer ends after " + std::to_string(bytes) + " bytes" + rest + cut;
  };
  const auto transient = ErrorKind::transient;
  check_refused({
      {"[", transient, "/0: " + after(1)},
      {"{", transient, "byte 1: " + after(1)},
      {"[1", transient, "/0: " + after(2)},
      {"[1,", transient, "/1: " + after(3)},
      {R"({"a")", transient, "byte 4: " + after(4)},
      {R"({"a":)", transient, "/a: " + after(5)},
      {R"({"a":1)", transient, "byte 6: " + after(6)},
      {R"({"a":1,)", transient, "byte 7: " + after(7)},
      {R"({"a":[{"b":tr)", transient, "/a/0/b: " + after(13)},
      {"[-", transient, "/0: " + after(2)},
      {"[1.", transient, "/0: " + after(3)},
      {"[1e-", transient, "/0: " + after(4)},
      {"[\"abc", transient, "byte 5: " + after(5, " in the middle of a string")},
      {"[\"\xe8\xa8", transient, "byte 4: " + after(4, " in the middle of a string")},
  });
}

TEST_CASE("a truncated page is never taken for a whole one") {
  const std::string whole = R"({"items":[{"id":1,"name":"a\u00e9\"b","tags":[true,false,null,-1.5e3]},{"id":2,"name":"証"}],"next":null})";
  CHECK(JsonPage::open(whole));
  for (std::size_t length = 1; length < whole.size(); ++length) {
    const Result<JsonPage> page = JsonPage::open(whole.substr(0, length));
    INFO(whole.substr(0, length));
    REQUIRE_FALSE(page);
    CHECK(page.error().kind == ErrorKind::transient);
  }
}

TEST_CASE("a name that an object holds twice is found wherever it is") {
  const std::string mend = "; nobody can say which of the two holds, tell the maker of the tool";
  const auto twice = [&mend](const std::string& where, int byte) {
    return where + ": an object names this member twice at byte " + std::to_string(byte) + mend;
  };
  const auto schema = ErrorKind::schema;
  check_refused({
      {R"({"a":1,"a":1})", schema, twice("/a", 1)},
      {R"({"a":1,"b":{"a":2},"a":1})", schema, twice("/a", 1)},
      {R"([0,{"x":{"deep":[{"k":1,"l":2,"k":3}]}}])", schema, twice("/1/x/deep/0/k", 18)},
      {R"({"":1,"":2})", schema, twice("/", 1)},
      {"{\"a\":1,\"\\u0061\":2}", schema, twice("/a", 1)},
      {"{\"\\u0061\":1,\"\\u0061\":2}", schema, twice("/a", 1)},
      {R"({"a name of many bytes":1,"a name of more bytes":1,"a name of many bytes":2})", schema, twice("/a name of many bytes", 1)},
  });
  CHECK(JsonPage::open(R"({"a":{"a":{"a":[{"a":1},{"a":1}]}},"b":{"a":1}})"));
  CHECK(JsonPage::open(R"({"12345678a12345678":1,"12345678b12345678":1})"));  // equal in everything that is hashed
}

TEST_CASE("many names in one object are compared in reasonable time") {
  std::string body = "{";
  for (int i = 0; i < 200'000; ++i) body += "\"12345678-" + std::to_string(1'000'000 + i) + "-12345678\":1,";
  CHECK(JsonPage::open(body + "\"last\":1}"));
  CHECK_FALSE(JsonPage::open(body + "\"12345678-1000777-12345678\":1}"));
}

TEST_CASE("every limit is reached and holds") {
  JsonLimits limits{.bytes_max = 20, .depth_max = 3, .values_max = 5};
  CHECK(JsonPage::open("[1,2,3,4           ]", limits));
  CHECK(sentence(JsonPage::open("[1,2,3,4            ]", limits).error()) ==
        "byte 0: the answer has 21 bytes, the limit is 20; ask for smaller pages");
  CHECK(sentence(JsonPage::open("[1,2,3,4,5]", limits).error()) == "/4: the answer holds more than 5 values; ask for smaller pages");
  CHECK(JsonPage::open("[[[1]]]", limits));
  CHECK(sentence(JsonPage::open("[[{\"a\":[]}]]", limits).error()) ==
        "/0/0/a: brackets are open more than 3 deep; no known tool answers so deep, look at the answer with curl");
  CHECK_FALSE(JsonPage::open(std::string(10'000, '[') + std::string(10'000, ']')));
  CHECK_FALSE(JsonPage::open(std::string((std::size_t{32} << 20U) + 1, ' ')));
}

TEST_CASE("a place stays short and printable whatever the names are") {
  const std::string page = "{\"" + std::string(1000, 'n') + "\":{\"a/b~c\":{\"\\u0007\":x}}}";
  CHECK(JsonPage::open(page).error().where == "/" + std::string(60, 'n') + ".../a~1b~0c/?");
  std::string deep;
  for (int i = 0; i < 60; ++i) deep += R"({"0123456789":)";
  CHECK(JsonPage::open(deep + "x").error().where.size() < 330);
}

TEST_CASE("values are read in place") {
  const JsonPage page = opened(R"( {"s":"text","e":"a\"\\\/\b\f\n\r\té証😀z","n":-12.5e3,"t":true,"f":false,"z":null,)"
                               R"("o":{"x.y":1,"a/b":{"m~n":2},"":3},"l":[1,[],{},"x" ],"empty":"" } )");
  const JsonValue root = page.root();
  CHECK(root.is(JsonKind::object));
  CHECK(root.at("/s").text() == "text");
  CHECK(root.at("/s").raw() == "\"text\"");
  CHECK(root.at("/e").text() == "a\"\\/\b\f\n\r\t\u00e9\u8a3c\U0001F600z");
  CHECK(root.at("/e").text().data() == root.at("/e").text().data());  // resolved once
  CHECK(root.at("/n").text() == "-12.5e3");
  CHECK(root.at("/t").kind() == JsonKind::boolean);
  CHECK(root.at("/t").text() == "true");
  CHECK(root.at("/f").text() == "false");
  CHECK(root.at("/z").is(JsonKind::null));
  CHECK(root.at("/empty").is(JsonKind::string));
  CHECK(root.at("/empty").text().empty());
  CHECK(root.at("/o").raw() == R"({"x.y":1,"a/b":{"m~n":2},"":3})");
  CHECK(root.at("/o/x.y").text() == "1");
  CHECK(root.at("/o/a~1b/m~0n").text() == "2");
  CHECK(root.at("/o/").text() == "3");
  CHECK(root.at("/l").raw() == R"([1,[],{},"x" ])");
  CHECK(root.at("/l/3").text() == "x");
  CHECK(root.at("").raw().size() == root.raw().size());
  for (const char* nothing : {"/x", "/l/4", "/l/01", "/l/-1", "/l/", "/s/0", "/o/x", "s", "/l/99999999999999999999"}) {
    INFO(nothing);
    CHECK(root.at(nothing).is_missing());
    CHECK(root.at(nothing).text().empty());
    CHECK(root.at(nothing).raw().empty());
    CHECK(root.at(nothing).at("/y").is_missing());
  }
}

TEST_CASE("half a surrogate pair is shown as the replacement character") {
  const JsonPage page = opened(R"(["cut \ud83d","\ude00 tail","\ud83dx","\ud83d\ud83d\ude00","\ud83d\n"])");
  CHECK(page.root().at("/0").text() == "cut \uFFFD");
  CHECK(page.root().at("/1").text() == "\uFFFD tail");
  CHECK(page.root().at("/2").text() == "\uFFFDx");
  CHECK(page.root().at("/3").text() == "\uFFFD\U0001F600");
  CHECK(page.root().at("/4").text() == "\uFFFD\n");
}

TEST_CASE("elements and members come in the document's order") {
  const JsonPage page = opened(R"({"l":[10,"a",[1,2],{"k":[]},null], "b\u0061d":1 ,"o":{}})");
  std::string seen;
  for (const auto [name, value] : page.root().members()) seen += std::string(name) + "=" + akashi::name(value.kind()) + ";";
  CHECK(seen == "l=an array;bad=a number;o=an object;");
  seen.clear();
  for (const JsonValue element : page.root().at("/l").elements()) seen += std::string(element.raw()) + ";";
  CHECK(seen == "10;\"a\";[1,2];{\"k\":[]};null;");
  for ([[maybe_unused]] const JsonValue element : page.root().at("/o").elements()) FAIL("an object has no elements");
  for ([[maybe_unused]] const auto member : page.root().at("/o").members()) FAIL("an empty object has no members");
  for ([[maybe_unused]] const auto member : page.root().at("/l").members()) FAIL("an array has no members");
  for ([[maybe_unused]] const JsonValue element : JsonValue{}.elements()) FAIL("nothing has no elements");
}

TEST_CASE("values outlive a move of their page") {
  JsonPage page = opened(R"(["a","\u0062"])");
  const JsonValue first = page.root().at("/0");
  const std::string_view second = page.root().at("/1").text();
  const JsonPage moved = std::move(page);
  CHECK(first.text() == "a");
  CHECK(second == "b");
}

TEST_CASE("a document may be a scalar, may begin with a byte order mark and may be spread over lines") {
  for (const char* body : {"1", " -0.0 ", "\"x\"", "true", "null", "[]", "{}", "\xEF\xBB\xBF{}", "[\r\n 1 ,\n\t2 ]\n"}) {
    INFO(body);
    CHECK(JsonPage::open(body));
  }
  CHECK(opened("\xEF\xBB\xBF [1]").root().at("/0").text() == "1");
  CHECK(opened("{ \"a\" : \"b\" \n}").root().at("/a").text() == "b");
}

}  // namespace
}  // namespace akashi
