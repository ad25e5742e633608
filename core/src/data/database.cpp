#include "data/database.h"

#include <algorithm>
#include <condition_variable>
#include <deque>

#include "data/connection.h"
#include "data/gate.h"
#include "data/turns.h"
#include "toimela/bookkeeping.h"

namespace toimela::data {

namespace {

constexpr Sql kBumpGeneration{"core.generation.bump",
                              "INSERT INTO core_generation (component, slot, value) VALUES (:component, :slot, 1) "
                              "ON CONFLICT (component, slot) DO UPDATE SET value = core_generation.value + 1"};

// Waiting for other writers: a request, whose reader does not know why it takes so long, and a
// migration, behind another process's that may take minutes.
constexpr std::chrono::milliseconds kPatience = std::chrono::seconds(20);
constexpr std::chrono::milliseconds kMigrationPatience = std::chrono::minutes(5);

thread_local bool threadHoldsConnection = false;

class ReadWork : public ReadTx {
 public:
  explicit ReadWork(Connection& connection) : connection_(connection) {}
  Dialect dialect() const override { return connection_.dialect(); }

 protected:
  void query(const Sql& sql, std::span<const Value> arguments, std::span<const ColumnType> columns,
             const std::function<void(std::span<Value>)>& row) override {
    connection_.query(sql, arguments, columns, row);
  }

 private:
  Connection& connection_;
};

class WriteWork : public WriteTx {
 public:
  WriteWork(Connection& connection, const Author& author, const WriteHooks& hooks)
      : connection_(connection), author_(author), hooks_(hooks), time_(now()) {}

  Dialect dialect() const override { return connection_.dialect(); }
  std::optional<PersonId> actor() const override { return author_.person; }
  Instant time() const override { return time_; }

  void audit(AuditEntry entry) override {
    entries_.push_back(std::move(entry));
  }
  void unaudited(std::string_view) override { quiet_ = true; }
  /// As unaudited(), of what no kept page shows.
  void keepBooks() { bookkeeping_ = true; }
  void mail(const MailMessage& message) override {
    if (hooks_.mail) hooks_.mail(*this, message);
  }
  void letter(std::string_view kind, std::int64_t about) override {
    letters_.push_back({std::string(kind), about});
  }
  void broadcast(std::string_view topic, std::string_view frame) override {
    if (hooks_.broadcast) hooks_.broadcast(*this, topic, frame);
  }

  /// The last step before the commit: nothing may be changed without having been accounted for.
  void finish() {
    if (!letters_.empty() && hooks_.letters) hooks_.letters(*this, letters_);
    const bool isShown = !entries_.empty() || (changed_ && quiet_);
    if (!entries_.empty() && hooks_.audit) hooks_.audit(*this, entries_);
    if (isShown) {
      touched_.insert(author_.component);
      // In order of name, so that two writers of the same components can not deadlock.
      for (const std::string& component : touched_)
        connection_.execute(kBumpGeneration,
                            std::array<Value, 2>{Value{component}, Value{std::int64_t{connection_.writerSlot()}}});
    } else if (changed_ && !bookkeeping_) {
      throw std::logic_error("a change by " + author_.component +
                             " has neither an audit entry nor a reason to have none");
    }
  }

 protected:
  void query(const Sql& sql, std::span<const Value> arguments, std::span<const ColumnType> columns,
             const std::function<void(std::span<Value>)>& row) override {
    // INSERT … RETURNING comes through here; a row of it is a change.
    const bool writes = sql.text.starts_with("INSERT") || sql.text.starts_with("UPDATE") ||
                        sql.text.starts_with("DELETE");
    connection_.query(sql, arguments, columns, [&](std::span<Value> values) {
      changed_ = changed_ || writes;
      row(values);
    });
  }
  std::int64_t execute(const Sql& sql, std::span<const Value> arguments) override {
    const std::int64_t rows = connection_.execute(sql, arguments);
    changed_ = changed_ || rows > 0;
    return rows;
  }
  void publishErased(std::string_view event, const void* payload) override {
    if (!hooks_.publish) return;
    for (std::string& component : hooks_.publish(*this, event, payload)) touched_.insert(std::move(component));
  }

