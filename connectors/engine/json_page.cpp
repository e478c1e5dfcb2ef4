#include "connectors/engine/json_page.hpp"

#include <simdjson.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "connectors/engine/json_grammar.hpp"

namespace akashi {
namespace {

using Indexer = simdjson::internal::dom_parser_implementation;

constexpr const char* not_json = "the answer is not JSON, look at it with curl and tell the maker of the tool";

// The first byte that is no UTF-8, or the size. Only asked when simdjson said that there is one.
std::size_t first_bad_utf8(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    const std::size_t whole = std::min<std::size_t>(text.size() - i, 4);
    std::size_t length = 1;
    while (length <= whole && !simdjson::validate_utf8(text.data() + i, length)) ++length;
    if (length > whole) return i;
    i += length;
  }
  return i;
}

std::size_t first_control_in_string(std::string_view text) {
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (in_string && static_cast<unsigned char>(text[i]) < ' ') return i;
    if (in_string && text[i] == '\\') ++i;
    else if (text[i] == '"') in_string = !in_string;
  }
  return text.size();
}

std::unexpected<Error> explain(simdjson::error_code code, std::string_view text) {
  const auto byte = [](std::size_t offset) { return "byte " + std::to_string(offset); };
  switch (code) {
    case simdjson::EMPTY:
      return fail(ErrorKind::schema, "byte 0", "the answer is empty", "is the address that of the API?");
    case simdjson::UTF8_ERROR:
      return fail(ErrorKind::schema, byte(first_bad_utf8(text)), "the answer is not UTF-8", "set the tool's character set to UTF-8");
    case simdjson::UNESCAPED_CHARS:
      return fail(ErrorKind::schema, byte(first_control_in_string(text)), "a control character stands in a string without its escape", not_json);
    case simdjson::UNCLOSED_STRING:
      return fail(ErrorKind::transient, byte(text.size()),
                  "the answer ends after " + std::to_string(text.size()) + " bytes in the middle of a string",
                  "the connection was probably cut, the page is asked for again");
    case simdjson::MEMALLOC:
      return fail(ErrorKind::transient, "", "no memory to read the answer", "ask for smaller pages");
    default:
      return fail(ErrorKind::schema, "byte 0", simdjson::error_message(code), not_json);
  }
}

Status check_before_reading(std::string_view body, const JsonLimits& limits) {
  const std::size_t bytes_max = std::min<std::size_t>(limits.bytes_max, simdjson::SIMDJSON_MAXSIZE_BYTES - JsonPage::padding_bytes);
  if (body.size() > bytes_max) {
    const std::string sizes = std::to_string(body.size()) + " bytes, the limit is " + std::to_string(bytes_max);
    return fail(ErrorKind::schema, "byte 0", "the answer has " + sizes, "ask for smaller pages");
  }
  const std::size_t first = body.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && body[first] == '<') {
    return fail(ErrorKind::schema, "byte " + std::to_string(first), "HTML instead of JSON", "is the address that of the API?");
  }
  return {};
}

// What a page needs beside its bytes. Fresh memory for every page costs more than reading it, so a thread keeps the buffers of its last
// page for the next one, unless they are large, and what was learned of the shapes in it.
struct Buffers {
  static constexpr std::size_t kept_bytes_max = std::size_t{4} << 20U;  // of a document; its buffers are at most eight times that

  std::unique_ptr<Indexer> indexer;
  std::unique_ptr<std::uint32_t[]> note;
  std::size_t note_count = 0;
  std::unique_ptr<JsonShapes> shapes;

  // simdjson allocates 4 bytes for each byte of a document; what is not written to is never more than address space.
  simdjson::error_code prepare(std::size_t length) {
    if (indexer && indexer->capacity() >= length && indexer->capacity() / 4 <= length + 65536) return simdjson::SUCCESS;
    return simdjson::get_active_implementation()->create_dom_parser_implementation(std::max<std::size_t>(length + length / 8, 64), 1, indexer);
  }
  JsonShapes& shapes_with_room() {
    if (!shapes || !shapes->has_room()) shapes = std::make_unique<JsonShapes>();
    return *shapes;
  }
  std::uint32_t* notes_for(std::uint32_t tokens) {
    if (note_count < tokens) {
      note_count = tokens + tokens / 8;
      note = std::make_unique_for_overwrite<std::uint32_t[]>(note_count);
    }
    return note.get();
  }
};

thread_local Buffers spare;

}  // namespace

struct JsonPage::State {
  std::string body;
  Buffers buffers;
  JsonTokens tokens;

  State() : buffers(std::exchange(spare, {})) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (buffers.indexer && buffers.indexer->capacity() <= Buffers::kept_bytes_max) spare = std::move(buffers);
  }
};

JsonPage::JsonPage(std::unique_ptr<State> state) : state_(std::move(state)) {}
JsonPage::JsonPage(JsonPage&&) noexcept = default;
JsonPage& JsonPage::operator=(JsonPage&&) noexcept = default;
JsonPage::~JsonPage() = default;

Result<JsonPage> JsonPage::open(std::string body, const JsonLimits& limits) {
  if (Status fit = check_before_reading(body, limits); !fit) return std::unexpected(fit.error());
  auto state = std::make_unique<State>();
  state->body = std::move(body);
  const std::size_t mark = state->body.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  const std::size_t length = state->body.size() - mark;
  state->body.append(padding_bytes, ' ');
  const char* const bytes = state->body.data() + mark;

  simdjson::error_code code = state->buffers.prepare(length);
  if (code != simdjson::SUCCESS) return explain(code, {bytes, length});
  Indexer& indexer = *state->buffers.indexer;
  code = indexer.stage1(reinterpret_cast<const std::uint8_t*>(bytes), length, simdjson::stage1_mode::regular);
  if (code != simdjson::SUCCESS) return explain(code, {bytes, length});

  JsonTokens& tokens = state->tokens;
  tokens.bytes = bytes;
  tokens.count = indexer.n_structural_indexes;
  tokens.at = indexer.structural_indexes.get();
  indexer.structural_indexes[tokens.count] = static_cast<std::uint32_t>(length);
  tokens.note = state->buffers.notes_for(tokens.count);
  tokens.escaped.resize(tokens.count / 64 + 1);
  if (Status sound = check_json_grammar(tokens, state->buffers.shapes_with_room(), limits); !sound) return std::unexpected(sound.error());
  return JsonPage(std::move(state));
}

JsonValue JsonPage::root() const { return {&state_->tokens, 0}; }

}  // namespace akashi
