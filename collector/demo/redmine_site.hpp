// The demo's Redmine over HTTP: the shapes and the habits of Redmine 5's REST API (open issues only unless status_id=*, journals only one issue at
// a time, errors without a body).
#pragma once

#include <string>

#include "collector/demo/redmine_tool.hpp"
#include "collector/http/server.hpp"

namespace akashi::demo {

// `key` is what X-Redmine-API-Key must hold.
[[nodiscard]] ServerAnswer answer_as_redmine(const RedmineTool& tool, const ServerRequest& request, const std::string& key);

}  // namespace akashi::demo
