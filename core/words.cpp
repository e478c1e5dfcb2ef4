#include "core/words.hpp"

#include "core/words_table.hpp"

namespace akashi {

namespace {

std::string_view text_of(const Words& words, Lang lang) { return lang == Lang::ja ? words.ja : words.en; }

// A code that is not in the table shows as itself: somebody can look for it, and nothing is hidden.
std::string word(std::string_view code, Lang lang) {
  const auto* const words = find_words(code);
  return std::string(words == nullptr ? code : text_of(*words, lang));
}

// English counts: "{0:act|acts}" is "act" when the argument is 1. The length of what stands there, 0 when nothing does.
std::size_t plural_length(std::string_view at) {
  const bool begins = at.size() > 3 && at[0] == '{' && at[1] >= '0' && at[1] <= '9' && at[2] == ':';
  const auto end = at.find('}');
  return begins && end != std::string_view::npos ? end + 1 : 0;
}

std::string_view counted(std::string_view plural, const std::vector<std::string>& args) {
  const auto index = static_cast<std::size_t>(plural[1] - '0');
  const auto bar = plural.find('|');
  const bool one = index < args.size() && args[index] == "1";
  return one ? plural.substr(3, bar - 3) : plural.substr(bar + 1, plural.size() - bar - 2);
}

bool is_placeholder(std::string_view at) { return at.size() >= 3 && at[0] == '{' && at[1] >= '0' && at[1] <= '9' && at[2] == '}'; }

std::string said(const std::string& argument, Lang lang) {
  return argument.starts_with('@') && find_words(std::string_view(argument).substr(1)) != nullptr ? word(argument.substr(1), lang) : argument;
}

std::string coded(std::string_view group, std::string_view name, Lang lang) { return word(std::string(group).append(name), lang); }

}  // namespace

std::string say(const Reason& reason, Lang lang) {
  const auto pattern = word(reason.code, lang);
  std::string text;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const auto rest = std::string_view(pattern).substr(at);
    if (const auto length = plural_length(rest); length > 0) {
      text += counted(rest.substr(0, length), reason.args);
      at += length - 1;
      continue;
    }
    const auto index = is_placeholder(rest) ? static_cast<std::size_t>(rest[1] - '0') : reason.args.size();
    if (index >= reason.args.size()) {
      text += pattern[at];
      continue;
    }
    text += said(reason.args[index], lang);
    at += 2;
  }
  return text;
}

std::string say(State state, Lang lang) { return coded("state.", name(state), lang); }
std::string say(Confidence confidence, Lang lang) { return coded("confidence.", name(confidence), lang); }
std::string say(Supported supported, Lang lang) { return coded("supported.", name(supported), lang); }
std::string say_rejection(std::string_view code, Lang lang) { return word(code, lang); }
std::string_view name(const Service& service, Lang lang) { return lang == Lang::ja ? service.name_ja : service.name_en; }

}  // namespace akashi
