// What calendars and feed readers are given.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/registration.h"
#include "toimela/data.h"

namespace toimela::events::store {

/// Published and cancelled events that everybody may see, of a region or of all, that end after
/// `from`, the next one first.
std::vector<EventId> publicEvents(ReadTx& tx, std::optional<RegionCode> region, Instant from, int limit);

struct NewEvent {
  EventId id;
  Instant createdAt;
};
/// Those that were made last, the newest first.
std::vector<NewEvent> newestEvents(ReadTx& tx, std::optional<RegionCode> region, int limit);

struct OwnPlace {
  ParticipantId participant;
  RegistrationId registration;
  EventId event;
};
/// Live places in events that end after `from`: those that the person registered, and those under
/// their address whoever registered them.
std::vector<OwnPlace> placesOf(ReadTx& tx, PersonId person, const EmailAddress& email, Instant from);

/// What the address of the person's calendar is signed with; nothing when they have none.
std::optional<std::string> feedNonce(ReadTx& tx, PersonId person);
void setFeedNonce(WriteTx& tx, PersonId person, const std::string& nonce);
void removeFeed(WriteTx& tx, PersonId person);

}  // namespace toimela::events::store
