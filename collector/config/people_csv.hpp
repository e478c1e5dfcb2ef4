// The roster from a spreadsheet. Columns, in any order, in English or Japanese: name (氏名), kind (種別), team (所属), head (承認者), joined
// (着任日), left (離任日), accounts (アカウント: "rt=asato; redmine=Aiko Sato", or one word for every source); or a column for each source, by its
// name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/roster.hpp"

namespace akashi {

// `bytes`: the file as it is, in UTF-8 or Shift_JIS. Every mistake is kept with FILE:LINE.
[[nodiscard]] std::vector<Person> people_of_csv(std::string_view bytes, const std::string& file, const std::vector<std::string>& sources,
                                                std::vector<Error>& errors);

// "2026-03-31" is that day's end where `whole_day` is asked for (the last day of work), else its beginning; a time with offset is itself.
[[nodiscard]] std::optional<Instant> day_or_time(std::string_view text, bool whole_day);

inline constexpr std::string_view person_kinds[] = {"human", "automation", "provider", "shared"};

}  // namespace akashi
