// Registering, on both databases: who gets a place, who waits, who is told what.
#include <catch2/catch.hpp>

#include "gathering.h"

using namespace toimela;
using namespace toimela::events;
using operations::Refusal;
using operations::Registered;

namespace {

using Why = Refusal::Why;
using States = std::vector<PlaceState>;
constexpr auto kConfirmed = PlaceState::confirmed, kWaiting = PlaceState::waiting,
               kOffered = PlaceState::offered, kCancelled = PlaceState::cancelled;

const Registration& taken(const operations::Outcome& outcome) {
  REQUIRE(std::holds_alternative<Registered>(outcome));
  return std::get<Registered>(outcome).registration;
}
const Refusal& refused(const operations::Outcome& outcome) {
  REQUIRE(std::holds_alternative<Refusal>(outcome));
  return std::get<Refusal>(outcome);
}
States statesOf(const Registration& registration) {
  States states;
  for (const auto& participant : registration.participants) states.push_back(participant.state);
  return states;
}

// Those to who registered; what participants are told is in letters_test.cpp.
constexpr Sql kLetters{"test.letters",
                       "SELECT kind FROM core_letter WHERE kind <> 'events.place' ORDER BY id"};
std::vector<std::string> letters(Gathering& g) {
  return g.host().read([](ReadTx& tx) { return tx.all(kLetters, [](std::string kind) { return kind; }); });
}

}  // namespace

TEST_CASE("places go to those who come first, the others wait in their order", "[events][store]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      const auto event = g.addEvent(exampleEvent(2));
      const auto people = g.join(event, 4);
      CHECK(g.statesOf(event, people) == States{kConfirmed, kConfirmed, kWaiting, kWaiting});
      CHECK(letters(g) == std::vector<std::string>(4, "events.registered"));

      g.operate([&](WriteTx& tx) { return operations::cancel(tx, event, std::span(&people[0], 1), operations::By::participant); });
      CHECK(g.statesOf(event, people) == States{kCancelled, kConfirmed, kConfirmed, kWaiting});
      CHECK(letters(g).back() == "events.promoted");

      // Who only waited leaves no place behind, and nobody leaves twice.
      for (const std::size_t gone : {3, 0})
        g.operate([&](WriteTx& tx) { return operations::cancel(tx, event, std::span(&people[gone], 1), operations::By::participant); });
      CHECK(g.stateOf(event, g.join(event, 1).front()) == kWaiting);
    }
  }
}

TEST_CASE("a form that was sent twice registers once", "[events][store]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      const auto event = g.addEvent(exampleEvent(10));
      const auto registration = g.registration(2);
      const auto first = g.submit(event, registration);
      const auto again = g.submit(event, registration);
      CHECK(std::get<Registered>(again).isRepeated);
      CHECK(taken(again).id == taken(first).id);
      CHECK(taken(again).participants.size() == 2);

      const std::vector<operations::Wish> wishes(2, {g.registration(1), {}});
      const auto both = g.operate([&](WriteTx& tx) { return operations::registerAll(tx, event, wishes); });
      CHECK(taken(both[0]).id == taken(both[1]).id);
      CHECK(g.host().read([&](ReadTx& tx) { return store::countParticipants(tx, event, kConfirmed); }) == 3);
    }
  }
}

