// A case of a product: a folder with exchange.json (what the tool is asked and answers) and expected.jsonl (what comes of it, line by line).
// Replaying one needs no server and no compiler: `akashi replay FOLDER`.
//
// exchange.json:
//   about      what the case shows
//   stream     the descriptor's stream
//   source     {name, url, auth, user, secret, header, token_url, region, params, start_days}; all but params may be left out
//   standing   answers that may be given at any time, any number of times (queues, users …)
//   polls      [{now, exchange}]; each poll goes on from the state that the one before left
// an answer:   {path, query, sends, method, status, headers, body | text, fail}: path and every member of query must be those of the request, and
//              sends (a text or a list of them) must stand in its body or headers ("Range: items=0-49"); body is JSON as it is sent, text is
//              anything else, fail is {kind, what}: no answer came
//
// expected.jsonl has a line for each activity, case, document, text, coverage, page, repetition, wait and error, in order, and the state at the end
// of each poll; {"activity":"rt/transactions/12/345","time":…}. Members that are empty are left out, digests too.
#pragma once

#include <string>
#include <vector>

#include "connectors/engine/descriptor.hpp"

namespace akashi {

struct ReplayReport {
  std::string about;
  std::vector<std::string> outcome;      // lines as in expected.jsonl
  std::vector<std::string> requests;     // what was asked, in order: {"method", "url", "headers", "body"}
  std::vector<std::string> differences;  // "line 3: expected … / got …"; empty when the case holds
  [[nodiscard]] bool holds() const { return differences.empty(); }
};

// folder is …/products/<product>/cases/<case>; ErrorKind::config when exchange.json cannot be read. A missing expected.jsonl is a difference.
[[nodiscard]] Result<ReplayReport> replay(const Connector& connector, const std::string& folder);
// The same with the connector that the folder lies in.
[[nodiscard]] Result<ReplayReport> replay(const std::string& folder);

}  // namespace akashi
