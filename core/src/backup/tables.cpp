#include "backup/tables.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace toimela::backup {

namespace {

constexpr std::size_t kRowsAtOnce = 500;

// What passes by itself, or belongs to the processes that serve one database: a copy of it would
// bring back sessions and access tokens that were ended, or jobs that nobody runs. Without the log of changes every index
// of the search is made anew.
constexpr std::array<std::string_view, 8> kPassing{"core_session",    "core_token", "core_throttle",
                                                   "core_broadcast",  "core_job",   "core_generation",
                                                   "core_search_change", "core_search_state"};

constexpr std::string_view kMigrations = "_migration";

// A shadow table belongs to a virtual one, which is made again from the tables that it indexes.
constexpr Sql kNames{
    "backup.tables",
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' "
    "ORDER BY name",
    "SELECT CAST(c.relname AS TEXT) FROM pg_class c WHERE c.relkind = 'r' "
    "AND c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) "
    "ORDER BY c.relname COLLATE \"C\""};
constexpr Sql kColumns{
    "backup.columns",
    "SELECT name, type, CASE WHEN pk > 0 THEN 1 ELSE 0 END FROM pragma_table_info(:name) ORDER BY cid",
    "SELECT CAST(a.attname AS TEXT), format_type(a.atttypid, a.atttypmod), "
    "CASE WHEN a.attnum = ANY (i.indkey) THEN 1 ELSE 0 END FROM pg_attribute a "
    "LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary "
    "WHERE a.attrelid = CAST(:name AS regclass) AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' "
    "ORDER BY a.attnum"};
constexpr Sql kNumbersItself{
    "backup.numbers_itself",
    "SELECT CAST(COUNT(*) AS BIGINT) FROM sqlite_master WHERE name = :name AND sql LIKE '%AUTOINCREMENT%'",
    "SELECT CAST(COUNT(*) AS BIGINT) FROM pg_attribute WHERE attrelid = CAST(:name AS regclass) "
    "AND attidentity <> ''"};
constexpr Sql kSequence{
    "backup.sequence", "SELECT seq FROM sqlite_sequence WHERE name = :name",
    "SELECT last_value FROM pg_sequences WHERE schemaname = current_schema() "
    "AND CAST(quote_ident(schemaname) || '.' || quote_ident(sequencename) AS regclass) = "
    "CAST(pg_get_serial_sequence(:name, 'id') AS regclass)"};
constexpr Sql kForgetSequence{"backup.forget_sequence", "DELETE FROM sqlite_sequence WHERE name = :name"};
constexpr Sql kSetSequence{"backup.set_sequence", "INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"};
constexpr Sql kSetSerial{"backup.set_serial",
                         "SELECT CAST(setval(pg_get_serial_sequence(:name, 'id'), CAST(:last AS BIGINT)) AS BIGINT)"};
constexpr Sql kReferences{
    "backup.references",
    "SELECT '', ''",
    "SELECT CAST(CAST(conrelid AS regclass) AS TEXT), CAST(quote_ident(conname) AS TEXT) FROM pg_constraint "
    "WHERE contype = 'f' AND NOT condeferrable AND connamespace = "
    "(SELECT oid FROM pg_namespace WHERE nspname = current_schema()) ORDER BY 1, 2"};
constexpr Sql kBrokenReferences{"backup.broken_references",
                                "SELECT CAST(COUNT(*) AS BIGINT) FROM pragma_foreign_key_check"};

std::string textOf(const Value& value) { return std::get<std::string>(value); }

ColumnType typeOf(const std::string& table, std::string declared) {
  std::transform(declared.begin(), declared.end(), declared.begin(), [](unsigned char c) { return std::tolower(c); });
  for (const char* integer : {"bigint", "integer", "smallint"})
    if (declared == integer) return ColumnType::integer;
  for (const char* real : {"real", "double precision"})
    if (declared == real) return ColumnType::real;
  if (declared == "text" || declared.starts_with("character varying") || declared.starts_with("varchar"))
    return ColumnType::text;
  throw DatabaseError("table " + table + " has a column of the type " + declared + ", which a backup does not know");
}

bool isPassing(std::string_view name) {
  return std::find(kPassing.begin(), kPassing.end(), name) != kPassing.end() || name.ends_with(kMigrations);
}

std::vector<std::string> names(data::Connection& connection) {
  std::vector<std::string> found;
  const std::array<ColumnType, 1> types{ColumnType::text};
  connection.query(kNames, {}, types, [&](std::span<Value> row) { found.push_back(textOf(row[0])); });
  return found;
}

std::string quoted(const std::string& name) { return '"' + name + '"'; }

nlohmann::json jsonOf(const Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return *integer;
  if (const auto* real = std::get_if<double>(&value)) return *real;
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  return nullptr;
}

/// By the primary key, or by everything when there is none; texts byte by byte in both databases.
std::string orderOf(const Table& table, Dialect dialect) {
  const bool hasKey = std::any_of(table.columns.begin(), table.columns.end(), [](const Column& c) { return c.isKey; });
  std::string order;
  for (const Column& column : table.columns) {
    if (hasKey && !column.isKey) continue;
    order += (order.empty() ? "" : ", ") + quoted(column.name);
    if (dialect == Dialect::postgresql && column.type == ColumnType::text) order += " COLLATE \"C\"";
    if (!hasKey) order += " NULLS FIRST";
  }
  return order;
}

}  // namespace

