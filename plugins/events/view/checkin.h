// The pages at the door, and the code that a participant shows there.
#pragma once

#include <map>
#include <optional>
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
  std::optional<SessionId> session = {};  ///< the workshop whose door it is; unset: the event's
  std::map<ParticipantId, std::vector<SessionId>> attended = {};
};
/// The choice between the event and its workshops, at whose door one stands.
void showPlaces(View& view, const std::vector<Session>& sessions, std::optional<SessionId> chosen, const Words& words);
/// How many have come, and those who are looked for by `typed`; those who are still to come first.
void showDoor(View& view, const Door& door, const std::string& typed, const Words& words);
/// The one whose code was read, at the door of a workshop they were noted in already, if `isInside`.
struct Arrival {
  Participant participant;
  std::string organisation;
  std::vector<Session> sessions;
  std::optional<SessionId> session = {};
  bool isInside = false;
};
void showArrival(View& view, const Arrival& arrival, const Words& words);

/// The code in what was read or typed: the code itself, or the address that a QR code has. Empty when
/// it can be none.
std::string codeIn(std::string_view text);
/// Path of what a participant's QR code opens, without language.
std::string codePath(EventId event, const Participant& participant);
/// What the partial {{> participant_qr}} draws: `address` is the absolute one of codePath().
void showQr(View& view, const std::string& address);

}  // namespace toimela::events::view
