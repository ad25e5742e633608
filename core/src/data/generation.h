// Data generations: how every process learns at once that pages it has kept are old.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "data/database.h"

namespace toimela::data {

/// How often each component's data has changed. A committed write raises its component's number.
struct Generations {
  std::map<std::string, std::int64_t, std::less<>> of;
  std::int64_t total = 0;

  std::int64_t component(std::string_view name) const {
    auto found = of.find(name);
    return found == of.end() ? 0 : found->second;
  }
};

/// The numbers as the transaction sees them.
Generations readGenerations(ReadTx& tx);

/// Keeps the numbers current for threads that may not wait for the database.
class GenerationWatch {
 public:
  explicit GenerationWatch(Database& database);
  ~GenerationWatch();
  /// Calls `ready` once current() is no older than this call: at once on SQLite (whose files tell
  /// of a change without a query), from a thread of its own on PostgreSQL.
  void freshen(std::function<void()> ready);
  std::shared_ptr<const Generations> current() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace toimela::data
