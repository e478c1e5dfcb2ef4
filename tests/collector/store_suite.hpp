// What every store must do, whatever holds it. Called inside a TEST_CASE with a way to get an empty store opened for writing.
#pragma once

#include <functional>
#include <memory>

#include "core/store.hpp"

namespace akashi {

using FreshStore = std::function<std::unique_ptr<Store>()>;

void suite_round_trips(const FreshStore& fresh);
void suite_pages(const FreshStore& fresh);
void suite_tallies(const FreshStore& fresh);
void suite_coverage(const FreshStore& fresh);
void suite_judgement(const FreshStore& fresh);
void suite_attestations(const FreshStore& fresh);

}  // namespace akashi
