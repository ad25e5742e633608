#include "operations/followup.h"

#include <algorithm>
#include <set>

#include "operations/audit.h"
#include "operations/letters.h"
#include "store/events.h"
#include "store/followup.h"
#include "store/mailings.h"
#include "store/registrations.h"
#include "toimela/host.h"

namespace toimela::events::operations {

namespace {

/// Only once in a transaction: several of a group may have got their places together.
void ask(WriteTx& tx, RegistrationId registration) {
  if (store::noteFollowUpAsked(tx, registration)) tx.letter(kFollowUp, registration.value);
}

}  // namespace

bool owesFollowUp(const Participant& participant) {
  return participant.state == PlaceState::confirmed && !participant.followUpAt;
}

bool takesFollowUp(const Event& event, Instant now) {
  return event.status == EventStatus::published && now < event.startsAt;
}

void askFollowUp(WriteTx& tx, EventId event, std::span<const ParticipantId> participants) {
  if (participants.empty() || !store::hasFollowUp(tx, event)) return;
  std::set<RegistrationId> registrations;
  for (const ParticipantId id : participants)
    if (const auto registration = store::registrationOf(tx, id)) registrations.insert(*registration);
  for (const RegistrationId id : registrations) ask(tx, id);
}

void askFollowUp(WriteTx& tx, const Registration& registration) {
  if (std::ranges::any_of(registration.participants, owesFollowUp) &&
      store::hasFollowUp(tx, registration.event))
    ask(tx, registration.id);
}

std::size_t remindFollowUp(WriteTx& tx, const Event& event) {
  if (!takesFollowUp(event, tx.time()) || !store::hasFollowUp(tx, event.id)) {
    tx.unaudited("nothing is asked any more");
    return 0;
  }
  const auto owing = store::owingFollowUp(tx, event.id);
  for (const RegistrationId id : owing) ask(tx, id);
  tx.audit(entryFor("events.followup.remind", event));
  return owing.size();
}

bool answerFollowUp(WriteTx& tx, RegistrationId id, const std::vector<FollowUpAnswers>& all) {
  auto registration = store::findRegistration(tx, id);
  if (!registration || !store::lockEvent(tx, registration->event, 0)) throw NotFound();
  registration = store::findRegistration(tx, id);
  const Event event = *store::findEvent(tx, registration->event);
  const auto& people = registration->participants;
  const auto hasPlace = [](const Participant& each) { return each.state == PlaceState::confirmed; };
  if (!takesFollowUp(event, tx.time()) || std::ranges::none_of(people, hasPlace)) {
    tx.unaudited("the answers are not asked any more");
    return false;
  }
  for (const FollowUpAnswers& given : all) {
    const auto who = std::ranges::find_if(people, [&](const auto& each) { return each.id == given.participant; });
    const bool isOfOne = given.participant.has_value();
    if (isOfOne && (who == people.end() || !hasPlace(*who))) continue;
    const std::string answers =
        withAnswers(isOfOne ? who->answers : registration->answers, given.questions, given.answers);
    if (isOfOne)
      store::setFollowUp(tx, *given.participant, answers);
    else
      store::setAnswers(tx, id, answers);
    settleFiles(tx, *registration, given.participant, answers, given.files);
  }
  tx.audit(entryFor("events.followup.answer", event, *registration));
  return true;
}

}  // namespace toimela::events::operations
