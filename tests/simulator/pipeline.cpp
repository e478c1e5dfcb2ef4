#include "pipeline.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <filesystem>
#include <fstream>

#include "collector/cycle.hpp"
#include "collector/house.hpp"
#include "collector/http/curl_multi.hpp"
#include "collector/judgement.hpp"
#include "collector/store/sqlite_store.hpp"
#include "random.hpp"
#include "sites.hpp"

namespace akashi::simulator {

namespace fs = std::filesystem;

ServerAnswer json_answer(std::string body, int status) {
  return {.status = status, .headers = {{"Content-Type", "application/json; charset=utf-8"}}, .body = std::move(body), .raw = {}, .mischief = {}};
}

int number_in(std::string_view text, int otherwise) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() && !text.empty() ? value : otherwise;
}

ServerRequest as_seen(const std::string& method, const std::string& url, const std::string& body) {
  ServerRequest seen;
  seen.method = method;
  seen.body = body;
  const auto slash = url.find('/', url.find("://") + 3);
  seen.target = slash == std::string::npos ? "/" : url.substr(slash);
  const auto mark = seen.target.find('?');
  seen.path = percent_decoded(seen.target.substr(0, mark), false);
  for (auto at = mark; at != std::string::npos;) {
    const auto end = seen.target.find('&', at + 1);
    const auto pair = seen.target.substr(at + 1, end == std::string::npos ? end : end - at - 1);
    const auto equals = pair.find('=');
    seen.query.emplace_back(percent_decoded(pair.substr(0, equals), true),
                            equals == std::string::npos ? "" : percent_decoded(pair.substr(equals + 1), true));
    at = end;
  }
  return seen;
}

namespace {

// Stands where it is put; waiting takes no time.
class Standing final : public Clock {
 public:
  explicit Standing(Instant at) : at_(at) {}
  Instant now() override { return at_; }
  bool sleep_until(Instant, std::stop_token stop) override { return !stop.stop_requested(); }
  void stand(Instant at) { at_ = at; }

 private:
  Instant at_;
};

// A tool that can be reached, or not.
class Wire final : public Transport {
 public:
  Wire(std::unique_ptr<Site> site, const Sight& sight, Clock& clock) : site_(std::move(site)), sight_(sight), clock_(clock) {}
  [[nodiscard]] bool may_fail() const {
    return sight_.never_read || (!sight_.current && clock_.now() > sight_.read_to) || sight_.fails_after.contains(poll_);
  }
  // `breaks_after`: so many answers, and the connection is closed; the plan's own breaks hold as well.
  void begin(std::size_t poll, std::optional<int> breaks_after = {}) {
    poll_ = poll;
    answers_ = 0;
    breaks_after_ = breaks_after;
  }
  Result<HttpResponse> send(const HttpRequest& request, std::stop_token) override {
    const auto now = clock_.now();
    const bool down = sight_.never_read || (!sight_.current && now > sight_.read_to);
    const auto gone = sight_.fails_after.find(poll_);
    ++answers_;
    if ((gone != sight_.fails_after.end() && answers_ > gone->second) || (breaks_after_ && answers_ > *breaks_after_))
      return fail(ErrorKind::transient, request.url.substr(0, request.url.find('?')), "the connection was closed", "");
    if (down && sight_.how_down == "unreachable")
      return fail(ErrorKind::transient, request.url.substr(0, request.url.find('?')), "cannot be reached", "");
    const auto answer =
        down ? json_answer("{}", 401) : site_->answer(as_seen(request.method, request.url, request.body), now, sight_.rights_short.contains(poll_));
    HttpResponse response;
    response.status = answer.status;
    response.headers = answer.headers;
    response.body = answer.body;
    response.received = now;
    return response;
  }

