#include "connectors/engine/poll_state.hpp"

#include <sstream>

namespace akashi {

namespace {

constexpr std::string_view head = "akashi-stream 1";

constexpr std::string_view never = "never";

// Line breaks in a value would be taken for the next line; they become spaces (values are words and sentences).
std::string one_line(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  return text;
}

std::unexpected<Error> damaged(const std::string& line) {
  return fail(ErrorKind::storage, "state of the stream", "the line \"" + line + "\" cannot be read",
              "restore the store from a backup, or read the source anew");
}

}  // namespace

Result<PollState> read_poll_state(const std::string& text) {
  PollState state;
  if (text.empty()) return state;
  std::istringstream lines(text);
  std::string line;
  std::getline(lines, line);
  if (line != head) return damaged(line);
  PartState* part = nullptr;
  PartState* back_part = nullptr;
  while (std::getline(lines, line)) {
    const auto space = line.find(' ');
    if (space == std::string::npos) return damaged(line);
    const auto key = line.substr(0, space);
    const auto value = line.substr(space + 1);
    const bool timed = key == "start" || key == "covered_to" || key == "since" || key == "back_covered_to" || key == "back_since" ||
                       (key == "back" && value != never);
    const auto time = timed ? parse_time(value) : std::nullopt;
    const bool of_back = key.starts_with("back_");
    if ((of_back && !state.back) || ((key == "back_after" || key == "back_since") && back_part == nullptr)) return damaged(line);
    if ((timed && !time) || ((key == "after" || key == "since" || key == "objects") && part == nullptr)) return damaged(line);
    if (key == "start") state.start = time;
    else if (key == "covered_to") state.covered_to = time;
    else if (key == "doubt") state.doubts.insert(value);
    else if (key == "part") part = &state.parts[value];
    else if (key == "after") part->after = value;
    else if (key == "since") part->since = time;
    else if (key == "objects") part->objects = value;
    else if (key == "back") state.back.emplace().tried = time;
    else if (key == "back_covered_to") state.back->covered_to = time;
    else if (key == "back_part") back_part = &state.back->parts[value];
    else if (key == "back_after") back_part->after = value;
    else if (key == "back_since") back_part->since = time;
    else return damaged(line);
  }
  return state;
}

std::string write_poll_state(const PollState& state) {
  std::string text(head);
  text += '\n';
  if (state.start) text += "start " + format_time(*state.start) + "\n";
  if (state.covered_to) text += "covered_to " + format_time(*state.covered_to) + "\n";
  for (const auto& doubt : state.doubts) text += "doubt " + one_line(doubt) + "\n";
  for (const auto& [name, part] : state.parts) {
    text += "part " + one_line(name) + "\n";
    if (!part.after.empty()) text += "after " + one_line(part.after) + "\n";
    if (!part.objects.empty()) text += "objects " + part.objects + "\n";
    if (part.since) text += "since " + format_time(*part.since) + "\n";
  }
  if (!state.back) return text;
  text += "back " + (state.back->tried ? format_time(*state.back->tried) : std::string(never)) + "\n";
  if (state.back->covered_to) text += "back_covered_to " + format_time(*state.back->covered_to) + "\n";
  for (const auto& [name, part] : state.back->parts) {
    text += "back_part " + one_line(name) + "\n";
    if (!part.after.empty()) text += "back_after " + one_line(part.after) + "\n";
    if (part.since) text += "back_since " + format_time(*part.since) + "\n";
  }
  return text;
}

}  // namespace akashi
