// Registrations and participants in the database.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "domain/places.h"
#include "domain/registration.h"
#include "toimela/data.h"

namespace toimela::events::store {

/// With its participants, in the order in which they were named.
std::optional<Registration> findRegistration(ReadTx& tx, RegistrationId id);
std::optional<Participant> findParticipant(ReadTx& tx, EventId event, ParticipantId id);
/// The one whose QR code this is.
std::optional<Participant> findByCode(ReadTx& tx, EventId event, const std::string& code);
/// Registrations that were made with these forms, by the key of the form.
std::map<std::string, RegistrationId> madeWith(ReadTx& tx, EventId event,
                                               const std::vector<std::string>& formKeys);
/// Which of these addresses have a live place in the event.
std::set<std::string> registeredAddresses(ReadTx& tx, EventId event,
                                          const std::vector<std::string>& emailKeys);
/// Live participants of the organisation.
std::int64_t liveOf(ReadTx& tx, EventId event, OrganisationId organisation);

/// Saves them all with their participants and sets every id. Two statements, however many there are.
void insertRegistrations(WriteTx& tx, std::span<Registration*> registrations);

/// Those who wait, in the order of the list, from behind `after`.
struct Waiting {
  Seat seat;
  std::int64_t position;
};
std::vector<Waiting> waitingSeats(ReadTx& tx, EventId event, std::int64_t after, int limit);

/// Moves participants to a state; with an offer, until when it holds.
void setState(WriteTx& tx, std::span<const ParticipantId> participants, PlaceState state,
              std::optional<Instant> offerUntil = std::nullopt);
/// Puts those who wait into this order of registrations; their places in the list are dealt anew
/// among them, so nobody else moves.
void setOrder(WriteTx& tx, EventId event, const std::vector<RegistrationId>& order);
void setSessions(WriteTx& tx, ParticipantId participant, const std::vector<SessionId>& sessions);
/// Who they are and what they answered.
void setDetails(WriteTx& tx, const Participant& participant);
/// What was answered once for the whole registration.
void setAnswers(WriteTx& tx, RegistrationId registration, const std::string& answers);
/// Whom it is for.
void setOrganisation(WriteTx& tx, RegistrationId registration, OrganisationId organisation,
                     const std::string& name);
void setAttended(WriteTx& tx, ParticipantId participant, std::optional<Instant> at);
/// The address was confirmed; false when it was already, or too late.
[[nodiscard]] bool confirmAddress(WriteTx& tx, RegistrationId registration);

/// A participant as the organiser's table shows them.
struct ParticipantRow {
  Participant participant;
  std::string registrantName;
  std::string registrantEmail;
  std::optional<OrganisationId> organisation;
  std::string organisationName;
  std::optional<Sector> sector;
  Instant registeredAt;
  std::string registrationAnswers = "{}";  ///< as Registration::answers
};
/// Everybody of an event in the order of the list; narrowed by state.
std::vector<ParticipantRow> participantsOf(ReadTx& tx, EventId event, std::optional<PlaceState> state,
                                           const std::string& words, int limit, int offset);
std::int64_t countParticipants(ReadTx& tx, EventId event, PlaceState state);
/// How many stand before this place in the list.
std::int64_t waitingBefore(ReadTx& tx, EventId event, std::int64_t position);

/// Events where offers or unconfirmed addresses have run out.
std::vector<EventId> eventsWithLapsed(ReadTx& tx, Instant now);
/// Participants of the event whose offer, or whose registration's address, has run out.
std::vector<ParticipantId> lapsedOf(ReadTx& tx, EventId event, Instant now);

/// Addresses that were not confirmed in time are not waited for any more.
void forgetLapsedConfirmations(WriteTx& tx, EventId event);

/// A person's registrations by id, after `after`: for paging with a cursor.
std::vector<RegistrationId> registrationsAfter(ReadTx& tx, PersonId person, RegistrationId after, int limit);
/// A person's registrations, or those of an organisation, the newest event first.
std::vector<RegistrationId> registrationsOf(ReadTx& tx, PersonId person);
std::vector<RegistrationId> registrationsOf(ReadTx& tx, OrganisationId organisation);

}  // namespace toimela::events::store
