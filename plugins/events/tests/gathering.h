// A small world for tests: a site in which events are organised.
#pragma once

#include <string>
#include <vector>

#include "operations/places.h"
#include "store/events.h"
#include "store/places.h"
#include "store/registrations.h"
#include "toimela/testing.h"

namespace toimela::events {

inline RegionCode region(std::string_view code) { return RegionCode::parse(code).value(); }
inline const RegionCode kPirkanmaa = region("06"), kUusimaa = region("01");

inline Instant inDays(int days) { return now() + std::chrono::hours(24 * days); }

/// A published event in Pirkanmaa, a month ahead.
inline Event exampleEvent(std::optional<std::int64_t> capacity) {
  return {.region = kPirkanmaa,
          .kind = EventKind::network,
          .status = EventStatus::published,
          .title = {"Verkostopäivä", "Nätverksdag", "Network day"},
          .summary = {.fi = "Tavataan ja opitaan."},
          .place = {.fi = "Kirjasto"},
          .startsAt = inDays(30),
          .endsAt = inDays(30) + std::chrono::hours(6),
          .places = {.capacity = capacity}};
}

inline Event draftEvent() {
  Event event = exampleEvent(5);
  event.status = EventStatus::draft;
  return event;
}

struct Gathering {
  explicit Gathering(const testing::FreshDatabase& database) : site(database) {}

  Host& host() { return site.host("events"); }

  template <class F>
  auto change(F&& work) {
    return host().writeAs({}, [&](WriteTx& tx) {
      tx.audit({.action = "events.test.prepare", .object = "core.plugin:events"});
      return work(tx);
    });
  }
  /// An operation, which says itself what it did.
  template <class F>
  auto operate(F&& work) {
    return host().writeAs({}, std::forward<F>(work));
  }

  EventId addEvent(Event event) {
    return change([&](WriteTx& tx) { return store::insertEvent(tx, event); });
  }
  SessionId addWorkshop(EventId event, std::int64_t capacity, int hour = 0) {
    return change([&](WriteTx& tx) {
      return store::insertSession(tx, event,
                                  {.title = {.fi = "Työpaja"},
                                   .startsAt = inDays(30) + std::chrono::hours(hour),
                                   .endsAt = inDays(30) + std::chrono::hours(hour + 1),
                                   .isChosen = true,
                                   .capacity = capacity});
    });
  }

  Registration registration(int people, std::vector<SessionId> sessions = {}) {
    ++made;
    const std::string mark = std::to_string(made);
    Registration r{.formKey = "form-" + mark,
                   .name = "Ilmoittaja " + mark,
                   .email = *EmailAddress::parse("ilmoittaja" + mark + "@example.org"),
                   .accessNonce = "nonce"};
    for (int i = 0; i < people; ++i) {
      Participant p;
      p.name = "Osallistuja " + mark + "." + std::to_string(i);
      p.email = *EmailAddress::parse("osallistuja" + mark + "." + std::to_string(i) + "@example.org");
      p.sessions = sessions;
      r.participants.push_back(std::move(p));
    }
    return r;
  }

  operations::Outcome submit(EventId event, Registration registration) {
    const operations::Wish wish{std::move(registration), {}};
    return operate([&](WriteTx& tx) { return operations::registerAll(tx, event, std::span(&wish, 1)); }).front();
  }
  /// Registers people, each by themselves; their participants.
  std::vector<ParticipantId> join(EventId event, int people) {
    std::vector<ParticipantId> ids;
    for (int i = 0; i < people; ++i)
      ids.push_back(std::get<operations::Registered>(submit(event, registration(1))).registration.participants.front().id);
    return ids;
  }
  PlaceState stateOf(EventId event, ParticipantId id) {
    return host().read([&](ReadTx& tx) { return store::findParticipant(tx, event, id)->state; });
  }
  std::vector<PlaceState> statesOf(EventId event, const std::vector<ParticipantId>& ids) {
    std::vector<PlaceState> states;
    for (const auto id : ids) states.push_back(stateOf(event, id));
    return states;
  }

  testing::Site site;
  int made = 0;
};

}  // namespace toimela::events
