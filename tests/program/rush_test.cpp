// A rush for places through two processes on one database, either of which is killed at random: no place
// is sold twice, nothing that was acknowledged is lost, nothing is there twice. Clients do what clients
// should: without an answer they ask again with the same key.
//
// scripts/soak makes it long: TOIMELA_SOAK_ATTEMPTS, TOIMELA_SOAK_EVENTS, TOIMELA_SOAK_KILLS.
#include <catch2/catch.hpp>
#include <condition_variable>
#include <mutex>
#include <random>
#include <semaphore>

#include "demo_site.h"

namespace toimela::program_tests {
namespace {

constexpr int kClients = 8, kCapacity = 25;

int setting(const char* name, int otherwise) {
  const char* text = std::getenv(name);
  return text ? std::atoi(text) : otherwise;
}

/// Two servers, one of which may just be dead.
class Pair {
 public:
  explicit Pair(const DemoSite& site) : settings_(site.settings()) {
    for (auto& server : servers_) server = std::make_unique<Server>(settings_);
  }

  Endpoint endpoint(int which) {
    std::lock_guard lock(mutex_);
    return servers_[which]->endpoint();
  }
  void killAndRestart(int which) {
    servers_[which]->kill();
    auto fresh = std::make_unique<Server>(settings_);
    std::lock_guard lock(mutex_);
    servers_[which] = std::move(fresh);
  }
  int stop() {
    int codes = 0;
    for (auto& server : servers_) codes += server->stop();
    return codes;
  }