 private:
  Connection& connection_;
  const Author& author_;
  const WriteHooks& hooks_;
  Instant time_;
  std::set<std::string> touched_;
  std::vector<AuditEntry> entries_;
  std::vector<QueuedLetter> letters_;
  bool quiet_ = false, bookkeeping_ = false, changed_ = false;
};

class MigrationWork : public MigrationTx {
 public:
  explicit MigrationWork(Connection& connection) : connection_(connection), read_(connection) {}
  void script(const std::string& sql) override { connection_.exec(sql); }
  ReadTx& read() override { return read_; }
  std::int64_t run(const Sql& sql, std::vector<Value> arguments) override {
    return connection_.execute(sql, arguments);
  }

 private:
  Connection& connection_;
  ReadWork read_;
};

}  // namespace

class Database::Impl {
 public:
  explicit Impl(Options o)
      : options(std::move(o)), address(parseAddress(options.url)) {
    if (address.dialect == Dialect::sqlite) gate = std::make_unique<Gate>(address.target);
  }

  /// A leased connection; given back rolled back and checked, or thrown away.
  class Lease {
   public:
    explicit Lease(Impl& impl) : impl_(impl) {
      if (threadHoldsConnection)
        throw std::logic_error("a thread asked for a second database connection while holding one");
      connection_ = impl_.take();
      threadHoldsConnection = true;
    }
    ~Lease() {
      threadHoldsConnection = false;
      if (!connection_->healthy()) connection_->rollback();
      impl_.giveBack(std::move(connection_));
    }
    Lease(const Lease&) = delete;
    Connection& operator*() { return *connection_; }
    Connection* operator->() { return connection_.get(); }

   private:
    Impl& impl_;
    std::unique_ptr<Connection> connection_;
  };

  std::unique_ptr<Connection> take() {
    std::unique_lock lock(mutex);
    bool got = available.wait_for(lock, options.leaseTimeout,
                                  [&] { return !idle.empty() || open < options.connections; });
    if (!got) throw DatabaseUnavailable("no database connection became free in time");
    if (!idle.empty()) {
      auto connection = std::move(idle.back());
      idle.pop_back();
      return connection;
    }
    ++open;
    lock.unlock();
    try {
      return std::make_unique<Connection>(address, kPatience);
    } catch (...) {
      lock.lock();
      --open;
      available.notify_one();
      throw;
    }
  }

  void giveBack(std::unique_ptr<Connection> connection) {
    bool keep = connection->healthy();
    if (!keep) connection.reset();
    std::lock_guard lock(mutex);
    if (keep) idle.push_back(std::move(connection));
    else --open;
    available.notify_one();
  }

  /// Connections that idled while the server went away are all as dead as the first one found.
  void dropIdle() {
    std::lock_guard lock(mutex);
    open -= static_cast<int>(idle.size());
    idle.clear();
  }

  /// Rolls back unless the commit was reached.
  template <class Work>
  void transaction(bool write, std::chrono::milliseconds patience, Work&& work) {
    Lease connection(*this);
    begin(*connection, write, patience);
    try {
      work(*connection);
    } catch (...) {
      connection->rollback();
      throw;
    }
  }

  void begin(Connection& connection, bool write, std::chrono::milliseconds patience) {
    if (!write || !gate) {
      connection.begin(write);
      return;
    }
    // Who waits for the gate waits as long as in it: behind others there is no other way in.
    const auto end = Gate::Clock::now() + patience;
    if (!gate->enter(end)) throw DatabaseUnavailable("writers of other processes did not finish in time");
    const InGate until(*gate);
    connection.setPatience(std::chrono::duration_cast<std::chrono::milliseconds>(
        std::max(end - Gate::Clock::now(), Gate::Clock::duration::zero())));
    connection.begin(true);
    connection.setPatience(kPatience);
  }

