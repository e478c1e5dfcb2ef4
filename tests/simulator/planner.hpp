// Plans one SOC: draws what is to be true of a service, then makes the people act so.
#pragma once

#include <fmt/format.h>

#include <array>

#include "soc.hpp"

namespace akashi::simulator {

// Desks that keep documents: RT's articles, Redmine's wiki, MediaWiki. The first two hold tickets, too.
constexpr std::array<std::size_t, 3> shelves{0, 1, 3};
constexpr std::size_t ticket_desks = 2;

// When the service was done last, and what may be said of it because of that.
struct Timing {
  std::string state;
  std::optional<double> newest;  // age in days of the last exercise; none: never in the window
  bool newest_is_drill = false;
  bool only_drills = false;          // nothing but drills inside the drill interval
  std::optional<double> unanswered;  // age of a demand that nobody answered
  enum class Rung : std::uint8_t { by_people, one, none } rung = Rung::by_people;
  bool unread = false;
};

// Who does it.
struct Cast {
  std::vector<std::size_t> workers;  // indices of people; the first does most
  std::size_t author = 0, other_head = 0;
};

// One exercise that is to happen.
struct Deed {
  double age = 0;
  std::size_t who = 0;
  bool from_document = false, drill = false;
  int ticket = 0;                       // happens on this one; 0: on one of its own
  std::optional<std::size_t> ended_by;  // somebody else ends it
};

// An incident, for whoever classifies it.
struct Incident {
  double age = 0;
  int ticket = 0;
  bool drill = false;
};

// A document: what it has to be, where it stands.
struct Procedure {
  bool valid = true, by_manager = false;
  double worked = 0, published = 0;  // ages
  std::optional<double> reviewed;
  std::size_t desk = 0;
};

struct Head {
  std::string code, services, owner, version, status;
  Instant reviewed{};
};

struct Line {
  Service& service;
  Timing timing;
  Truth truth;
  Chance chance;
  Cast cast;
  std::vector<Deed> deeds;
  std::vector<Incident> incidents;
  bool called_by_incident = false;  // the demand that nobody answered is a severe incident
  double window = 0;                // how far back deeds of this service can be: the look-back, and what was read of it
  std::string code, title;
};

// A provider's service, with the ages of the reports that came.
struct Contract {
  std::string service;
  Home home;
  std::size_t owner = 0;
  std::vector<double> reports;
  std::optional<std::size_t> due;  // the last report that somebody looked at, or should have
  bool looked = false, by_unknown = false;
  std::size_t work = 0;                                        // the desk on which the work, and what calls for it, would be seen
  bool monthly = true, drilled = false, needs_intake = false;  // drilled: there is a drill interval
  double need = 0, look_back = 0;                              // of reports that come with cases: how long one stands
  double period = 90;                                          // what was understood and found is judged over a quarter
};

class Planner {
 public:
  explicit Planner(std::uint64_t seed) : chance_(seed) {}
  Soc run();

 private:
  // planner.cpp
  void people();
  void desks();
  void polls();
  void lose_a_right(Sight& sight, Chance& chance) const;
  void homes();
  void scores();
  void services();
  void service(std::size_t at);
  bool on_paper(const Line& line, const Deed& deed);
  void act_out(const Line& line);
  void incidents_of(Line& line);
  void finish();

  // timing.cpp
  Timing timing_of(const Rhythm& clock, int agreed_days, const Sight& sight, Chance& chance) const;
  Timing cadence(const Rhythm& clock, int agreed_days, const Sight& sight, Chance& chance) const;
  Timing by_incidents(const Line& line, const Sight& sight) const;
  void severe_incident(Line& line);
  void missed_because_of(Line& line, double age_days) const;
  Timing on_demand(const Rhythm& clock, int agreed_days, const Sight& sight, Chance& chance) const;
  [[nodiscard]] double age(Instant at) const { return std::chrono::duration<double>(soc_.now - at).count() / 86400; }
  [[nodiscard]] Instant ago(double days_count) const { return soc_.now - in_days(days_count); }

  // casting.cpp
  void cast(Line& line);
  void place_deeds(Line& line, std::size_t workers);
  void share_deeds(Line& line, std::size_t workers);
  int climb(Line& line, int rung);
  void name_it(Line& line, Deed& second);

  // procedures.cpp
  [[nodiscard]] bool page_is_seen(std::size_t desk, double age_days) const;
  [[nodiscard]] bool act_is_seen(std::size_t desk, double age_days) const;
  [[nodiscard]] std::size_t readable_shelf(double age_days, Chance& chance) const;
  bool find_shelf(Line& line, Procedure& procedure);
  bool write_procedure(Line& line, const Procedure& procedure);
  void name_by_author(Line& line);
  void name_by_second(Line& line);
  void sign_off(Line& line, double asked, double ended, const std::string& version, const std::string& by, bool refused);
  bool approve(Line& line, const Procedure& procedure, bool valid);
  bool approve_badly(Line& line, const Procedure& procedure, double asked, double ended, const std::string& head);
  std::string no_head(std::size_t desk, Chance& chance) const;

  // decoys.cpp
  struct Room {
    double from = 0, to = 0;  // ages
  };
  [[nodiscard]] Room room_for(const Line& line) const;
  void decoys(Line& line);
  void test_ticket(Line& line, double age_days);
  void bulk(Line& line, const Room& room);
  void import(Line& line, const Room& room);
  void back_date(Line& line, const Room& room);
  void work_long_ago(Line& line);
  void own_enquiry(Line& line, const Room& room);
  void only_close(Line& line);
  std::string machine(std::size_t desk) const;

  // outside.cpp
  struct Understanding {
    bool description = false, note = false, expectation = false, missed = false, checked = false;
    int rung = 2;
  };
  void outsource(Service& service);
  void reports_of(Contract& contract, Chance& chance) const;
  void reports_with_cases(Contract& contract, Chance& chance) const;
  void report_state(const Contract& contract, Truth& truth) const;
  void quiet_state(const Contract& contract, Truth& truth) const;
  bool shelve(const Contract& contract, const std::string& role, const std::string& writer, double written, Chance& chance);
  void look_at(const Contract& contract, double received, const std::vector<std::string>& fields, Chance& chance);
  Understanding understanding(const Contract& contract, int wanted, Truth& truth, Chance& chance);
  void settle(const Contract& contract, const Understanding& is, Truth& truth) const;

  Entered& enter(const std::string& kind, std::string_view service, double done, double holds);
  void enter_look(const Contract& contract, double received, double looked, const std::vector<std::string>& fields, bool withdrawn);

  // noise.cpp
  void noise();
  void chatter(std::size_t desk, Chance& chance);
  void reopen(std::size_t desk, Chance& chance);
  void duplicates(std::size_t desk, Chance& chance);
  void failures();

  // deeds.cpp
  int perform(const Home& home, Instant at, const std::string& who, const std::string& said, bool drill, const std::string& ended_by, Chance& chance);
  int ask(const Home& home, Instant at, Chance& chance, bool drill = false, const std::string& not_by = {});
  std::string account(std::size_t person, std::size_t desk, Chance& chance) const;
  std::string outsider(std::size_t desk, Chance& chance) const;

  Chance chance_;
  Soc soc_;
  bool intake_alive_ = false;
  std::vector<std::size_t> reporters_;  // people of other teams
  std::size_t machine_ = 0, provider_ = 0;
  int documents_ = 0;
  std::vector<Incident> incidents_;
  std::optional<double> severe_closed_;  // age of the end of a severe incident
};

}  // namespace akashi::simulator
