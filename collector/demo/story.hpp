// A year in a small SOC, told so that findings differ and can be argued about. Pure: the same `now` gives the same story; everything in it was
// done before `now`.
//
// What the story holds (days before now):
//   D-1  taken in by four people from IN-01, whose approval is still pending
//   D-2  led by one person, then, after the CISO approved IR-01 1.1, by two more who work from it
//   D-3  classified by several people; the taxonomy was last reviewed 395 days ago
//   D-4  two people, no document
//   D-5  one person, 200 days ago: a drill is due
//   D-6  one person
//   D-7  two authors from RP-01, which its own author approved; one report is owed since 20 days
//   B-4  one person answers; one enquiry was asked and answered by the same person
//   G-11 monthly work of two people from CD-01, silent for 42 days
//   G-12 one person; one check asked for 20 days ago and not begun
//   G-13 nobody asked for a trial
// and noise: a bot that closes six reports in one second, a duplicate that was merged, a deleted ticket, an account that nobody knows, a table-top
// drill.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "collector/demo/redmine_tool.hpp"
#include "collector/demo/rt_tool.hpp"

namespace akashi::demo {

struct Tools {
  RtTool rt;
  RedmineTool redmine;
};

const char* on_duty(int n);  // the account of the n-th shift: four people take turns
void tell_story(Tools& tools, Instant now);

// What happens afterwards, one act at a time; `at` is when. The first ones close gaps that the findings name; then reports keep coming.
class Sequel {
 public:
  explicit Sequel(Tools& tools);
  Sequel(const Sequel&) = delete;  // its acts point to it
  Sequel& operator=(const Sequel&) = delete;
  // Says in a few words what happened, for the screen: English and Japanese.
  struct Happened {
    std::string en, ja;
  };
  Happened next(Instant at);

 private:
  Tools& tools_;
  std::vector<std::function<Happened(Instant)>> acts_;
  std::size_t told_ = 0;
  int report_ = 0, incident_ = 0;
};

}  // namespace akashi::demo