  Options options;
  Address address;
  WriteHooks hooks;
  std::mutex mutex;
  std::condition_variable available;
  std::vector<std::unique_ptr<Connection>> idle;  // the last used is the first taken: warm caches
  int open = 0;
  Turns writers;  // SQLite has one writer: wait in turn here instead of polling the file
  std::unique_ptr<Gate> gate;  // and for other processes here; of whoever has the turn
};

Database::Database(Options options) : impl_(std::make_unique<Impl>(std::move(options))) {}
Database::~Database() = default;

Dialect Database::dialect() const { return impl_->address.dialect; }
const Address& Database::address() const { return impl_->address; }
void Database::setHooks(WriteHooks hooks) { impl_->hooks = std::move(hooks); }

void Database::read(const std::function<void(ReadTx&)>& work) {
  for (int attempt = 1;; ++attempt) {
    try {
      impl_->transaction(false, kPatience, [&](Connection& connection) {
        ReadWork tx(connection);
        work(tx);
        connection.commit();
      });
      return;
    } catch (const ConnectionLost&) {
      impl_->dropIdle();
      if (attempt == 2) throw;
    }
  }
}

void Database::write(const Author& author, const std::function<void(WriteTx&)>& work) {
  Turn turn;
  if (dialect() == Dialect::sqlite && !turn.wait(impl_->writers, kPatience))
    throw DatabaseUnavailable("other writers did not finish in time");
  for (int attempt = 1;; ++attempt) {
    bool committing = false;
    try {
      impl_->transaction(true, kPatience, [&](Connection& connection) {
        WriteWork tx(connection, author, impl_->hooks);
        work(tx);
        tx.finish();
        committing = true;
        connection.commit();
      });
      return;
    } catch (const LostRace&) {
      if (attempt == 3) throw DatabaseUnavailable("the change lost three races in a row");
    } catch (const ConnectionLost&) {
      // After COMMIT was sent nobody knows whether it holds: running again could do it twice.
      impl_->dropIdle();
      if (committing || attempt == 3) throw;
    }
  }
}

void Database::migrate(const std::function<void(MigrationTx&)>& work) {
  Turn turn;
  if (dialect() == Dialect::sqlite && !turn.wait(impl_->writers, kMigrationPatience))
    throw DatabaseUnavailable("other writers did not finish in time");
  impl_->transaction(true, kMigrationPatience, [&](Connection& connection) {
    // A migration takes as long as it takes, and so does waiting for that of another process.
    if (connection.dialect() == Dialect::postgresql)
      connection.exec("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0;"
                      "SELECT pg_advisory_xact_lock(841731)");
    MigrationWork tx(connection);
    work(tx);
    connection.commit();
  });
}

bool Database::alive() noexcept {
  constexpr Sql kAlive{"core.alive", "SELECT 1"};
  try {
    read([&](ReadTx& tx) { tx.value<std::int64_t>(kAlive); });
    return true;
  } catch (...) {
    return false;
  }
}

std::string Database::maskedUrl() const {
  std::string url = impl_->options.url;
  auto scheme = url.find("://");
  auto at = url.find('@');
  if (scheme == std::string::npos || at == std::string::npos) return url;
  auto colon = url.find(':', scheme + 3);
  if (colon != std::string::npos && colon < at) url.replace(colon + 1, at - colon - 1, "***");
  return url;
}

}  // namespace toimela::data

namespace toimela {

void bookkeeping(WriteTx& tx, std::string_view why) {
  // Nobody else makes transactions; a plugin's test that does has no kept pages.
  if (auto* work = dynamic_cast<data::WriteWork*>(&tx)) work->keepBooks();
  else tx.unaudited(why);
}

}  // namespace toimela
