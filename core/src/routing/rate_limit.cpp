#include "routing/rate_limit.h"

#include <string>

namespace toimela::routing {

namespace {

constexpr std::chrono::minutes kWindow{1};

}  // namespace

std::chrono::seconds RateLimiter::count(RateClass rateClass, std::string_view client, Clock::time_point now, int people) {
  const int forOne = rateClass == RateClass::read    ? limits_.read
                        : rateClass == RateClass::write ? limits_.write
                                                        : limits_.credentials;
  if (forOne <= 0) return {};
  std::string key(client);
  key += static_cast<char>('0' + static_cast<int>(rateClass));
  const std::uint64_t hash = std::hash<std::string>{}(key);
  Shard& shard = shards_[hash % kShards];
  const auto step = std::chrono::duration_cast<Clock::duration>(kWindow) / forOne / people;

  const std::lock_guard lock(shard.mutex);
  if (shard.restedAt.size() >= kMostClients) {
    std::erase_if(shard.restedAt, [&](const auto& entry) { return entry.second <= now; });
    // A flood from more addresses than that is not for this brake; the oldest guests start anew.
    if (shard.restedAt.size() >= kMostClients) shard.restedAt.clear();
  }
  Clock::time_point& rested = shard.restedAt[hash];
  const Clock::time_point next = std::max(rested, now) + step;
  if (next - now > kWindow) return std::max(std::chrono::ceil<std::chrono::seconds>(next - now - kWindow), std::chrono::seconds(1));
  rested = next;
  return {};
}

}  // namespace toimela::routing
