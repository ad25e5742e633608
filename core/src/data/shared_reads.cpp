#include "data/shared_reads.h"

#include <atomic>
#include <exception>
#include <stdexcept>
#include <unordered_map>

#include "toimela/group_line.h"

namespace toimela::data {

namespace {

/// So many at a time that the first of them need not wait long for the last.
constexpr std::size_t kMostTogether = 64;
// Where it is full, remembering begins anew: what a crowd asks for again is soon there.
constexpr std::size_t kMostBytes = 4 * 1024 * 1024;
constexpr std::size_t kLargestAnswer = kMostBytes / 16;

thread_local bool threadReads = false;

/// The answers of one snapshot.
class Memory {
 public:
  struct Answer {
    std::vector<Value> cells;  ///< row by row
    std::size_t bytes = 0;

    void add(std::span<const Value> row) {
      for (const Value& cell : row) {
        const auto* text = std::get_if<std::string>(&cell);
        bytes += sizeof cell + (text ? text->size() : 0);
        cells.push_back(cell);
      }
    }
  };

  void forget() {
    answers_.clear();
    bytes_ = 0;
  }
  const Answer* find(const std::string& question) const {
    const auto found = answers_.find(question);
    return found == answers_.end() ? nullptr : &found->second;
  }
  void keep(const std::string& question, const Answer& answer) {
    if (answer.bytes > kLargestAnswer) return;
    const std::size_t more = answer.bytes + question.size() + sizeof answer;
    if (bytes_ + more > kMostBytes) forget();
    bytes_ += more;
    answers_.emplace(question, answer);
  }

 private:
  std::unordered_map<std::string, Answer> answers_;
  std::size_t bytes_ = 0;
};

/// A statement with its arguments; no two different ones make the same text.
void write(std::string& question, const Sql& sql, std::span<const Value> arguments) {
  question.assign(sql.name);
  for (const Value& value : arguments) {
    question += '\0';
    question += "nids"[value.index()];
    if (const auto* text = std::get_if<std::string>(&value)) {
      question.append(std::to_string(text->size())).append(1, ':').append(*text);
    } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
      question += std::to_string(*number);
    } else if (const auto* real = std::get_if<double>(&value)) {
      question.append(reinterpret_cast<const char*>(real), sizeof *real);
    }
  }
}

/// A transaction that asks the database only for what is not remembered.
class RememberingTx : public ReadTx {
 public:
  RememberingTx(Connection& connection, Memory& memory, std::atomic<std::size_t>& asked)
      : connection_(connection), memory_(memory), asked_(asked) {}
  Dialect dialect() const override { return connection_.dialect(); }
  /// Has a statement failed? Then nothing more can be asked in this transaction.
  bool hasFailed() const { return failed_; }

 protected:
  void query(const Sql& sql, std::span<const Value> arguments, std::span<const ColumnType> columns,
             const std::function<void(std::span<Value>)>& row) override {
    std::string question;
    write(question, sql, arguments);
    Memory::Answer answer;
    if (const Memory::Answer* known = memory_.find(question)) {
      answer = *known;
    } else {
      ++asked_;
      failed_ = true;
      connection_.query(sql, arguments, columns, [&](std::span<Value> values) { answer.add(values); });
      failed_ = false;
      memory_.keep(question, answer);
    }
    for (std::size_t i = 0; i < answer.cells.size(); i += columns.size())
      row(std::span(answer.cells).subspan(i, columns.size()));
  }

 private:
  Connection& connection_;
  Memory& memory_;
  std::atomic<std::size_t>& asked_;
  bool failed_ = false;
};

struct Ticket {
  const std::function<void(ReadTx&)>& work;
  std::exception_ptr failure = nullptr;
};

}  // namespace

class SharedReads::Impl {
 public:
  explicit Impl(Address a) : address(std::move(a)) {}

  void serve(std::span<Ticket* const> group) noexcept {
    threadReads = true;
    auto next = group.begin();
    for (bool isSecond = false; next != group.end();) {
      try {
        transaction(next, group.end());
      } catch (const ConnectionLost&) {
        // A connection that was idle while the server went away tells only now.
        connection.reset();
        if (isSecond) fail(next, group.end());
        isSecond = true;
      } catch (...) {
        connection.reset();
        fail(next, group.end());
      }
    }
    threadReads = false;
  }

  using Place = std::span<Ticket* const>::iterator;

  /// Runs works until all are done, or one has spoilt the transaction for those who come after.
  void transaction(Place& next, Place end) {
    begin();
    RememberingTx tx(*connection, memory, asked);
    for (; next != end && !tx.hasFailed(); ++next) {
      try {
        (*next)->work(tx);
      } catch (const ConnectionLost&) {
        throw;
      } catch (...) {
        (*next)->failure = std::current_exception();
      }
    }
    if (tx.hasFailed()) connection->rollback();
    else connection->commit();
    if (!connection->healthy()) connection.reset();
  }

  void begin() {
    if (!connection) {
      connection = std::make_unique<Connection>(address);
      memory.forget();
      snapshot.clear();
    }
    std::string fresh = connection->beginReading();
    if (fresh == snapshot) return;
    memory.forget();
    snapshot = std::move(fresh);
  }

  static void fail(Place& next, Place end) {
    for (; next != end; ++next) (*next)->failure = std::current_exception();
  }

  const Address address;
  GroupLine<Ticket> line{kMostTogether};
  // Of whoever leads the line:
  std::unique_ptr<Connection> connection;
  std::string snapshot;
  Memory memory;
  std::atomic<std::size_t> asked{0};
};

SharedReads::SharedReads(const Address& address) : impl_(std::make_unique<Impl>(address)) {}
SharedReads::~SharedReads() = default;

std::size_t SharedReads::asked() const { return impl_->asked; }

void SharedReads::readErased(const std::function<void(ReadTx&)>& work) {
  if (threadReads) throw std::logic_error("a shared reading asked for another one");
  Ticket ticket{work};
  impl_->line.join(ticket, [this](std::span<Ticket* const> group) { impl_->serve(group); });
  if (ticket.failure) std::rethrow_exception(ticket.failure);
}

}  // namespace toimela::data
