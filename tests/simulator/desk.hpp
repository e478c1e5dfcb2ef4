// What the SOC's tools hold: tickets with what was done on them, and pages with their edits. The sites (rt.cpp, redmine.cpp …) tell it in the shape
// of a product, as it stood at a moment; nothing here knows of evidence or findings.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/time.hpp"

namespace akashi::simulator {

enum class Did : std::uint8_t { opened, answered, noted, moved, classified, took, merged };

struct Act {
  Instant at{};  // when it was done
  std::string who;
  Did did = Did::opened;
  std::string text;     // what was written, the new status, the new value, the number of the ticket it was merged into
  Instant shown{};      // when the tool shows it; at, or a little later
  std::string visible;  // of an answer: "" or "private"
};

struct Ticket {
  int number = 0;
  std::string place, title;
  bool drill = false, severe = false;
  std::vector<Act> acts;  // the first one opened it
  std::vector<int> links;
};

struct Edit {
  Instant at{};
  std::string who, text;
};

struct Page {
  int number = 0;
  std::string title;
  std::vector<Edit> edits;
};

// "Outcome=below" sets that field; a word alone is the classification.
inline std::pair<std::string, std::string> field_set(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos) return {"Classification", text};
  return {text.substr(0, equals), text.substr(equals + 1)};
}

// Words of a desk's statuses.
struct Words {
  std::string asked, working, done, refused;
};

// One tool.
struct Desk {
  std::string name, product, base;  // of the source; "rt"; address
  Words words;
  std::vector<std::string> places;
  std::vector<std::string> accounts;  // whoever appears in it; a number is 20 + the index
  std::vector<Ticket> tickets;
  std::vector<Page> pages;
  Duration skew{};  // the tool's clock against the true one

  int account(const std::string& who) {
    for (std::size_t i = 0; i < accounts.size(); ++i)
      if (accounts[i] == who) return static_cast<int>(i) + 20;
    accounts.push_back(who);
    return static_cast<int>(accounts.size()) + 19;
  }
  [[nodiscard]] int number_of(const std::string& who) const {
    for (std::size_t i = 0; i < accounts.size(); ++i)
      if (accounts[i] == who) return static_cast<int>(i) + 20;
    return 0;
  }
  Ticket& open(Instant at, const std::string& who, const std::string& place, const std::string& title, const std::string& text = {}) {
    account(who);
    Ticket made;
    made.number = static_cast<int>(tickets.size()) + 1;
    made.place = place;
    made.title = title;
    made.acts.push_back({at, who, Did::opened, text, at, {}});
    tickets.push_back(std::move(made));
    return tickets.back();
  }
  void act(int ticket, Instant at, const std::string& who, Did did, const std::string& text = {}) {
    account(who);
    tickets[static_cast<std::size_t>(ticket - 1)].acts.push_back({at, who, did, text, at, {}});
  }
  Page& write(Instant at, const std::string& who, const std::string& title, const std::string& text) {
    account(who);
    for (auto& page : pages)
      if (page.title == title) {
        page.edits.push_back({at, who, text});
        return page;
      }
    pages.push_back({static_cast<int>(pages.size()) + 1, title, {{at, who, text}}});
    return pages.back();
  }
};

}  // namespace akashi::simulator
