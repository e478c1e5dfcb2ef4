// From accounts to people. What is stored of an activity is the pseudonym of the account that did it; who that is, the roster says when it is judged.
// So a person who is put on the roster later is counted for earlier work too, and one account moved to another person moves its work.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "connectors/engine/pseudonym.hpp"
#include "core/activity.hpp"
#include "core/roster.hpp"

namespace akashi {

class Actors {
 public:
  Actors() = default;
  Actors(const Roster& roster, const Pseudonyms& pseudonyms, const std::vector<std::string>& sources);

  // Puts the person in place of the account; an account that the roster does not know stays as it is, of unknown kind.
  void resolve(Activity& activity) const;
  void resolve(Document& document) const;

  // The owner of a document as people write it, as it is stored.
  [[nodiscard]] std::string owner(const std::string& source, const std::string& written) const;

  // The person behind an account as it is stored; nullptr for one that the roster does not know.
  [[nodiscard]] const Actor* who(const std::string& source, const std::string& actor) const { return find(source, actor); }

 private:
  void know(const std::string& source, const std::string& account, const Actor& who);
  [[nodiscard]] const Actor* find(const std::string& source, const std::string& actor) const;

  Pseudonyms pseudonyms_;
  std::map<std::pair<std::string, std::string>, Actor> known_;  // (source, pseudonym of the account)
};

}  // namespace akashi
