// Who is told what, and what they were told already.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "domain/registration.h"
#include "toimela/data.h"

namespace toimela::events::store {

/// Where a participant belongs; nothing when the registration was erased.
std::optional<RegistrationId> registrationOf(ReadTx& tx, ParticipantId participant);
/// Those of the same registration who came into the same state in the same change, the participant
/// among them, in the order in which they were named.
std::vector<ParticipantId> changedTogether(ReadTx& tx, ParticipantId participant);

/// Registrations of the event in which somebody's place is in one of the states.
std::vector<RegistrationId> registrationsIn(ReadTx& tx, EventId event, std::vector<PlaceState> states);
/// Those with a place who have an address of their own, which is not the registrant's.
std::vector<ParticipantId> guestsIn(ReadTx& tx, EventId event);
/// Those who were there: noted at the door, or with a place where nobody noted anything.
std::vector<ParticipantId> attendedIn(ReadTx& tx, EventId event);

/// Notes that the mailing goes out for the event as it is timed now; false when it did already.
[[nodiscard]] bool noteMailing(WriteTx& tx, EventId event, std::string_view kind, Instant startsAt);
/// Published events that begin (or that end) in the time from `from` to before `to`, and have not
/// had the mailing.
std::vector<EventId> beginningWithout(ReadTx& tx, std::string_view kind, Instant from, Instant to);
std::vector<EventId> endedWithout(ReadTx& tx, std::string_view kind, Instant from, Instant to);

}  // namespace toimela::events::store
