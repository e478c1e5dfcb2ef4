// How people name documents and their versions: in comments, in the title of an approval, in the organisation's map.
#pragma once

#include <string>
#include <string_view>

#include "core/activity.hpp"

namespace akashi {

// "Phishing response v3", "インシデント対応手順 第3版", "対応手順（3.0版）", "Playbook rev. 2" → name and version; version is empty where none is
// written.
struct NamedVersion {
  std::string name, version;
  bool operator==(const NamedVersion&) const = default;
};
[[nodiscard]] NamedVersion split_version(std::string_view text);

// One spelling for one version: "v3", "Version 3.0", "第３版", "3" → "3"; "初版" → "1"; anything else trimmed and lower-cased.
[[nodiscard]] std::string version_word(std::string_view text);

// A document's own number, as many organisations give one: "IR-01", "SOP-IR-001"; capitals and digits in two or three parts. Not the numbers of other
// things that look alike: CVE-2026-1234, SHA-256, UTF-8, D-2.
[[nodiscard]] bool is_document_code(std::string_view word);
// The code at the start of a title, "IR-01 Incident handling"; empty when there is none.
[[nodiscard]] std::string_view document_code(std::string_view title);

// Whether a reference names this document in this version: by id (with or without its source or leading folders), title (with or without its code),
// code or address. Case, spaces and underscores do not matter; a version written in the reference has to be the document's.
[[nodiscard]] bool names(std::string_view reference, const Document& document);

}  // namespace akashi
