// Counts what this thread allocates, for tests that promise not to. Always 0 under the address sanitizer, which wants the allocator for itself.
#pragma once

#include <cstddef>

[[nodiscard]] std::size_t allocations_of_this_thread();
