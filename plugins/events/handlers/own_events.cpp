#include "handlers/own_events.h"

#include <algorithm>

#include "handlers/own_organisations.h"
#include "store/events.h"
#include "store/registrations.h"
#include "store/visiting.h"
#include "toimela/directory.h"
#include "view/links.h"
#include "view/own_registration.h"

namespace toimela::events::handlers {

namespace {

constexpr std::size_t kMostShown = 100;

std::vector<view::OwnRow> rowsOf(ReadTx& tx, Host& host, const std::vector<RegistrationId>& ids) {
  std::vector<view::OwnRow> rows;
  for (const RegistrationId id : ids) {
    if (rows.size() == kMostShown) break;
    auto registration = store::findRegistration(tx, id);
    auto event = registration ? store::findEvent(tx, registration->event) : std::nullopt;
    if (!event) continue;
    std::string path = view::registrationPath(host, *registration);
    rows.push_back({std::move(*event), std::move(*registration), std::move(path)});
  }
  return rows;
}

/// What the person registered, signed in or with their own address before they had an account.
std::vector<view::OwnRow> ownRegistrations(ReadTx& tx, Host& host, const Person& person) {
  auto ids = store::registrationsOf(tx, person.id);
  for (const RegistrationId id : store::registrationsAbout(tx, person.id, person.email.key())) {
    const auto registration = store::findRegistration(tx, id);
    if (registration && !registration->person && !registration->confirmBy) ids.push_back(id);
  }
  auto rows = rowsOf(tx, host, ids);
  std::ranges::stable_sort(rows, [](const auto& a, const auto& b) { return a.event.startsAt > b.event.startsAt; });
  return rows;
}

/// Did they make it themselves? An address that nobody has confirmed may be anybody's.
bool isOwn(const Registration& registration, const Person& person) {
  return registration.person ? registration.person == person.id
                             : !registration.confirmBy && registration.email.key() == person.email.key();
}

/// Places of the person in what others registered; nothing else of it is theirs to see.
std::vector<view::OwnRow> placesByOthers(ReadTx& tx, const Person& person) {
  std::vector<view::OwnRow> rows;
  for (const auto& place : store::placesOfAddress(tx, person.email.key())) {
    const auto participant = store::findParticipant(tx, place.event, place.participant);
    auto registration =
        participant ? store::findRegistration(tx, participant->registration) : std::nullopt;
    if (!registration || isOwn(*registration, person) || rows.size() == kMostShown) continue;
    auto event = store::findEvent(tx, place.event);
    if (!event) continue;
    registration->participants = {*participant};
    rows.push_back({std::move(*event), std::move(*registration), {}});
  }
  std::ranges::sort(rows, [](const auto& a, const auto& b) { return a.event.startsAt > b.event.startsAt; });
  return rows;
}

view::OwnEvents load(ReadTx& tx, const Request& request, Host& host) {
  view::OwnEvents events{.own = {}, .byOthers = {}, .organisations = {}, .now = now()};
  if (const auto person = directory::findPerson(tx, *request.actor.person)) {
    events.own = ownRegistrations(tx, host, *person);
    events.byOthers = placesByOthers(tx, *person);
  }
  return events;
}

}  // namespace

Response showOwnEvents(const Request& request, Host& host) {
  const auto events = host.read([&](ReadTx& tx) {
    auto loaded = load(tx, request, host);
    for (const Organisation& organisation : representedOrganisations(tx, request.actor))
      loaded.organisations.push_back(
          {organisation.name, rowsOf(tx, host, store::registrationsOf(tx, organisation.id))});
    return loaded;
  });
  const view::Words words(request, host);
  return host.page(request, "own", view::ownEvents(events, words),
                   {.title = words.text("events.mine.title")});
}

bool fillOwnTile(const Request& request, Host& host, View& view) {
  if (!request.actor.person) return false;
  const auto events = host.read([&](ReadTx& tx) { return load(tx, request, host); });
  return view::fillOwnTile(view, events, view::Words(request, host));
}

}  // namespace toimela::events::handlers
