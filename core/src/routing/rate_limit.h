// How often one client may call this process, by the rate class of the route.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string_view>
#include <unordered_map>

#include "toimela/route.h"

namespace toimela::routing {

/// Requests a minute for each client; 0 for no limit. A client may use a whole minute's worth at
/// once and then waits until some of it has come back.
struct RateLimits {
  int read = 0;
  int write = 0;
  int credentials = 0;
};

/// A brake against clients that would keep this process from serving others. It is each process's
/// own on purpose: what it protects is the process, and a count that all share would cost every
/// request a write. What must hold over all processes (guesses at passwords) is counted in the
/// database by the access room.
///
/// The generic cell rate algorithm (ITU-T I.371): of each client only the moment is kept at which
/// it will have used nothing. Thread-safe. Invariant: a client that rested is forgotten, so memory
/// is bounded by those who called in the last minute, and by kMostClients a shard in any case.
class RateLimiter {
 public:
  using Clock = std::chrono::steady_clock;
  explicit RateLimiter(RateLimits limits) : limits_(limits) {}

  /// Counts a request; how long the client should have waited, zero when it is welcome. `client`
  /// is a person's, a guest's or an address's key; `people` of them count as one client, with as many
  /// times the limit.
  std::chrono::seconds count(RateClass rateClass, std::string_view client, Clock::time_point now = Clock::now(),
                             int people = 1);

 private:
  static constexpr std::size_t kShards = 16;
  static constexpr std::size_t kMostClients = 8192;
  struct Shard {
    std::mutex mutex;
    std::unordered_map<std::uint64_t, Clock::time_point> restedAt;
  };

  RateLimits limits_;
  std::array<Shard, kShards> shards_;
};

}  // namespace toimela::routing
