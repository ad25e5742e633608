// Who takes part in an event, and how far their place has come.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/ids.h"
#include "toimela/codes.h"
#include "toimela/directory.h"
#include "toimela/types.h"

namespace toimela::events {

/// How far a participant's place has come.
enum class PlaceState {
  pending,    ///< the organiser decides first
  waiting,    ///< on the list
  offered,    ///< a place is kept until they accept, decline or the time is over
  confirmed,  ///< has a place
  cancelled,  ///< by themselves or the organiser
  declined,   ///< the organiser said no
  lapsed,     ///< an offer or an address was not confirmed in time
};
inline constexpr auto kPlaceStates = codes<PlaceState>({
    {PlaceState::pending, "pending"}, {PlaceState::waiting, "waiting"},
    {PlaceState::offered, "offered"}, {PlaceState::confirmed, "confirmed"},
    {PlaceState::cancelled, "cancelled"}, {PlaceState::declined, "declined"},
    {PlaceState::lapsed, "lapsed"}});
constexpr std::string_view code(PlaceState state) { return kPlaceStates.code(state); }
constexpr std::optional<PlaceState> parsePlaceState(std::string_view code) {
  return kPlaceStates.parse(code);
}
/// Does it take a place of those there are?
constexpr bool holdsPlace(PlaceState state) {
  return state == PlaceState::confirmed || state == PlaceState::offered;
}
/// Is there something that could still be cancelled?
constexpr bool isLive(PlaceState state) {
  return holdsPlace(state) || state == PlaceState::pending || state == PlaceState::waiting;
}

/// What a group wants when there is not room for all of it: the choice of those who register.
enum class GroupMode {
  together,  ///< all or nobody
  each,      ///< whoever fits; the others wait
};
inline constexpr auto kGroupModes = codes<GroupMode>({
    {GroupMode::together, "together"}, {GroupMode::each, "each"}});
constexpr std::string_view code(GroupMode mode) { return kGroupModes.code(mode); }
constexpr std::optional<GroupMode> parseGroupMode(std::string_view code) {
  return kGroupModes.parse(code);
}

/// One who comes. A place held for somebody who is named later has no name yet.
struct Participant {
  ParticipantId id;
  RegistrationId registration;
  std::string name;
  std::optional<EmailAddress> email;
  PlaceState state = PlaceState::waiting;
  std::vector<SessionId> sessions;
  std::optional<QuotaId> quota;
  std::string answers = "{}";   ///< JSON object by the keys of the questions
  std::int64_t position = 0;    ///< in the list; a smaller one comes first
  std::optional<Instant> offerUntil;
  std::optional<Instant> attendedAt;
  std::string code;             ///< what their QR code says: random, unique
  std::optional<Instant> followUpAt;  ///< when what is asked of those with a place was answered
};

/// What was sent in one form: one person or a group, by themselves or for an organisation.
struct Registration {
  RegistrationId id;
  EventId event;
  std::string formKey;          ///< of the form shown: sent again it is the same registration
  std::optional<PersonId> person;
  std::optional<OrganisationId> organisation;
  std::string organisationName; ///< as typed by those without an account
  std::optional<Sector> sector;
  std::string name;
  EmailAddress email;
  std::string phone;
  Locale locale = Locale::fi;
  GroupMode mode = GroupMode::each;
  std::string answers = "{}";
  std::string accessNonce;      ///< random; the private link is signed with it, a new one makes it dead
  std::optional<Instant> confirmBy;  ///< until when the address must be confirmed; unset: it is
  std::vector<Participant> participants;
};

/// Has the participant an address that is not the registrant's? They are told of their place too.
bool hasOwnAddress(const Registration& registration, const Participant& participant);
/// The participant who is the one that registered; null when they registered others only.
const Participant* registrantsOwn(const Registration& registration);

}  // namespace toimela::events
