#include "core/yaml.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <charconv>
#include <sstream>

#include "core/vocabulary.hpp"

namespace akashi {

namespace {

constexpr std::size_t bytes_max = 4u << 20;
constexpr std::size_t depth_max = 32;

struct Refused {
  Error error;
};

}  // namespace

// Builds the tree from yaml-cpp's events, which unlike its nodes still know duplicate keys, anchors and lines.
class YamlBuilder final : public YAML::EventHandler {
 public:
  explicit YamlBuilder(const std::string& file) : file_(file) {}

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { put(leaf(mark, Yaml::Kind::null, anchor)); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { refuse(mark, "an alias (*name) stands here", "write the value out"); }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override {
    const bool quoted = tag == "!";
    const bool null = !quoted && (value.empty() || value == "~" || value == "null");
    Yaml node = leaf(mark, null && !expects_key() ? Yaml::Kind::null : Yaml::Kind::scalar, anchor);
    node.text_ = value;
    node.quoted_ = quoted;
    put(std::move(node));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
    open(mark, Yaml::Kind::list, anchor);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
    open(mark, Yaml::Kind::map, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override { close(); }

  Yaml take() {
    name_paths(root_, "");
    return std::move(root_);
  }

 private:
  struct Level {
    Yaml node;
    std::optional<std::string> key;
    int key_line = 0;
  };

  [[noreturn]] void refuse(const YAML::Mark& mark, std::string what, std::string mend) const {
    throw Refused{{ErrorKind::config, fmt::format("{}:{}", file_, mark.line + 1), std::move(what), std::move(mend)}};
  }
  [[nodiscard]] bool expects_key() const { return !levels_.empty() && levels_.back().node.kind_ == Yaml::Kind::map && !levels_.back().key; }

  Yaml leaf(const YAML::Mark& mark, Yaml::Kind kind, YAML::anchor_t anchor) const {
    if (anchor != 0) refuse(mark, "an anchor (&name) stands here", "write the value out where it is needed");
    Yaml node;
    node.kind_ = kind;
    node.line_ = mark.line + 1;
    node.file_ = file_;
    return node;
  }
  void open(const YAML::Mark& mark, Yaml::Kind kind, YAML::anchor_t anchor) {
    if (expects_key()) refuse(mark, "a list or map stands where a key is expected", "a key is one word");
    if (levels_.size() >= depth_max) refuse(mark, fmt::format("nested deeper than {} levels", depth_max), "flatten it");
    levels_.push_back({leaf(mark, kind, anchor), std::nullopt, 0});
  }
  void close() {
    Yaml node = std::move(levels_.back().node);
    levels_.pop_back();
    put(std::move(node));
  }
  void put(Yaml node) {
    if (levels_.empty()) {
      root_ = std::move(node);
      return;
    }
    Level& level = levels_.back();
    if (level.node.kind_ == Yaml::Kind::list) {
      level.node.items_.push_back(std::move(node));
    } else if (!level.key) {
      take_key(level, node);
    } else {
      node.line_ = level.key_line;
      level.node.members_.emplace_back(std::move(*level.key), std::move(node));
      level.key.reset();
    }
  }
  static void take_key(Level& level, const Yaml& node) {
    for (const auto& [known, value] : level.node.members_) {
      if (known != node.text_) continue;
      throw Refused{{ErrorKind::config, fmt::format("{}:{}", node.file_, node.line_),
                     fmt::format("\"{}\" is given twice, first on line {}", known, value.line_), "keep one of them"}};
    }
    level.key = node.text_;
    level.key_line = node.line_;
  }
  static void name_paths(Yaml& node, const std::string& path) {
    node.path_ = path;
    for (auto& [key, value] : node.members_) name_paths(value, path.empty() ? key : path + "." + key);
    for (std::size_t i = 0; i < node.items_.size(); ++i) name_paths(node.items_[i], fmt::format("{}[{}]", path, i));
  }

  const std::string& file_;
  std::vector<Level> levels_;
  Yaml root_;
};

Result<Yaml> Yaml::parse(std::string_view text, const std::string& file) {
  if (text.size() > bytes_max)
    return fail(ErrorKind::config, file, fmt::format("larger than {} bytes", bytes_max), "split it, or look whether it is the right file");
  std::istringstream in{std::string(text)};
  YamlBuilder builder(file);
  try {
    YAML::Parser parser(in);
    parser.HandleNextDocument(builder);
    if (parser.HandleNextDocument(builder))
      return fail(ErrorKind::config, file, "holds more than one YAML document", "keep one, remove the lines that hold only ---");
  } catch (const Refused& refused) { return std::unexpected(refused.error); } catch (const YAML::Exception& error) {
    return fail(ErrorKind::config, fmt::format("{}:{}", file, error.mark.line + 1), "is not YAML: " + error.msg,
                "look at the indentation and the quotes of this line and the one above");
  }
  return builder.take();
}

std::string Yaml::where() const {
  std::string place = line_ > 0 ? fmt::format("{}:{}", file_, line_) : file_;
  if (!path_.empty()) place += " " + path_;
  return place;
}

const Yaml* Yaml::find(std::string_view key) const {
  for (const auto& [known, value] : members_)
    if (known == key) return &value;
  return nullptr;
}

namespace {

std::string shown(const Yaml& node) {
  switch (node.kind()) {
    case Yaml::Kind::null:
      return "nothing";
    case Yaml::Kind::list:
      return "a list";
    case Yaml::Kind::map:
      return "a map";
    case Yaml::Kind::scalar:
      break;
  }
  return "\"" + (node.text().size() > 60 ? node.text().substr(0, 57) + "..." : node.text()) + "\"";
}

}  // namespace

Error Yaml::wrong(std::string what, std::string mend) const { return Error{ErrorKind::config, where(), std::move(what), std::move(mend)}; }

Result<std::string> Yaml::as_string() const {
  if (!is_scalar()) return std::unexpected(wrong("expected text, found " + shown(*this)));
  return text_;
}

Result<std::int64_t> Yaml::as_integer(std::int64_t min, std::int64_t max) const {
  std::int64_t value = 0;
  const auto [end, code] = std::from_chars(text_.data(), text_.data() + text_.size(), value);
  if (!is_scalar() || quoted_ || code != std::errc() || end != text_.data() + text_.size() || value < min || value > max) {
    return std::unexpected(wrong(fmt::format("expected a whole number from {} to {}, found {}", min, max, shown(*this))));
  }
  return value;
}

Result<bool> Yaml::as_bool() const {
  if (is_scalar() && !quoted_ && text_ == "true") return true;
  if (is_scalar() && !quoted_ && text_ == "false") return false;
  return std::unexpected(wrong("expected true or false, found " + shown(*this)));
}

Result<std::vector<std::string>> Yaml::as_strings() const {
  if (is_scalar()) return std::vector<std::string>{text_};
  if (!is_list()) return std::unexpected(wrong("expected a list of words, found " + shown(*this)));
  std::vector<std::string> words;
  for (const Yaml& item : items_) {
    if (!item.is_scalar()) return std::unexpected(item.wrong("expected a word, found " + shown(item)));
    words.push_back(item.text_);
  }
  return words;
}

Result<std::int64_t> Yaml::as_seconds() const {
  constexpr std::string_view units = "smhd";
  constexpr std::int64_t seconds[] = {1, 60, 3600, 86400};
  std::int64_t count = 0;
  const char* const last = text_.data() + text_.size();
  const auto [end, code] = std::from_chars(text_.data(), last, count);
  const std::size_t unit = is_scalar() && end + 1 == last ? units.find(*end) : std::string_view::npos;
  if (code != std::errc() || unit == std::string_view::npos || count < 1 || count > 36500) {
    return std::unexpected(wrong("expected a length of time, found " + shown(*this), "write a number and a unit, like 30s, 5m, 2h or 7d"));
  }
  return count * seconds[unit];
}

Status Yaml::only(std::span<const std::string_view> known) const {
  if (!is_map()) return std::unexpected(wrong("expected keys with values, found " + shown(*this)));
  for (const auto& [key, value] : members_) {
    if (std::ranges::find(known, key) != known.end()) continue;
    const std::string near = nearest(key, known);
    std::string mend;
    if (!near.empty()) mend = "did you mean \"" + near + "\"?";
    else mend = fmt::format("known here: {}", fmt::join(known, ", "));
    return std::unexpected(value.wrong("unknown key \"" + key + "\"", std::move(mend)));
  }
  return {};
}

}  // namespace akashi
