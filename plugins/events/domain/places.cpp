#include "domain/places.h"

#include <algorithm>

namespace toimela::events {

bool Places::fits(std::span<const PoolKey> wanted) const {
  return std::ranges::all_of(wanted, [&](PoolKey key) {
    const Pool* pool = find(key);
    return !pool || pool->hasRoom();
  });
}

bool Places::take(std::span<const PoolKey> wanted) {
  if (!fits(wanted)) return false;
  for (const PoolKey key : wanted)
    if (const auto pool = pools_.find(key); pool != pools_.end()) ++pool->second.taken;
  return true;
}

void Places::give(std::span<const PoolKey> held) {
  for (const PoolKey key : held)
    if (const auto pool = pools_.find(key); pool != pools_.end()) --pool->second.taken;
}

const Pool* Places::find(PoolKey key) const {
  const auto found = pools_.find(key);
  return found == pools_.end() ? nullptr : &found->second;
}

bool Places::resize(PoolKey key, std::optional<std::int64_t> capacity) {
  Pool& pool = pools_[key];
  if (capacity && *capacity < pool.taken) return false;
  pool.capacity = capacity;
  return true;
}

void Places::add(PoolKey key, Pool pool) { pools_.try_emplace(key, pool); }

void Places::restate(PoolKey key, Pool pool) { pools_[key] = pool; }

bool Places::isEventFull() const {
  const Pool* event = find({PoolKey::Kind::event, 0});
  return event && !event->hasRoom();
}

std::map<PoolKey, Pool> Places::changed() const {
  std::map<PoolKey, Pool> result;
  for (const auto& [key, pool] : pools_) {
    const auto before = before_.find(key);
    if (before == before_.end() || before->second != pool) result.emplace(key, pool);
  }
  return result;
}

std::vector<ParticipantId> promote(Places& places, std::span<const Seat> waiting) {
  std::vector<ParticipantId> promoted;
  for (std::size_t first = 0; first < waiting.size() && !places.isEventFull();) {
    std::size_t last = first + 1;
    if (waiting[first].allOrNothing)
      while (last < waiting.size() && waiting[last].registration == waiting[first].registration) ++last;
    std::size_t taken = first;
    while (taken < last && places.take(waiting[taken].wanted)) ++taken;
    if (taken == last) {
      for (std::size_t i = first; i < last; ++i) promoted.push_back(waiting[i].participant);
    } else {
      while (taken > first) places.give(waiting[--taken].wanted);
    }
    first = last;
  }
  return promoted;
}

}  // namespace toimela::events
