// JsonPage and RapidJSON's parser must accept and refuse the same documents, and read the same values from them.
// Known differences, all wanted: duplicate names and limits are ours; half a surrogate pair is read as U+FFFD; a byte order mark is skipped;
// a number too big for a double is still text.
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>

#include <random>
#include <set>
#include <string>
#include <vector>

#include "catch.hpp"
#include "connectors/engine/json_page.hpp"

namespace akashi {
namespace {

using Random = std::mt19937;

std::size_t below(Random& random, std::size_t end) { return random() % end; }

std::string blank(Random& random) {
  static const std::vector<std::string> blanks = {"", "", "", "", " ", "\n", "\t \r\n", std::string(70, ' ')};
  return blanks[below(random, blanks.size())];
}

std::string random_string(Random& random, int unique) {
  static const std::vector<std::string> pieces = {"a",
                                                  "Ticket ",
                                                  "\\\"",
                                                  "\\\\",
                                                  "\\/",
                                                  "\\n",
                                                  "\\u0000",
                                                  "\\u00e9",
                                                  "\\ud83d\\ude00",
                                                  "証拠",
                                                  "\U0001F600",
                                                  "é",
                                                  ": , {}",
                                                  "[1]",
                                                  "\\t\\b\\f\\r",
                                                  "12345678",
                                                  std::string(100, 'x')};
  std::string text = "\"";
  if (unique >= 0) text += "k" + std::to_string(unique);
  for (std::size_t i = below(random, 4); i > 0; --i) text += pieces[below(random, pieces.size())];
  return text + "\"";
}

std::string random_number(Random& random) {
  static const std::vector<std::string> numbers = {
      "0", "-0", "1", "-12", "1.5", "0.25", "1e3", "1E-3", "-2.5e+10", "1234567890123456789", "18446744073709551616"};
  return numbers[below(random, numbers.size())];
}

std::string random_value(Random& random, int depth) {
  static const std::vector<std::string> literals = {"true", "false", "null"};
  const std::size_t sort = below(random, depth > 5 ? 3 : 5);
  if (sort == 0) return literals[below(random, literals.size())];
  if (sort == 1) return random_number(random);
  if (sort == 2) return random_string(random, -1);
  std::string text = sort == 3 ? "[" : "{";
  const std::size_t count = below(random, 6);
  for (std::size_t i = 0; i < count; ++i) {
    text += (i != 0 ? "," : "") + blank(random);
    if (sort == 4) text += random_string(random, static_cast<int>(i)) + blank(random) + ":" + blank(random);
    text += random_value(random, depth + 1) + blank(random);
  }
  return text + (sort == 3 ? "]" : "}");
}

// What a wire or a careless maker does to a document.
std::string damaged(std::string text, Random& random) {
  static const std::vector<std::string> shards = {
      "{",    "}",    "[",    "]",        ",",     ":",    "\"",      "\\",           "0",     "-", ".",   "e", "t", " ", "\n",
      "\x01", "\xff", "\xc3", "\xe8\xa8", "\\u12", "null", "\\ud83d", "\xed\xa0\x80", "/*x*/", "1", "\x7f"};
  for (std::size_t changes = 1 + below(random, 2); changes > 0 && !text.empty(); --changes) {
    const std::size_t at = below(random, text.size());
    switch (below(random, 5)) {
      case 0:
        text.erase(at, 1 + below(random, 3));
        break;
      case 1:
        text.insert(at, shards[below(random, shards.size())]);
        break;
      case 2:
        text.replace(at, 1, shards[below(random, shards.size())]);
        break;
      case 3:
        std::swap(text[at], text[below(random, text.size())]);
        break;
      default:
        text.resize(at);
        break;
    }
  }
  return text;
}

std::string shown(const rapidjson::Value& value);
std::string shown(const JsonValue& value);

std::string shown(const rapidjson::Value& value) {
  if (value.IsString()) return "s" + std::string(value.GetString(), value.GetStringLength()) + ";";
  if (value.IsNumber()) return "n;";
  if (value.IsNull()) return "z;";
  if (value.IsBool()) return value.GetBool() ? "true;" : "false;";
  std::string text = value.IsArray() ? "[" : "{";
  if (value.IsArray()) {
    for (const auto& element : value.GetArray()) text += shown(element);
  } else {
    for (const auto& member : value.GetObject()) text += shown(member.name) + shown(member.value);
  }
  return text + (value.IsArray() ? "]" : "}");
}

std::string shown(const JsonValue& value) {
  switch (value.kind()) {
    case JsonKind::string:
      return "s" + std::string(value.text()) + ";";
    case JsonKind::number:
      return "n;";
    case JsonKind::null:
      return "z;";
    case JsonKind::boolean:
      return std::string(value.text()) + ";";
    case JsonKind::missing:
      return "missing";
    case JsonKind::array:
    case JsonKind::object:
      break;
  }
  std::string text = value.is(JsonKind::array) ? "[" : "{";
  for (const JsonValue element : value.elements()) text += shown(element);
  for (const auto [name, member] : value.members()) text += "s" + std::string(name) + ";" + shown(member);
  return text + (value.is(JsonKind::array) ? "]" : "}");
}

bool names_twice(const rapidjson::Value& value) {
  bool twice = false;
  if (value.IsArray()) {
    for (const auto& element : value.GetArray()) twice = twice || names_twice(element);
  }
  if (value.IsObject()) {
    std::set<std::string> names;
    for (const auto& member : value.GetObject()) {
      twice = twice || !names.insert({member.name.GetString(), member.name.GetStringLength()}).second || names_twice(member.value);
    }
  }
  return twice;
}

struct Verdicts {
  std::size_t accepted = 0;
  std::size_t refused = 0;
};

void check_agreement(const std::string& text, Verdicts& verdicts) {
  rapidjson::Document document;
  rapidjson::MemoryStream stream(text.data(), text.size());
  document.ParseStream<rapidjson::kParseValidateEncodingFlag, rapidjson::UTF8<>>(stream);
  const rapidjson::ParseErrorCode error = document.GetParseError();
  const Result<JsonPage> page = JsonPage::open(text);
  INFO(text);
  if (page) {
    ++verdicts.accepted;
    if (error == rapidjson::kParseErrorStringUnicodeSurrogateInvalid || error == rapidjson::kParseErrorNumberTooBig) return;
    INFO(rapidjson::GetParseError_En(error) << " at " << document.GetErrorOffset());
    if (document.HasParseError()) FAIL("accepted by us alone");
    if (names_twice(document)) FAIL("a name that an object holds twice was not found");
    const std::string ours = shown(page->root());
    if (ours.find("\uFFFD") != std::string::npos) return;  // RapidJSON makes no UTF-8 of some halves of pairs
    if (ours != shown(document)) FAIL(ours << "\nis not\n" << shown(document));
    return;
  }
  ++verdicts.refused;
  INFO(sentence(page.error()));
  const bool twice = page.error().what.find("twice") != std::string::npos;
  if (!document.HasParseError() && twice != names_twice(document)) FAIL("refused by us alone");
}

TEST_CASE("random documents, whole and damaged, are judged and read as RapidJSON does") {
  Random random(20261121);
  Verdicts verdicts;
  for (int round = 0; round < 4000; ++round) {
    const std::string text = blank(random) + random_value(random, 0) + blank(random);
    check_agreement(text, verdicts);
    for (int i = 0; i < 8; ++i) check_agreement(damaged(text, random), verdicts);
  }
  CHECK(verdicts.accepted > 4000);
  CHECK(verdicts.refused > 4000);
}

// Objects as a tool writes them, the same few shapes over and over, and now and then something else.
std::string random_object(Random& random, int depth) {
  static const std::vector<std::string> names = {"id",
                                                 "a",
                                                 "created_at",
                                                 "thirteen_ches",
                                                 "fourteen_chars",
                                                 "a_name_of_just_29_characters_",
                                                 "a_name_of_just_30_characters__",
                                                 "\\u0061",
                                                 "c\\u0072eated_at",
                                                 "証拠",
                                                 "",
                                                 "a name that is longer than any word of a shape"};
  static const std::vector<std::vector<std::size_t>> shapes = {{0, 1, 2, 3, 4}, {0, 2, 4, 5, 6}, {1}, {9, 10, 11, 0}, {7, 0, 5}, {0, 7, 6, 8}};
  std::string text = "{";
  const auto add = [&](const std::string& name) {
    text += (text.size() > 1 ? "," : "") + ("\"" + name + "\"") + (below(random, 60) == 0 ? " :" : ":");
    text += depth < 3 && below(random, 4) == 0 ? random_object(random, depth + 1) : random_number(random);
  };
  for (const std::size_t name : shapes[below(random, shapes.size())]) {
    add(names[name]);
    if (below(random, 300) == 0) add(names[below(random, names.size())]);
    if (below(random, 100) == 0) add("new" + std::to_string(random()));
  }
  return text + "}";
}

TEST_CASE("a name that an object holds twice is found in documents of a few shapes") {
  Random random(9);
  Verdicts verdicts;
  for (int round = 0; round < 1500; ++round) {
    std::string text = "[";
    for (std::size_t i = below(random, 30); i > 0; --i) text += random_object(random, 0) + ",";
    check_agreement(text + random_object(random, 0) + "]", verdicts);
  }
  CHECK(verdicts.accepted > 300);
  CHECK(verdicts.refused > 300);
}

TEST_CASE("more shapes, more names and more followers than are learned") {
  Verdicts verdicts;
  std::string many_shapes = "[{\"z\":0}";
  for (int i = 0; i < 6000; ++i) many_shapes += ",{\"a\":1,\"b" + std::to_string(i % 40) + "\":1,\"c" + std::to_string(i) + "\":{\"d\":1}}";
  check_agreement(many_shapes + "]", verdicts);
  check_agreement(many_shapes + ",{\"a\":1,\"b77\":1,\"c\":{\"d\":1,\"e\":1,\"d\":2}}]", verdicts);
  for (const int again : {-1, 0, 63, 64, 99}) {
    std::string many_names = "[";
    for (int object = 0; object < 3; ++object) {
      many_names += object == 0 ? "{" : ",{";
      for (int i = 0; i < 100; ++i) many_names += (i == 0 ? "\"n" : ",\"n") + std::to_string(i) + "\":[]";
      if (object == 2 && again >= 0) many_names += ",\"n" + std::to_string(again) + "\":0";
      many_names += "}";
    }
    check_agreement(many_names + "]", verdicts);
  }
  CHECK(verdicts.accepted == 2);
  CHECK(verdicts.refused == 5);
}

}  // namespace
}  // namespace akashi
