// What only the whole descriptor can tell: placeholders, names that refer to one another, how far out a pointer may go, what belongs together.
#include <algorithm>
#include <array>
#include <span>

#include "connectors/engine/descriptor_read.hpp"
#include "connectors/engine/placeholders.hpp"
#include "connectors/engine/settle.hpp"
#include "core/text.hpp"
#include "core/vocabulary.hpp"

namespace akashi::reading {

namespace {

using Placeholders = std::vector<std::string_view>;

class Whole {
 public:
  Whole(const Connector& connector, const Yaml& root) : connector_(connector), root_(root) {}

  Status check() {
    if (auto fine = whole_asking(connector_, root_); !fine) return fine;
    for (const auto& lookup : connector_.lookups) {
      if (auto fine = check_lookup(lookup); !fine) return fine;
    }
    for (const auto& stream : connector_.streams) {
      if (auto fine = check_stream(stream); !fine) return fine;
    }
    return {};
  }

 private:
  [[nodiscard]] std::unexpected<Error> wrong(const std::string& where, std::string what, std::string mend = {}) const {
    return wrong_at(root_, where, std::move(what), std::move(mend));
  }

  Status only_placeholders(const std::string& where, std::string_view text, std::span<const std::string_view> allowed) const {
    return reading::only_placeholders(root_, where, text, std::vector<std::string>(allowed.begin(), allowed.end()));
  }

  Status check_request(const std::string& where, const RequestSpec& request, const Placeholders& allowed) const {
    std::vector<std::string> words(allowed.begin(), allowed.end());
    const auto holds = [&](std::string_view word) { return std::ranges::find(allowed, word) != allowed.end(); };
    if (holds("since")) words.emplace_back("from");
    if (holds("offset")) words.insert(words.end(), {"last", "end"});
    const auto common = common_words(connector_);
    words.insert(words.end(), common.begin(), common.end());
    return request_placeholders(root_, where, request, words);
  }

  Status check_parameter(const std::string& where, const std::string& name) const {
    if (name.empty() || connector_.parameter(name) != nullptr) return {};
    Placeholders names;
    for (const auto& parameter : connector_.parameters) names.push_back(parameter.name);
    const auto near = nearest(name, names);
    return wrong(where, "there is no parameter \"" + name + "\"", near.empty() ? "declare it under parameters" : "did you mean \"" + near + "\"?");
  }

  Status check_lookup(const LookupSpec& lookup) const {
    const std::string where = "lookups." + lookup.name;
    if (auto fine = check_parameter(where + ".for_each", lookup.for_each); !fine) return fine;
    if (!lookup.one_by_one && lookup.key.empty()) return wrong(where, "a table needs key, the pointer of a row's id");
    return check_request(where + ".request", lookup.request,
                         lookup.one_by_one ? Placeholders{"id"} : Placeholders{"value", "page", "offset", "limit"});
  }

  Status check_pointer(const std::string& where, const Pointer& pointer, int levels) const {
    if (pointer.up <= levels) return {};
    return wrong(where, "a pointer goes " + std::to_string(pointer.up) + " records out, but only " + std::to_string(levels) + " are there",
                 "take a ^ away");
  }

  Status check_values(const std::string& where, std::span<const ValueSpec* const> values, const StreamSpec& stream, int levels) const {
    for (const auto* value : values) {
      if (auto fine = check_value(where, *value, stream, levels); !fine) return fine;
    }
    return {};
  }

  Status check_names(const std::string& where, const ValueSpec& value, const StreamSpec& stream) const {
    for (const auto& of : {value.of, value.pick ? value.pick->of : std::string{}}) {
      if (of.empty() || std::ranges::find(stream.attach, of, &AttachSpec::name) != stream.attach.end()) continue;
      return wrong(where, "nothing named \"" + of + "\" is attached to this stream", "declare it under attach");
    }
    if (value.lookup.empty()) return {};
    const auto* lookup = connector_.lookup(value.lookup);
    if (lookup == nullptr) return wrong(where, "there is no lookup \"" + value.lookup + "\"", "declare it under lookups");
    if (!lookup->columns.contains(value.take)) return wrong(where, "lookup \"" + value.lookup + "\" has no column \"" + value.take + "\"");
    return {};
  }

