// A setting is declared once: its key, what it is by default, and what it means in both languages. The parser's known keys, `akashi init`'s commented
// config and the reference in the man page come from these tables.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace akashi {

struct Setting {
  std::string_view key;
  std::string_view standard;  // the default as text; "" = none
  std::string_view meaning_en, meaning_ja;
};

[[nodiscard]] std::span<const Setting> top_settings();
[[nodiscard]] std::span<const Setting> cdc_settings();
[[nodiscard]] std::span<const Setting> store_settings();
[[nodiscard]] std::span<const Setting> service_settings();
[[nodiscard]] std::span<const Setting> source_settings();
[[nodiscard]] std::span<const Setting> auth_settings();
[[nodiscard]] std::span<const Setting> tls_settings();
// Of alerts: (alert_settings.cpp).
[[nodiscard]] std::span<const Setting> alerts_settings();
[[nodiscard]] std::span<const Setting> calendar_settings();
[[nodiscard]] std::span<const Setting> quiet_settings();
[[nodiscard]] std::span<const Setting> receiver_settings();
[[nodiscard]] std::span<const Setting> receiver_auth_settings();
[[nodiscard]] std::span<const Setting> signing_settings();

[[nodiscard]] std::vector<std::string_view> keys(std::span<const Setting> settings);

}  // namespace akashi
