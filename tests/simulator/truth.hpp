// What is true of a service, by the plan of who did what. No part of the pipeline includes this file: it is compared with findings in tally.cpp and
// nowhere else.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace akashi::simulator {

struct Truth {
  std::string service;
  std::string ladder = "insource";
  std::optional<int> rung;        // what a careful assessor with the tools' records may claim; none: not determinable
  std::string state;              // by the names of the states that README.md explains
  bool source_unread = false;     // a source that is needed to speak of absence was not read to the end
  bool approval_expired = false;  // the version in force was approved, and the approval has run out
  bool drift = false;             // the score that stands is above what is supported
  std::string story;              // the plan in a few words, for people
};

}  // namespace akashi::simulator
