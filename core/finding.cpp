#include "core/finding.hpp"

#include <array>

namespace akashi {

namespace {
constexpr std::array<std::string_view, 10> state_words{"exercised",     "late",  "unexercised",          "no_demand",      "drill_due",
                                                       "missed_demand", "blind", "insufficient_history", "not_observable", "out_of_scope"};
constexpr std::array<std::string_view, 5> supporteds{"no_score", "supports", "does_not_support", "contradicts", "not_determinable"};
constexpr std::array<std::string_view, 4> confidences{"none", "low", "medium", "high"};
}  // namespace

std::string_view name(State state) { return state_words[static_cast<std::size_t>(state)]; }
std::string_view name(Supported supported) { return supporteds[static_cast<std::size_t>(supported)]; }
std::string_view name(Confidence confidence) { return confidences[static_cast<std::size_t>(confidence)]; }

}  // namespace akashi
