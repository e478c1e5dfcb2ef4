// The demo's Request Tracker over HTTP: the shapes and the habits of RT 5's REST API 2.0, as a reader without SuperUser sees it (no totals on
// transactions, articles, attachments and queues; approvals only when asked for; merged and deleted tickets missing from lists).
#pragma once

#include <string>

#include "collector/demo/rt_tool.hpp"
#include "collector/http/server.hpp"

namespace akashi::demo {

// `base` is the address of the site itself, without a trailing slash; `token` is what "Authorization: token …" must hold.
[[nodiscard]] ServerAnswer answer_as_rt(const RtTool& tool, const ServerRequest& request, const std::string& base, const std::string& token);

}  // namespace akashi::demo
