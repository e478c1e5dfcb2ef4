// The head of a document: what it says of itself before its text begins. Read from whatever people write in wikis and knowledge bases:
//   YAML front matter between ---, lines "services: D-2, D-4" or "対象サービス：D-2", tables of two columns (Markdown, Textile), also inside HTML.
// A head that calls its document a draft or withdrawn names no services: such a document is in force for nothing.
// The text is hostile: only its first 16 KiB and 60 lines are looked at; the cost is linear.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/engine/documents.hpp"
#include "connectors/engine/page.hpp"
#include "core/time.hpp"

namespace akashi {

struct DocumentHead {
  std::string code;                   // the document's own number, "IR-01"; is_document_code
  std::vector<std::string> services;  // ids of the catalogue's edition, each once
  std::string owner;                  // as written
  std::string version;                // one spelling: version_word
  std::optional<Instant> reviewed;    // the day, midnight UTC
  std::string role;                   // one of document_roles(); empty = it does not say
  bool in_force = true;               // false: a draft, or withdrawn
  bool operator==(const DocumentHead&) const = default;
};
// What the tool keeps beside the text counts like lines of the head: custom fields before it ("Services": "D-2, D-4"), labels where neither names it
// ("d-2", "owner: Sato", "draft", "runbook").
[[nodiscard]] DocumentHead read_head(std::string_view text, const HeadWords& more = {}, const DocumentMarks& marks = {});

}  // namespace akashi
