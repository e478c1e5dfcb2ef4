#include "connectors/engine/documents.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "connectors/engine/classify.hpp"
#include "core/text.hpp"
#include "core/vocabulary.hpp"

namespace akashi {

namespace {

constexpr std::string_view document_mark = "{document}";
constexpr std::string_view version_mark = "{version}";
constexpr std::string_view field_of_case = "cf.";
constexpr std::size_t title_looked_at_max = 1000;  // bytes of a title that are looked at

// Half width, lower case, runs of white space one space.
std::string folded(std::string_view text) {
  std::string out;
  for (const char c : lower(half_width(cut(text, title_looked_at_max)))) {
    const char one = c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
    if (one != ' ' || out.empty() || out.back() != ' ') out += one;
  }
  return out;
}

Result<std::vector<std::string>> folded_words(const Yaml& node) {
  auto words = node.is_list() && node.items().empty() ? Result<std::vector<std::string>>(std::vector<std::string>{}) : parse_words(node);
  if (words)
    for (auto& word : *words) word = std::string(trim(folded(word)));
  return words;
}

Result<HeadWords> parse_head_words(const Yaml& node) {
  constexpr auto keys = std::to_array<std::string_view>({"services", "owner", "version", "reviewed", "role"});
  if (auto known = node.only(keys); !known) return std::unexpected(known.error());
  HeadWords words;
  const auto lists = std::to_array<std::pair<std::string_view, std::vector<std::string>*>>(
      {{"services", &words.services}, {"owner", &words.owner}, {"version", &words.version}, {"reviewed", &words.reviewed}, {"role", &words.role}});
  for (const auto& [key, list] : lists) {
    const auto* value = node.find(key);
    if (value == nullptr) continue;
    auto parsed = folded_words(*value);
    if (!parsed) return std::unexpected(parsed.error());
    *list = std::move(*parsed);
  }
  return words;
}

Status parse_when(const Yaml& node, DocumentPlace& place) {
  constexpr auto keys = std::to_array<std::string_view>({"id", "title", "url", "label"});
  if (auto known = node.only(keys); !known) return known;
  if (node.members().empty())
    return std::unexpected(node.wrong("\"when\" says of no document that it is meant", "write which, like {id: \"wiki/csirt/*\"}"));
  for (const auto& [key, value] : node.members()) {
    auto patterns = parse_words(value);
    if (!patterns) return std::unexpected(patterns.error());
    place.when.emplace_back(key, std::move(*patterns));
  }
  return {};
}

Result<std::string> parse_role(const Yaml& node) {
  auto word = node.as_string();
  if (!word || std::ranges::find(document_roles(), *word) != document_roles().end()) return word;
  const auto near = nearest(*word, document_roles());
  return std::unexpected(
      node.wrong("\"" + *word + "\" is no role of a document",
                 near.empty() ? fmt::format("known here: {}", fmt::join(document_roles(), ", ")) : "did you mean \"" + near + "\"?"));
}

Result<DocumentPlace> parse_place(const Yaml& node) {
  constexpr auto keys = std::to_array<std::string_view>({"when", "services", "owner", "role", "title"});
  if (auto known = node.only(keys); !known) return std::unexpected(known.error());
  DocumentPlace place;
  const auto* when = node.find("when");
  if (when == nullptr)
    return std::unexpected(node.wrong("an entry without \"when\"", "say which documents it is about, like when: {id: \"wiki/csirt/*\"}"));
  if (auto ok = parse_when(*when, place); !ok) return std::unexpected(ok.error());
  if (const auto* services = node.find("services")) {
    auto ids = parse_services(*services);
    if (!ids) return std::unexpected(ids.error());
    place.services = std::move(*ids);
  }
  if (const auto* owner = node.find("owner")) {
    auto line = parse_line(*owner);
    if (!line) return std::unexpected(line.error());
    place.owner = std::move(*line);
  }
  if (const auto* role = node.find("role")) {
    auto word = parse_role(*role);
    if (!word) return std::unexpected(word.error());
    place.role = std::move(*word);
  }
  if (const auto* title = node.find("title")) {
    auto pattern = TitlePattern::parse(*title);
    if (!pattern) return std::unexpected(pattern.error());
    place.title = std::move(*pattern);
  }
  return place;
}

Status parse_addresses(const Yaml& node, std::vector<std::string>& addresses) {
  auto words = parse_words(node);
  if (!words) return std::unexpected(words.error());
  for (const auto& word : *words)
    if (!word.starts_with("https://") && !word.starts_with("http://"))
      return std::unexpected(node.wrong("\"" + word + "\" is no address", "write it whole, like https://wiki.example/csirt/"));
  addresses = std::move(*words);
  return {};
}

Result<std::string> parse_field(const Yaml& node) {
  auto field = parse_line(node);
  if (!field) return field;
  if (!field->starts_with(field_of_case) || field->size() == field_of_case.size())
    return std::unexpected(node.wrong("\"" + *field + "\" is no custom field", "write cf.NAME"));
  return field->substr(field_of_case.size());
}

Result<TicketFields> parse_ticket_fields(const Yaml& node) {
  TicketFields fields;
  const std::array<std::pair<std::string_view, std::string*>, 5> known{{{"services", &fields.services},
                                                                        {"owner", &fields.owner},
                                                                        {"version", &fields.version},
                                                                        {"reviewed", &fields.reviewed},
                                                                        {"role", &fields.role}}};
  constexpr auto keys = std::to_array<std::string_view>({"services", "owner", "version", "reviewed", "role"});
  if (auto only = node.only(keys); !only) return std::unexpected(only.error());
  for (const auto& [key, into] : known) {
    const auto* value = node.find(key);
    if (value == nullptr) continue;
    auto field = parse_field(*value);
    if (!field) return std::unexpected(field.error());
    *into = std::move(*field);
  }
  return fields;
}

std::string field_of(const CaseState& ticket, const std::string& name) {
  if (name.empty()) return {};
  for (const auto& [key, value] : ticket.fields)
    if (same_word(key, name)) return clean_line(value, title_looked_at_max);
  return {};
}

// Words that open or close the title of an approval. Longer ones stand before those that they contain.
constexpr auto openings = std::to_array<std::string_view>({"re:",
                                                           "please review and approve",
                                                           "please approve",
                                                           "review and approve",
                                                           "request for approval of",
                                                           "request for approval",
                                                           "approval request for",
                                                           "approval request",
                                                           "approval of",
                                                           "approval for",
                                                           "approval",
                                                           "approve",
                                                           "sign-off of",
                                                           "sign-off",
                                                           "【承認依頼】",
                                                           "【承認申請】",
                                                           "【承認】",
                                                           "[approval]",
                                                           "承認依頼",
                                                           "承認申請",
                                                           "承認"});
constexpr auto closings = std::to_array<std::string_view>({"の承認のお願い", "の承認について", "の承認依頼", "の承認申請", "の承認", "承認のお願い",
                                                           "承認依頼", "承認申請", "承認", "approval request", "for approval", "approval"});
constexpr auto nouns = std::to_array<std::string_view>({"the", "procedure", "document", "手順書", "手順", "文書"});

bool is_word_end(std::string_view rest) {
  if (rest.empty()) return true;
  const auto next = static_cast<unsigned char>(rest.front());
  return next >= 0x80 || !((next >= 'a' && next <= 'z') || (next >= '0' && next <= '9'));
}

std::string_view without_joins(std::string_view text) {
  for (;;) {
    text = trim(text);
    const auto before = text.size();
    for (const std::string_view join : {":", "-", "–", "—", "/", ","})
      if (text.starts_with(join)) text.remove_prefix(join.size());
    if (text.size() == before) return text;
  }
}

// Takes one opening off; `text` and its folded twin have the same length because the folding of `approval_title` keeps it.
bool take_opening(std::string_view& text) {
  const auto low = lower(text);
  for (const auto opening : openings) {
    if (!low.starts_with(opening) || !is_word_end(std::string_view(low).substr(opening.size()))) continue;
    text = without_joins(text.substr(opening.size()));
    return true;
  }
  return false;
}

bool take_closing(std::string_view& text) {
  const auto low = lower(text);
  for (const auto closing : closings) {
    if (!low.ends_with(closing)) continue;
    const auto rest = text.substr(0, text.size() - closing.size());
    const bool ascii = static_cast<unsigned char>(closing.front()) < 0x80;
    if (ascii && !rest.empty() && !is_word_end(lower(rest.substr(rest.size() - 1)))) continue;
    text = trim(rest);
    return true;
  }
  return false;
}

// "procedure: X", "手順書「X」", "the X": the noun in front is not part of the name.
std::string_view without_noun(std::string_view text) {
  const auto low = lower(text);
  for (const auto noun : nouns) {
    if (!low.starts_with(noun)) continue;
    const auto rest = text.substr(noun.size());
    const bool article = noun == "the" && rest.starts_with(" ");
    if (article) return without_noun(trim(rest));
    if (noun != "the" &&
        (trim(rest).starts_with(":") || trim(rest).starts_with("「") || trim(rest).starts_with("『") || trim(rest).starts_with("\"")))
      return without_joins(rest);
  }
  return text;
}

std::string unquoted(std::string_view text) {
  constexpr auto quotes =
      std::to_array<std::pair<std::string_view, std::string_view>>({{"「", "」"}, {"『", "』"}, {"\"", "\""}, {"“", "”"}, {"'", "'"}});
  for (const auto& [open, close] : quotes)
    if (text.size() > open.size() + close.size() && text.starts_with(open) && text.ends_with(close))
      return std::string(trim(text.substr(open.size(), text.size() - open.size() - close.size())));
  return std::string(text);
}

}  // namespace

Result<TitlePattern> TitlePattern::parse(const Yaml& node) {
  auto line = parse_line(node);
  if (!line) return std::unexpected(line.error());
  const auto text = folded(*line);
  const auto document = text.find(document_mark), version = text.find(version_mark);
  if (document == std::string::npos)
    return std::unexpected(node.wrong("the pattern has no {document}", "write it like \"Approve {document} v{version}\""));
  if (text.find(document_mark, document + 1) != std::string::npos ||
      (version != std::string::npos && text.find(version_mark, version + 1) != std::string::npos))
    return std::unexpected(node.wrong("a placeholder stands twice", "keep one {document} and one {version}"));
  TitlePattern pattern;
  pattern.version_ = version != std::string::npos;
  pattern.version_first_ = pattern.version_ && version < document;
  if (!pattern.version_) {
    pattern.before_ = text.substr(0, document);
    pattern.after_ = text.substr(document + document_mark.size());
    return pattern;
  }
  const auto first = std::min(document, version), second = std::max(document, version);
  const auto first_end = first + (pattern.version_first_ ? version_mark.size() : document_mark.size());
  pattern.before_ = text.substr(0, first);
  pattern.between_ = text.substr(first_end, second - first_end);
  pattern.after_ = text.substr(second + (pattern.version_first_ ? document_mark.size() : version_mark.size()));
  if (pattern.between_.empty())
    return std::unexpected(node.wrong("nothing stands between {document} and {version}", "write what separates them, like a space or \" v\""));
  return pattern;
}

std::optional<NamedVersion> TitlePattern::read(std::string_view title) const {
  const auto whole = folded(clean_line(title, title_looked_at_max));
  std::string_view text = whole;
  if (text.size() < before_.size() + after_.size() || !text.starts_with(before_) || !text.ends_with(after_)) return std::nullopt;
  text = text.substr(before_.size(), text.size() - before_.size() - after_.size());
  std::string_view document = text, version;
  if (version_) {
    // The version is short: what separates it is looked for from its side.
    const auto at = version_first_ ? text.find(between_) : text.rfind(between_);
    if (at == std::string_view::npos) return std::nullopt;
    const auto left = text.substr(0, at), right = text.substr(at + between_.size());
    document = version_first_ ? right : left;
    version = version_first_ ? left : right;
    if (trim(version).empty()) return std::nullopt;
  }
  if (trim(document).empty()) return std::nullopt;
  return NamedVersion{unquoted(trim(document)), version_ ? version_word(version) : ""};
}

bool DocumentPlace::fits(const Document& document, const std::vector<std::string>& labels) const {
  return std::ranges::all_of(when, [&](const auto& condition) {
    return std::ranges::any_of(condition.second, [&](const std::string& pattern) {
      if (condition.first == "label") return std::ranges::any_of(labels, [&](const std::string& label) { return fits_wildcards(label, pattern); });
      if (condition.first == "title") return fits_wildcards(document.title, pattern);
      if (condition.first == "url") return fits_wildcards(document.url, pattern);
      const std::string_view id = document.id;
      return fits_wildcards(id, pattern) || fits_wildcards(id.substr(id.find(':') + 1), pattern);
    });
  });
}

const DocumentPlace* DocumentSettings::place_of(const Document& document, const std::vector<std::string>& labels) const {
  const auto at = std::ranges::find_if(places, [&](const DocumentPlace& place) { return place.fits(document, labels); });
  return at == places.end() ? nullptr : &*at;
}

Result<DocumentSettings> parse_documents(const Yaml& node) {
  constexpr auto keys = std::to_array<std::string_view>({"at", "head", "places", "tickets"});
  if (auto known = node.only(keys); !known) return std::unexpected(known.error());
  DocumentSettings settings;
  if (const auto* at = node.find("at"))
    if (auto ok = parse_addresses(*at, settings.addresses); !ok) return std::unexpected(ok.error());
  if (const auto* head = node.find("head")) {
    auto words = parse_head_words(*head);
    if (!words) return std::unexpected(words.error());
    settings.words = std::move(*words);
  }
  if (const auto* tickets = node.find("tickets")) {
    auto fields = parse_ticket_fields(*tickets);
    if (!fields) return std::unexpected(fields.error());
    settings.tickets = std::move(*fields);
  }
  const auto* places = node.find("places");
  if (places == nullptr) return settings;
  if (!places->is_list()) return std::unexpected(places->wrong("expected a list of places", "begin each with \"- when: {id: …}\""));
  for (const auto& item : places->items()) {
    auto place = parse_place(item);
    if (!place) return std::unexpected(place.error());
    settings.places.push_back(std::move(*place));
  }
  return settings;
}

Result<ApprovalSettings> parse_approvals(const Yaml& node) {
  constexpr auto keys = std::to_array<std::string_view>({"title", "document", "version"});
  if (auto known = node.only(keys); !known) return std::unexpected(known.error());
  ApprovalSettings settings;
  if (const auto* titles = node.find("title")) {
    const std::vector<Yaml> one{*titles};
    for (const auto& item : titles->is_list() ? titles->items() : one) {
      auto pattern = TitlePattern::parse(item);
      if (!pattern) return std::unexpected(pattern.error());
      settings.titles.push_back(std::move(*pattern));
    }
  }
  for (const auto& [key, field] : {std::pair{"document", &settings.document_field}, std::pair{"version", &settings.version_field}}) {
    const auto* value = node.find(key);
    if (value == nullptr) continue;
    auto name = parse_field(*value);
    if (!name) return std::unexpected(name.error());
    *field = std::move(*name);
  }
  return settings;
}

std::optional<NamedVersion> approval_title(std::string_view title) {
  const auto folded_title = half_width(clean_line(title, title_looked_at_max));
  std::string_view text = trim(folded_title);
  bool speaks_of_approval = false;
  while (take_opening(text)) speaks_of_approval = true;
  while (take_closing(text)) speaks_of_approval = true;
  auto split = split_version(without_noun(text));
  split.name = unquoted(split.name);
  if (split.name.empty() || (!speaks_of_approval && split.version.empty())) return std::nullopt;
  return split;
}

std::optional<NamedVersion> ApprovalSettings::asked_of(const CaseState& ticket) const {
  if (const auto document = field_of(ticket, document_field); !document.empty()) {
    auto split = split_version(document);
    const auto version = field_of(ticket, version_field);
    return NamedVersion{unquoted(split.name), version.empty() ? split.version : version_word(version)};
  }
  for (const auto& pattern : titles)
    if (auto read = pattern.read(ticket.title)) return read;
  auto asked = approval_title(ticket.title);
  if (asked && asked->version.empty()) asked->version = version_word(field_of(ticket, version_field));
  return asked;
}

}  // namespace akashi
