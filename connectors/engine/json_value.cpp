#include <algorithm>
#include <charconv>

#include "connectors/engine/json_page.hpp"

namespace akashi {
namespace {

// One step of a JSON pointer with ~1 and ~0 resolved.
std::string step_name(std::string_view step) {
  std::string name;
  for (std::size_t i = 0; i < step.size(); ++i) {
    if (step[i] == '~' && i + 1 < step.size() && (step[i + 1] == '0' || step[i + 1] == '1')) name += step[++i] == '0' ? '~' : '/';
    else name += step[i];
  }
  return name;
}

JsonValue element_at(const JsonValue& array, std::string_view step) {
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
  if (error != std::errc{} || end != step.data() + step.size() || (step.size() > 1 && step.front() == '0')) return {};
  for (const JsonValue element : array.elements()) {
    if (index-- == 0) return element;
  }
  return {};
}

}  // namespace

const char* name(JsonKind kind) {
  switch (kind) {
    case JsonKind::missing:
      return "nothing";
    case JsonKind::null:
      return "null";
    case JsonKind::boolean:
      return "true or false";
    case JsonKind::number:
      return "a number";
    case JsonKind::string:
      return "a string";
    case JsonKind::object:
      return "an object";
    case JsonKind::array:
      return "an array";
  }
  return "nothing";
}

std::string_view JsonValue::raw() const {
  if (is_missing()) return {};
  if (kind_ < JsonKind::object) return tokens_->scalar(token_);
  const std::uint32_t begin = tokens_->at[token_];
  return {tokens_->bytes + begin, tokens_->at[tokens_->note[token_]] + 1 - begin};
}

JsonValue JsonValue::name() const {
  if (tokens_ == nullptr || token_ < 2 || tokens_->byte(token_ - 1) != ':') return {};
  return {tokens_, token_ - 2};
}

JsonValue JsonValue::member(std::string_view wanted) const {
  for (const auto [name, value] : members()) {
    if (name == wanted) return value;
  }
  return {};
}

JsonValue JsonValue::at(std::string_view pointer) const {
  JsonValue value = *this;
  while (!pointer.empty() && !value.is_missing()) {
    if (pointer.front() != '/') return {};
    const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
    const std::string_view step = pointer.substr(1, end - 1);
    if (value.is(JsonKind::object)) value = value.member(step_name(step));
    else value = value.is(JsonKind::array) ? element_at(value, step) : JsonValue{};
    pointer.remove_prefix(end);
  }
  return value;
}

JsonElements JsonValue::elements() const {
  JsonElements range;
  range.array_ = *this;
  return range;
}

JsonMembers JsonValue::members() const {
  JsonMembers range;
  range.object_ = *this;
  return range;
}

JsonElements::Iterator JsonElements::begin() const {
  Iterator first;
  if (!array_.is(JsonKind::array)) return first;
  first.token_ = array_.token_ + 1;
  first.closing_ = array_.tokens_->note[array_.token_];
  if (first.token_ != first.closing_) first.tokens_ = array_.tokens_;
  return first;
}

JsonElements::Iterator& JsonElements::Iterator::operator++() {
  token_ = tokens_->behind(token_) + 1;
  if (token_ > closing_) tokens_ = nullptr;
  return *this;
}

JsonMembers::Iterator JsonMembers::begin() const {
  Iterator first;
  if (!object_.is(JsonKind::object)) return first;
  first.token_ = object_.token_ + 1;
  first.closing_ = object_.tokens_->note[object_.token_];
  if (first.token_ != first.closing_) first.tokens_ = object_.tokens_;
  return first;
}

JsonMembers::Iterator& JsonMembers::Iterator::operator++() {
  token_ = tokens_->behind(token_ + 2) + 1;
  if (token_ > closing_) tokens_ = nullptr;
  return *this;
}

}  // namespace akashi
