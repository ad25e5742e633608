// Migrations: per component, in order, each once, checksummed, under a lock.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "data/database.h"

namespace toimela::data {

/// One component's files: "0001_name.sql" for both dialects, or the pair "0001_name.sqlite.sql" and
/// "0001_name.postgresql.sql".
struct Component {
  std::string name;                ///< table prefix and name of the version table: <name>_migration
  std::filesystem::path folder;
};

struct MigrationState {
  std::string component;
  int number;
  std::string name;
  enum class Status { applied, pending, changed, unknown } status;
};

/// Thrown when a migration can not be applied; the component is as it was before.
class MigrationFailed : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Applies what is pending, all of one component in one transaction. Refuses when an applied file
/// has changed, or when a new table lacks the component's prefix. With `upTo` it stops after the
/// migration of that number.
void migrate(Database& database, const Component& component, std::optional<int> upTo = std::nullopt);
std::vector<MigrationState> migrationStates(Database& database, const Component& component);

}  // namespace toimela::data
