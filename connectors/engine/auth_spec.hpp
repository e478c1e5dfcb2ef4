// How a product is logged in to, how much may be asked of it and how its rights can be seen, as the descriptor writes it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "connectors/engine/request_spec.hpp"
#include "core/time.hpp"

namespace akashi {

// Where a value that a log-in gives is found.
struct TakenValue {
  std::string name;    // {name} in later steps and in the streams' requests
  std::string at;      // pointer in the answer's body …
  std::string header;  // … or the answer's header
};

// One request of a log-in. {user} and {secret} may stand in its query, headers, form and body.
struct LoginStep {
  RequestSpec request;
  bool basic = false;  // user and secret as HTTP Basic
  std::vector<TakenValue> take;
  std::vector<Condition> wrong;  // on the body: the log-in was refused, whatever the status
};

struct AuthSpec {
  std::string scheme;          // none | basic | bearer | header | query | body | oauth2_client | session | sigv4 | mtls
  std::string header, prefix;  // header, session: the header's name, and what stands before the secret or token
  std::string name;            // query: the parameter that carries the secret; body: the member of every JSON body
  std::string token_url;       // oauth2_client: absolute, or beginning with "/" (of the source's address); {parameters} filled in
  std::string scope;           // oauth2_client
  TextPairs fields;            // oauth2_client: more members of the form
  bool client_in_basic = false;
  std::vector<LoginStep> login;  // session
  bool cookies = false;          // session: cookies that the tool sets are sent back
  Duration ttl{};                // session: log in anew after it; zero: only when the tool refuses
  std::string service;           // sigv4: es, aoss, securityhub …
};

enum class ResetAs : std::uint8_t { epoch_s, epoch_ms, seconds };

struct Budget {
  int requests_per_minute = 120;
  int concurrency = 1;
  int requests_per_day = 0;      // 0: as many as the minutes allow
  std::string remaining, reset;  // headers: how many requests are left, and when there are more
  ResetAs reset_as = ResetAs::epoch_s;
};

// What an account may do, as the tool itself says it: read by `akashi check --connect`, by nothing else.
struct Privilege {
  std::string about;
  std::string for_each;  // a parameter: asked once per value, which is {value}
  RequestSpec request;
  std::string values, header;                // where the rights stand: a pointer ("/*" goes into lists), or a header (comma-separated)
  std::string granting;                      // where an object's members are the rights: only those that hold this word; "": all
  std::map<std::string, std::string> names;  // the tool's word for a right → what people call it
  std::vector<std::string> needed;
  std::map<std::string, std::vector<std::string>> wider;  // a needed right → rights that include it
  std::vector<std::string> too_much;                      // patterns (whole words) of rights that nothing here needs
  std::string without, mend;
};

}  // namespace akashi
