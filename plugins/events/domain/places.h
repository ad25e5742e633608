// The one rule for scarce places, without a database.
//
// A participant wants a set of places: one in the event, one in each workshop that was chosen, one
// within the organisation's ceiling, one within the quota of their group. They get all of them or
// wait for all of them. Those who wait are asked in the order of the list, and whoever fits goes in:
// nobody waits for somebody before them who wants what is not there.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "domain/ids.h"

namespace toimela::events {

/// What a place is in. The key is the session's, quota's or organisation's number, 0 for the event.
struct PoolKey {
  enum class Kind { event, session, quota, organisation };
  Kind kind = Kind::event;
  std::int64_t key = 0;
  auto operator<=>(const PoolKey&) const = default;
};

/// How many places there are, and how many are taken by confirmed and offered participants.
struct Pool {
  std::optional<std::int64_t> capacity;  ///< unset: as many as come
  std::int64_t taken = 0;

  bool hasRoom(std::int64_t places = 1) const { return !capacity || taken + places <= *capacity; }
  bool operator==(const Pool&) const = default;
};

/// The pools of one event as they are while it is locked.
///
/// Invariant: no pool is ever filled beyond its capacity by take(). A pool that is not known is one
/// without a limit that nobody counts (a workshop that was removed).
class Places {
 public:
  Places() = default;
  explicit Places(std::map<PoolKey, Pool> pools) : before_(pools), pools_(std::move(pools)) {}

  bool fits(std::span<const PoolKey> wanted) const;
  /// Takes one place in each; false, and nothing is taken, when one of them is full.
  bool take(std::span<const PoolKey> wanted);
  void give(std::span<const PoolKey> held);

  const Pool* find(PoolKey key) const;
  /// Changes how many places there are; false when more are taken already.
  bool resize(PoolKey key, std::optional<std::int64_t> capacity);
  void add(PoolKey key, Pool pool);
  /// Counts a pool anew, as after people were put into a quota.
  void restate(PoolKey key, Pool pool);
  /// Nobody more comes into the event, whatever they want.
  bool isEventFull() const;

  const std::map<PoolKey, Pool>& pools() const { return pools_; }
  /// What has changed since it was read: the pools as they are to be written.
  std::map<PoolKey, Pool> changed() const;

 private:
  std::map<PoolKey, Pool> before_, pools_;
};

/// One who wants places. Those of a group that comes all together or not at all share a group.
struct Seat {
  ParticipantId participant;
  RegistrationId registration;
  bool allOrNothing = false;
  std::vector<PoolKey> wanted;
};

/// Gives places to those who wait, in their order, and returns whom it gave to. Seats of a group
/// that comes all together stand beside each other.
std::vector<ParticipantId> promote(Places& places, std::span<const Seat> waiting);

}  // namespace toimela::events
