// What the organisation says of its documents and approvals: a source's `documents:` and `approvals:` in the config.
//
//   documents:
//     at: ["https://wiki.example/csirt/"]          # addresses of documents: a link there, in what was written, names one
//     head: {services: 該当サービス, owner: [主管課], version: [], reviewed: [点検日]}   # the organisation's own words, besides ours;
//                                                  # custom fields and labels ("d-2", "draft", "owner: Sato") of a document are read by them, too
//     places:                                      # which of this source's documents are procedures; all of them when left out
//       - when: {id: "wiki/csirt/*", title: "*手順*", label: 手順書}   # id, title, url, label
//         services: [D-2]                          # what all of these are for, besides what their heads name
//         owner: Sato Hanako                       # where the head names none
//         role: expectation                        # procedure, service_description or expectation; where the head says nothing
//         title: "{document} 第{version}版"         # where title and version stand in the title
//     tickets: {services: cf.Services, owner: cf.Owner, version: cf.Version, reviewed: cf.Reviewed, role: cf.Kind}
//                                                  # of tickets that are documents (places of matter procedure): the fields that say so; else labels,
//                                                  owner, title
//   approvals:
//     title: ["Approve {document} v{version}", "{document} 第{version}版の承認"]   # our own forms are tried after these
//     document: cf.Document                        # or the fields of the ticket that hold them
//     version: cf.Version
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/activity.hpp"
#include "core/document_ref.hpp"
#include "core/result.hpp"
#include "core/ticket_document.hpp"
#include "core/yaml.hpp"

namespace akashi {

// A title with {document} and at most one {version}. Case, width and runs of spaces do not matter; cost is linear in the title.
class TitlePattern {
 public:
  [[nodiscard]] static Result<TitlePattern> parse(const Yaml& node);
  [[nodiscard]] std::optional<NamedVersion> read(std::string_view title) const;

 private:
  std::string before_, between_, after_;  // folded
  bool version_ = false, version_first_ = false;
};

// Words that stand before a value in a document's head, besides ours; folded (half width, lower case).
struct HeadWords {
  std::vector<std::string> services, owner, version, reviewed, role;
};

struct DocumentPlace {
  std::vector<std::pair<std::string, std::vector<std::string>>> when;  // id | title | url | label → wildcards; all hold, of one any
  std::vector<std::string> services;
  std::string owner;
  std::string role;  // one of document_roles(); empty = as the document's head says, else a procedure
  std::optional<TitlePattern> title;
  [[nodiscard]] bool fits(const Document& document, const std::vector<std::string>& labels) const;
};

struct DocumentSettings {
  std::vector<std::string> addresses;
  HeadWords words;
  std::vector<DocumentPlace> places;
  TicketFields tickets;
  // The first that fits; nullptr when none does. `labels`: the tool's, of this version.
  [[nodiscard]] const DocumentPlace* place_of(const Document& document, const std::vector<std::string>& labels) const;
};
[[nodiscard]] Result<DocumentSettings> parse_documents(const Yaml& node);

struct ApprovalSettings {
  std::vector<TitlePattern> titles;
  std::string document_field, version_field;  // names of custom fields; empty = none
  // What the ticket asks approval of: its fields, then the organisation's title patterns, then our forms ("Approve X v3", "Xの第3版の承認依頼" …).
  // The version is empty where none is written; nothing where the title does not speak of an approval and names no version.
  [[nodiscard]] std::optional<NamedVersion> asked_of(const CaseState& ticket) const;
};
[[nodiscard]] Result<ApprovalSettings> parse_approvals(const Yaml& node);

// Our own forms of an approval's title.
[[nodiscard]] std::optional<NamedVersion> approval_title(std::string_view title);

}  // namespace akashi
