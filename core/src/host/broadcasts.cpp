#include "host/broadcasts.h"

#include <algorithm>
#include <charconv>

namespace toimela::host {

namespace {

constexpr std::chrono::milliseconds kLookEvery{20};
constexpr std::chrono::milliseconds kShortestPause{100}, kLongestPause{5'000};
/// No transaction takes longer between its beginning, whose time its events have, and its commit.
constexpr std::chrono::seconds kLongestTransaction{60};
constexpr std::chrono::minutes kKept{5};

constexpr const char* kChannel = "toimela_broadcast";
constexpr Sql kAdd{"core.broadcast.add",
                   "INSERT INTO core_broadcast (at, topic, frame) VALUES (:at, :topic, :frame) RETURNING id"};
/// Of PostgreSQL only: SQLite has no such thing and needs none.
constexpr Sql kAnnounce{"core.broadcast.announce",
                        "SELECT CAST(pg_notify('toimela_broadcast', CAST(:id AS TEXT)) AS TEXT)"};
constexpr Sql kLast{"core.broadcast.last", "SELECT CAST(COALESCE(MAX(id), 0) AS BIGINT) FROM core_broadcast"};
constexpr Sql kAfter{"core.broadcast.after",
                     "SELECT id, topic, frame FROM core_broadcast WHERE id > :id ORDER BY id"};
constexpr Sql kSince{"core.broadcast.since",
                     "SELECT id, topic, frame FROM core_broadcast WHERE at >= :at ORDER BY id"};
constexpr Sql kOne{"core.broadcast.one", "SELECT id, topic, frame FROM core_broadcast WHERE id = :id"};
constexpr Sql kSweep{"core.broadcast.sweep", "DELETE FROM core_broadcast WHERE at < :at"};

}  // namespace

void recordBroadcast(WriteTx& tx, std::string_view topic, std::string_view frame) {
  const auto id = tx.insert<std::int64_t>(kAdd, tx.time(), topic, frame);
  if (tx.dialect() == Dialect::postgresql) tx.value<std::string>(kAnnounce, std::to_string(id));
}

void sweepBroadcasts(WriteTx& tx) { tx.run(kSweep, tx.time() - kKept); }

Broadcasts::Broadcasts(data::Database& database, Outlet outlet)
    : database_(database), outlet_(std::move(outlet)), heardUntil_(now()), pause_(kShortestPause) {}

Broadcasts::~Broadcasts() { stop(); }

void Broadcasts::start() {
  if (thread_.joinable()) return;
  if (database_.dialect() == Dialect::sqlite)
    last_ = database_.get([](ReadTx& tx) { return tx.value<std::int64_t>(kLast); });
  thread_ = std::thread([this] {
    follow([this] { database_.dialect() == Dialect::sqlite ? followFile() : followAnnouncements(); });
  });
}

void Broadcasts::stop() {
  stopped_.wake();
  if (thread_.joinable()) thread_.join();
}

/// Runs it again, after pauses that grow, for as long as the database is away.
void Broadcasts::follow(const std::function<void()>& untilItFails) {
  do {
    try {
      untilItFails();
      return;
    } catch (const std::exception& e) {
      outlet_.warn(e.what());
    }
    pause_ = std::min(pause_ * 2, kLongestPause);
  } while (stopped_.sleep(pause_));
}

void Broadcasts::followFile() {
  data::Connection probe(database_.address());
  std::int64_t seen = -1;
  do {
    const std::int64_t version = probe.dataVersion();
    if (version == seen) continue;
    database_.read([&](ReadTx& tx) {
      tx.each(kAfter, [&](std::int64_t id, std::string topic, std::string frame) {
        last_ = id;
        outlet_.deliver(topic, std::make_shared<const std::string>(std::move(frame)));
      }, last_);
    });
    seen = version;
    pause_ = kShortestPause;
  } while (stopped_.sleep(kLookEvery));
}

void Broadcasts::followAnnouncements() {
  data::Announcements announcements(database_.address(), kChannel);
  catchUp();
  pause_ = kShortestPause;
  while (true) {
    heardUntil_ = now();
    const auto ids = announcements.wait(stopped_);
    if (ids.empty()) return;
    deliver(ids);
  }
}

/// What was committed while nobody listened. Some of it may be announced as well.
void Broadcasts::catchUp() {
  database_.read([&](ReadTx& tx) {
    tx.each(kSince, [&](std::int64_t id, std::string topic, std::string frame) {
      handOver(id, topic, std::move(frame));
    }, heardUntil_ - kLongestTransaction);
  });
}

void Broadcasts::deliver(const std::vector<std::string>& ids) {
  const auto numberOf = [](const std::string& text) {
    std::int64_t id = 0;
    std::from_chars(text.data(), text.data() + text.size(), id);
    return id;
  };
  if (!outlet_.anybody()) {
    for (const std::string& id : ids) handedOver_.try_emplace(numberOf(id), now());
  } else {
    database_.read([&](ReadTx& tx) {
      for (const std::string& id : ids)
        tx.each(kOne, [&](std::int64_t found, std::string topic, std::string frame) {
          handOver(found, topic, std::move(frame));
        }, numberOf(id));
    });
  }
  const Instant old = now() - kKept;
  while (!handedOver_.empty() && handedOver_.begin()->second < old) handedOver_.erase(handedOver_.begin());
}

void Broadcasts::handOver(std::int64_t id, const std::string& topic, std::string frame) {
  if (!handedOver_.try_emplace(id, now()).second) return;
  outlet_.deliver(topic, std::make_shared<const std::string>(std::move(frame)));
}

}  // namespace toimela::host
