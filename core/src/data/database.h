// The data room: SOCI on SQLite and PostgreSQL behind ReadTx and WriteTx.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "toimela/data.h"

namespace toimela::data {

struct Options {
  std::string url;                                ///< "sqlite:/path/file.db" or "postgresql://…"
  int connections = 10;
  std::chrono::milliseconds leaseTimeout{3'000};  ///< then DatabaseUnavailable
};

/// A letter that is to be written when it goes out.
struct QueuedLetter {
  std::string kind;
  std::int64_t about;
};

/// What other rooms do inside a WriteTx; set once by the composition before the first write.
struct WriteHooks {
  /// Called once, before the commit, with everything that the unit of work said.
  std::function<void(WriteTx&, std::span<const AuditEntry>)> audit;
  std::function<void(WriteTx&, std::span<const QueuedLetter>)> letters;
  std::function<void(WriteTx&, const MailMessage&)> mail;
  /// Calls the subscribers; returns the components whose data they may have changed.
  std::function<std::vector<std::string>(WriteTx&, std::string_view event, const void* payload)> publish;
  std::function<void(WriteTx&, std::string_view topic, std::string_view frame)> broadcast;
};

/// Who writes, and in whose name pages are invalidated afterwards.
struct Author {
  std::optional<PersonId> person;
  std::string component = "core";  ///< "core" or the plugin's name
};

/// A pool of checked connections. Thread-safe. Invariants: a connection is given back rolled back;
/// a thread holds at most one (asking for a second throws std::logic_error, it could deadlock).
class Database {
 public:
  explicit Database(Options options);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  Dialect dialect() const;
  void setHooks(WriteHooks hooks);

  void read(const std::function<void(ReadTx&)>& work);
  /// Runs `work` and commits. Runs it again (up to three times) after a lost race or a connection
  /// that broke before the commit was sent.
  void write(const Author& author, const std::function<void(WriteTx&)>& work);

  template <class F>
  auto get(F&& work) {
    std::optional<std::invoke_result_t<F, ReadTx&>> result;
    read([&](ReadTx& tx) { result.emplace(work(tx)); });
    return std::move(*result);
  }

  /// Runs a script of statements as it stands, in one transaction under the migration lock.
  /// `before` runs in it first and says whether the script is still wanted.
  void migrate(const std::function<void(class MigrationTx&)>& work);

  /// True when a trivial query answers.
  bool alive() noexcept;
  std::string maskedUrl() const;
  const struct Address& address() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// A transaction that may run plain SQL scripts.
class MigrationTx {
 public:
  virtual ~MigrationTx() = default;
  virtual void script(const std::string& sql) = 0;
  virtual ReadTx& read() = 0;
  virtual std::int64_t run(const Sql& sql, std::vector<Value> arguments) = 0;
};

}  // namespace toimela::data
