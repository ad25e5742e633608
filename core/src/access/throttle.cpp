#include "access/throttle.h"

#include <arpa/inet.h>

#include <array>
#include <cstring>

#include "access/passwords.h"
#include "toimela/bookkeeping.h"

namespace toimela {

namespace {

using throttle::Allowance;

constexpr Sql kState{"access.throttle.state",
                     "SELECT attempts, window_until FROM core_throttle WHERE key_hash = :key"};

// One statement, so that attempts of the same moment are all counted.
constexpr Sql kCount{"access.throttle.count",
                     "INSERT INTO core_throttle (key_hash, attempts, window_until)"
                     " VALUES (:key, 1, :until)"
                     " ON CONFLICT (key_hash) DO UPDATE SET"
                     " attempts = CASE WHEN core_throttle.window_until <= :now THEN 1"
                     " ELSE core_throttle.attempts + 1 END,"
                     " window_until = CASE WHEN core_throttle.window_until <= :now"
                     " THEN excluded.window_until ELSE core_throttle.window_until END"
                     " RETURNING attempts, window_until"};

constexpr Sql kForgive{"access.throttle.forgive",
                       "UPDATE core_throttle SET attempts = attempts - 1"
                       " WHERE key_hash = :key AND attempts > 0"};

constexpr Sql kClear{"access.throttle.clear", "DELETE FROM core_throttle WHERE key_hash = :key"};

constexpr Sql kSweep{"access.throttle.sweep",
                     "DELETE FROM core_throttle WHERE window_until <= :now"};

constexpr std::string_view kBookkeeping = "throttle bookkeeping";

// Neither accounts nor addresses are stored as they are.
std::string keyHash(const Allowance& allowance, std::string_view key) {
  return access::sha256(std::string(allowance.name) + '\n' + std::string(key));
}

struct State {
  std::int64_t attempts;
  Instant until;
};
State state(std::int64_t attempts, Instant until) { return {attempts, until}; }

std::chrono::seconds remaining(Instant until, Instant now) {
  return std::max(std::chrono::ceil<std::chrono::seconds>(until - now), std::chrono::seconds(1));
}

}  // namespace

namespace throttle {

std::chrono::seconds waitFor(ReadTx& tx, const Allowance& allowance, std::string_view key,
                             Instant now) {
  const auto found = tx.first(kState, state, keyHash(allowance, key));
  if (!found || found->until <= now || found->attempts < allowance.attempts) return {};
  return remaining(found->until, now);
}

std::chrono::seconds countAttempt(WriteTx& tx, const Allowance& allowance, std::string_view key,
                                  Instant now) {
  bookkeeping(tx, kBookkeeping);
  const auto counted =
      tx.first(kCount, state, keyHash(allowance, key), now + allowance.window, now);
  if (!counted || counted->attempts <= allowance.attempts) return {};
  return remaining(counted->until, now);
}

std::string addressKey(std::string_view address) {
  const std::string text(address.substr(0, address.find('%')));
  in6_addr parsed{};
  if (inet_pton(AF_INET6, text.c_str(), &parsed) != 1) return text;
  if (IN6_IS_ADDR_V4MAPPED(&parsed)) {
    std::array<char, INET_ADDRSTRLEN> shown{};
    inet_ntop(AF_INET, &parsed.s6_addr[12], shown.data(), shown.size());
    return shown.data();
  }
  std::memset(&parsed.s6_addr[8], 0, 8);  // one household has a /64 of its own to choose from
  std::array<char, INET6_ADDRSTRLEN> shown{};
  inet_ntop(AF_INET6, &parsed, shown.data(), shown.size());
  return std::string(shown.data()) + "/64";
}

}  // namespace throttle

namespace access {

void forgiveAttempt(WriteTx& tx, const Allowance& allowance, std::string_view key) {
  bookkeeping(tx, kBookkeeping);
  tx.run(kForgive, keyHash(allowance, key));
}

void clearAttempts(WriteTx& tx, const Allowance& allowance, std::string_view key) {
  bookkeeping(tx, kBookkeeping);
  tx.run(kClear, keyHash(allowance, key));
}

void sweepThrottle(WriteTx& tx, Instant now) {
  bookkeeping(tx, kBookkeeping);
  tx.run(kSweep, now);
}

}  // namespace access

}  // namespace toimela
