// `connectors new NAME`: a skeleton of a product that loads and whose first case holds, to be changed line by line.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <ostream>

#include "collector/cli/connectors.hpp"
#include "collector/cli/opening.hpp"
#include "connectors/engine/replay.hpp"

namespace akashi {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view descriptor = R"(title: NAME
product: NAME
kind: ticketing   # ticketing, siem, edr, threat-intelligence, code, monitoring, documents …
docs: [https://docs.example/NAME]   # the vendor's own pages

permissions:   # the named rights of an account that can read and nothing else
  - right: Read tickets
    on: the projects that count
    for: tickets and who worked on them
    without: the source is blind
blind_spots:   # what this API cannot show; be honest
  - Deleted tickets leave no trace

auth:
  - scheme: bearer

streams:
  tickets:
    about: tickets that changed
    shape: list
    request:
      path: /api/tickets
      query: {updated_since: "{since}", order: updated, limit: "{limit}", page: "{page}"}
    paging: {kind: page, limit: 100, total: /total, id: /id}
    records: /tickets
    cursor: {field: /updated, format: rfc3339, overlap: 10m, lag: 1m}
    cases:
      - id: {prefix: ticket/, at: /id}
        place: /queue
        status: /status
        title: /title
        owner: /owner
        opened: /created
        url: {prefix: "{base}/tickets/", at: /id}
        version: /updated
    activities:
      - kind: case.opened
        object: /id
        event: [opened]
        time: /created
        actor: /author
        case: {prefix: ticket/, at: /id}

classify:   # what the product's own words mean as it is installed
  - when: {status: "*"}
    asked: new
    working: open
    done: closed
)";

constexpr std::string_view readme = R"(# NAME

## An account that can read and nothing else

1. …

```yaml
sources:
  - name: NAME
    connector: NAME
    url: https://NAME.example
    auth: {scheme: bearer, file: NAME.token}
```

## What is read

| from | becomes |
| --- | --- |
| `/api/tickets` changed since | cases; who opened them |

## What cannot be seen

- Deleted tickets leave no trace.
)";

constexpr std::string_view exchange = R"({
  "about": "first contact: two tickets",
  "stream": "tickets",
  "source": {"name": "NAME", "url": "https://NAME.example", "auth": "bearer", "secret": "token", "start_days": 30},
  "polls": [
    {
      "now": "2026-04-01T09:00:00Z",
      "exchange": [
        {
          "path": "/api/tickets",
          "query": {"page": "1"},
          "body": {
            "total": 2,
            "tickets": [
              {"id": 1, "queue": "SOC", "status": "open", "title": "Odd log-in", "owner": "asato", "author": "desk", "created": "2026-03-30T01:00:00Z", "updated": "2026-03-30T02:00:00Z"},
              {"id": 2, "queue": "SOC", "status": "closed", "title": "Phishing mail", "owner": "btanaka", "author": "desk", "created": "2026-03-31T01:00:00Z", "updated": "2026-03-31T05:00:00Z"}
            ]
          }
        }
      ]
    }
  ]
}
)";

std::string named(std::string_view text, const std::string& name) {
  std::string out(text);
  for (auto at = out.find("NAME"); at != std::string::npos; at = out.find("NAME", at + name.size())) out.replace(at, 4, name);
  return out;
}

Status write_file(const fs::path& file, const std::string& text) {
  std::error_code code;
  fs::create_directories(file.parent_path(), code);
  std::ofstream out(file);
  if (!(out << text) || !out.flush()) return fail(ErrorKind::config, file.string(), "cannot be written", "look at the folder's permissions");
  return {};
}

// What the engine makes of the exchange becomes what is expected: a person reads it and judges whether it is right.
Status approve(const fs::path& folder) {
  const auto report = replay(folder.string());
  if (!report) return std::unexpected(report.error());
  std::string lines;
  for (const auto& line : report->outcome) lines += line + "\n";
  return write_file(folder / "expected.jsonl", lines);
}

bool plain(const std::string& name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

Result<fs::path> write_skeleton(const std::string& name, const fs::path& into) {
  if (!plain(name)) return fail(ErrorKind::config, "connectors new", "\"" + name + "\" is no name of a product", "use a-z, 0-9 and -");
  const fs::path folder = into / name;
  if (fs::exists(folder)) return fail(ErrorKind::config, folder.string(), "is there already", "choose another name");
  const fs::path first = folder / "cases" / "first_contact";
  for (const auto& [file, text] :
       {std::pair{folder / "connector.yaml", descriptor}, {folder / "README.md", readme}, {first / "exchange.json", exchange}}) {
    if (auto written = write_file(file, named(text, name)); !written) return std::unexpected(written.error());
  }
  if (auto approved = approve(first); !approved) return std::unexpected(approved.error());
  return folder;
}

}  // namespace

int connectors_new(const Arguments& arguments, Desk desk) {
  fs::path into = arguments.folder;
  if (into.empty()) {
    const auto folders = find_data(arguments.data);
    if (!folders) return refuse(desk, folders.error());
    into = folders->products;
  }
  const auto folder = write_skeleton(arguments.product, into);
  if (!folder) return refuse(desk, folder.error());
  const Screen screen = screen_for(arguments, desk, "");
  screen.item("", fmt::format(fmt::runtime(screen.tr("{} written. Change connector.yaml to what the tool says, then its case; `akashi replay {}` "
                                                     "tells whether the case holds, AKASHI_APPROVE=1 before it takes the outcome as expected.",
                                                     "{} を書いた。connector.yaml を製品に合わせ、事例を直す。`akashi replay {}` で事例を確かめ、"
                                                     "AKASHI_APPROVE=1 を付けると結果を期待値にする。")),
                              folder->string(), (*folder / "cases" / "first_contact").string()));
  return static_cast<int>(Exit::done);
}

}  // namespace akashi