 private:
  std::unique_ptr<Site> site_;
  Sight sight_;
  Clock& clock_;
  std::size_t poll_ = 0;
  int answers_ = 0;
  std::optional<int> breaks_after_;
};

std::unique_ptr<Site> site_of(const Desk& desk) {
  if (desk.product == "mediawiki") return mediawiki_site(desk);
  if (desk.product == "opensearch") return opensearch_site(desk);
  return desk.product == "rt" ? rt_site(desk) : redmine_site(desk);
}

// A folder of its own that goes away.
struct Folder {
  explicit Folder(std::uint64_t seed) {
    static std::atomic<int> count = 0;
    const fs::path memory = "/dev/shm";
    path = (fs::exists(memory) ? memory : fs::temp_directory_path()) / fmt::format("akashi-simulator-{}-{}-{}", ::getpid(), seed, ++count);
    fs::create_directories(path);
  }
  ~Folder() {
    std::error_code code;
    fs::remove_all(path, code);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  fs::path path;
};

Error first_of(const std::vector<Error>& errors) { return errors.front(); }

// A poll of a tool that is up has to go through.
Status read_source(Source& source, Store& store, Clock& clock, const House& house, bool may_fail) {
  Stations stations{.store = store, .clock = clock, .judge = *house.judge, .progress = {}, .stop = {}};
  const auto cycle = run_cycle(source, stations);
  if (!cycle) return std::unexpected(cycle.error());
  if (!may_fail && !cycle->errors.empty()) return std::unexpected(cycle->errors.front());
  return {};
}

// As `akashi attest` would write it.
Status enter(const std::vector<Entered>& entered, const House& house, Store& store) {
  const auto actor = [&](const std::string& name) { return house.pseudonyms.of(*house.config.roster.named(name)); };
  for (const Entered& one : entered) {
    Attestation entry;
    entry.kind = *attestation_kind(one.kind);
    entry.services = {one.service};
    entry.title = one.title;
    entry.version = one.version;
    entry.verdict = one.verdict;
    if (!one.who.empty()) entry.actors = {actor(one.who)};
    if (!one.owner.empty()) entry.owner = actor(one.owner);
    entry.by = "Front desk";
    entry.at = one.at;
    entry.done = one.done;
    entry.valid_until = one.until;
    entry.reference = one.reference;
    const auto number = store.attest(entry);
    if (!number) return std::unexpected(number.error());
    if (!one.withdrawn) continue;
    if (auto ended = store.withdraw_attestation(*number, {"Front desk", "a mistake", one.at + std::chrono::minutes(1)}); !ended) return ended;
  }
  return {};
}

// Pages of some other size than the product's.
void cut_pages(House& house, Chance& chance) {
  for (auto& [product, connector] : house.connectors)
    for (StreamSpec& stream : connector.streams) stream.paging.limit = chance.between(std::min(7, stream.paging.limit), stream.paging.limit);
}

// The cursors back to where they stood, so that every page comes once more.
Status turn_back(const Source& source, const std::map<std::string, std::string>& states, Store& store, Clock& clock) {
  for (const auto& [stream, state] : states) {
    const auto poll = store.begin_poll(source.name, stream, clock.now());
    if (!poll) return std::unexpected(poll.error());
    PageCommit back;
    back.source = source.name;
    back.stream = stream;
    back.next_state = state;
    back.poll = *poll;
    if (auto kept = store.keep(back); !kept) return kept;
  }
  return {};
}

Status read_in_pieces(Source& source, Wire& line, std::size_t poll, Store& store, Clock& clock, const House& house, Chance& chance) {
  std::map<std::string, std::string> states;
  for (const StreamSpec& stream : source.connector->streams) {
    const auto state = store.stream_state(source.name, stream.name);
    if (!state) return std::unexpected(state.error());
    states[stream.name] = *state;
  }
  for (int times = chance.between(0, 2); times > 0; --times) {
    line.begin(poll, chance.between(0, 25));
    if (auto broken = read_source(source, store, clock, house, true); !broken) return broken;
  }
  if (chance.in(0.5))
    if (auto back = turn_back(source, states, store, clock); !back) return back;
  line.begin(poll);
  return {};
}

}  // namespace

Result<std::vector<Finding>> read_and_judge(const Tools& tools, std::uint64_t seed) {
  const Folder folder(seed);
  std::ofstream(folder.path / "akashi.yaml") << tools.config;
  HouseRead read = build_house((folder.path / "akashi.yaml").string(), AKASHI_SOURCE_DIR, true);
  if (!read.errors.empty()) return std::unexpected(first_of(read.errors));
  Chance pieces(seed + 1000);
  if (tools.in_pieces) cut_pages(*read.house, pieces);
  const auto& house = *read.house;
  auto store = open_store(house.config.store_path, OpenMode::write);
  if (!store) return std::unexpected(store.error());
  if (auto adopted = adopt_mapping(house, **store); !adopted) return std::unexpected(adopted.error());
  if (auto kept = enter(tools.entered, house, **store); !kept) return std::unexpected(kept.error());
  Standing clock(tools.polls.front());
  CurlMulti multi;
  std::vector<Error> errors;
  auto sources = build_sources(house, multi, clock, errors);
  if (!errors.empty()) return std::unexpected(first_of(errors));
  std::vector<Wire*> lines;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    auto line = std::make_unique<Wire>(site_of(tools.desks[i]), tools.sights[i], clock);
    lines.push_back(line.get());
    sources[i]->transport = std::move(line);
    sources[i]->budget = std::make_unique<RequestBudget>(0, clock);
  }
  Chance chance(tools.in_pieces ? seed + 1 : seed);
  for (std::size_t poll = 0; poll < tools.polls.size(); ++poll) {
    clock.stand(tools.polls[poll]);
    const std::size_t first = chance.below(sources.size());  // in whatever order
    for (std::size_t i = 0; i < sources.size(); ++i) {
      const std::size_t at = (first + i) % sources.size();
      lines[at]->begin(poll);
      if (tools.in_pieces)
        if (auto done = read_in_pieces(*sources[at], *lines[at], poll, **store, clock, house, pieces); !done) return std::unexpected(done.error());
      if (auto read_once = read_source(*sources[at], **store, clock, house, lines[at]->may_fail()); !read_once)
        return std::unexpected(read_once.error());
    }
  }
  auto judgement = look(house, **store, tools.now);
  if (!judgement) return std::unexpected(judgement.error());
  for (Finding& one : judgement->findings) {  // as if it had been found so for a month, longer than drift waits
    const RungHeld held{one.service, one.ladder, one.rung, tools.now - days(30)};
    one.drift = drift(one, held, tools.now);
  }
  return std::move(judgement->findings);
}

}  // namespace akashi::simulator
