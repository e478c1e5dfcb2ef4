#include "connectors/engine/html_lines.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/text.hpp"

namespace akashi {

namespace {

constexpr auto line_ends =
    std::to_array<std::string_view>({"br", "p", "/p", "div", "/div", "/tr", "/table", "li", "/li", "ul", "/ul", "hr", "/h1", "/h2", "/h3", "/h4"});
constexpr auto entities = std::to_array<std::pair<std::string_view, char>>(
    {{"&nbsp;", ' '}, {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}, {"&#58;", ':'}, {"&#45;", '-'}});

// The name of the tag that starts at `text`, lower-cased, with its slash; empty when none starts here.
std::string tag_name(std::string_view text) {
  std::size_t end = 1;
  if (end < text.size() && text[end] == '/') ++end;
  const auto start = end;
  while (end < text.size() && end < 12 && ((text[end] | 0x20) >= 'a' && (text[end] | 0x20) <= 'z')) ++end;
  if (end == start) return {};
  while (end < text.size() && end < 12 && text[end] >= '0' && text[end] <= '9') ++end;
  return lower(text.substr(1, end - 1));
}

std::string_view written_for(const std::string& tag) {
  if (std::ranges::find(line_ends, tag) != line_ends.end()) return "\n";
  if (tag == "tr") return "\n|";
  if (tag == "/td" || tag == "/th") return "|";
  if (tag.size() == 2 && tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6') return "\n#";
  return "";
}

}  // namespace

bool looks_like_html(std::string_view text) {
  for (auto at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const auto tag = tag_name(text.substr(at));
    if (tag.empty()) continue;
    if (text.find('>', at) == std::string_view::npos) return false;  // no tag ends any more
    return !written_for(tag).empty() || tag == "html" || tag == "table" || tag == "span";
  }
  return false;
}

std::string html_to_lines(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    if (text.front() == '<') {
      const auto tag = tag_name(text);
      const auto end = tag.empty() ? std::string_view::npos : text.find('>');
      if (!tag.empty() && end == std::string_view::npos) break;  // a tag that was cut off
      if (!tag.empty()) {
        out += written_for(tag);
        text.remove_prefix(end + 1);
        continue;
      }
    }
    const auto entity =
        text.front() == '&' ? std::ranges::find_if(entities, [&](const auto& one) { return text.starts_with(one.first); }) : entities.end();
    out += entity == entities.end() ? (text.front() == '\r' ? '\n' : text.front()) : entity->second;
    text.remove_prefix(entity == entities.end() ? 1 : entity->first.size());
  }
  return out;
}

}  // namespace akashi
