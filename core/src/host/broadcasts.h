// Server-sent events on their way from the transaction that made them to the streams of every
// process.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "data/announcements.h"
#include "data/database.h"

namespace toimela::host {

/// Writes the event into its transaction and, on PostgreSQL, has the commit announce it.
void recordBroadcast(WriteTx& tx, std::string_view topic, std::string_view frame);
/// Removes what every process has long seen.
void sweepBroadcasts(WriteTx& tx);

/// Hands every event that any process commits to the streams that are open in this one, each once.
///
/// PostgreSQL announces a commit; what was committed while the connection was lost is read
/// afterwards. On SQLite the file's version is looked at every few milliseconds, which costs no
/// query while nothing has changed.
class Broadcasts {
 public:
  struct Outlet {
    std::function<void(const std::string& topic, std::shared_ptr<const std::string> frame)> deliver;
    std::function<bool()> anybody;  ///< is any stream open in this process?
    std::function<void(std::string_view reason)> warn;
  };

  /// `database` must outlive it.
  Broadcasts(data::Database& database, Outlet outlet);
  ~Broadcasts();

  /// What is committed after this reaches every stream. Throws when the database is away.
  void start();
  void stop();

 private:
  void follow(const std::function<void()>& untilItFails);
  void followFile();
  void followAnnouncements();
  void catchUp();
  void deliver(const std::vector<std::string>& ids);
  void handOver(std::int64_t id, const std::string& topic, std::string frame);

  data::Database& database_;
  Outlet outlet_;
  data::WakeUp stopped_;
  std::thread thread_;
  // Of the thread:
  std::int64_t last_ = 0;                       ///< SQLite: ids rise in the order of the commits
  std::map<std::int64_t, Instant> handedOver_;  ///< PostgreSQL: they do not; of the last minutes
  Instant heardUntil_;
  std::chrono::milliseconds pause_;
};

}  // namespace toimela::host
