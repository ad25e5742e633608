// A backup of everything that the service keeps, and its way back into an empty database of either
// kind.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "backup/archive.h"
#include "data/migrations.h"

namespace toimela::backup {

/// What is saved and restored.
struct Place {
  data::Database& database;
  std::vector<data::Component> components;  ///< core first, then the usable plugins
  std::filesystem::path files;              ///< folder of the uploaded files; need not exist
};

/// Writes a backup while others go on reading and writing: all tables as they stood at one moment.
/// Throws BackupError, DatabaseError or DatabaseUnavailable, and then there is no file.
Manifest save(const Place& place, const std::filesystem::path& file);

enum class Target {
  untouched,   ///< a database without a single table
  withoutData  ///< tables may be there, but nobody and no organisation in them
};

/// Brings an archive back: the tables as they were, looked at again before they are committed, and
/// brought up to date afterwards. Throws BackupError when the place is not empty, the archive is
/// damaged, or it comes from a newer version or has a plugin that is not here.
Manifest restore(const Place& place, const std::filesystem::path& file, Target target);

}  // namespace toimela::backup
