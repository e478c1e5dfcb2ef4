// The words of the house in Japanese and English: states, reasons, rejections. One table each; a code without a row in both languages fails the
// tests.
#pragma once

#include <string>
#include <string_view>

#include "core/catalogue.hpp"
#include "core/finding.hpp"

namespace akashi {

enum class Lang : std::uint8_t { en, ja };

[[nodiscard]] std::string say(const Reason& reason, Lang lang);
[[nodiscard]] std::string say(State state, Lang lang);
[[nodiscard]] std::string say(Confidence confidence, Lang lang);
[[nodiscard]] std::string say(Supported supported, Lang lang);
[[nodiscard]] std::string say_rejection(std::string_view code, Lang lang);
[[nodiscard]] std::string_view name(const Service& service, Lang lang);

}  // namespace akashi
