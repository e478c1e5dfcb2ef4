// `attest`: what no tool holds, entered by a person by name; `attest list`, `attest withdraw`.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <ostream>
#include <sstream>

#include "collector/cli/opening.hpp"
#include "collector/clock.hpp"
#include "collector/json_writer.hpp"
#include "collector/store/sqlite_store.hpp"
#include "core/attestation.hpp"
#include "core/catalogue.hpp"
#include "core/digest.hpp"
#include "core/document_ref.hpp"
#include "core/text.hpp"
#include "core/vocabulary.hpp"
#include "core/written_day.hpp"

namespace akashi {

namespace {

constexpr std::size_t file_bytes_max = 256u << 20;  // a document, not an image of a disk

std::unexpected<Error> wrong_entry(std::string what, std::string mend) { return fail(ErrorKind::config, "attest", std::move(what), std::move(mend)); }

bool needs_people(AttestationKind kind) {
  return kind == AttestationKind::procedure || kind == AttestationKind::approval || kind == AttestationKind::drill ||
         kind == AttestationKind::roster || kind == AttestationKind::review;
}

Result<Instant> day_given(const std::string& text, std::string_view option) {
  const auto moment = parse_time(text);
  const auto day = moment ? moment : parse_day(text);
  if (!day) return wrong_entry(fmt::format("\"{}\" is no day", text), fmt::format("write {} 2026-10-31", option));
  return *day;
}

// What the document is, so that somebody can later show that it was this one.
Result<std::string> digest_of_file(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  if (!in || !(bytes << in.rdbuf())) return wrong_entry("\"" + file + "\" cannot be read", "look at its name and its permissions");
  const auto all = bytes.str();
  if (all.size() > file_bytes_max) return wrong_entry("\"" + file + "\" is larger than 256 MB", "give the document itself");
  return hex(sha256(all));
}

// People are entered by the names of the roster: nobody else could be told from anybody.
Result<std::string> person_given(const House& house, const std::string& name) {
  const Person* person = house.config.roster.named(name);
  if (person == nullptr) {
    std::vector<std::string_view> names;
    for (const Person& one : house.config.roster.people()) names.push_back(one.name);
    const auto near = nearest(name, names);
    return wrong_entry(fmt::format("\"{}\" is not on the roster", name),
                       near.empty() ? "add the person under people:" : "did you mean \"" + near + "\"?");
  }
  if (person->kind != ActorKind::human) return wrong_entry(fmt::format("\"{}\" is no person of the house", name), "name the people who did it");
  return house.pseudonyms.of(*person);
}

Result<std::string> owner_given(const House& house, const std::string& owner) {
  if (blank(owner)) return std::string();
  if (const Person* person = house.config.roster.named(owner)) return house.pseudonyms.of(*person);
  const auto& people = house.config.roster.people();
  if (std::ranges::any_of(people, [&](const Person& one) { return one.team == owner; })) return owner;
  return wrong_entry(fmt::format("\"{}\" is neither a person nor a team of the roster", owner), "write the name as under people:");
}

class Entry {
 public:
  Entry(const House& house, const Arguments& arguments, Instant now) : house_(house), given_(arguments), now_(now) {}

  Result<Attestation> made() {
    const auto kind = attestation_kind(given_.action);
    if (!kind) return wrong_entry("unknown kind of attestation", "`akashi attest --help` lists them");
    entry_.kind = *kind;
    for (const auto step : {&Entry::services, &Entry::words, &Entry::people, &Entry::days, &Entry::verdict, &Entry::document})
      if (auto ok = (this->*step)(); !ok) return std::unexpected(ok.error());
    return entry_;
  }

