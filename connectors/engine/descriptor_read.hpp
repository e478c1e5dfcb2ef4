// The pieces of reading a descriptor that its files share; not for others.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/engine/descriptor.hpp"
#include "connectors/engine/keys.hpp"

namespace akashi::reading {

using keys::read_word;
using keys::Words;

[[nodiscard]] Status pointer_text(const Yaml& node, std::string& into);  // "/a/b" or ""
[[nodiscard]] Status pointer(const Yaml& node, Pointer& into);           // with ^
[[nodiscard]] Status list_path(const Yaml& node, ListPath& into);        // "/a/b", or with "/*" the members of the object there
[[nodiscard]] Status list_pointer(const Yaml& node, Pointer& into);      // the same with ^
[[nodiscard]] Status value(const Yaml& node, ValueSpec& into);
[[nodiscard]] Status values(const Yaml& node, std::vector<ValueSpec>& into);
[[nodiscard]] Status conditions(const Yaml& node, std::vector<Condition>& into);
[[nodiscard]] Status answers(const Yaml& node, Answers& into);
[[nodiscard]] Status pairs(const Yaml& node, TextPairs& into);
[[nodiscard]] std::span<const Key<RequestSpec>> request_keys();
[[nodiscard]] Status checked_request(const Yaml& node, const RequestSpec& request);  // what only its keys together can tell
[[nodiscard]] Status auth(const Yaml& node, AuthSpec& into);
[[nodiscard]] Status budget(const Yaml& node, Budget& into);
[[nodiscard]] Status privileges(const Yaml& node, std::vector<Privilege>& into);
[[nodiscard]] Status clock_format(const Yaml& node, const Yaml* zone, std::optional<ClockFormat>& into);  // zone: nullptr = UTC
[[nodiscard]] Status request(const Yaml& node, RequestSpec& into);
[[nodiscard]] Status child(const Yaml& node, StreamSpec& into);
[[nodiscard]] Status get(const Yaml& node, StreamSpec& into);
[[nodiscard]] Status job(const Yaml& node, StreamSpec& into);
[[nodiscard]] Status snapshot(const Yaml& node, StreamSpec& into);
[[nodiscard]] Status paging(const Yaml& node, PagingSpec& into);
[[nodiscard]] Status cursor(const Yaml& node, CursorSpec& into);
[[nodiscard]] Status stream(const Yaml& node, StreamSpec& into);
[[nodiscard]] Status attach(const Yaml& node, std::vector<AttachSpec>& into);
[[nodiscard]] Status checks(const Yaml& node, std::vector<CheckSpec>& into);
[[nodiscard]] Status activity(const Yaml& node, ActivitySpec& into);
[[nodiscard]] Status case_state(const Yaml& node, CaseSpec& into);
[[nodiscard]] Status document(const Yaml& node, DocumentSpec& into);

// All keys of a connector.yaml, from the tables that parse them; the first section is the file itself.
[[nodiscard]] std::vector<Section> connector_sections();
// … those of each file's tables.
using Sections = std::vector<Section>;
void value_sections(Sections& into);
void extract_sections(Sections& into);
void auth_sections(Sections& into);
void request_sections(Sections& into);
void paging_sections(Sections& into);
void shape_sections(Sections& into);
void stream_sections(Sections& into);
void ask_sections(Sections& into);
struct Complaint {
  std::string what, mend;
};
[[nodiscard]] std::optional<Complaint> wrong_paging(const PagingSpec& paging, const RequestSpec& request);  // what does not go together
[[nodiscard]] std::optional<Complaint> wrong_shape(const StreamSpec& stream);
// Everything that only the whole can tell: placeholders, names, levels, what belongs together.
[[nodiscard]] Status whole(const Connector& connector, const Yaml& root);
// … of it what belongs to asking: the ways to log in, what answers mean, privileges.
[[nodiscard]] Status whole_asking(const Connector& connector, const Yaml& root);
// The words that any request may hold: the parameters and what a log-in takes.
[[nodiscard]] std::vector<std::string> common_words(const Connector& connector);
// An error at "streams.acts.activities.2", as deep as that is there.
[[nodiscard]] std::unexpected<Error> wrong_at(const Yaml& root, const std::string& where, std::string what, std::string mend = {});
[[nodiscard]] Status only_placeholders(const Yaml& root, const std::string& where, std::string_view text, const std::vector<std::string>& allowed);
[[nodiscard]] Status request_placeholders(const Yaml& root, const std::string& where, const RequestSpec& request,
                                          const std::vector<std::string>& allowed);
[[nodiscard]] Status check_answers(const Yaml& root, const std::string& where, const Answers& answers);
[[nodiscard]] Status check_looks(const Yaml& root, const std::string& where, const std::vector<Condition>& conditions);

// A list of maps, each read by `one`.
template <class T>
[[nodiscard]] Status list_of(const Yaml& node, std::vector<T>& into, Status (*one)(const Yaml&, T&)) {
  if (!node.is_list()) return std::unexpected(node.wrong("this is a list", "begin each entry with \"- \""));
  for (const auto& item : node.items()) {
    T made;
    if (auto read = one(item, made); !read) return read;
    into.push_back(std::move(made));
  }
  return {};
}

// Readers for members of those types, to stand in a table.
template <auto Member>
inline constexpr Reader<keys::Owner<Member>> value_of{[](const Yaml& node, keys::Owner<Member>& into) { return value(node, into.*Member); },
                                                      {Form::Is::value, "value"}};
template <auto Member>
inline constexpr Reader<keys::Owner<Member>> values_of{[](const Yaml& node, keys::Owner<Member>& into) { return values(node, into.*Member); },
                                                       {Form::Is::values, "value"}};
template <auto Member>
inline constexpr Reader<keys::Owner<Member>> when_of{[](const Yaml& node, keys::Owner<Member>& into) { return conditions(node, into.*Member); },
                                                     {Form::Is::sections, "condition"}};
template <auto Member>
inline constexpr Reader<keys::Owner<Member>> path_of{[](const Yaml& node, keys::Owner<Member>& into) { return pointer_text(node, into.*Member); },
                                                     {Form::Is::pointer}};
template <auto Member>
inline constexpr Reader<keys::Owner<Member>> pairs_of{[](const Yaml& node, keys::Owner<Member>& into) { return pairs(node, into.*Member); },
                                                      {Form::Is::pairs}};
template <auto Member>
inline constexpr Reader<keys::Owner<Member>> list_path_of{[](const Yaml& node, keys::Owner<Member>& into) { return list_path(node, into.*Member); },
                                                          {Form::Is::pointer}};
template <auto Member>
inline constexpr Reader<keys::Owner<Member>> request_of{[](const Yaml& node, keys::Owner<Member>& into) { return request(node, into.*Member); },
                                                        {Form::Is::section, "request"}};

}  // namespace akashi::reading