  Status check_value(const std::string& where, const ValueSpec& value, const StreamSpec& stream, int levels) const {
    if (auto fine = check_names(where, value, stream); !fine) return fine;
    for (const auto& pointer : {value.at, value.or_at, value.pick ? std::optional(value.pick->list) : std::nullopt}) {
      if (!pointer) continue;
      if (auto fine = check_pointer(where, *pointer, value.of.empty() ? levels : 0); !fine) return fine;
    }
    auto texts = value.pick ? value.pick->among : std::vector<std::string>{};
    texts.push_back(value.pattern);
    for (const auto& text : texts) {
      for (const auto& word : placeholders_in(text)) {
        if (auto fine = check_parameter(where, word); !fine) return fine;
      }
    }
    if (auto fine = only_placeholders(where, value.constant, std::array<std::string_view, 1>{"value"}); !fine) return fine;
    if (auto fine = only_placeholders(where, value.prefix, std::array<std::string_view, 2>{"base", "value"}); !fine) return fine;
    for (const auto& part : value.parts) {
      if (auto fine = check_value(where, part, stream, levels); !fine) return fine;
    }
    if (value.format) {
      if (auto fine = check_zone(where, *value.format); !fine) return fine;
    }
    return check_conditions(where, value.when, stream, levels);
  }

  Status check_conditions(const std::string& where, const std::vector<Condition>& conditions, const StreamSpec& stream, int levels) const {
    for (const auto& condition : conditions) {
      const std::array<const ValueSpec*, 5> values{&condition.value, &condition.same, &condition.not_same, &condition.not_before,
                                                   &condition.not_after};
      if (auto fine = check_values(where, values, stream, levels); !fine) return fine;
      for (const auto* words : {&condition.is, &condition.is_not}) {
        for (const auto& word : *words) {
          for (const auto& name : placeholders_in(word)) {
            if (auto fine = check_parameter(where, name); !fine) return fine;
          }
        }
      }
    }
    return {};
  }

  Status check_activity(const std::string& where, const ActivitySpec& a, const StreamSpec& stream) const {
    const int levels = static_cast<int>(a.over.size()) + (a.of_parent ? 0 : outer(stream));
    std::vector<const ValueSpec*> values{&a.kind,   &a.object,        &a.time,   &a.actor, &a.case_id,     &a.url,     &a.subject_type, &a.subject_id,
                                         &a.domain, &a.status_before, &a.status, &a.doc,   &a.doc_version, &a.verdict, &a.text};
    for (const auto& value : a.event) values.push_back(&value);
    for (const auto& value : a.labels) values.push_back(&value);
    for (std::size_t i = 0; i < a.over.size(); ++i) {
      if (auto fine = check_pointer(where + ".over", a.over[i], levels - static_cast<int>(a.over.size() - i)); !fine) return fine;
    }
    if (auto fine = check_values(where, values, stream, levels); !fine) return fine;
    if (auto fine = check_conditions(where, a.automation, stream, levels); !fine) return fine;
    return check_conditions(where, a.when, stream, levels);
  }

  // Records around the record: the parent of a child.
  static int outer(const StreamSpec& stream) { return stream.child.records ? 1 : 0; }

  Status complete_activity(const std::string& where, const ActivitySpec& a, const StreamSpec& stream) const {
    if (!a.reject.empty() || a.elsewhere) return {};
    const auto& common = stream.common;
    if (!a.kind.given && !common.kind.given) return wrong(where, "an activity needs a kind, or reject with a reason");
    if (!a.object.given && !common.object.given) return wrong(where, "an activity needs object");
    if (!a.time.given && !common.time.given) return wrong(where, "an activity needs time");
    if (!a.actor.given && !common.actor.given) return wrong(where, "an activity needs actor");
    if (a.event.empty() && common.event.empty()) return wrong(where, "an activity needs event");
    return {};
  }