std::map<std::string, int> migrationsOf(data::Connection& connection) {
  std::map<std::string, int> last;
  const std::array<ColumnType, 1> types{ColumnType::integer};
  for (const std::string& table : names(connection)) {
    if (!table.ends_with(kMigrations)) continue;
    const std::string name = "backup.last." + table,
                      select = "SELECT CAST(COALESCE(MAX(number), 0) AS BIGINT) FROM " + quoted(table);
    connection.query(Sql{name, select}, {}, types, [&](std::span<Value> row) {
      last[table.substr(0, table.size() - kMigrations.size())] = static_cast<int>(std::get<std::int64_t>(row[0]));
    });
  }
  return last;
}

bool hasTables(data::Connection& connection) { return !names(connection).empty(); }

std::vector<Table> tablesOf(data::Connection& connection) {
  std::vector<Table> tables;
  for (const std::string& name : names(connection)) {
    if (isPassing(name)) continue;
    Table table{name, {}, false};
    const std::array<Value, 1> argument{Value{name}};
    const std::array<ColumnType, 3> types{ColumnType::text, ColumnType::text, ColumnType::integer};
    connection.query(kColumns, argument, types, [&](std::span<Value> row) {
      table.columns.push_back({textOf(row[0]), typeOf(name, textOf(row[1])), std::get<std::int64_t>(row[2]) != 0});
    });
    const std::array<ColumnType, 1> number{ColumnType::integer};
    connection.query(kNumbersItself, argument, number,
                     [&](std::span<Value> row) { table.numbersItself = std::get<std::int64_t>(row[0]) > 0; });
    tables.push_back(std::move(table));
  }
  return tables;
}

void eachLine(data::Connection& connection, const Table& table,
              const std::function<void(const std::string& line)>& line) {
  std::string columns;
  std::vector<ColumnType> types;
  for (const Column& column : table.columns) {
    columns += (columns.empty() ? "" : ", ") + quoted(column.name);
    types.push_back(column.type);
  }
  const std::string select =
      "SELECT " + columns + " FROM " + quoted(table.name) + " ORDER BY " + orderOf(table, connection.dialect());
  const auto onRow = [&](std::span<Value> row) {
    nlohmann::json values = nlohmann::json::array();
    for (const Value& value : row) values.push_back(jsonOf(value));
    line(values.dump());
  };
  const std::string name = "backup.rows." + table.name;
  if (connection.dialect() == Dialect::sqlite) {
    connection.query(Sql{name, select}, {}, types, onRow);
    return;
  }
  // A cursor: what a plain query finds would lie in memory as a whole.
  connection.exec("DECLARE backup_rows NO SCROLL CURSOR FOR " + select);
  const std::string fetch = "FETCH " + std::to_string(kRowsAtOnce) + " FROM backup_rows";
  for (std::size_t count = kRowsAtOnce; count == kRowsAtOnce;) {
    count = 0;
    connection.query(Sql{name, fetch}, {}, types, [&](std::span<Value> row) {
      ++count;
      onRow(row);
    });
  }
  connection.exec("CLOSE backup_rows");
}