 private:
  Settings settings_;
  std::mutex mutex_;
  std::unique_ptr<Server> servers_[2];
};

/// How many registrations were answered, for one who waits for a certain number of them.
class Answered {
 public:
  void add() {
    std::lock_guard lock(mutex_);
    ++count_;
    changed_.notify_all();
  }
  /// False when they do not come.
  bool reaches(int wanted, std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, patience, [&] { return count_ >= wanted; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int count_ = 0;
};

struct Told {
  std::int64_t event;
  std::string key, registration, participant;
  bool isCancelled = false;
};

/// Somebody who registers again and again, and sometimes changes their mind.
class Client {
 public:
  Client(Pair& servers, std::string token, std::vector<std::int64_t> events, int number, int attempts,
         Answered& answered, std::counting_semaphore<>& turns)
      : answered_(answered), turns_(turns), servers_(servers), token_(std::move(token)), events_(std::move(events)),
        number_(number), attempts_(attempts), random_(static_cast<unsigned>(number)) {}

  void run() {
    for (int i = 0; i < attempts_; ++i) {
      turns_.acquire();
      // Now and then to the other one, or all would end at the one that was not killed.
      if (random_() % 4 == 0) turnTo(static_cast<int>(random_() % 2));
      registerOne(i);
      if (random_() % 4 == 0) cancelOne();
    }
  }

  std::vector<Told> told;
  int refused = 0, repeated = 0;

 private:
  /// Until there is an answer: the same request, at the other server when one does not give any. Never
  /// are both dead.
  Answer ask(const std::string& method, const std::string& path, const std::string& key,
             const std::string& body) {
    for (;;) {
      if (!wire_) wire_ = std::make_unique<Wire>(servers_.endpoint(at_));
      Answer answer;
      if (wire_->isOpen() &&
          wire_->write(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token_ +
                       (key.empty() ? "" : "\r\nIdempotency-Key: " + key) +
                       "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
                       "\r\n\r\n" + body))
        answer = wire_->read();
      if (answer.status != 0 && answer.status != 503) return answer;
      ++repeated;
      turnTo(1 - at_);
    }
  }

  void turnTo(int server) {
    if (server != at_) wire_.reset();
    at_ = server;
  }

  void registerOne(int attempt) {
    const std::int64_t event = events_[random_() % events_.size()];
    const std::string key = std::to_string(number_) + "-" + std::to_string(attempt);
    const Answer answer = ask("POST", "/api/v1/events/" + std::to_string(event) + "/registrations", key,
                              R"({"participants": [{"name": "Kävijä", "email": "kavija)" + key + R"(@example.org"}]})");
    if (answer.status != 201 && answer.status != 200) {
      ++refused;
      return;
    }
    const auto json = nlohmann::json::parse(answer.body);
    told.push_back({event, key, json.at("id"), json.at("participants").at(0).at("id")});
    answered_.add();
  }

  void cancelOne() {
    Told& one = told[random_() % told.size()];
    if (one.isCancelled) return;
    const Answer answer = ask("DELETE", "/api/v1/events/registrations/" + one.registration + "/participants/" +
                                            one.participant, "", "");
    if (answer.status == 204) one.isCancelled = true;
    else ++refused;
  }

  Answered& answered_;                  ///< of all clients
  std::counting_semaphore<>& turns_;    ///< one for each registration that may begin
  Pair& servers_;
  std::string token_;
  std::vector<std::int64_t> events_;
  int number_, attempts_;
  int at_ = number_ % 2;                ///< which server is asked
  std::mt19937 random_;
  std::unique_ptr<Wire> wire_;
};

std::int64_t newEvent(Backstage& backstage, int number) {
  const std::string from = std::to_string(Instant(now() + 720h).time_since_epoch().count());
  const std::string to = std::to_string(Instant(now() + 723h).time_since_epoch().count());
  // The number keeps the statements apart.
  const auto id = backstage.insert(
      "INSERT INTO events_event (region, kind, status, visibility, audience, attendance, title_fi, title_sv, "
      "title_en, summary_fi, summary_sv, summary_en, description_fi, description_sv, description_en, "
      "place_fi, place_sv, place_en, address, accessibility_fi, accessibility_sv, accessibility_en, "
      "online_link, starts_at, ends_at, has_waiting_list, approves_first, contact_name, contact_email, "
      "contact_phone, project, retention_days, sequence, next_position, created_at, revision) VALUES "
      "('06', 'network', 'published', 'everyone', '', 'on_site', 'Ruuhka " + std::to_string(number) +
      "', '', '', '', '', '', '', '', '', 'Talo', '', '', '', '', '', '', '', " + from + ", " + to +
      ", 1, 0, '', '', '', '', 90, 0, 0, 0, 1) RETURNING id");
  backstage.run("INSERT INTO events_pool (event_id, kind, key, capacity, taken) VALUES (" + std::to_string(id) +
                ", 'event', 0, " + std::to_string(kCapacity) + ", 0)");
  return id;
}

TEST_CASE("two processes that are killed at random sell every place once and lose nothing they acknowledged") {
  const int attempts = setting("TOIMELA_SOAK_ATTEMPTS", 1'200), events = setting("TOIMELA_SOAK_EVENTS", 6),
            kills = setting("TOIMELA_SOAK_KILLS", 4);
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Backstage backstage(site);
    std::vector<std::int64_t> ids;
    for (int i = 0; i < events; ++i) ids.push_back(newEvent(backstage, i));
    const std::string token =
        backstage.token(backstage.idOf(site.account("contact_person").email), {"events:write"}, "rush");
    Pair servers(site);
    const int part = attempts / (kills + 1);
    Answered answered;
    std::counting_semaphore<> turns(part);
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < kClients; ++i)
      clients.push_back(std::make_unique<Client>(servers, token, ids, i, attempts / kClients, answered, turns));
    std::vector<std::thread> threads;
    for (auto& client : clients)
      threads.emplace_back([&client] { client->run(); });
    std::mt19937 random(33);
    int killed = 0;
    // In the middle of each part of the rush, when so many have had their answer. No part begins
    // before the kill of the one before, however slow a server is to come back.
    for (; killed < kills; ++killed) {
      const int moment = killed * part + 1 + static_cast<int>(random() % static_cast<unsigned>(part / 2));
      // A long part takes its time on a busy machine.
      if (!answered.reaches(moment, kPatience + 100ms * part)) break;
      servers.killAndRestart(static_cast<int>(random() % 2));
      turns.release(part);
    }
    turns.release(attempts - (killed + 1) * part);
    for (auto& thread : threads) thread.join();
    CHECK(servers.stop() == 0);
    CHECK(killed == kills);

    int told = 0, cancelled = 0, repeated = 0;
    for (const auto& client : clients) {
      CHECK(client->refused == 0);
      repeated += client->repeated;
      for (const Told& one : client->told) {
        ++told;
        cancelled += one.isCancelled;
      }
    }
    CHECK(repeated > 0);  // or nobody noticed that a server was dead, and nothing is proved
    const std::string mine = " IN (SELECT id FROM events_event WHERE title_fi LIKE 'Ruuhka %')";
    CHECK(told == attempts / kClients * kClients);
    CHECK(backstage.number("SELECT COUNT(*) FROM events_registration WHERE event_id" + mine) == told);
    CHECK(backstage.number("SELECT COUNT(*) FROM events_participant WHERE event_id" + mine) == told);
    CHECK(backstage.number("SELECT COUNT(*) FROM events_participant WHERE state = 'cancelled' AND event_id" + mine) == cancelled);
    CHECK(backstage.number("SELECT COUNT(*) FROM events_pool p WHERE p.taken <> (SELECT COUNT(*) FROM "
                           "events_participant q WHERE q.event_id = p.event_id AND q.state = 'confirmed') "
                           "AND p.event_id" + mine) == 0);
    CHECK(backstage.number("SELECT COUNT(*) FROM events_pool p WHERE p.taken > p.capacity AND p.event_id" + mine) == 0);
    CHECK(backstage.number("SELECT COUNT(*) FROM events_pool p WHERE p.taken < p.capacity AND EXISTS (SELECT 1 "
                           "FROM events_participant q WHERE q.event_id = p.event_id AND q.state = 'waiting') "
                           "AND p.event_id" + mine) == 0);
    // Each has its audit row, and each row its registration.
    CHECK(backstage.number("SELECT COUNT(*) FROM core_audit a JOIN events_registration r ON a.object = "
                           "'events.registration:' || CAST(r.id AS TEXT) WHERE a.action = "
                           "'events.registration.add' AND r.event_id" + mine) == told);
    std::set<std::string> stored;
    for (auto& row : backstage.texts("SELECT CAST(event_id AS TEXT) || ' ' || CAST(registration_id AS TEXT) || ' ' || "
                                     "CAST(id AS TEXT) FROM events_participant WHERE event_id" + mine))
      stored.insert(std::move(row));
    int lost = 0;
    for (const auto& client : clients)
      for (const Told& one : client->told)
        lost += !stored.contains(std::to_string(one.event) + " " + one.registration + " " + one.participant);
    CHECK(lost == 0);
  }
}

}  // namespace
}  // namespace toimela::program_tests
