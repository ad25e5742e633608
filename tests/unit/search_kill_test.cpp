// A process that is killed while it makes or follows an index leaves nothing out and nothing twice.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <random>
#include <thread>

#include "data/database.h"
#include "data/migrations.h"
#include "scratch_folder.h"
#include "search/change_log.h"
#include "search/indexer.h"
#include "search/searcher.h"
#include "toimela/testing.h"

namespace toimela::search {

namespace {

constexpr std::int64_t kThings = 3'000;
constexpr int kKills = 12;

Document documentOf(std::int64_t id) {
  return {.id = id,
          .title = {.fi = "Kuntouttava työpaja " + std::to_string(id)},
          .text = {.fi = "Työllisyydenhoidon neuvontaa järjestetään kunnissa ja yhdistyksissä."},
          .path = "/things/" + std::to_string(id),
          .audience = Audience::everyone()};
}

/// Things 1 to kThings; `present` says how many of them there are yet.
Sources sources(std::int64_t present) {
  return {{"core",
           {.kind = "thing",
            .labelKey = "search.title",
            .list =
                [present](ReadTx&, std::int64_t after, int limit) {
                  std::vector<std::int64_t> ids;
                  for (auto id = after + 1; id <= present && std::ssize(ids) < limit; ++id) ids.push_back(id);
                  return ids;
                },
            .read =
                [](ReadTx&, const std::vector<std::int64_t>& ids) {
                  std::vector<Document> documents;
                  for (const auto id : ids) documents.push_back(documentOf(id));
                  return documents;
                }}}};
}

void follow(data::Database& database, const IndexFolder& folder, std::int64_t present) {
  const Sources all = sources(present);
  std::atomic<bool> stopping{false};
  Indexer indexer(database, all, folder, [](std::string_view, std::string_view) {});
  while (!database.get([](ReadTx& tx) { return isSettled(tx); })) std::this_thread::yield();
  if (indexer.follow(stopping) != Indexer::Outcome::done) throw std::runtime_error("the lock is held");
}

/// A process of its own that follows, and is killed after a while. True when it was done before.
bool followAndDie(const std::string& url, const std::filesystem::path& root, std::chrono::milliseconds life) {
  const pid_t child = fork();
  if (child == 0) {
    try {
      data::Database database({.url = url, .connections = 2});
      follow(database, IndexFolder(root), kThings);
      _exit(0);
    } catch (const std::exception&) {
      _exit(1);
    }
  }
  std::this_thread::sleep_for(life);
  kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status);
}

}  // namespace

TEST_CASE("an indexing process that is killed again and again loses nothing and finds nothing twice",
          "[search][indexing][kill]") {
  std::mt19937 dice(2026);
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    const testing::ScratchFolder scratch;
    const IndexFolder folder(scratch.path());
    {
      data::Database database({.url = fresh.url, .connections = 2});
      data::migrate(database, {"core", std::string(TOIMELA_SOURCE_FOLDER) + "/db/migrations"});
      database.write({}, [](WriteTx& tx) { prepareLog(tx); });
      follow(database, folder, 0);
      for (std::int64_t from = 1; from <= kThings; from += 100)
        database.write({}, [&](WriteTx& tx) {
          for (std::int64_t id = from; id < from + 100; ++id) changed(tx, "thing", id);
          tx.unaudited("a test");
        });
    }
    int killed = 0;
    for (int i = 0; i < kKills; ++i)
      if (!followAndDie(fresh.url, scratch.path(), std::chrono::milliseconds(20 + dice() % 300))) ++killed;
    CHECK(killed > 0);
    {
      data::Database database({.url = fresh.url, .connections = 2});
      follow(database, folder, kThings);
    }
    Searcher searcher(folder);
    CHECK(searcher.size() == kThings);
    CHECK(searcher.find({.typed = "työllisyydenhoito"}, {}).total == kThings);
    for (const std::int64_t id : {std::int64_t{1}, std::int64_t{777}, kThings})
      CHECK(searcher.find({.typed = std::to_string(id)}, {}).found.at(0).document.id == id);
  }
}

}  // namespace toimela::search
