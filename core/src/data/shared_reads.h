// What many requests ask at once, asked once.
#pragma once

#include <memory>

#include "data/connection.h"
#include "toimela/shared_reading.h"

namespace toimela::data {

/// On a connection of its own, which one thread uses at a time: who comes while it is in use is read for
/// together in the next transaction. Answers of the database are remembered by statement and arguments
/// for as long as the transactions that follow each other have the same snapshot, which the database
/// says itself (Connection::beginReading). So nothing has to be told when something changes, and it
/// makes no difference which process changed it. Memory is bounded.
class SharedReads : public SharedReading {
 public:
  explicit SharedReads(const Address& address);
  ~SharedReads() override;

  /// Throws what `work` throws, DatabaseUnavailable when the database does not answer, and
  /// std::logic_error when a work asks for it again.
  void read(const std::function<void(ReadTx&)>& work) { readErased(work); }
  using SharedReading::read;

  /// How many statements the database was asked, for tests.
  std::size_t asked() const;

 protected:
  void readErased(const std::function<void(ReadTx&)>& work) override;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace toimela::data
