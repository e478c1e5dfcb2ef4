// What only the whole descriptor can tell about asking: the placeholders of log-ins and tokens, what answers may look at, privileges.
#include <algorithm>

#include "connectors/engine/descriptor_read.hpp"
#include "connectors/engine/placeholders.hpp"
#include "core/text.hpp"

namespace akashi::reading {

namespace {

class WholeAsking {
 public:
  WholeAsking(const Connector& connector, const Yaml& root) : connector_(connector), root_(root) {
    for (const auto& parameter : connector.parameters) parameters_.push_back(parameter.name);
  }

  Status check() const {
    if (auto fine = check_answers(root_, "answers", connector_.answers); !fine) return fine;
    for (std::size_t i = 0; i < connector_.auth.size(); ++i) {
      if (auto fine = check_auth("auth." + std::to_string(i), connector_.auth[i]); !fine) return fine;
    }
    for (std::size_t i = 0; i < connector_.privileges.size(); ++i) {
      const auto where = "privileges." + std::to_string(i);
      const auto& each = connector_.privileges[i].for_each;
      if (!each.empty() && connector_.parameter(each) == nullptr)
        return wrong_at(root_, where + ".for_each", "there is no parameter \"" + each + "\"", "declare it under parameters");
      auto words = common_words(connector_);
      if (!each.empty()) words.emplace_back("value");
      if (auto fine = check_request(where + ".request", connector_.privileges[i].request, words); !fine) return fine;
    }
    return {};
  }

 private:
  Status check_request(const std::string& where, const RequestSpec& request, const std::vector<std::string>& words) const {
    return request_placeholders(root_, where, request, words);
  }

  Status check_auth(const std::string& where, const AuthSpec& auth) const {
    if (auto fine = only_placeholders(root_, where + ".token_url", auth.token_url, parameters_); !fine) return fine;
    if (auto fine = only_placeholders(root_, where + ".scope", auth.scope, parameters_); !fine) return fine;
    auto words = parameters_;
    words.emplace_back("user");
    words.emplace_back("secret");
    for (const auto& [name, value] : auth.fields) {
      if (auto fine = only_placeholders(root_, where + ".fields", value, words); !fine) return fine;
    }
    for (std::size_t i = 0; i < auth.login.size(); ++i) {
      const auto& step = auth.login[i];
      const auto at = where + ".login." + std::to_string(i);
      const bool open = std::ranges::any_of(placeholders_in(step.request.path), [](const auto& word) { return word == "user" || word == "secret"; });
      if (open) return wrong_at(root_, at + ".path", "a path is shown in errors and logs", "put {user} and {secret} into headers, form or body");
      if (auto fine = check_request(at, step.request, words); !fine) return fine;
      if (auto fine = check_looks(root_, at + ".wrong", step.wrong); !fine) return fine;
      for (const auto& taken : step.take) words.push_back(taken.name);
    }
    return {};
  }

  const Connector& connector_;
  const Yaml& root_;
  std::vector<std::string> parameters_;
};

}  // namespace

std::unexpected<Error> wrong_at(const Yaml& root, const std::string& where, std::string what, std::string mend) {
  const Yaml* node = &root;
  for (const auto step : split(where, '.')) {  // "streams.acts.activities.2": as deep as it is there
    const auto number = step.find_first_not_of("0123456789") == std::string_view::npos ? std::stoul(std::string(step)) : 0;
    const Yaml* next = node->is_list() && number < node->items().size() ? &node->items()[number] : node->find(step);
    if (next == nullptr) break;
    node = next;
  }
  return std::unexpected(node->wrong(std::move(what), std::move(mend)));
}

Status only_placeholders(const Yaml& root, const std::string& where, std::string_view text, const std::vector<std::string>& allowed) {
  for (const auto& word : placeholders_in(text)) {
    if (std::ranges::find(allowed, word) != allowed.end()) continue;
    std::string list;
    for (const auto& known : allowed) list += (list.empty() ? "{" : ", {") + known + "}";
    return wrong_at(root, where, "{" + word + "} is not filled in here", list.empty() ? "no placeholder is" : "these are: " + list);
  }
  return {};
}

// Conditions on an answer see the answer alone.
Status check_looks(const Yaml& root, const std::string& where, const std::vector<Condition>& conditions) {
  for (const auto& condition : conditions) {
    const auto& value = condition.value;
    if (!value.lookup.empty() || !value.of.empty()) return wrong_at(root, where, "an answer is looked at by itself, without lookups and attachments");
    if (value.at && value.at->up > 0) return wrong_at(root, where, "nothing is further out than the answer", "take the ^ away");
  }
  return {};
}

Status check_answers(const Yaml& root, const std::string& where, const Answers& answers) {
  for (const auto& [status, rules] : answers) {
    for (const auto& rule : rules) {
      if (auto fine = check_looks(root, where, rule.when); !fine) return fine;
    }
  }
  return {};
}

Status request_placeholders(const Yaml& root, const std::string& where, const RequestSpec& request, const std::vector<std::string>& allowed) {
  if (auto fine = only_placeholders(root, where, request.path, allowed); !fine) return fine;
  if (auto fine = only_placeholders(root, where, request.body, allowed); !fine) return fine;
  for (const auto* list : {&request.query, &request.headers, &request.form}) {
    for (const auto& [name, value] : *list) {
      if (auto fine = only_placeholders(root, where, value, allowed); !fine) return fine;
    }
  }
  return check_answers(root, where + ".answers", request.answers);
}

std::vector<std::string> common_words(const Connector& connector) {
  std::vector<std::string> words;
  const auto add = [&](const std::string& word) {
    if (std::ranges::find(words, word) == words.end()) words.push_back(word);
  };
  for (const auto& parameter : connector.parameters) add(parameter.name);
  for (const auto& auth : connector.auth) {
    for (const auto& step : auth.login) {
      for (const auto& taken : step.take) add(taken.name);
      if (std::ranges::count(step.take, "token", &TakenValue::name) > 0) add("token_json");
    }
  }
  return words;
}

Status whole_asking(const Connector& connector, const Yaml& root) { return WholeAsking(connector, root).check(); }

}  // namespace akashi::reading
