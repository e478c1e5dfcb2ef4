// What no tool holds is entered by people: a procedure on paper, an approval in a meeting, a drill, who is on duty, a provider's report, what was
// made of it, what is expected, what a provider is to do. It says who entered it and until when it may be relied on, it expires by itself, and
// whatever rests on it is marked as attested. Nothing is ever changed: a mistake is withdrawn and entered anew.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/infer.hpp"
#include "core/time.hpp"

namespace akashi {

enum class AttestationKind : std::uint8_t { procedure, approval, drill, roster, report, review, expectation, description };
[[nodiscard]] std::string_view name(AttestationKind kind);
[[nodiscard]] std::optional<AttestationKind> attestation_kind(std::string_view name);
[[nodiscard]] std::span<const std::string_view> attestation_kinds();
[[nodiscard]] bool is_document(AttestationKind kind);  // procedure, expectation, description

struct Withdrawal {
  std::string by, because;
  Instant at{};
  bool operator==(const Withdrawal&) const = default;
};

struct Attestation {
  std::int64_t id = 0;  // given by the store
  AttestationKind kind = AttestationKind::procedure;
  std::vector<std::string> services;  // ids of the catalogue
  std::string title, version;         // of documents and approvals; of a drill, the document it was done from
  std::string verdict;                // approvals: approved | refused; reviews: review words (core/evidence.hpp)
  std::vector<std::string> actors;    // who wrote, approved, drilled, is on duty, reviewed: as inference knows people
  std::string owner;                  // of documents
  std::string by;                     // who entered it, as given
  Instant at{};                       // when it was entered
  Instant done{};                     // when it was done, published, received
  Instant valid_until{};              // from then on it counts for nothing
  std::string reference;              // where a person finds it: an address, a file number; a review names its report by it
  std::string digest;                 // hex SHA-256 of the document, where a file was given
  std::string note;
  std::optional<Withdrawal> withdrawn;
  // Entered, not withdrawn and not expired at that moment.
  [[nodiscard]] bool holds(Instant as_of) const;
  bool operator==(const Attestation&) const = default;
};

inline constexpr int attestation_days = 365;      // how long it holds unless said otherwise
inline constexpr int attestation_days_max = 731;  // and at most: what nobody renews for two years nobody knows any more

// Adds what holds at the view's moment to it, as if a tool had told it, marked as attested. A roster adds to view.on_duty only: who was due is no
// proof of who worked.
void add_attested(View& view, std::span<const Attestation> attestations);

}  // namespace akashi
