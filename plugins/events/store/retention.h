// Whose time is over, in the database, and what is put aside until it is erased.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/event.h"
#include "domain/retention.h"
#include "toimela/data.h"

namespace toimela::events::store {

/// An event with people, or with those who were put aside or erased.
struct Holding {
  EventId id;
  LocalText title;
  std::optional<RegionCode> region;
  Retention retention;
  std::int64_t people = 0;  ///< there or put aside; how many there were, when they are erased
};
/// Those that fall due before `until`, and those of which something is put aside or erased; the one
/// that ended first comes first.
std::vector<Holding> holdings(ReadTx& tx, Instant until);
std::optional<Holding> holdingOf(ReadTx& tx, EventId event);

/// What has happened is noted.
void noteTold(WriteTx& tx, EventId event, Instant due);
void noteAside(WriteTx& tx, EventId event);
void noteTakenBack(WriteTx& tx, EventId event, Instant keptUntil);
void noteErased(WriteTx& tx, EventId event);

/// Moves everything about the event's people out of sight and leaves numbers; how many people.
std::int64_t putAside(WriteTx& tx, EventId event);
/// Brings all of it back.
void takeBack(WriteTx& tx, EventId event);
/// Erases what is put aside; the numbers stay for good.
std::int64_t eraseAside(WriteTx& tx, EventId event);

/// What is put aside of a person: as they registered, or as somebody's participant.
struct AsideRecord {
  EventId event;
  std::string title;
  bool isRegistrant = false;
  std::string name, email, phone, organisation, state, answers;
};
std::vector<AsideRecord> asideOf(ReadTx& tx, PersonId person, const std::string& emailKey);
/// Takes the person out of it, so that it does not come back with the rest.
void forgetAside(WriteTx& tx, PersonId person, const std::string& emailKey);

/// How many people of the event, who are no longer there, were in this state; and how many were noted at
/// the door.
std::int64_t goneInState(ReadTx& tx, EventId event, std::string_view state);
std::int64_t goneNoted(ReadTx& tx, EventId event);

}  // namespace toimela::events::store
