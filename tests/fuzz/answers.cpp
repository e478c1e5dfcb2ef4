// Whatever a tool answers: a poll of any product's stream ends, in pages, an error or nothing; never in a crash, endless asking or a promise it
// cannot keep. An input is "product/stream", and then answers one after another, each "STATUS\nheader: value\n…\n\nbody", with the byte 0x1E between
// them.
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "connectors/engine/normalise.hpp"
#include "connectors/engine/poll.hpp"
#include "core/text.hpp"

using namespace akashi;

namespace {

constexpr int steps_max = 400;
constexpr std::size_t answer_bytes_max = 1u << 20;

std::vector<Connector> products() {
  const char* folder = std::getenv("AKASHI_PRODUCTS");
  std::vector<Connector> all;
  for (const auto& entry : std::filesystem::directory_iterator(folder == nullptr ? "connectors/products" : folder)) {
    auto connector = load_connector(entry.path().string());
    if (!connector) {
      std::cerr << sentence(connector.error()) << '\n';
      std::abort();
    }
    all.push_back(std::move(*connector));
  }
  return all;
}

struct Subject {
  const Connector* connector;
  const StreamSpec* stream;
};

const std::vector<Subject>& subjects() {
  static const std::vector<Connector> all = products();
  static const std::vector<Subject> made = [] {
    std::vector<Subject> list;
    for (const auto& connector : all)
      for (const auto& stream : connector.streams) list.push_back({&connector, &stream});
    return list;
  }();
  return made;
}

Subject subject(std::string_view name) {
  for (const auto& one : subjects())
    if (name == one.connector->product + "/" + one.stream->name) return one;
  return subjects()[std::hash<std::string_view>{}(name) % subjects().size()];
}

HttpResponse response(std::string_view text, Instant now) {
  HttpResponse made;
  made.received = now;
  const auto head_end = text.find("\n\n");
  const auto lines = split(text.substr(0, head_end), '\n');
  made.status = lines.empty() ? 0 : std::atoi(std::string(lines.front().substr(0, 4)).c_str());
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto colon = lines[i].find(": ");
    if (colon != std::string_view::npos) made.headers.emplace_back(lines[i].substr(0, colon), lines[i].substr(colon + 2));
  }
  if (head_end != std::string_view::npos) made.body = std::string(text.substr(head_end + 2, answer_bytes_max));
  return made;
}

SourceSettings settings(const Connector& connector) {
  SourceSettings made;
  made.name = connector.product;
  made.base_url = "https://tool.example";
  made.auth = connector.auth.front().scheme;
  made.user = "reader";
  made.secret = "hush-4711";
  made.start_days = 30;
  made.answer_bytes_max = answer_bytes_max;
  made.requests_per_poll_max = 200;
  for (const auto& parameter : connector.parameters)
    made.params[parameter.name] = parameter.standard.empty() ? std::vector<std::string>{"1"} : parameter.standard;
  return made;
}

void never(bool wrong, const char* what) {
  if (!wrong) return;
  std::cerr << "never: " << what << '\n';
  std::abort();
}

void look_at(Page page, const NormaliseContext& context, Instant now) {
  for (const auto& span : page.coverage) never(span.span.to > now, "coverage of what is still to come");
  const Page normal = normalise(std::move(page), context);
  for (const auto& one : normal.activities) {
    never(one.uid.empty() || one.kind.empty() || one.actor.empty(), "an activity without uid, kind or actor");
    never(!is_utf8(one.uid) || !is_utf8(one.actor), "a kept text that is not UTF-8");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto name_end = input.find('\n');
  const auto [connector, stream] = subject(input.substr(0, name_end));
  const auto answers = name_end == std::string_view::npos ? std::vector<std::string_view>{} : split(input.substr(name_end + 1), '\x1e');
  const auto ours = settings(*connector);
  NormaliseContext context;
  context.product = connector->product;
  Instant now = parse_time("2026-04-01T09:00:00Z").value();
  LookupTables lookups;
  StreamPoll poll(*connector, *stream, ours, "", now, lookups);
  std::size_t next = 0;
  for (int steps = 0;; ++steps) {
    never(steps > steps_max, "asking without an end");
    auto step = poll.next();
    if (!step) {
      const auto said = sentence(step.error());
      never(said.find("hush-4711") != std::string::npos, ("a secret in an error: " + said).c_str());
      return 0;
    }
    if (std::holds_alternative<Done>(*step)) return 0;
    if (auto* page = std::get_if<Page>(&*step)) {
      look_at(std::move(*page), context, now);
    } else if (const auto* pause = std::get_if<Wait>(&*step)) {
      now += pause->time;
    } else if (next >= answers.size()) {
      poll.failed(Error{ErrorKind::config, "", "nobody answers any more", ""});
    } else {
      poll.answer(response(answers[next++], now));
    }
  }
}