TEST_CASE("what can not be registered says why and stores nothing", "[events][store]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      const auto event = g.addEvent(exampleEvent(10));
      const auto first = g.addWorkshop(event, 5), atTheSameTime = g.addWorkshop(event, 5), later = g.addWorkshop(event, 5, 3);

      CHECK(refused(g.submit(event, g.registration(1, {first, atTheSameTime}))).why == Why::overlapping);
      CHECK(refused(g.submit(event, g.registration(1, {SessionId{999}}))).why == Why::unknownWorkshop);
      CHECK(statesOf(taken(g.submit(event, g.registration(1, {first, later})))) == States{kConfirmed});

      auto registration = g.registration(2);
      registration.participants[1].email = registration.participants[0].email;
      const auto twice = refused(g.submit(event, registration));
      CHECK(twice.why == Why::duplicate);
      CHECK(twice.index == 1);
      taken(g.submit(event, g.registration(1)));
      auto known = g.registration(1);
      known.participants[0].email = *EmailAddress::parse("OSALLISTUJA" + std::to_string(g.made - 1) + ".0@example.org");
      CHECK(refused(g.submit(event, known)).why == Why::duplicate);

      auto closed = exampleEvent(10);
      closed.closesAt = now() - std::chrono::hours(1);
      CHECK(refused(g.submit(g.addEvent(closed), g.registration(1))).registering == Registering::closed);
      auto draft = exampleEvent(10);
      draft.status = EventStatus::draft;
      CHECK(refused(g.submit(g.addEvent(draft), g.registration(1))).registering == Registering::notPublished);
      auto listless = exampleEvent(1);
      listless.places.hasWaitingList = false;
      const auto small = g.addEvent(listless);
      const auto full = refused(g.submit(small, g.registration(2)));
      CHECK(full.why == Why::full);
      CHECK(full.left == 1);
      CHECK(statesOf(taken(g.submit(small, g.registration(1)))) == States{kConfirmed});
      CHECK(refused(g.submit(small, g.registration(1))).why == Why::full);
      CHECK_THROWS_AS(g.submit(EventId{999}, g.registration(1)), NotFound);
    }
  }
}

TEST_CASE("an organisation has no more places than the ceiling", "[events][store]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      auto example = exampleEvent(10);
      example.places.ceiling = 3;
      const auto event = g.addEvent(example);
      const auto organisation = g.site.organisation("Tuki ry", "06");
      const auto of = [&](int people) {
        auto registration = g.registration(people);
        registration.organisation = organisation;
        return g.submit(event, registration);
      };
      CHECK(statesOf(taken(of(2))) == States{kConfirmed, kConfirmed});
      const auto over = refused(of(2));
      CHECK(over.why == Why::overCeiling);
      CHECK(over.left == 1);
      taken(of(1));
      CHECK(refused(of(1)).left == 0);
      CHECK(g.operate([&](WriteTx& tx) { return operations::setCeiling(tx, event, 2); }) == operations::PlaceProblem::tooSmall);
      CHECK_FALSE(g.operate([&](WriteTx& tx) { return operations::setCeiling(tx, event, 4); }));
      taken(of(1));
    }
  }
}

TEST_CASE("registrations of one moment see each other under the ceiling, and who was refused took nothing",
          "[events][store]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      const auto organisation = g.site.organisation("Tuki ry", "06");
      const auto atOnce = [&](EventId event, const std::vector<int>& sizes) {
        std::vector<operations::Wish> wishes;
        for (const int people : sizes) {
          auto registration = g.registration(people);
          registration.organisation = organisation;
          wishes.push_back({registration});
        }
        return g.operate([&](WriteTx& tx) { return operations::registerAll(tx, event, wishes); });
      };
      auto example = exampleEvent(10);
      example.places.ceiling = 4;
      const auto outcomes = atOnce(g.addEvent(example), {2, 3, 2, 1});
      CHECK(statesOf(taken(outcomes.at(0))) == States{kConfirmed, kConfirmed});
      CHECK(refused(outcomes.at(1)).left == 2);
      CHECK(statesOf(taken(outcomes.at(2))) == States{kConfirmed, kConfirmed});
      CHECK(refused(outcomes.at(3)).left == 0);

      example = exampleEvent(3);
      example.places.ceiling = 4;
      example.places.hasWaitingList = false;
      const auto few = atOnce(g.addEvent(example), {2, 2, 1});
      CHECK(statesOf(taken(few.at(0))) == States{kConfirmed, kConfirmed});
      CHECK(refused(few.at(1)).why == Why::full);
      CHECK(statesOf(taken(few.at(2))) == States{kConfirmed});
    }
  }
}

