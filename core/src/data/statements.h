// How much is asked of the database: for /metrics, and for tests of what grows.
#pragma once

#include <cstdint>

namespace toimela::data {

/// How many statements this process has run since it started.
std::uint64_t statementsRun();

}  // namespace toimela::data
