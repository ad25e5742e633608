#include "store/visiting.h"

#include "store/answer_files.h"

namespace toimela::events::store {

namespace {

constexpr Sql kMunicipality{"events.municipality.name",
                            "SELECT name_fi, name_sv FROM core_municipality WHERE code = :code"};
constexpr Sql kLiveWithAddress{"events.participant.live_with_address",
                               "SELECT id FROM events_participant WHERE event_id = :event "
                               "AND email_key = :key AND state IN "
                               "('pending', 'waiting', 'offered', 'confirmed')"};
constexpr Sql kEventOf{"events.participant.event",
                       "SELECT event_id FROM events_participant WHERE id = :id"};
constexpr Sql kIsRegistered{
    "events.registration.is_registered",
    "SELECT r.id FROM events_registration r WHERE r.event_id = :event AND r.erased_at IS NULL "
    "AND (r.person_id = :person OR r.id IN (SELECT p.registration_id FROM events_participant p "
    "WHERE p.event_id = :event AND p.email_key = :key)) LIMIT 1"};

constexpr Sql kAbout{"events.registration.about_person",
                     "SELECT id FROM events_registration WHERE erased_at IS NULL "
                     "AND (person_id = :person OR email_key = :key) ORDER BY id"};
constexpr Sql kPlacesOf{"events.participant.of_address",
                        "SELECT event_id, id FROM events_participant WHERE email_key = :key ORDER BY id"};
constexpr Sql kForgetMaker{"events.event.forget_maker",
                           "UPDATE events_event SET created_by = NULL WHERE created_by = :person"};
constexpr Sql kForgetWriter{
    "events.scheduled.forget_writer",
    "UPDATE events_scheduled_message SET made_by = NULL WHERE made_by = :person"};
constexpr Sql kForgetContact{
    "events.event.forget_contact",
    "UPDATE events_event SET contact_name = '', contact_email = '', contact_phone = '' "
    "WHERE LOWER(contact_email) = :key"};
constexpr Sql kEraseRegistration{
    "events.registration.erase",
    "UPDATE events_registration SET person_id = NULL, organisation_name = '', name = '', email = '', "
    "email_key = '', phone = '', answers = '{}', access_nonce = '', confirm_by = NULL, erased_at = :at "
    "WHERE id = :id"};
constexpr Sql kEraseParticipant{"events.participant.erase",
                                "UPDATE events_participant SET name = '', email = NULL, email_key = NULL, "
                                "answers = '{}', offer_until = NULL WHERE id = :id"};
constexpr Sql kHandOver{"events.registration.hand_over",
                        "UPDATE events_registration SET person_id = NULL, name = :name, email = :email, "
                        "email_key = :key, phone = '', access_nonce = :nonce, confirm_by = NULL "
                        "WHERE id = :id"};

}  // namespace

LocalText municipalityName(ReadTx& tx, MunicipalityCode code) {
  return tx.first(
               kMunicipality,
               [](std::string fi, std::string sv) {
                 return LocalText{std::move(fi), std::move(sv), {}};
               },
               code)
      .value_or(LocalText{});
}

std::optional<ParticipantId> liveWithAddress(ReadTx& tx, EventId event, const std::string& emailKey) {
  return tx.first(kLiveWithAddress, [](ParticipantId id) { return id; }, event, emailKey);
}

std::optional<EventId> eventOf(ReadTx& tx, ParticipantId participant) {
  return tx.first(kEventOf, [](EventId id) { return id; }, participant);
}

bool isRegistered(ReadTx& tx, EventId event, PersonId person, const std::string& emailKey) {
  return tx.first(kIsRegistered, [](RegistrationId id) { return id; }, event, person, emailKey)
      .has_value();
}

std::vector<RegistrationId> registrationsAbout(ReadTx& tx, PersonId person,
                                               const std::string& emailKey) {
  return tx.all(kAbout, [](RegistrationId id) { return id; }, person, emailKey);
}

std::vector<PlaceOf> placesOfAddress(ReadTx& tx, const std::string& emailKey) {
  return tx.all(
      kPlacesOf, [](EventId event, ParticipantId id) { return PlaceOf{event, id}; }, emailKey);
}

void forgetOrganiser(WriteTx& tx, PersonId person, const std::string& emailKey) {
  tx.run(kForgetMaker, person);
  tx.run(kForgetWriter, person);
  if (!emailKey.empty()) tx.run(kForgetContact, emailKey);
}

void eraseRegistration(WriteTx& tx, RegistrationId registration) {
  for (const AnswerFile& file : answerFilesOf(tx, registration))
    if (!file.participant) removeAnswerFile(tx, file.file);
  tx.run(kEraseRegistration, tx.time(), registration);
}

void eraseParticipant(WriteTx& tx, ParticipantId participant) {
  for (const AnswerFile& file : answerFilesOf(tx, participant)) removeAnswerFile(tx, file.file);
  tx.run(kEraseParticipant, participant);
}

void handOver(WriteTx& tx, RegistrationId registration, const std::string& name,
              const EmailAddress& email, const std::string& accessNonce) {
  tx.run(kHandOver, name, email, email.key(), accessNonce, registration);
}

}  // namespace toimela::events::store
