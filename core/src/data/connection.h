// One database connection with its prepared statements.
#pragma once

#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "toimela/data.h"

namespace toimela::data {

/// The connection is gone or its transaction was lost to another; the unit of work may run again.
class ConnectionLost : public DatabaseUnavailable {
 public:
  using DatabaseUnavailable::DatabaseUnavailable;
};
class LostRace : public DatabaseError {
 public:
  using DatabaseError::DatabaseError;
};

/// Where a database is: "sqlite:/path/file.db" or "postgresql://user@host/db".
struct Address {
  Dialect dialect;
  std::string target;  ///< file path, or the URL as libpq reads it
};
/// Throws std::invalid_argument with one clear line.
Address parseAddress(const std::string& url);

/// Used by one thread at a time. Errors come out as DatabaseUnavailable, DatabaseFull, LostRace,
/// ConnectionLost or DatabaseError, never with a bound value in the message.
class Connection {
 public:
  /// `patience`: how long another's lock on the file is waited for (SQLite), from here on.
  explicit Connection(const Address& address,
                      std::chrono::milliseconds patience = std::chrono::seconds(10));
  ~Connection();

  Dialect dialect() const;
  void setPatience(std::chrono::milliseconds patience);
  /// Runs SQL without parameters as it stands; several statements may follow each other.
  void exec(const std::string& sql);
  void begin(bool write);
  /// Begins a transaction that only reads and tells the name of its snapshot: transactions of this
  /// connection that are told the same one see the same data, for nothing was committed in between.
  std::string beginReading();
  void commit();
  void rollback() noexcept;
  /// False when it should not be used again.
  bool healthy() const noexcept;

  void query(const Sql& sql, std::span<const Value> arguments, std::span<const ColumnType> columns,
             const std::function<void(std::span<Value>)>& row);
  std::int64_t execute(const Sql& sql, std::span<const Value> arguments);

  /// SQLite: a number that changes when another connection has committed.
  std::int64_t dataVersion();
  /// A small number that differs between busy writers (PostgreSQL backends); 0 on SQLite.
  int writerSlot() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace toimela::data
