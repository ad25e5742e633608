#include "handlers/feeds.h"

#include "handlers/visible.h"
#include "store/events.h"
#include "store/feeds.h"
#include "store/registrations.h"
#include "toimela/directory.h"
#include "toimela/secrets.h"
#include "view/feeds.h"

namespace toimela::events::handlers {

namespace {

/// Calendars keep what was a while ago: a feed that forgets at once takes it out of them.
constexpr std::chrono::hours kKept{24 * 90};
constexpr int kInCalendar = 500, kInAtom = 50, kEmbedded = 20;

/// Answers that are kept for visitors stay right until midnight.
Instant startOfToday() { return parseHelsinkiTime(Date::today().text() + "T00:00").value_or(now()); }

Response ok(const char* type, std::string body) {
  Response response = Response::text(200, std::move(body));
  response.headers.set("Content-Type", type);
  return response;
}
Response calendar(std::string body) { return ok("text/calendar; charset=utf-8", std::move(body)); }

std::vector<Event> eventsOf(ReadTx& tx, const std::vector<EventId>& ids) {
  std::vector<Event> events;
  for (const EventId id : ids) events.push_back(*store::findEvent(tx, id));
  return events;
}

Response publicCalendar(const Request& request, Host& host) {
  const auto events = host.read([&](ReadTx& tx) {
    return eventsOf(tx, store::publicEvents(tx, request.region, startOfToday() - kKept, kInCalendar));
  });
  return calendar(view::eventsCalendar(request, host, events));
}

Response publicAtom(const Request& request, Host& host) {
  const auto entries = host.read([&](ReadTx& tx) {
    std::vector<view::DatedEvent> found;
    for (const auto& [id, createdAt] : store::newestEvents(tx, request.region, kInAtom))
      found.push_back({*store::findEvent(tx, id), createdAt});
    return found;
  });
  return ok("application/atom+xml; charset=utf-8", view::eventsAtom(request, host, entries));
}

std::string signedMark(Host& host, PersonId person, const std::string& nonce) {
  return host.sign("feed:" + person.text() + ":" + nonce);
}

PersonId requireSelf(const Request& request) {
  if (!request.actor.person) throw NotFound();
  return *request.actor.person;
}

AuditEntry feedEntry(const char* action, PersonId person) {
  return {.action = action, .object = "core.person:" + person.text()};
}

}  // namespace

Response nationCalendar(const Request& request, Host& host) { return publicCalendar(request, host); }

Response regionCalendar(const Request& request, Host& host) {
  if (!request.region) throw NotFound();
  return publicCalendar(request, host);
}

Response eventCalendar(const Request& request, Host& host) {
  const Event event = host.read([&](ReadTx& tx) { return requireVisibleEvent(tx, request, host); });
  return calendar(view::eventsCalendar(request, host, {event}));
}

Response nationAtom(const Request& request, Host& host) { return publicAtom(request, host); }

Response regionAtom(const Request& request, Host& host) {
  if (!request.region) throw NotFound();
  return publicAtom(request, host);
}

Response embeddedEvents(const Request& request, Host& host) {
  const std::string_view slug = request.query.text("region");
  const Region* region = slug.empty() ? nullptr : host.region(slug);
  if (!slug.empty() && !region) throw NotFound();
  const store::EventFilter filter{
      .region = region ? std::optional(region->code) : std::nullopt, .kind = {}, .from = startOfToday(), .until = {}};
  const auto events = host.read([&](ReadTx& tx) { return store::listEvents(tx, filter, kEmbedded, 0); });
  const view::Words words(request, host);
  return host.page(request, "embed_events", view::embeddedList(host, events, words),
                   {.title = words.format("events.feed.title", {{"region", words.place(filter.region)}})});
}

Response showOwnFeed(const Request& request, Host& host) {
  const PersonId person = requireSelf(request);
  const auto nonce = host.read([&](ReadTx& tx) { return store::feedNonce(tx, person); });
  View view;
  view.set("address", nonce ? host.absolute(request.locale, "/events/feed/" + person.text() + "/" +
                                                                signedMark(host, person, *nonce))
                            : std::string());
  return host.page(request, "own_feed", std::move(view));
}

Response renewOwnFeed(const Request& request, Host& host) {
  const PersonId person = requireSelf(request);
  host.write(request, [&](WriteTx& tx) {
    store::setFeedNonce(tx, person, secrets::random());
    tx.audit(feedEntry("events.feed.renew", person));
  });
  return host.redirect(request, "/events/feed", "events.own_feed.renewed");
}

Response removeOwnFeed(const Request& request, Host& host) {
  const PersonId person = requireSelf(request);
  host.write(request, [&](WriteTx& tx) {
    store::removeFeed(tx, person);
    tx.audit(feedEntry("events.feed.remove", person));
  });
  return host.redirect(request, "/events/feed", "events.own_feed.removed");
}

Response ownCalendar(const Request& request, Host& host) {
  const auto id = request.parameters.id<PersonId>("person");
  if (!id) throw NotFound();
  const auto places = host.read([&](ReadTx& tx) {
    const auto nonce = store::feedNonce(tx, *id);
    const auto person = directory::findPerson(tx, *id);
    if (!nonce || !person ||
        !secrets::equal(signedMark(host, *id, *nonce), request.parameters.text("token")))
      throw NotFound();
    std::vector<view::OwnEntry> found;
    for (const store::OwnPlace& place : store::placesOf(tx, *id, person->email, now() - kKept)) {
      // Somebody who registered a group has it once: their own place, or the first one of it.
      const auto registration = *store::findRegistration(tx, place.registration);
      const bool isSeen = !found.empty() && found.back().registration == place.registration;
      const auto participant = *store::findParticipant(tx, place.event, place.participant);
      const bool isOwn = participant.email && participant.email->key() == person->email.key();
      if (isSeen && !isOwn) continue;
      if (isSeen) found.pop_back();
      found.push_back({place.registration, *store::findEvent(tx, place.event),
                       store::sessionsOf(tx, place.event), participant});
    }
    return found;
  });
  return calendar(view::ownCalendar(request, host, places));
}

Response registrationCalendar(const Request& request, Host& host) {
  const auto places = host.read([&](ReadTx& tx) {
    const auto [event, registration] = openRegistration(tx, request, host);
    const auto sessions = store::sessionsOf(tx, event.id);
    std::vector<view::OwnEntry> found;
    for (const Participant& participant : registration.participants)
      found.push_back({registration.id, event, sessions, participant});
    return found;
  });
  return calendar(view::ownCalendar(request, host, places));
}

}  // namespace toimela::events::handlers
