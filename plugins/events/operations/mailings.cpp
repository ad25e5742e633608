#include "operations/mailings.h"

#include "operations/letters.h"
#include "store/feedback.h"
#include "store/mailings.h"

namespace toimela::events::operations {

namespace {

const std::vector<PlaceState> kLive{PlaceState::pending, PlaceState::waiting, PlaceState::offered,
                                    PlaceState::confirmed};

void tellAll(WriteTx& tx, const Event& event, const std::vector<PlaceState>& states,
             std::string_view kind, std::string_view kindToGuests) {
  for (const RegistrationId id : store::registrationsIn(tx, event.id, states)) tx.letter(kind, id.value);
  for (const ParticipantId id : store::guestsIn(tx, event.id)) tx.letter(kindToGuests, id.value);
}

}  // namespace

void tellRegistered(WriteTx& tx, const Registration& registration) {
  tx.letter(kRegistered, registration.id.value);
  for (const Participant& participant : registration.participants)
    if (participant.state == PlaceState::confirmed && hasOwnAddress(registration, participant))
      tx.letter(kPlace, participant.id.value);
}

void tellChanged(WriteTx& tx, const Event& event) {
  tellAll(tx, event, kLive, kChanged, kChangedToGuest);
}

void tellEventCancelled(WriteTx& tx, const Event& event) {
  tellAll(tx, event, kLive, kEventCancelled, kEventCancelledToGuest);
}

bool remind(WriteTx& tx, const Event& event) {
  if (!store::noteMailing(tx, event.id, kReminder, event.startsAt)) return false;
  tellAll(tx, event, {PlaceState::confirmed}, kReminder, kReminderToGuest);
  return true;
}

bool askForFeedback(WriteTx& tx, const Event& event, std::string_view kind) {
  if (!store::noteMailing(tx, event.id, kind, event.startsAt)) return false;
  for (const ParticipantId id : store::attendedIn(tx, event.id))
    if (!store::hasAnswered(tx, id)) tx.letter(kind, id.value);
  return true;
}

}  // namespace toimela::events::operations