  Status check_case(const std::string& where, const CaseSpec& c, const StreamSpec& stream) const {
    std::vector<const ValueSpec*> values{&c.id,    &c.place, &c.type,        &c.category, &c.status, &c.severity, &c.title,
                                         &c.owner, &c.url,   &c.merged_into, &c.opened,   &c.closed, &c.due,      &c.version};
    for (const auto& value : c.labels) values.push_back(&value);
    const int levels = c.of_parent ? 0 : stream.shape == Shape::snapshot_diff ? 1 : outer(stream);
    if (auto fine = check_values(where, values, stream, levels); !fine) return fine;
    for (const auto& link : c.links) {
      if (auto fine = check_value(where + ".links", link.value, stream, levels + (link.list ? 1 : 0)); !fine) return fine;
    }
    return check_conditions(where, c.when, stream, levels);
  }

  Status check_paging(const std::string& where, const StreamSpec& stream) const {
    const auto& paging = stream.paging;
    const bool by_id = paging.kind == Paging::id_after || paging.kind == Paging::keyset || stream.shape == Shape::child;
    if (by_id && paging.id.empty()) return wrong(where, "this paging needs id, the pointer of a record's id");
    if (paging.kind == Paging::keyset && paging.limit < 2)
      return wrong(where, "keyset needs pages of two records at least, to see whether the list has shifted");
    if (paging.kind == Paging::next_url && paging.next.empty()) return wrong(where, "next_url needs next, the pointer of the next page's address");
    if (paging.kind == Paging::id_after && (paging.after.empty() || paging.first.empty())) return wrong(where, "id_after needs first and after");
    if (!paging.from.empty() && paging.descending.empty()) return wrong(where, "from needs descending, to read the list from its end");
    const bool by_job = stream.job.given && paging.kind == Paging::window;
    if (const auto complaint = wrong_paging(paging, by_job ? stream.job.submit : stream.request))
      return wrong(where, complaint->what, complaint->mend);
    if (paging.open) {
      if (auto fine = check_open(where, stream); !fine) return fine;
    }
    for (const auto* text : {&paging.first, &paging.after, &paging.from}) {
      if (auto fine = only_placeholders(where, *text, std::array<std::string_view, 2>{"start", "after"}); !fine) return fine;
    }
    return {};
  }

  Status check_shape(const std::string& where, const StreamSpec& stream) const {
    if (const auto complaint = wrong_shape(stream)) return wrong(where, complaint->what, complaint->mend);
    const Placeholders time{"value", "since", "until", "start", "limit"};
    auto child = time;
    for (const auto* word : {"id", "version", "page", "offset", "token"}) child.emplace_back(word);
    if (auto fine = check_request(where + ".child", stream.child.request, child); !fine) return fine;
    if (auto fine = check_conditions(where + ".child", stream.child.when, stream, 0); !fine) return fine;
    auto get = time;
    for (const auto* word : {"ids", "id"}) get.emplace_back(word);
    if (auto fine = check_request(where + ".get", stream.get.request, get); !fine) return fine;
    if (auto fine = check_request(where + ".job.submit", stream.job.submit, time); !fine) return fine;
    if (auto fine = check_request(where + ".job.status", stream.job.status, {"job", "value"}); !fine) return fine;
    for (const auto* conditions : {&stream.job.done, &stream.job.failed}) {
      if (auto fine = check_conditions(where + ".job", *conditions, stream, 0); !fine) return fine;
    }
    return {};
  }

  // What several zones of times name.
  Status check_zone(const std::string& where, const ClockFormat& format) const { return check_parameter(where, format.zone_parameter()); }

  Status check_open(const std::string& where, const StreamSpec& stream) const {
    const auto& open = *stream.paging.open;
    if (auto fine = check_request(where + ".open", open.request, {"value", "since", "until", "start"}); !fine) return fine;
    return check_conditions(where + ".open", open.expect, stream, 0);
  }

