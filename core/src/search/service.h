// The search as pages and plugins ask for it, and the thread that keeps the index new.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "data/database.h"
#include "host/core_host.h"
#include "search/indexer.h"
#include "search/searcher.h"
#include "toimela/search.h"

namespace toimela::search {

/// Made when the core contributes, opened when the database is there. A process that does not serve
/// (a command, a test) brings the index up to date itself before it asks.
class Service : public Engine {
 public:
  Service();
  ~Service() override;

  void open(data::Database& database, CoreHost& host);
  /// Follows the database from here on, in the one process of this machine that gets to.
  void start();
  void stop();

  Answer find(const Actor& reader, const Question& question) override;
  std::vector<Hit> suggest(const Actor& reader, std::string_view typed, Locale locale, int limit) override;

  Indexer::Outcome rebuild(const std::function<void(std::int64_t things)>& progress);
  std::int64_t size();

 private:
  struct Open;
  void follow();
  void refresh();
  Access accessOf(const Actor& reader);
  Answer answerOf(Findings findings, const Question& question) const;
  Open& opened() const;

  std::unique_ptr<Open> open_;
  std::thread follower_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::atomic<bool> stopping_{false};
};

/// The one that the core provides.
Service& serviceOf(const plugins::Contributions& contributions);

}  // namespace toimela::search
