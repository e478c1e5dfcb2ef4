#include "collector/notify/alert_json.hpp"

#include "collector/report/pieces.hpp"
#include "core/catalogue.hpp"

namespace akashi {

void write_alert(JsonWriter& json, const Alert& alert, Lang lang) {
  const Service* service = find_service(alert.service);
  json.object()
      .member("id", alert.id)
      .member("matter", alert.matter)
      .member("kind", name(alert.kind))
      .member("level", name(alert.level))
      .member("service", alert.service)
      .member("service_name", service == nullptr ? std::string_view() : name(*service, lang));
  json.member("ladder", alert.ladder).member("source", alert.source).key("services").array();
  for (const std::string& one : alert.services) json.value(one);
  json.end_array().member("since", alert.since).member("opened", alert.opened).member("changed", alert.changed).member("closed", alert.closed);
  write_reasons(json, "reasons", alert.reasons, lang);
  write_reasons(json, "over", alert.over ? std::vector{*alert.over} : std::vector<Reason>{}, lang);
  json.member("silence", name(alert.silence)).end_object();
}

}  // namespace akashi
