// What visitors and those who register ask of the database.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/registration.h"
#include "toimela/data.h"

namespace toimela::events::store {

/// The name of a municipality; empty when there is none of the code.
LocalText municipalityName(ReadTx& tx, MunicipalityCode code);
/// The live participant of the event who has this address (EmailAddress::key()).
std::optional<ParticipantId> liveWithAddress(ReadTx& tx, EventId event, const std::string& emailKey);
std::optional<EventId> eventOf(ReadTx& tx, ParticipantId participant);
/// Is the person registered in the event, by themselves or as a participant with their address?
bool isRegistered(ReadTx& tx, EventId event, PersonId person, const std::string& emailKey);

/// Registrations that the person made, or that have their address.
std::vector<RegistrationId> registrationsAbout(ReadTx& tx, PersonId person, const std::string& emailKey);
struct PlaceOf {
  EventId event;
  ParticipantId participant;
};
/// Participants with this address, whoever registered them.
std::vector<PlaceOf> placesOfAddress(ReadTx& tx, const std::string& emailKey);
/// Who made events, and whom they name for questions.
void forgetOrganiser(WriteTx& tx, PersonId person, const std::string& emailKey);
/// Takes everything about people out of a row; its state and times stay for the figures.
void eraseRegistration(WriteTx& tx, RegistrationId registration);
void eraseParticipant(WriteTx& tx, ParticipantId participant);
/// Somebody else is the contact of the registration from now on; the old private link is dead.
void handOver(WriteTx& tx, RegistrationId registration, const std::string& name,
              const EmailAddress& email, const std::string& accessNonce);

}  // namespace toimela::events::store