 private:
  Status services() {
    if (given_.attest.services.empty()) return wrong_entry("no service is named", "give --service D-2, several times for several");
    for (const auto& id : given_.attest.services) {
      if (find_service(id) == nullptr) return std::unexpected(unknown_service("attest --service", id));
      entry_.services.push_back(id);
    }
    return {};
  }
  Status words() {
    const auto& given = given_.attest;
    entry_.title = clean_line(given.title, 500);
    entry_.version = version_word(clean_line(given.version, 200));
    entry_.reference = clean_line(given.reference, 2000);
    entry_.note = clean_line(given.note, 2000);
    entry_.by = clean_line(given_.by, 200);
    entry_.at = now_;
    if (blank(entry_.by)) return wrong_entry("nobody enters it", "give --as NAME");
    if ((is_document(entry_.kind) || entry_.kind == AttestationKind::approval) && (blank(entry_.title) || blank(entry_.version)))
      return wrong_entry("a document needs its title and its version", "give --title and --version");
    if (entry_.kind == AttestationKind::review && blank(entry_.reference))
      return wrong_entry("a review names its report", "give --reference as it was given with the report, or the report's address");
    return {};
  }
  Status people() {
    for (const auto& name : given_.attest.who) {
      auto person = person_given(house_, name);
      if (!person) return std::unexpected(person.error());
      entry_.actors.push_back(std::move(*person));
    }
    if (needs_people(entry_.kind) && entry_.actors.empty()) return wrong_entry("it does not say who", "give --who NAME as under people:");
    auto owner = owner_given(house_, given_.attest.owner);
    if (!owner) return std::unexpected(owner.error());
    entry_.owner = std::move(*owner);
    if (is_document(entry_.kind) && entry_.owner.empty()) return wrong_entry("a document needs its owner", "give --owner NAME or TEAM");
    return {};
  }
  Status days() {
    entry_.done = now_;
    if (!given_.attest.when.empty()) {
      const auto day = day_given(given_.attest.when, "--when");
      if (!day) return std::unexpected(day.error());
      entry_.done = *day;
    }
    if (entry_.done > now_) return wrong_entry("that day has not come yet", "enter it once it was done");
    entry_.valid_until = entry_.done + akashi::days(attestation_days);
    if (!given_.attest.until.empty()) {
      const auto day = day_given(given_.attest.until, "--until");
      if (!day) return std::unexpected(day.error());
      entry_.valid_until = *day;
    }
    if (entry_.valid_until <= entry_.at) return wrong_entry("it has expired already", "give a later day with --until, if it may still be relied on");
    if (entry_.valid_until - entry_.done > akashi::days(attestation_days_max))
      return wrong_entry("it would hold for more than two years", "give an earlier day with --until, and enter it anew then");
    return {};
  }
  Status verdict() {
    const auto& word = given_.attest.verdict;
    if (entry_.kind == AttestationKind::approval) {
      if (word != "approved" && word != "refused") return wrong_entry("an approval without a verdict", "give --verdict approved or refused");
      entry_.verdict = word;
      return {};
    }
    if (entry_.kind != AttestationKind::review)
      return word.empty() ? Status() : wrong_entry("only approvals and reviews have a verdict", "leave it out");
    if (!word.empty() && word != "met" && word != "missed")
      return wrong_entry("\"" + word + "\" is no verdict of a review", "give --verdict met or missed");
    // Whoever notes what follows from a report has understood it; that the note is there is what can be shown.
    if (!blank(entry_.note)) entry_.verdict = name(ReviewWord::noted);
    if (!word.empty()) entry_.verdict += (entry_.verdict.empty() ? "" : " ") + word;
    if (given_.attest.checked) entry_.verdict += (entry_.verdict.empty() ? "" : " ") + std::string(name(ReviewWord::checked));
    return {};
  }
  Status document() {
    if (given_.attest.file.empty()) return {};
    auto digest = digest_of_file(given_.attest.file);
    if (!digest) return std::unexpected(digest.error());
    entry_.digest = std::move(*digest);
    return {};
  }

  const House& house_;
  const Arguments& given_;
  Instant now_;
  Attestation entry_;
};

std::string_view say_kind(AttestationKind kind, const Screen& screen) {
  constexpr std::array<std::string_view, 8> ja{"手順書", "承認", "訓練", "当番", "委託先報告", "報告の確認", "期待値", "サービス仕様"};
  return screen.tr(name(kind), ja[static_cast<std::size_t>(kind)]);
}

std::string say_status(const Attestation& entry, Instant now, const Screen& screen) {
  if (entry.withdrawn) return fmt::format(fmt::runtime(screen.tr("withdrawn by {}", "取り消し({})")), entry.withdrawn->by);
  if (entry.valid_until <= now) return std::string(screen.tr("expired", "期限切れ"));
  return fmt::format(fmt::runtime(screen.tr("until {}", "{} まで有効")), format_day(entry.valid_until));
}

void write_json(JsonWriter& json, const Attestation& entry, Instant now) {
  json.object().member("id", entry.id).member("kind", name(entry.kind)).key("services").array();
  for (const auto& service : entry.services) json.value(service);
  json.end_array().member("title", entry.title).member("version", entry.version).member("verdict", entry.verdict).key("who").array();
  for (const auto& actor : entry.actors) json.value(actor);
  json.end_array().member("owner", entry.owner).member("by", entry.by).member("at", entry.at).member("when", entry.done);
  json.member("valid_until", entry.valid_until).member("reference", entry.reference).member("digest", entry.digest).member("note", entry.note);
  json.member("holds", entry.holds(now));
  if (entry.withdrawn)
    json.key("withdrawn")
        .object()
        .member("by", entry.withdrawn->by)
        .member("because", entry.withdrawn->because)
        .member("at", entry.withdrawn->at)
        .end_object();
  json.end_object();
}

std::string joined(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, ", ")); }

