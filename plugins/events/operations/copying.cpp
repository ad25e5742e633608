#include "operations/copying.h"

#include "domain/shift.h"
#include "store/co_organisers.h"
#include "store/events.h"
#include "store/pictures.h"
#include "store/questions.h"
#include "toimela/host.h"

namespace toimela::events::operations {

void Whole::moveTo(const Occasion& occasion) {
  moveToDay(event, sessions, occasion.day);
  if (occasion.region == event.region) return;
  // A house, an organiser and a network of the one region say nothing about the other.
  event.region = occasion.region;
  event.municipality.reset();
  event.organiser.reset();
  event.place = {};
  event.address.clear();
  event.accessibility = {};
  if (event.visibility == Visibility::network) event.visibility = Visibility::invited;
  event.audience.clear();
  std::erase_if(others.regions, [&](RegionCode region) { return region == event.region; });
}

Whole wholeOf(ReadTx& tx, EventId id) {
  auto event = store::findEvent(tx, id);
  if (!event) throw NotFound();
  return {std::move(*event),       store::sessionsOf(tx, id), store::quotasOf(tx, id),
          store::questionsOf(tx, id), store::pictureOf(tx, id),  store::coOrganisersOf(tx, id)};
}

EventId insertCopy(WriteTx& tx, Whole& whole) {
  whole.event.status = EventStatus::draft;
  const EventId id = store::insertEvent(tx, whole.event);
  for (const Session& session : whole.sessions) store::insertSession(tx, id, session);
  for (const Quota& quota : whole.quotas) store::insertQuota(tx, id, quota);
  for (const Question& question : whole.questions) store::insertQuestion(tx, id, question);
  if (whole.picture) store::setPicture(tx, id, *whole.picture);
  store::setCoOrganisers(tx, id, whole.others);
  whole.event.id = id;
  return id;
}

}  // namespace toimela::events::operations
