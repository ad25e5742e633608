// The pages at the door, and the code that a participant shows there.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/event.h"
#include "store/registrations.h"
#include "view/words.h"

namespace toimela::events::view {

/// Those who have a place.
struct Door {
  Event event;
  std::vector<Session> sessions;
  std::vector<store::ParticipantRow> people;
};
/// How many have come, and those who are looked for by `typed`; those who are still to come first.
void showDoor(View& view, const Door& door, const std::string& typed, const Words& words);
void showArrival(View& view, const Participant& participant, const std::string& organisation,
                 const std::vector<Session>& sessions, const Words& words);

/// The code in what was read or typed: the code itself, or the address that a QR code has. Empty when
/// it can be none.
std::string codeIn(std::string_view text);
/// Path of what a participant's QR code opens, without language.
std::string codePath(EventId event, const Participant& participant);
/// What the partial {{> participant_qr}} draws: `address` is the absolute one of codePath().
void showQr(View& view, const std::string& address);

}  // namespace toimela::events::view
