// Which documents a comment names. Only the references are kept, never what else was written.
//   addresses under a known document store       https://wiki.example/csirt/Phishing_response
//   wiki links                                    [[Phishing_response]] [[csirt:Phishing_response|how]]
//   a word and a name                             procedure: Phishing response v3 · 手順：フィッシング対応 · playbook "Phishing response"
//   quoted names                                  手順書「フィッシング対応」 · 「フィッシング対応」の手順
//   numbers of documents                          IR-01 · as IR-01 1.1 says · SOP-IR-001 第3版
//   numbered articles                             article 12 · article #12 → article/12
// Whether a document of that name exists is asked when evidence is judged (names() in core/document_ref.hpp).
// The text is hostile: at most 20 references, each one line of at most 200 bytes; the cost is linear.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace akashi {

inline constexpr std::size_t references_max = 20;

// In the order found, each once. `written`: what own_lines() of wording.hpp gives. `addresses`: prefixes of known document stores.
[[nodiscard]] std::vector<std::string> references_in(std::string_view written, std::span<const std::string> addresses);

}  // namespace akashi