TEST_CASE("a quota holds back one sector and no other", "[events][store]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      const auto event = g.addEvent(exampleEvent(10));
      g.change([&](WriteTx& tx) {
        return store::insertQuota(tx, event, {.name = {.fi = "Yritykset"}, .sectors = {Sector::company}, .capacity = 1});
      });
      const auto of = [&](Sector sector) {
        auto registration = g.registration(1);
        registration.sector = sector;
        return statesOf(taken(g.submit(event, registration))).front();
      };
      CHECK(of(Sector::company) == kConfirmed);
      CHECK(of(Sector::company) == kWaiting);
      CHECK(of(Sector::association) == kConfirmed);
    }
  }
}

TEST_CASE("a group goes together or as far as there is room, as it chose", "[events][store]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      const auto event = g.addEvent(exampleEvent(3));
      const auto first = g.join(event, 1);
      auto together = g.registration(3);
      together.mode = GroupMode::together;
      const auto group = taken(g.submit(event, together));
      CHECK(statesOf(group) == States{kWaiting, kWaiting, kWaiting});
      CHECK(statesOf(taken(g.submit(event, g.registration(3)))) == States{kConfirmed, kConfirmed, kWaiting});

      // Raised by two there is still no room for three; the single one who waits behind them fits.
      g.operate([&](WriteTx& tx) { return operations::resize(tx, event, std::optional<std::int64_t>(4)); });
      CHECK(g.host().read([&](ReadTx& tx) { return store::countParticipants(tx, event, kWaiting); }) == 3);
      g.operate([&](WriteTx& tx) { return operations::resize(tx, event, std::optional<std::int64_t>(7)); });
      CHECK(g.host().read([&](ReadTx& tx) { return store::countParticipants(tx, event, kWaiting); }) == 0);
      CHECK(g.operate([&](WriteTx& tx) { return operations::resize(tx, event, std::optional<std::int64_t>(6)); }) ==
            operations::PlaceProblem::tooSmall);
    }
  }
}

TEST_CASE("a free place is offered where the organiser wants an answer first", "[events][store]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      auto example = exampleEvent(1);
      example.places.offerHours = 24;
      const auto event = g.addEvent(example);
      const auto people = g.join(event, 4);
      const auto cancelFirst = [&](ParticipantId id) {
        g.operate([&](WriteTx& tx) { return operations::cancel(tx, event, std::span(&id, 1), operations::By::participant); });
      };
      cancelFirst(people[0]);
      CHECK(g.statesOf(event, people) == States{kCancelled, kOffered, kWaiting, kWaiting});
      // An offered place is nobody else's.
      CHECK(g.stateOf(event, g.join(event, 1).front()) == kWaiting);
      g.operate([&](WriteTx& tx) { return operations::declineOffer(tx, event, people[1]); });
      CHECK(g.stateOf(event, people[2]) == kOffered);
      CHECK_FALSE(g.operate([&](WriteTx& tx) { return operations::acceptOffer(tx, event, people[2]); }));
      CHECK(g.stateOf(event, people[2]) == kConfirmed);
      CHECK(g.operate([&](WriteTx& tx) { return operations::acceptOffer(tx, event, people[2]); }) ==
            operations::PlaceProblem::notThere);

      // Nobody answers: the offer lapses and goes on.
      cancelFirst(people[2]);
      CHECK(g.stateOf(event, people[3]) == kOffered);
      g.change([&](WriteTx& tx) {
        store::setState(tx, std::span(&people[3], 1), kOffered, tx.time() - std::chrono::hours(1));
        return 0;
      });
      CHECK(g.host().read([&](ReadTx& tx) { return store::eventsWithLapsed(tx, now()); }) == std::vector{event});
      CHECK(g.operate([&](WriteTx& tx) { return operations::lapse(tx, event); }) == 1);
      CHECK(g.stateOf(event, people[3]) == PlaceState::lapsed);
      CHECK(g.host().read([&](ReadTx& tx) { return store::countParticipants(tx, event, kOffered); }) == 1);
    }
  }
}