std::int64_t lastNumber(data::Connection& connection, const Table& table) {
  std::int64_t last = 0;
  if (!table.numbersItself) return last;
  const std::array<Value, 1> argument{Value{table.name}};
  const std::array<ColumnType, 1> types{ColumnType::integer};
  connection.query(kSequence, argument, types, [&](std::span<Value> row) {
    if (const auto* number = std::get_if<std::int64_t>(&row[0])) last = *number;
  });
  return last;
}

Filling::Filling(data::Connection& connection, const std::vector<Table>& tables) : connection_(connection) {
  if (connection.dialect() == Dialect::sqlite) {
    connection.exec("PRAGMA defer_foreign_keys=ON");
  } else {
    const std::array<ColumnType, 2> types{ColumnType::text, ColumnType::text};
    std::vector<std::pair<std::string, std::string>> found;
    connection.query(kReferences, {}, types,
                     [&](std::span<Value> row) { found.emplace_back(textOf(row[0]), textOf(row[1])); });
    for (const auto& [table, constraint] : found) {
      const std::string alter = "ALTER TABLE " + table + " ALTER CONSTRAINT " + constraint;
      connection.exec(alter + " DEFERRABLE INITIALLY DEFERRED");
      madeDeferrable_.push_back(alter + " NOT DEFERRABLE");
    }
  }
  for (const Table& table : tables) connection.exec("DELETE FROM " + quoted(table.name));
}

void Filling::begin(const Table& table, const std::vector<std::string>& columns) {
  table_ = &table;
  std::string into, from;
  const bool lite = connection_.dialect() == Dialect::sqlite;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto column = std::find_if(table.columns.begin(), table.columns.end(),
                                     [&](const Column& each) { return each.name == columns[i]; });
    if (column == table.columns.end())
      throw DatabaseError("table " + table.name + " has no column " + columns[i]);
    const std::string place = std::to_string(i), comma = i ? ", " : "";
    into += comma + quoted(columns[i]);
    if (lite) {
      from += comma + "json_extract(value, '$[" + place + "]')";
    } else {
      const char* type = column->type == ColumnType::integer ? "BIGINT"
                         : column->type == ColumnType::real  ? "DOUBLE PRECISION"
                                                             : "TEXT";
      from += comma + "CAST(value->>" + place + " AS " + type + ")";
    }
  }
  statementName_ = "backup.fill." + table.name;
  statement_ = "INSERT INTO " + quoted(table.name) + " (" + into + ") SELECT " + from +
               (lite ? " FROM json_each(:rows)" : " FROM json_array_elements(CAST(:rows AS json)) AS rows (value)");
  rows_.clear();
  count_ = 0;
}

void Filling::add(std::string line) {
  rows_ += (count_ == 0 ? "[" : ",") + std::move(line);
  if (++count_ == kRowsAtOnce) flush();
}

void Filling::flush() {
  if (count_ == 0) return;
  const std::array<Value, 1> argument{Value{rows_ + "]"}};
  connection_.execute(Sql{statementName_, statement_}, argument);
  rows_.clear();
  count_ = 0;
}

void Filling::end(std::int64_t lastNumber) {
  flush();
  if (table_->numbersItself && lastNumber > 0) {
    const std::array<Value, 2> arguments{Value{table_->name}, Value{lastNumber}};
    if (connection_.dialect() == Dialect::sqlite) {
      connection_.execute(kForgetSequence, std::span(arguments).first(1));
      connection_.execute(kSetSequence, arguments);
    } else {
      const std::array<ColumnType, 1> types{ColumnType::integer};
      connection_.query(kSetSerial, arguments, types, [](std::span<Value>) {});
    }
  }
  table_ = nullptr;
}

void Filling::finish() {
  if (connection_.dialect() == Dialect::sqlite) {
    std::int64_t broken = 0;
    const std::array<ColumnType, 1> types{ColumnType::integer};
    connection_.query(kBrokenReferences, {}, types,
                      [&](std::span<Value> row) { broken = std::get<std::int64_t>(row[0]); });
    if (broken > 0) throw DatabaseError("rows refer to others that are not there");
    return;
  }
  connection_.exec("SET CONSTRAINTS ALL IMMEDIATE");
  for (const std::string& alter : madeDeferrable_) connection_.exec(alter);
}

}  // namespace toimela::backup
