// Alerts as JSON: the same members in webhooks and in `akashi alerts --json`.
#pragma once

#include "collector/json_writer.hpp"
#include "collector/notify/message.hpp"

namespace akashi {

// {id, matter, kind, level, service, service_name, ladder, source, services[], since, opened, changed, closed, reasons[{code, args, text}],
//  over[{code, args, text}] (why it was closed; empty while open), silence}
void write_alert(JsonWriter& json, const Alert& alert, Lang lang);

}  // namespace akashi
