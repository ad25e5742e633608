// Whole tables as lines of JSON, the same lines on SQLite and on PostgreSQL.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/connection.h"

namespace toimela::backup {

struct Column {
  std::string name;
  ColumnType type = ColumnType::text;
  bool isKey = false;  ///< part of the primary key
};

struct Table {
  std::string name;
  std::vector<Column> columns;
  bool numbersItself = false;  ///< its key `id` is given by the database
};

/// The service's tables with ordinary content, by name: not the migrations' own, not those whose
/// content passes by itself (sessions, counters, jobs), and not what a database derives from others,
/// such as a search index.
std::vector<Table> tablesOf(data::Connection& connection);

/// The number of the last migration of each component that has tables here.
std::map<std::string, int> migrationsOf(data::Connection& connection);

/// Does any table of the service exist?
bool hasTables(data::Connection& connection);

/// Calls `line` for every row, in the order of the primary key, byte by byte: a JSON array of the
/// columns' values. To be called in a transaction.
void eachLine(data::Connection& connection, const Table& table,
              const std::function<void(const std::string& line)>& line);

/// The number after which the table goes on numbering; 0 when it has not begun.
std::int64_t lastNumber(data::Connection& connection, const Table& table);

/// Puts content into tables in any order: what refers to what is looked at when finish() is called.
/// To be used in a writing transaction, by one who may alter the tables.
class Filling {
 public:
  Filling(data::Connection& connection, const std::vector<Table>& tables);

  /// Begins a table, emptied of what a migration has put there. Its rows come with `columns`.
  void begin(const Table& table, const std::vector<std::string>& columns);
  void add(std::string line);
  /// Ends the table, which goes on numbering after `lastNumber`.
  void end(std::int64_t lastNumber);
  /// Throws DatabaseError when a row refers to one that is not there.
  void finish();

 private:
  void flush();

  data::Connection& connection_;
  std::vector<std::string> madeDeferrable_;
  const Table* table_ = nullptr;
  std::string statementName_, statement_;
  std::string rows_;
  std::size_t count_ = 0;
};

}  // namespace toimela::backup