int list_attested(const Arguments& arguments, Desk desk) {
  int exit = 0;
  const auto reading = open_reading(arguments, desk, exit);
  if (!reading) return exit;
  const auto entries = reading->store->attestations();
  if (!entries) return refuse(desk, entries.error());
  if (arguments.json) {
    JsonWriter json;
    json.object().key("attestations").array();
    for (const Attestation& entry : *entries) write_json(json, entry, reading->as_of);
    json.end_array().end_object();
    desk.out << json.text();
    return static_cast<int>(Exit::done);
  }
  const Screen screen = screen_for(arguments, desk, reading->house->config.language);
  if (entries->empty()) screen.line(screen.tr("Nothing was attested.", "申告はない。"));
  Table table({{"", true},
               {std::string(screen.tr("what", "種類"))},
               {std::string(screen.tr("service", "サービス"))},
               {std::string(screen.tr("when", "実施日"))},
               {std::string(screen.tr("of", "内容")), false, true},
               {std::string(screen.tr("entered by", "申告者"))},
               {std::string(screen.tr("holds", "有効"))}});
  for (const Attestation& entry : *entries) {
    std::string what = entry.title + (entry.version.empty() ? "" : " v" + entry.version);
    if (what.empty()) what = entry.reference;
    if (!entry.actors.empty()) what += (what.empty() ? "" : "  ") + joined(entry.actors);
    if (!entry.verdict.empty()) what += "  [" + entry.verdict + "]";
    table.row({std::to_string(entry.id), std::string(say_kind(entry.kind, screen)), joined(entry.services), format_day(entry.done), what, entry.by,
               say_status(entry, reading->as_of, screen)},
              entry.holds(reading->as_of) ? Colour::none : Colour::grey);
  }
  if (!table.empty()) table.print(screen);
  return static_cast<int>(Exit::done);
}

int withdraw(const Arguments& arguments, Desk desk, Store& store, const Screen& screen, Instant now) {
  if (blank(arguments.by) || blank(arguments.because))
    return refuse(desk, Error{ErrorKind::config, "attest", "it does not say who withdraws it and why", "give --as NAME and --because TEXT"});
  const Withdrawal end{clean_line(arguments.by, 200), clean_line(arguments.because, 2000), now};
  if (auto kept = store.withdraw_attestation(arguments.attest.id, end); !kept) return refuse(desk, kept.error());
  screen.item("", fmt::format(fmt::runtime(screen.tr("Attestation {} is withdrawn; it counts for nothing from now on.",
                                                     "申告 {} を取り消した。今後は証拠として数えない。")),
                              arguments.attest.id));
  return static_cast<int>(Exit::done);
}

}  // namespace

int command_attest(const Arguments& arguments, Desk desk) {
  if (arguments.action == "list") return list_attested(arguments, desk);
  const auto house = open_house(arguments, desk, false);
  if (!house) return static_cast<int>(Exit::wrong);
  if (!house->has_key)
    return refuse(desk, Error{ErrorKind::config, house->config.key_file, "the key of the pseudonyms cannot be read, so nobody can be named",
                              "run it as the user of the daemon"});
  auto store = open_store(house->config.store_path, OpenMode::decide);
  if (!store) return refuse(desk, store.error());
  SystemClock clock;
  const Screen screen = screen_for(arguments, desk, house->config.language);
  if (arguments.action == "withdraw") return withdraw(arguments, desk, **store, screen, clock.now());
  const auto entry = Entry(*house, arguments, clock.now()).made();
  if (!entry) return refuse(desk, entry.error());
  const auto id = (*store)->attest(*entry);
  if (!id) return refuse(desk, id.error());
  screen.item("",
              fmt::format(fmt::runtime(screen.tr("Attestation {}: {} for {}, entered by {}; it holds until {} and is marked as attested everywhere.",
                                                 "申告 {}: {}({})、申告者 {}。{} まで有効で、どの画面でも「申告」と表示する。")),
                          *id, say_kind(entry->kind, screen), joined(entry->services), entry->by, format_day(entry->valid_until)));
  if (!entry->digest.empty()) screen.item("", "SHA-256 " + entry->digest);
  return static_cast<int>(Exit::done);
}

}  // namespace akashi
