#include "connectors/engine/json_line.hpp"

namespace akashi {

std::string json_text(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20) {
      out += "\\u00";
      out += digits[byte >> 4U];
      out += digits[byte & 15U];
    } else {
      out += c;
    }
  }
  return out + '"';
}

JsonLine& JsonLine::raw(std::string_view name, std::string_view json) {
  members_ += (members_.empty() ? "" : ",") + json_text(name) + ":" + std::string(json);
  return *this;
}

JsonLine& JsonLine::text(std::string_view name, std::string_view value) { return value.empty() ? *this : raw(name, json_text(value)); }
JsonLine& JsonLine::number(std::string_view name, std::uint64_t value) { return raw(name, std::to_string(value)); }
JsonLine& JsonLine::truth(std::string_view name, bool value) { return raw(name, value ? "true" : "false"); }
JsonLine& JsonLine::time(std::string_view name, const std::optional<Instant>& at) { return at ? text(name, format_time(*at)) : *this; }

JsonLine& JsonLine::texts(std::string_view name, const std::vector<std::string>& values) {
  if (values.empty()) return *this;
  std::string list;
  for (const auto& value : values) list += (list.empty() ? "" : ",") + json_text(value);
  return raw(name, "[" + list + "]");
}

}  // namespace akashi
