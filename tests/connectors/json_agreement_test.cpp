// JsonPage and RapidJSON's parser must accept and refuse the same documents, and read the same values from them.
// Known differences, all wanted: duplicate names and limits are ours; half a surrogate pair is read as U+FFFD; a byte order mark is skipped;
// a number too big for a double is still text.
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>

#include <random>
#include <string>

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
    const std::string ours = shown(page->root());
    if (ours.find("\uFFFD") != std::string::npos) return;  // RapidJSON makes no UTF-8 of some halves of pairs
    if (ours != shown(document)) FAIL(ours << "\nis not\n" << shown(document));
    return;
  }
  ++verdicts.refused;
  INFO(sentence(page.error()));
  if (!document.HasParseError() && page.error().what.find("twice") == std::string::npos) FAIL("refused by us alone");
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

}  // namespace
}  // namespace akashi
