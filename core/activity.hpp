// An activity is one thing somebody did, normalised. A case is the work item it was done on, as last seen. A document is a procedure in one version.
// An activity keeps what the tool's history says (immutable); what its case means (matter, severity …) is joined when rules look at it, so the
// result does not depend on when a tool was polled.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/time.hpp"
#include "core/vocabulary.hpp"

namespace akashi {

struct Activity {
  std::string uid;      // stable: "source/stream/object/event"; the same event read twice has the same uid
  std::string source;   // name of the configured source
  std::string stream;   // name of the descriptor's stream
  std::string product;  // "rt"
  Instant time{};       // when it was done
  Instant seen{};       // when it was read
  std::string kind;     // one of activity_kinds(); status moves come as case.progressed until their meaning is joined
  std::string actor;    // before normalising: the tool's account; after: a pseudonym of the person (or the person's name where the config says clear)
  ActorKind actor_kind = ActorKind::unknown;
  std::string team;                    // of the actor, from the roster
  std::string subject_type;            // person | document | host | …
  std::string subject_id;              // a person's is normalised like the actor
  std::string domain;                  // network | endpoint | cloud | siem | deep-analysis | ticketing | cdc
  std::string case_id;                 // "source:ticket/12"; empty when on no case
  std::string status_before, status;   // the tool's own words, of a status move
  std::string object, object_version;  // a document's reference and version (document.* and approvals)
  std::string verdict;                 // approvals: approved | refused
  std::vector<std::string> labels;
  std::vector<std::string> procedures;  // references to documents found in what was written; never the text itself
  std::string url;
  std::string digest;  // hex SHA-256 of the record's bytes
  // Keyed digest of what was written, by which the same text is known again (connectors/engine/wording.hpp); 0: nothing, or too little to say.
  std::int64_t wording = 0;
  // Seen by comparing two readings of a tool that keeps no history: it was done at some time from here to `time`. Otherwise `time` is exact.
  std::optional<Instant> observed_from{};
  auto operator<=>(const Activity&) const = default;
};

struct CaseState {
  std::string id;  // "source:ticket/12"
  std::string source;
  std::string place, type, category, status, severity, title;
  std::string owner;  // normalised like an actor
  std::vector<std::string> labels;
  std::map<std::string, std::string> fields;  // custom fields by name; several values joined with "\n"
  std::vector<std::string> links;             // case ids it is related to
  std::string merged_into;                    // case id; the duplicate's work counts for the root
  std::optional<Instant> opened, closed, due;
  std::string url;
  std::string version;  // the tool's own mark of its last change; a later reading replaces an earlier one
  auto operator<=>(const CaseState&) const = default;
};

struct Document {
  std::string id;  // "source:article/3", "source:wiki/csirt/Phishing_response"
  std::string source, title;
  std::string version;                // as the tool or the document's head counts it
  std::string author;                 // of this version, normalised like an actor
  std::string owner;                  // as its head or the config says, normalised where the roster knows the name
  Instant published{};                // of this version
  std::optional<Instant> reviewed;    // last review, with or without change
  std::vector<std::string> services;  // the services it names
  std::string url, digest;
  std::string role = std::string(procedure_role);  // one of document_roles()
  std::optional<Instant> attested_until{};         // entered by a person (core/attestation.hpp): it counts until then
  [[nodiscard]] bool attested() const { return attested_until.has_value(); }
  auto operator<=>(const Document&) const = default;
};

}  // namespace akashi
