// An event while its places are given and taken: what every change of places begins with.
#pragma once

#include <optional>
#include <vector>

#include "domain/event.h"
#include "domain/places.h"
#include "domain/registration.h"
#include "store/registrations.h"
#include "toimela/data.h"

namespace toimela::events::operations {

/// How the places of an event stand: read, and changed in memory only.
struct Standing {
  /// Throws NotFound when there is no such event.
  Standing(ReadTx& tx, EventId id);

  ReadTx& tx;
  Event event;
  Places places;
  std::int64_t position = 0;  ///< the last one that was given in the list
};

/// An event whose places nobody else can touch until the transaction ends.
class LockedEvent {
 public:
  /// Reserves `positions` places at the end of the list.
  LockedEvent(WriteTx& tx, EventId id, std::int64_t positions = 0);

  WriteTx& tx() { return tx_; }
  Standing& standing() { return standing_; }
  const Event& event() const { return standing_.event; }
  EventId id() const { return standing_.event.id; }
  Places& places() { return standing_.places; }

  /// Gives what is free to those who wait, as the event's rules say, and writes the counts. Nobody gets
  /// a place in what has been called off or is over.
  void settle();

 private:
  std::vector<store::Waiting> waitingFrom(std::int64_t after);
  void givePlaces(const std::vector<ParticipantId>& promoted);

  WriteTx& tx_;
  std::int64_t first_;  ///< of the places in the list that were reserved; locks before anything is read
  Standing standing_;
};

/// A participant of the event with what they hold or want.
struct Found {
  Participant participant;
  Registration registration;
  std::vector<PoolKey> wanted;
};
std::optional<Found> find(ReadTx& tx, EventId event, ParticipantId id);

}  // namespace toimela::events::operations
