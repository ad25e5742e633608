// Events as those who organise them look at them.
#pragma once

#include <string>
#include <vector>

#include "domain/event.h"
#include "toimela/data.h"

namespace toimela::events::store {

/// An event with how far its places have come.
struct ManagedEvent {
  EventId id;
  LocalText title;
  EventKind kind;
  EventStatus status;
  std::optional<RegionCode> region;
  Instant startsAt, endsAt;
  std::optional<std::int64_t> capacity;
  std::int64_t taken = 0, waiting = 0, pending = 0;
};
/// Events of these regions and those that they organise with others, drafts too, and those of the nation
/// if `nation`; the newest first. With
/// `templates` what is kept to make others of, and only that.
std::vector<ManagedEvent> managedIn(ReadTx& tx, const std::vector<RegionCode>& regions, bool nation,
                                    bool templates, int limit);
bool isTemplate(ReadTx& tx, EventId event);
void makeTemplate(WriteTx& tx, EventId event);
/// Forgets with which key it was made: sent again, that makes another one.
void forgetKeys(WriteTx& tx, EventId event);
/// Removes an event that nobody has registered to, with its programme, for good.
void removeEvent(WriteTx& tx, EventId event);
bool hasRegistrations(ReadTx& tx, EventId event);
/// Who made the event, if they are still known.
std::optional<PersonId> makerOf(ReadTx& tx, EventId event);

/// Registrations that have a place or wait for one.
std::vector<RegistrationId> liveRegistrations(ReadTx& tx, EventId event);
/// How many places each organisation has.
struct Held {
  OrganisationId organisation;
  std::int64_t places = 0;
};
std::vector<Held> heldByOrganisation(ReadTx& tx, EventId event);

/// How many of those with a place have come.
std::int64_t countAttended(ReadTx& tx, EventId event);

/// Live participants who chose the workshop.
std::vector<ParticipantId> choosersOf(ReadTx& tx, EventId event, SessionId session);
/// Removes a session and its count of places for good; nobody may have chosen it any more.
void removeSession(WriteTx& tx, EventId event, SessionId session);

[[nodiscard]] bool updateQuota(WriteTx& tx, EventId event, const Quota& quota);
/// Those who count in the quota count in none, also those whose data is put aside.
void leaveQuota(WriteTx& tx, EventId event, QuotaId quota);
/// Removes a quota and its count of places for good; nobody counts in it any more.
void removeQuota(WriteTx& tx, EventId event, QuotaId quota);
/// Counts live participants of these sectors, who count in no other quota, in this one; how many of
/// them have a place.
std::int64_t joinQuota(WriteTx& tx, EventId event, const Quota& quota);

}  // namespace toimela::events::store
