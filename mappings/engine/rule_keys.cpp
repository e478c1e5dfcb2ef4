#include "mappings/engine/rule_keys.hpp"

#include <algorithm>
#include <array>

namespace akashi {

namespace {

constexpr std::array<std::string_view, 1> silences{"says_nothing"};
constexpr std::array<std::string_view, 2> statuses{"experimental", "stable"};
constexpr std::array<std::string_view, 9> evidence_kinds{"exercise", "drill",           "demand", "document", "handover",
                                                         "approval", "provider_report", "review", "sla"};

using Is = RuleKey::Is;
constexpr auto keys = std::to_array<RuleKey>({
    {"title", "what is seen, in one line", "say in one line what is seen", Is::text, true, {}},
    {"id", "a fresh UUID: the rule's name for ever", "give it a fresh UUID", Is::uuid, true, {}},
    {"status", "a stable rule carries at least one test of each kind", "", Is::word, true, statuses},
    {"service",
     "the service it speaks for; place: those that the organisation gave the place; document: those that the document names",
     "name a service of the catalogue, for example D-2, or \"place\"",
     Is::service,
     true,
     {}},
    {"why", "why this activity speaks for the service", "say why this activity speaks for the service", Is::text, true, {}},
    {"author", "who answers for the rule", "say who answers for the rule", Is::text, true, {}},
    {"date", "of its last change", "write it like 2026-11-21", Is::date, true, {}},
    {"evidence", "what it is for the service", "", Is::word, true, evidence_kinds},
    {"silence", "says_nothing where the same work may be done out of the rule's sight: that it finds nothing is then never taken for absence", "",
     Is::word, false, silences},
    {"condition",
     "which selections must hold: and, or, not, parentheses, \"1 of name*\", \"all of name*\", \"1 of them\", \"all of them\"",
     "say which selections must hold, for example \"selection and not filter\"",
     Is::condition,
     true,
     {}},
    {"falsepositives", "what else looks like this", "say what else looks like this, or \"none known\"", Is::texts, true, {}},
    {"tests", "activities that it fits, and near misses that it must not fit", "write \"- match: {kind: case.closed}\"", Is::tests, false, {}},
    {"references", "addresses of what it leans on; for people", "", Is::anything, false, {}},
});

constexpr auto names = [] {
  std::array<std::string_view, keys.size()> made;
  for (std::size_t i = 0; i < keys.size(); ++i) made[i] = keys[i].name;
  return made;
}();

}  // namespace

std::span<const RuleKey> rule_keys() { return keys; }
std::span<const std::string_view> rule_key_names() { return names; }

const RuleKey* find_rule_key(std::string_view name) {
  const auto found = std::ranges::find(keys, name, &RuleKey::name);
  return found == keys.end() ? nullptr : &*found;
}

}  // namespace akashi
