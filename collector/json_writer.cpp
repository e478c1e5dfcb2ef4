#include "collector/json_writer.hpp"

#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

namespace akashi {

struct JsonWriter::Inside {
  rapidjson::StringBuffer buffer;
  rapidjson::PrettyWriter<rapidjson::StringBuffer> writer{buffer};
};

namespace {

rapidjson::SizeType size_of(std::string_view text) { return static_cast<rapidjson::SizeType>(text.size()); }

// Length of the UTF-8 sequence at the start of `text`, 0 when it is none (overlong forms and surrogates included).
std::size_t sequence(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (length == 0 || lead > 0xF4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(i) & 0xC0) != 0x80) return 0;
  const unsigned char second = byte(1);
  const bool bad =
      (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) || (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F);
  return bad ? 0 : length;
}

std::string valid(std::string_view text) {
  std::string good;
  while (!text.empty()) {
    const std::size_t length = sequence(text);
    if (length == 0) good += "\xEF\xBF\xBD";
    else good += text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return good;
}

}  // namespace

JsonWriter::JsonWriter() : inside_(std::make_unique<Inside>()) { inside_->writer.SetIndent(' ', 2); }
JsonWriter::~JsonWriter() = default;

JsonWriter& JsonWriter::object() { return inside_->writer.StartObject(), *this; }
JsonWriter& JsonWriter::end_object() { return inside_->writer.EndObject(), *this; }
JsonWriter& JsonWriter::array() { return inside_->writer.StartArray(), *this; }
JsonWriter& JsonWriter::end_array() { return inside_->writer.EndArray(), *this; }
JsonWriter& JsonWriter::key(std::string_view name) { return inside_->writer.Key(name.data(), size_of(name)), *this; }
JsonWriter& JsonWriter::value(std::string_view text) {
  const std::string good = valid(text);
  inside_->writer.String(good.data(), size_of(good));
  return *this;
}
JsonWriter& JsonWriter::value(bool truth) { return inside_->writer.Bool(truth), *this; }
JsonWriter& JsonWriter::value(std::int64_t number) { return inside_->writer.Int64(number), *this; }
JsonWriter& JsonWriter::value(std::uint64_t number) { return inside_->writer.Uint64(number), *this; }
JsonWriter& JsonWriter::value(double number) { return inside_->writer.Double(number), *this; }
JsonWriter& JsonWriter::null() { return inside_->writer.Null(), *this; }

std::string JsonWriter::text() const { return std::string(inside_->buffer.GetString(), inside_->buffer.GetSize()) + "\n"; }

}  // namespace akashi
