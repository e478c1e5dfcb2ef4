// Ways to log in, what may be asked of the tool, and how its rights can be seen.
#include <algorithm>
#include <array>

#include "connectors/engine/descriptor_read.hpp"
#include "connectors/engine/url.hpp"

namespace akashi::reading {

namespace {

constexpr Words<const char*, 10> schemes{"no way to log in",
                                         {{{"none", "none"},
                                           {"basic", "basic"},
                                           {"bearer", "bearer"},
                                           {"header", "header"},
                                           {"query", "query"},
                                           {"body", "body"},
                                           {"oauth2_client", "oauth2_client"},
                                           {"session", "session"},
                                           {"sigv4", "sigv4"},
                                           {"mtls", "mtls"}}}};
constexpr Words<bool, 2> client_places{"no place for the client's secret", {{{"body", false}, {"basic", true}}}};
constexpr Words<ResetAs, 3> reset_words{"no way to say when",
                                        {{{"epoch_s", ResetAs::epoch_s}, {"epoch_ms", ResetAs::epoch_ms}, {"seconds", ResetAs::seconds}}}};

Status token_url(const Yaml& node, AuthSpec& into) {
  auto text = node.as_string();
  if (!text) return std::unexpected(text.error());
  const bool absolute = text->starts_with("https://") || text->starts_with("http://");
  if (!absolute && (!text->starts_with('/') || text->starts_with("//")))
    return std::unexpected(node.wrong("this is no address to fetch a token from", "write https://host/path, or /path of the source's own address"));
  into.token_url = *text;
  return {};
}

Status take(const Yaml& node, LoginStep& into) {
  if (!node.is_map()) return std::unexpected(node.wrong("take is a map of names", "write token: /pointer, or token: {header: NAME}"));
  for (const auto& [key, member] : node.members()) {
    if (key.empty() || key.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") != std::string::npos)
      return std::unexpected(member.wrong("\"" + key + "\" is no name for a value", "write it in small letters and _"));
    TakenValue made;
    made.name = key;
    const Yaml* header = member.find("header");
    auto text = header != nullptr ? header->as_string() : member.as_string();
    if (!text) return std::unexpected(text.error());
    (header != nullptr ? made.header : made.at) = *text;
    if (header == nullptr && !text->starts_with('/'))
      return std::unexpected(member.wrong("\"" + *text + "\" is no pointer", "begin it with \"/\", or write {header: NAME}"));
    into.take.push_back(std::move(made));
  }
  return {};
}

constexpr auto step_keys = std::to_array<Key<LoginStep>>({
    {"basic", "true: user and secret are sent as HTTP Basic", keys::flag<&LoginStep::basic>},
    {"take", "names and pointers of what the answer gives: {token}, {csrf} …; or {header: NAME}", {take, {Form::Is::taken}}},
    {"wrong", "conditions on the answer: the log-in was refused", when_of<&LoginStep::wrong>},
});

Status login_step(const Yaml& node, LoginStep& into) {
  if (auto read = read_keys_of_two<RequestSpec, LoginStep>(node, into.request, request_keys(), into, step_keys); !read) return read;
  return checked_request(node, into.request);
}

constexpr auto auth_keys = std::to_array<Key<AuthSpec>>({
    {"scheme", "how the source logs in", keys::word<&AuthSpec::scheme, schemes>, true},
    {"header", "of scheme header or session: its name", keys::text<&AuthSpec::header>},
    {"prefix", "of scheme header or session: what stands before the secret or token", keys::text<&AuthSpec::prefix>},
    {"name", "of scheme query: the parameter that carries the secret; of scheme body: the member of every JSON body", keys::text<&AuthSpec::name>},
    {"token_url", "of oauth2_client: where tokens are given; \"/path\" is on the source's host; {parameters} are filled in", {token_url, {}}},
    {"scope", "of oauth2_client", keys::text<&AuthSpec::scope>},
    {"fields", "of oauth2_client: more fields of the form", pairs_of<&AuthSpec::fields>},
    {"client_in", "of oauth2_client: body (default) or basic", keys::word<&AuthSpec::client_in_basic, client_places>},
    {"login",
     "of session: requests that log in; {user} and {secret} may stand in query, headers, form and body",
     {[](const Yaml& node, AuthSpec& into) { return list_of<LoginStep>(node, into.login, login_step); }, {Form::Is::sections, "login"}}},
    {"cookies", "of session: true: cookies that the tool sets are sent back", keys::flag<&AuthSpec::cookies>},
    {"ttl", "of session: log in anew after it", keys::duration<&AuthSpec::ttl>},
    {"service", "of sigv4: the service's short name, as AWS signs it", keys::text<&AuthSpec::service>},
});

struct KeyOfSchemes {
  std::string_view key;
  std::string_view one, other;
};
constexpr std::array<KeyOfSchemes, 11> keys_of_schemes{{{"header", "header", "session"},
                                                        {"prefix", "header", "session"},
                                                        {"name", "query", "body"},
                                                        {"token_url", "oauth2_client", {}},
                                                        {"scope", "oauth2_client", {}},
                                                        {"fields", "oauth2_client", {}},
                                                        {"client_in", "oauth2_client", {}},
                                                        {"login", "session", {}},
                                                        {"cookies", "session", {}},
                                                        {"ttl", "session", {}},
                                                        {"service", "sigv4", {}}}};

Status needs_of(const Yaml& node, const AuthSpec& auth) {
  for (const auto& [key, one, other] : keys_of_schemes) {
    const auto* found = node.find(key);
    if (found == nullptr || auth.scheme == one || auth.scheme == other) continue;
    return std::unexpected(
        found->wrong("\"" + std::string(key) + "\" is nothing of scheme " + auth.scheme, "it belongs to scheme " + std::string(one)));
  }
  if (auth.scheme == "query" && auth.name.empty())
    return std::unexpected(node.wrong("scheme query needs name, the parameter that carries the secret"));
  if (auth.scheme == "body" && auth.name.empty())
    return std::unexpected(node.wrong("scheme body needs name, the member of the JSON body that carries the secret"));
  if (auth.scheme == "sigv4" && auth.service.empty()) return std::unexpected(node.wrong("scheme sigv4 needs service, as AWS signs it, such as es"));
  if (auth.scheme != "session") return {};
  if (auth.login.empty()) return std::unexpected(node.wrong("scheme session needs login, the requests that log in"));
  const bool taken = std::ranges::any_of(auth.login, [](const LoginStep& step) { return !step.take.empty(); });
  if (!taken && !auth.cookies)
    return std::unexpected(node.wrong("this session carries nothing into later requests", "take a token from a step, or write cookies: true"));
  const bool token =
      std::ranges::any_of(auth.login, [](const LoginStep& step) { return std::ranges::count(step.take, "token", &TakenValue::name) > 0; });
  if (!auth.header.empty() && !token)
    return std::unexpected(node.wrong("the session's header carries {token}, but no step takes it", "write take: {token: /pointer}"));
  return {};
}

constexpr auto budget_keys = std::to_array<Key<Budget>>({
    {"requests_per_minute", "at most", keys::number<&Budget::requests_per_minute, 1, 60000>},
    {"concurrency", "requests at a time", keys::number<&Budget::concurrency, 1, 64>},
    {"requests_per_day", "at most, spread over the day", keys::number<&Budget::requests_per_day, 1, 10000000>},
    {"remaining", "header that says how many requests are left; at 0 the next one waits for reset", keys::text<&Budget::remaining>},
    {"reset", "header that says when there are more", keys::text<&Budget::reset>},
    {"reset_as", "what stands in it: epoch_s (default), epoch_ms, or seconds from now", keys::word<&Budget::reset_as, reset_words>},
});

Status wider(const Yaml& node, Privilege& into) {
  if (!node.is_map()) return std::unexpected(node.wrong("wider is a map", "write a needed right: [rights that include it]"));
  for (const auto& [key, member] : node.members()) {
    auto words = member.as_strings();
    if (!words) return std::unexpected(words.error());
    into.wider[key] = std::move(*words);
  }
  return {};
}

Status names(const Yaml& node, Privilege& into) {
  if (!node.is_map()) return std::unexpected(node.wrong("names is a map", "write the tool's word: what people call it"));
  for (const auto& [key, member] : node.members()) {
    auto word = member.as_string();
    if (!word) return std::unexpected(word.error());
    into.names[key] = std::move(*word);
  }
  return {};
}

Status too_much(const Yaml& node, Privilege& into) {
  auto words = node.as_strings();
  if (!words) return std::unexpected(words.error());
  for (const auto& word : *words) {
    if (auto made = Pattern::compile(word, ""); !made) return std::unexpected(node.wrong(made.error().what, made.error().mend));
  }
  into.too_much = std::move(*words);
  return {};
}

constexpr auto privilege_keys = std::to_array<Key<Privilege>>({
    {"about", "what the rights are of", keys::text<&Privilege::about>, true},
    {"for_each", "a parameter: asked once per value, which is {value}", keys::text<&Privilege::for_each>},
    {"request", "asks the tool which rights the account has", request_of<&Privilege::request>, true},
    {"values", "pointer of the rights in the answer: a word, a list, or an object whose members' names they are; /* goes into lists",
     path_of<&Privilege::values>},
    {"granting", "of an object: only members that hold this word, such as allow", keys::text<&Privilege::granting>},
    {"header", "or the header that lists them, comma-separated", keys::text<&Privilege::header>},
    {"needed", "rights that reading needs", keys::texts<&Privilege::needed>, true},
    {"wider", "a needed right: rights that include it", {wider, {Form::Is::lists}}},
    {"too_much", "patterns of rights that nothing here needs; each fits a right as a whole", {too_much, {Form::Is::texts}}},
    {"names", "the tool's word for a right: what people call it", {names, {Form::Is::pairs}}},
    {"without", "what stays unseen without them", keys::text<&Privilege::without>, true},
    {"mend", "what to do", keys::text<&Privilege::mend>, true},
});

Status privilege(const Yaml& node, Privilege& into) {
  if (auto read = read_keys<Privilege>(node, into, privilege_keys); !read) return read;
  if (into.values.empty() == into.header.empty())
    return std::unexpected(node.wrong("the rights stand in exactly one place", "give values, a pointer, or header"));
  return {};
}

}  // namespace

Status auth(const Yaml& node, AuthSpec& into) {
  if (auto read = read_keys<AuthSpec>(node, into, auth_keys); !read) return read;
  return needs_of(node, into);
}

Status budget(const Yaml& node, Budget& into) {
  if (auto read = read_keys<Budget>(node, into, budget_keys); !read) return read;
  if (!into.remaining.empty() && into.reset.empty())
    return std::unexpected(node.wrong("remaining needs reset, the header that says when there are more requests"));
  return {};
}

Status privileges(const Yaml& node, std::vector<Privilege>& into) { return list_of<Privilege>(node, into, privilege); }

void auth_sections(Sections& into) {
  into.push_back(section<AuthSpec>("auth", "one way to log in", auth_keys));
  auto login = section<RequestSpec>("login", "one request of a log-in", request_keys());
  for (const auto& shape : shapes_of<LoginStep>(step_keys)) login.keys.push_back(shape);
  into.push_back(std::move(login));
  into.push_back(section<Budget>("budget", "how much is asked of the tool", budget_keys));
  into.push_back(section<Privilege>("privilege", "one question about the account's rights", privilege_keys));
}

}  // namespace akashi::reading
