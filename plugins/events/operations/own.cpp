#include "operations/own.h"

#include <algorithm>
#include <vector>

#include "operations/audit.h"
#include "operations/followup.h"
#include "operations/letters.h"
#include "operations/mailings.h"
#include "store/events.h"
#include "store/feedback.h"
#include "store/registrations.h"
#include "store/visiting.h"
#include "toimela/bookkeeping.h"
#include "toimela/directory.h"
#include "toimela/host.h"
#include "toimela/secrets.h"
#include "toimela/throttle.h"

namespace toimela::events::operations {

namespace {

std::optional<ChangeProblem> problemWith(ReadTx& tx, const Event& event, const Participant& now,
                                         const Change& change) {
  if (change.email && (!now.email || now.email->key() != change.email->key()) &&
      store::liveWithAddress(tx, event.id, change.email->key()))
    return ChangeProblem::duplicate;
  const auto choice = problemWithChoice(store::sessionsOf(tx, event.id), change.sessions);
  if (choice == ChoiceProblem::overlapping) return ChangeProblem::overlapping;
  if (choice) return ChangeProblem::unknownWorkshop;
  return std::nullopt;
}

bool isOver(WriteTx& tx, EventId id) {
  const auto event = store::findEvent(tx, id);
  return !event || tx.time() >= event->endsAt;
}

/// Who takes the registration over: the first other one who comes and has an address.
const Participant* heirOf(const Registration& registration, const std::string& key) {
  const auto heir = std::ranges::find_if(registration.participants, [&](const Participant& each) {
    return isLive(each.state) && each.email && each.email->key() != key;
  });
  return heir == registration.participants.end() ? nullptr : &*heir;
}

void forgetRegistration(WriteTx& tx, RegistrationId id, const std::string& key) {
  const auto registration = store::findRegistration(tx, id);
  if (!registration) return;
  const bool isPast = isOver(tx, registration->event);
  const Participant* heir = isPast ? nullptr : heirOf(*registration, key);
  std::vector<ParticipantId> ending;
  for (const Participant& each : registration->participants)
    if (!heir || (each.email && each.email->key() == key)) ending.push_back(each.id);
  if (!isPast) cancel(tx, registration->event, ending, By::participant);
  for (const ParticipantId each : ending) store::eraseParticipant(tx, each);
  if (heir) {
    store::handOver(tx, id, heir->name, *heir->email, secrets::random(12));
    tx.letter(kRegistered, id.value);
  } else {
    store::eraseRegistration(tx, id);
  }
}

}  // namespace

void sendAgain(WriteTx& tx, EventId event, const EmailAddress& address) {
  const auto participant = store::liveWithAddress(tx, event, address.key());
  const auto wait = throttle::countAttempt(tx, throttle::kUnconfirmedLetters, address.key(), tx.time());
  if (participant && wait.count() == 0) tx.letter(kAgain, participant->value);
  bookkeeping(tx, "a letter about what is there already");
}

bool confirmAddress(WriteTx& tx, RegistrationId id) {
  const auto registration = store::findRegistration(tx, id);
  if (!registration) throw NotFound();
  if (!registration->confirmBy) {
    tx.unaudited("it was confirmed before, or has lapsed");
    return std::ranges::any_of(registration->participants,
                               [](const Participant& each) { return isLive(each.state); });
  }
  if (!store::confirmAddress(tx, id)) {
    tx.unaudited("the time for confirming is over");
    return false;
  }
  const auto event = store::findEvent(tx, registration->event);
  tx.audit(entryFor("events.registration.confirm", *event, *registration));
  tellRegistered(tx, *registration);
  askFollowUp(tx, *registration);
  return true;
}

bool takesChanges(const Event& event, Instant now) {
  return event.status != EventStatus::cancelled && now < event.closesAt.value_or(event.startsAt);
}

std::optional<ChangeProblem> change(WriteTx& tx, EventId id, ParticipantId participantId,
                                    const Change& change) {
  // The lock comes first: an address that is free now stays free until the end.
  if (!store::lockEvent(tx, id, 0)) throw NotFound();
  const auto refuse = [&](ChangeProblem problem) {
    tx.unaudited("the change can not be made");
    return problem;
  };
  const Event event = *store::findEvent(tx, id);
  auto participant = store::findParticipant(tx, id, participantId);
  if (!participant || !isLive(participant->state)) return refuse(ChangeProblem::notThere);
  if (!takesChanges(event, tx.time())) return refuse(ChangeProblem::closed);
  if (const auto problem = problemWith(tx, event, *participant, change)) return refuse(*problem);
  if (participant->sessions != change.sessions)
    if (const auto problem = moveTo(tx, id, participantId, change.sessions, By::participant))
      return *problem == PlaceProblem::full ? ChangeProblem::full : ChangeProblem::notThere;
  participant->name = change.name;
  participant->email = change.email;
  participant->answers = withAnswers(participant->answers, change.questions, change.answers);
  store::setDetails(tx, *participant);
  settleFiles(tx, *store::findRegistration(tx, participant->registration), participantId, participant->answers,
              change.files);
  tx.audit(entryFor("events.participant.edit", event, participantId));
  return std::nullopt;
}

void forgetPerson(WriteTx& tx, PersonId personId) {
  const auto person = directory::findPerson(tx, personId);
  const std::string key = person ? person->email.key() : std::string();
  // While it can still be told whose it is.
  store::forgetFeedback(tx, personId, key);
  for (const RegistrationId id : store::registrationsAbout(tx, personId, key))
    forgetRegistration(tx, id, key);
  for (const auto& [event, participant] : store::placesOfAddress(tx, key)) {
    if (!isOver(tx, event)) cancel(tx, event, std::span(&participant, 1), By::participant);
    store::eraseParticipant(tx, participant);
  }
  store::forgetOrganiser(tx, personId, key);
  tx.audit({.action = "events.person.forget", .object = "core.person:" + personId.text()});
}

}  // namespace toimela::events::operations
