#include "handlers/personal_data.h"

#include "operations/own.h"
#include "store/answer_files.h"
#include "store/attendance.h"
#include "store/events.h"
#include "store/registrations.h"
#include "store/visiting.h"
#include "toimela/directory.h"
#include "view/own_json.h"

namespace toimela::events::handlers {

namespace {

std::string takeOut(ReadTx& tx, PersonId id) {
  const auto person = directory::findPerson(tx, id);
  const std::string key = person ? person->email.key() : std::string();
  view::OwnRecords records;
  for (const RegistrationId registration : store::registrationsAbout(tx, id, key))
    if (auto found = store::findRegistration(tx, registration))
      records.registrations.push_back(std::move(*found));
  for (const auto& place : store::placesOfAddress(tx, key))
    if (auto found = store::findParticipant(tx, place.event, place.participant))
      records.places.push_back(
          {place.event, std::move(*found), store::sessionsAttended(tx, place.participant)});
  const auto nameEvent = [&](EventId event) {
    if (records.events.contains(event)) return;
    if (const auto found = store::findEvent(tx, event)) records.events.emplace(event, *found);
  };
  for (const Registration& registration : records.registrations) nameEvent(registration.event);
  for (const auto& place : records.places) nameEvent(place.event);
  return view::ownJson(records, key);
}

/// Files that they sent for a registration of theirs, or that are about their own place.
std::vector<FileId> filesAbout(ReadTx& tx, PersonId id) {
  const auto person = directory::findPerson(tx, id);
  const std::string key = person ? person->email.key() : std::string();
  std::vector<FileId> files;
  for (const RegistrationId registration : store::registrationsAbout(tx, id, key))
    for (const store::AnswerFile& file : store::answerFilesOf(tx, registration))
      if (!file.participant) files.push_back(file.file);
  for (const auto& place : store::placesOfAddress(tx, key))
    for (const store::AnswerFile& file : store::answerFilesOf(tx, place.participant)) files.push_back(file.file);
  return files;
}

}  // namespace

PersonalData registrationData() {
  return {.section = "events",
          .exporter = takeOut,
          .eraser = operations::forgetPerson,
          .columns = {"events_event.created_by", "events_event.contact_name",
                      "events_event.contact_email", "events_event.contact_phone",
                      "events_registration.person_id", "events_registration.organisation_id",
                      "events_registration.organisation_name", "events_registration.sector",
                      "events_registration.name", "events_registration.email",
                      "events_registration.email_key", "events_registration.phone",
                      "events_registration.locale", "events_registration.answers", "events_registration.followup_asked_at",
                      "events_registration.created_at", "events_participant.name",
                      "events_participant.email", "events_participant.email_key",
                      "events_participant.state", "events_participant.sessions",
                      "events_participant.answers", "events_participant.followup_at", "events_participant.attended_at",
                      "events_participant.changed_at", "events_answer_file.file_id",
                      "events_answer_file.name", "events_session_attendance.session_id",
                      "events_session_attendance.noted_at", "events_scheduled_message.made_by"},
          .files = filesAbout};
}

}  // namespace toimela::events::handlers
