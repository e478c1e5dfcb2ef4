#include "collector/store/lists.hpp"

namespace akashi {
namespace {

constexpr std::string_view digits = "0123456789abcdef";

// The texts of one line that quote() wrote, in order.
std::vector<std::string> texts(std::string_view json) {
  std::vector<std::string> found;
  bool inside = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (c == '"') {
      if (!inside) found.emplace_back();
      inside = !inside;
    } else if (inside && c == '\\' && i + 1 < json.size()) {
      if (json[++i] != 'u') {
        found.back() += json[i];
      } else if (i + 4 < json.size()) {
        found.back() += static_cast<char>(digits.find(json[i + 3]) * 16 + digits.find(json[i + 4]));
        i += 4;
      }
    } else if (inside) {
      found.back() += c;
    }
  }
  return found;
}

}  // namespace

std::string quote(std::string_view text) {
  std::string json = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20) {
      (json += "\\u00") += digits[byte / 16];
      json += digits[byte % 16];
      continue;
    }
    if (c == '"' || c == '\\') json += '\\';
    json += c;
  }
  return json += '"';
}

std::string write_list(const std::vector<std::string>& list) {
  std::string json;
  for (const auto& text : list) (json += json.empty() ? '[' : ',') += quote(text);
  return json.empty() ? json : json += ']';
}

std::string write_map(const std::map<std::string, std::string>& map) {
  std::string json;
  for (const auto& [key, value] : map) ((json += json.empty() ? '{' : ',') += quote(key)) += ":" + quote(value);
  return json.empty() ? json : json += '}';
}

std::vector<std::string> read_list(std::string_view json) { return texts(json); }

std::map<std::string, std::string> read_map(std::string_view json) {
  std::map<std::string, std::string> map;
  const auto found = texts(json);
  for (std::size_t i = 0; i + 1 < found.size(); i += 2) map.emplace(found[i], found[i + 1]);
  return map;
}

}  // namespace akashi