  Status check_asked(const std::string& where, const StreamSpec& stream) const {
    for (const auto& check : stream.checks) {
      if (auto fine = check_parameter(where + ".checks", check.for_each); !fine) return fine;
      if (auto fine = check_parameter(where + ".checks", check.holds); !fine) return fine;
      if (auto fine = check_request(where + ".checks", check.request, {"value", "page"}); !fine) return fine;
      if (check.then) {
        if (auto fine = check_request(where + ".checks", *check.then, {"value", "id"}); !fine) return fine;
      }
      if (auto fine = check_conditions(where + ".checks", check.when, stream, 0); !fine) return fine;
    }
    for (const auto& attach : stream.attach) {
      const auto at = where + ".attach." + attach.name;
      if (auto fine = check_request(at + ".request", attach.request, {"ids", "page", "limit", "value"}); !fine) return fine;
      if (auto fine = only_placeholders(at + ".each", attach.each, std::array<std::string_view, 1>{"id"}); !fine) return fine;
      for (const auto& id : attach.ids) {
        if (auto fine = check_value(at + ".ids", id, stream, outer(stream)); !fine) return fine;
      }
      if (auto fine = check_value(at + ".text", attach.text, stream, 0); !fine) return fine;
      if (auto fine = check_case(at + ".case", attach.its_case, stream); !fine) return fine;
    }
    return {};
  }

  Status check_records(const std::string& where, const StreamSpec& stream) const {
    for (std::size_t i = 0; i < stream.activities.size(); ++i) {
      const auto at = where + ".activities." + std::to_string(i);
      if (auto fine = check_activity(at, stream.activities[i], stream); !fine) return fine;
      if (auto fine = complete_activity(at, stream.activities[i], stream); !fine) return fine;
    }
    for (std::size_t i = 0; i < stream.cases.size(); ++i) {
      if (auto fine = check_case(where + ".cases." + std::to_string(i), stream.cases[i], stream); !fine) return fine;
    }
    for (const auto& d : stream.documents) {
      std::vector<const ValueSpec*> values{&d.id, &d.title, &d.version, &d.author, &d.owner, &d.published, &d.url, &d.text};
      for (const auto& value : d.labels) values.push_back(&value);
      const int levels = d.of_parent ? 0 : outer(stream);
      if (auto fine = check_values(where + ".documents", values, stream, levels); !fine) return fine;
      if (auto fine = check_conditions(where + ".documents", d.when, stream, levels); !fine) return fine;
    }
    return {};
  }

  Status check_stream(const StreamSpec& stream) const {
    const std::string where = "streams." + stream.name;
    if (auto fine = check_parameter(where + ".for_each", stream.for_each); !fine) return fine;
    if (auto fine = check_parameter(where + ".cursor.overlap", stream.cursor.overlap_from); !fine) return fine;
    for (const auto& name : named_in_pointers(stream)) {
      if (auto fine = check_parameter(where, name); !fine) return fine;
    }
    const Placeholders list{"limit",    "page",      "offset", "after", "since", "until",        "start",
                            "position", "order",     "value",  "token", "job",   "search_after", "search_after_member",
                            "pit",      "token_json"};
    if (auto fine = check_request(where + ".request", stream.request, list); !fine) return fine;
    if (auto fine = check_paging(where + ".paging", stream); !fine) return fine;
    if (auto fine = check_shape(where, stream); !fine) return fine;
    if (auto fine = check_asked(where, stream); !fine) return fine;
    for (const auto* format : {&stream.cursor.format, &stream.cursor.query}) {
      if (auto fine = check_zone(where + ".cursor.zone", *format); !fine) return fine;
    }
    auto common = stream.common;
    for (const auto& activity : stream.activities) {
      if (activity.over.size() > common.over.size()) common.over = activity.over;
    }
    if (auto fine = check_activity(where + ".activity", common, stream); !fine) return fine;
    return check_records(where, stream);
  }

  const Connector& connector_;
  const Yaml& root_;
};

}  // namespace

Status whole(const Connector& connector, const Yaml& root) { return Whole(connector, root).check(); }

}  // namespace akashi::reading
