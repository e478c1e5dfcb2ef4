// A source at work: one configured connection with everything that reading it needs.
#pragma once

#include <memory>
#include <string>

#include "collector/http/patience.hpp"
#include "collector/http/transport.hpp"
#include "connectors/engine/descriptor.hpp"
#include "connectors/engine/normalise.hpp"
#include "connectors/engine/poll.hpp"

namespace akashi {

struct Source {
  std::string name;
  const Connector* connector = nullptr;  // owned by the house
  SourceSettings settings;
  NormaliseContext normalising;
  LookupTables lookups;
  Session session;
  std::unique_ptr<Transport> transport;
  std::unique_ptr<RequestBudget> budget;
  std::int64_t interval_s = 300;
};

}  // namespace akashi
