#include "backup/backup.h"

#include <algorithm>
#include <array>

#include "backup/tables.h"
#include "data/connection.h"

namespace toimela::backup {

namespace fs = std::filesystem;

namespace {

constexpr Sql kPeople{"backup.people",
                      "SELECT (SELECT CAST(COUNT(*) AS BIGINT) FROM core_person) + "
                      "(SELECT CAST(COUNT(*) AS BIGINT) FROM core_organisation)"};

/// A transaction on a connection of its own, without the time limits of those that serve requests.
class Transaction {
 public:
  Transaction(const data::Address& address, bool write) : connection_(address) {
    if (connection_.dialect() == Dialect::postgresql)
      connection_.exec("SET statement_timeout=0; SET idle_in_transaction_session_timeout=0");
    connection_.begin(write);
  }
  ~Transaction() {
    if (!committed_) connection_.rollback();
  }
  data::Connection& operator*() { return connection_; }
  void commit() {
    connection_.commit();
    committed_ = true;
  }

 private:
  data::Connection connection_;
  bool committed_ = false;
};

std::vector<std::string> namesOf(const Table& table) {
  std::vector<std::string> names;
  for (const Column& column : table.columns) names.push_back(column.name);
  return names;
}

/// Every table of the archive must have a component here that can make it.
void checkComponents(const Place& place, const Manifest& manifest) {
  for (const auto& [name, number] : manifest.components) {
    const auto component = std::find_if(place.components.begin(), place.components.end(),
                                        [&, &name = name](const data::Component& c) { return c.name == name; });
    if (component == place.components.end())
      throw BackupError("the backup has data of the plugin " + name + ", which is not installed here");
    const auto states = data::migrationStates(place.database, *component);
    if (static_cast<int>(states.size()) < number)
      throw BackupError("the backup was made by a newer version of " + name);
  }
}

void checkEmpty(const Place& place, Target target) {
  Transaction transaction(place.database.address(), false);
  if (fs::exists(place.files) && !fs::is_empty(place.files))
    throw BackupError("the folder " + place.files.string() + " has files already");
  if (!hasTables(*transaction)) return;
  if (target == Target::untouched)
    throw BackupError("the database has tables already; --into-empty fills them if they have no people and no "
                      "organisations");
  std::int64_t count = 0;
  const std::array<ColumnType, 1> types{ColumnType::integer};
  (*transaction).query(kPeople, {}, types, [&](std::span<Value> row) { count = std::get<std::int64_t>(row[0]); });
  if (count > 0) throw BackupError("the database has people or organisations already; nothing was changed");
}

void checkSame(data::Connection& connection, const Table& table, const TableEntry& entry) {
  Table ordered = table;
  // In the order of the archive: a column may have moved since.
  std::sort(ordered.columns.begin(), ordered.columns.end(), [&](const Column& a, const Column& b) {
    const auto place = [&](const Column& c) { return std::find(entry.columns.begin(), entry.columns.end(), c.name); };
    return place(a) < place(b);
  });
  Digest digest;
  std::int64_t rows = 0;
  eachLine(connection, ordered, [&](const std::string& line) {
    digest.add(line);
    digest.add("\n");
    ++rows;
  });
  if (rows != entry.rows || digest.hex() != entry.sha256)
    throw BackupError("table " + entry.name + " came out different from the backup; nothing was changed");
}

/// In the order of their names, so that two backups of the same are alike.
std::vector<fs::path> filesBelow(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code none;
  for (const auto& entry : fs::recursive_directory_iterator(folder, none))
    if (entry.is_regular_file(none)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

void fillTables(const Place& place, ArchiveReader& archive) {
  Transaction transaction(place.database.address(), true);
  const std::vector<Table> tables = tablesOf(*transaction);
  Filling filling(*transaction, tables);
  std::vector<std::pair<const Table*, const TableEntry*>> filled;
  for (const TableEntry& entry : archive.manifest().tables) {
    const auto table = std::find_if(tables.begin(), tables.end(), [&](const Table& t) { return t.name == entry.name; });
    if (table == tables.end()) throw BackupError("the backup has the table " + entry.name + ", which is unknown here");
    filling.begin(*table, entry.columns);
    archive.eachLine(entry, [&](std::string line) { filling.add(std::move(line)); });
    filling.end(entry.lastNumber);
    filled.emplace_back(&*table, &entry);
  }
  filling.finish();
  for (const auto& [table, entry] : filled) checkSame(*transaction, *table, *entry);
  transaction.commit();
}

}  // namespace

Manifest save(const Place& place, const fs::path& file) {
  ArchiveWriter archive(file);
  Manifest manifest;
  manifest.version = TOIMELA_VERSION;
  manifest.database = place.database.dialect() == Dialect::sqlite ? "sqlite" : "postgresql";
  manifest.madeAt = isoText(now());
  {
    Transaction snapshot(place.database.address(), false);
    manifest.components = migrationsOf(*snapshot);
    if (manifest.components.empty()) throw BackupError("the database has no tables; there is nothing to save");
    for (const Table& table : tablesOf(*snapshot))
      archive.table({.name = table.name, .columns = namesOf(table), .lastNumber = lastNumber(*snapshot, table)},
                    [&](const auto& line) { eachLine(*snapshot, table, line); });
  }
  // Files never change once they are written. One that is missing by now was deleted by its owner
  // after the snapshot was taken.
  for (const fs::path& path : filesBelow(place.files))
    archive.file(path.lexically_relative(place.files).generic_string(), path);
  return archive.finish(std::move(manifest));
}

Manifest restore(const Place& place, const fs::path& file, Target target) {
  ArchiveReader archive(file);
  const Manifest& manifest = archive.manifest();
  checkComponents(place, manifest);
  checkEmpty(place, target);
  for (const data::Component& component : place.components)
    if (const auto found = manifest.components.find(component.name); found != manifest.components.end())
      data::migrate(place.database, component, found->second);
  try {
    for (const FileEntry& entry : manifest.files) archive.extract(entry, place.files / entry.path);
    fillTables(place, archive);
  } catch (...) {
    std::error_code none;
    for (const FileEntry& entry : manifest.files) fs::remove(place.files / entry.path, none);
    throw;
  }
  for (const data::Component& component : place.components) data::migrate(place.database, component);
  return manifest;
}

}  // namespace toimela::backup
