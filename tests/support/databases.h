// Databases for store tests of the core's rooms.
#pragma once

#include "data/database.h"
#include "toimela/testing.h"

namespace toimela::testing {

/// The core's own tables on a fresh database; hooks for audit and mail are set as in the program.
std::unique_ptr<data::Database> openMigrated(const FreshDatabase& database);

}  // namespace toimela::testing
