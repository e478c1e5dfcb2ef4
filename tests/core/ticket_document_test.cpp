// Procedures that are kept as tickets.
#include "core/ticket_document.hpp"

#include "catch.hpp"

using namespace akashi;

namespace {

const Instant opened_at = *parse_time("2026-03-02T09:00:00Z");

struct Shelf {
  CaseState ticket;
  Meaning meaning;
  TicketFields fields{.services = "Covers", .owner = "Kept by", .version = "Edition", .reviewed = "Looked over on", .role = "Kind"};
  std::vector<Activity> acts;

  Shelf() {
    ticket.id = "rt:ticket/7";
    ticket.source = "rt";
    ticket.title = "NB-SHOP-01 Our own shop";
    ticket.status = "new";
    ticket.fields = {{"Covers", "G-11, G-12"}, {"Kept by", "Ann Hughes"}, {"Edition", "Ed. 2"}, {"Looked over on", "2026-03-01"}};
    meaning.matter = "procedure";
    meaning.statuses = {{"new", StatusMeaning::asked}, {"open", StatusMeaning::working}, {"in force", StatusMeaning::done}};
    does("ann", "case.opened");
  }
  void does(const std::string& who, const std::string& kind, const std::string& status = "", const std::string& label = "") {
    Activity act;
    act.kind = kind;
    act.actor = who;
    act.time = opened_at + days(static_cast<int>(acts.size()));
    act.status = status;
    if (!label.empty()) act.labels = {label};
    if (!status.empty()) ticket.status = status;
    acts.push_back(act);
  }
  [[nodiscard]] std::optional<Document> document() const { return document_of_ticket(ticket, meaning, fields, acts); }
};

}  // namespace

TEST_CASE("a ticket is a procedure once it is done, with what its fields say") {
  Shelf shelf;
  CHECK_FALSE(shelf.document());  // a draft
  shelf.does("ben", "case.progressed", "open");
  CHECK_FALSE(shelf.document());
  shelf.does("dana", "case.progressed", "in force");
  const auto document = shelf.document();
  REQUIRE(document);
  CHECK(document->id == "rt:ticket/7");
  CHECK(document->title == "NB-SHOP-01 Our own shop");
  CHECK(document->services == std::vector<std::string>{"G-11", "G-12"});
  CHECK(document->owner == "Ann Hughes");
  CHECK(document->author == "ann");  // who wrote it, and not who put it in force
  CHECK(document->published == opened_at + days(2));
  CHECK(document->reviewed == parse_time("2026-03-01T00:00:00Z"));
  CHECK(document->role == procedure_role);
}

TEST_CASE("a new version of a ticket is its setter's, and in force from when it is done again") {
  Shelf shelf;
  shelf.does("dana", "case.progressed", "in force");
  shelf.does("ben", "case.progressed", "open");
  CHECK_FALSE(shelf.document());  // out of force while it is worked on
  shelf.does("ben", "case.classified", "", "Edition");
  shelf.ticket.fields["Edition"] = "3";
  CHECK_FALSE(shelf.document());  // the new version was never in force
  shelf.does("dana", "case.progressed", "in force");
  const auto document = shelf.document();
  REQUIRE(document);
  CHECK(document->author == "ben");
  CHECK(document->version == "3");
  CHECK(document->published == opened_at + days(4));
  shelf.does("ann", "case.commented");
  CHECK(shelf.document()->published == opened_at + days(4));  // whatever is written on it later
  shelf.does("dana", "case.progressed", "open");
  shelf.does("dana", "case.progressed", "in force");
  CHECK(shelf.document()->published == opened_at + days(4));  // when it was in force first
}

TEST_CASE("a version that is set while the ticket is done is in force at once; one that was opened as done from the beginning") {
  Shelf shelf;
  shelf.does("dana", "case.progressed", "in force");
  shelf.does("ben", "case.classified", "", "Edition");
  shelf.does("ann", "case.commented");
  CHECK(shelf.document()->published == opened_at + days(2));
  CHECK(shelf.document()->author == "ben");
  Shelf born;
  born.ticket.status = "in force";
  born.does("ann", "case.commented");
  CHECK(born.document()->published == opened_at);
  born.does("ben", "case.progressed", "open");
  born.ticket.status = "in force";  // its act is not read yet
  CHECK_FALSE(born.document());
}

TEST_CASE("without fields: services from labels or the place, version from the title, and no beginning no document") {
  Shelf shelf;
  shelf.fields = {};
  shelf.ticket.title = "NB-SHOP-01 Our own shop v2";
  shelf.ticket.labels = {"runbook", "D-4"};
  shelf.does("dana", "case.progressed", "in force");
  CHECK(shelf.document()->services == std::vector<std::string>{"D-4"});
  CHECK(shelf.document()->version == "2");
  CHECK(shelf.document()->owner.empty());
  shelf.ticket.labels.clear();
  shelf.meaning.services = {"G-8"};
  CHECK(shelf.document()->services == std::vector<std::string>{"G-8"});
  shelf.acts.erase(shelf.acts.begin());
  CHECK_FALSE(shelf.document());  // who opened it was not read
}