TEST_CASE("the organiser decides first, where they want to", "[events][store]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      auto example = exampleEvent(1);
      example.places.approvesFirst = true;
      const auto event = g.addEvent(example);
      const auto people = g.join(event, 3);
      CHECK(g.stateOf(event, people[0]) == PlaceState::pending);
      const auto approve = [&](ParticipantId id) {
        return g.operate([&](WriteTx& tx) { return operations::approve(tx, event, id); });
      };
      CHECK_FALSE(approve(people[1]));
      CHECK_FALSE(approve(people[0]));
      CHECK_FALSE(g.operate([&](WriteTx& tx) { return operations::decline(tx, event, people[2], "Täynnä"); }));
      CHECK(g.statesOf(event, people) == States{kWaiting, kConfirmed, PlaceState::declined});
      CHECK(approve(people[2]) == operations::PlaceProblem::notThere);
    }
  }
}

TEST_CASE("workshops are changed when there is room in all of them", "[events][store]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      const auto event = g.addEvent(exampleEvent(10));
      const auto small = g.addWorkshop(event, 1), large = g.addWorkshop(event, 5, 2);
      const auto one = taken(g.submit(event, g.registration(1, {small}))).participants[0].id;
      const auto other = taken(g.submit(event, g.registration(1, {large}))).participants[0].id;
      const auto waits = taken(g.submit(event, g.registration(1, {small}))).participants[0].id;
      const auto move = [&](ParticipantId id, std::vector<SessionId> to) {
        return g.operate([&](WriteTx& tx) { return operations::moveTo(tx, event, id, to, operations::By::participant); });
      };
      CHECK(g.stateOf(event, waits) == kWaiting);
      CHECK(move(other, {small, large}) == operations::PlaceProblem::full);
      CHECK_FALSE(move(one, {large}));
      CHECK(g.stateOf(event, waits) == kConfirmed);
    }
  }
}

TEST_CASE("the organiser can change the order of the list", "[events][store]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      const auto event = g.addEvent(exampleEvent(0));
      std::vector<RegistrationId> order;
      for (const int size : {1, 2, 1}) order.push_back(taken(g.submit(event, g.registration(size))).id);
      const auto listed = [&] {
        std::vector<RegistrationId> now;
        g.host().read([&](ReadTx& tx) {
          for (const auto& w : store::waitingSeats(tx, event, 0, 100))
            if (now.empty() || now.back() != w.seat.registration) now.push_back(w.seat.registration);
          return 0;
        });
        return now;
      };
      const auto move = [&](RegistrationId id, std::optional<RegistrationId> before) {
        return g.operate([&](WriteTx& tx) { return operations::moveInList(tx, event, id, before, "Sovittu"); });
      };
      CHECK_FALSE(move(order[2], order[0]));
      CHECK(listed() == std::vector{order[2], order[0], order[1]});
      CHECK_FALSE(move(order[2], std::nullopt));
      CHECK(listed() == order);
      CHECK(move(RegistrationId{999}, order[0]) == operations::PlaceProblem::notThere);
    }
  }
}

TEST_CASE("in an event that was called off nobody moves up", "[events][store]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      const auto event = g.addEvent(exampleEvent(1));
      const auto people = g.join(event, 2);
      g.change([&](WriteTx& tx) {
        Event off = *store::findEvent(tx, event);
        off.status = EventStatus::cancelled;
        return store::updateEvent(tx, off);
      });
      g.operate([&](WriteTx& tx) { return operations::cancel(tx, event, std::span(&people[0], 1), operations::By::participant); });
      CHECK(g.statesOf(event, people) == States{kCancelled, kWaiting});
    }
  }
}
