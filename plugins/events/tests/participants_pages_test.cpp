// What organisers do about participants, over the pages.
#include <catch2/catch.hpp>

#include "gathering.h"

using namespace toimela;
using namespace toimela::events;
using Catch::Contains;
using testing::bodyOf;

namespace {

testing::Visitor organiser(Gathering& g) {
  return g.site.signedIn(g.site.person("Oona", "Organisoija", {{Role::contactPerson, kPirkanmaa, {}}}));
}

std::string page(EventId event, const std::string& rest) { return "/fi/events/" + event.text() + rest; }

constexpr Sql kReasons{"test.reasons", "SELECT detail FROM core_audit WHERE action = :action ORDER BY id"};
std::string detailOf(Gathering& g, const std::string& action) {
  return g.host().read([&](ReadTx& tx) {
    const auto details = tx.all(kReasons, [](std::string detail) { return detail; }, action);
    return details.empty() ? std::string() : details.back();
  });
}

}  // namespace

TEST_CASE("those who wait for approval are approved or declined many at once", "[events][participants]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      auto oona = organiser(g);
      auto example = exampleEvent(2);
      example.places.approvesFirst = true;
      const EventId id = g.addEvent(example);
      const auto people = g.join(id, 4);
      REQUIRE(oona.post(page(id, "/participants"), {{"deed", "approve"},
                                                     {"selected", people[0].text()},
                                                     {"selected", people[1].text()},
                                                     {"selected", people[2].text()}})
                  .status == 303);
      CHECK(g.stateOf(id, people[0]) == PlaceState::confirmed);
      CHECK(g.stateOf(id, people[2]) == PlaceState::waiting);

      const auto asked = oona.post(page(id, "/participants"), {{"deed", "decline"}, {"selected", people[3].text()}});
      CHECK(asked.status == 200);
      CHECK_THAT(bodyOf(asked), Contains("Hylätäänkö yksi"));
      CHECK(oona.post(page(id, "/participants/do"), {{"deed", "decline"}, {"ticked", people[3].text()}}).status == 422);
      CHECK(g.stateOf(id, people[3]) == PlaceState::pending);
      REQUIRE(oona.post(page(id, "/participants/do"),
                        {{"deed", "decline"}, {"ticked", people[3].text()}, {"reason", "Ei kuulu kohderyhmään"}})
                  .status == 303);
      CHECK(g.stateOf(id, people[3]) == PlaceState::declined);
      CHECK_THAT(detailOf(g, "events.place.decline"), Contains("kohderyhmään"));
    }
  }
}

TEST_CASE("a place that the organiser cancels goes to the next in line, and the reason is kept",
          "[events][participants]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      auto oona = organiser(g);
      const EventId id = g.addEvent(exampleEvent(1));
      const auto people = g.join(id, 2);
      REQUIRE(oona.post(page(id, "/participants/do"),
                        {{"deed", "cancel"}, {"ticked", people[0].text()}, {"reason", "Soitti ja perui"}})
                  .status == 303);
      CHECK(g.stateOf(id, people[0]) == PlaceState::cancelled);
      CHECK(g.stateOf(id, people[1]) == PlaceState::confirmed);
      CHECK_THAT(detailOf(g, "events.place.remove"), Contains("Soitti ja perui"));
    }
  }
}

TEST_CASE("who waits is moved before another with a reason", "[events][participants]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      auto oona = organiser(g);
      const EventId id = g.addEvent(exampleEvent(1));
      const auto people = g.join(id, 4);
      const auto registrationOf = [&](ParticipantId participant) {
        return g.host().read([&](ReadTx& tx) { return store::findParticipant(tx, id, participant)->registration; });
      };
      const std::string last = "/participants/" + people[3].text();
      CHECK_THAT(bodyOf(oona.get(page(id, last))), Contains("Sija jonossa: 3"));
      CHECK(oona.post(page(id, last + "/order"), {{"before", registrationOf(people[1]).text()}}).status == 422);
      REQUIRE(oona.post(page(id, last + "/order"),
                        {{"before", registrationOf(people[1]).text()}, {"reason", "Puhuja"}})
                  .status == 303);
      CHECK_THAT(bodyOf(oona.get(page(id, last))), Contains("Sija jonossa: 1"));
    }
  }
}

TEST_CASE("a participant is moved to another workshop while there is room", "[events][participants]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      auto oona = organiser(g);
      const EventId id = g.addEvent(exampleEvent(5));
      const auto full = g.addWorkshop(id, 1), open = g.addWorkshop(id, 5);
      g.submit(id, g.registration(1, {full}));
      const auto moved = std::get<operations::Registered>(g.submit(id, g.registration(1))).registration.participants[0].id;
      const std::string path = page(id, "/participants/" + moved.text() + "/sessions");
      const auto refused = oona.post(path, {{"sessions", full.text()}, {"reason", "Toive"}});
      CHECK(refused.status == 422);
      CHECK_THAT(bodyOf(refused), Contains("Työpajassa ei ole tilaa"));
      CHECK(oona.post(path, {{"sessions", full.text()}, {"sessions", open.text()}, {"reason", "Toive"}}).status == 422);
      REQUIRE(oona.post(path, {{"sessions", open.text()}, {"reason", "Toive"}}).status == 303);
      CHECK(g.host().read([&](ReadTx& tx) { return store::findParticipant(tx, id, moved)->sessions; }) ==
            std::vector<SessionId>{open});
    }
  }
}

TEST_CASE("an organiser enters people also after registration has closed, by the same rule",
          "[events][participants]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      auto oona = organiser(g);
      auto example = exampleEvent(1);
      example.closesAt = now() - std::chrono::hours(1);
      const EventId id = g.addEvent(example);
      const std::string path = page(id, "/participants/new");
      CHECK(oona.get(path).status == 200);
      CHECK(oona.post(path, {{"name", "Pauli Puhelin"}, {"form_key", "a"}}).status == 422);
      REQUIRE(oona.post(path, {{"name", "Pauli Puhelin"}, {"form_key", "a"}, {"reason", "Soitti"}}).status == 303);
      REQUIRE(oona.post(path, {{"name", "Pauli Puhelin"}, {"form_key", "a"}, {"reason", "Soitti"}}).status == 303);
      REQUIRE(oona.post(path, {{"name", "Jenni Jonottaja"}, {"email", "jenni@example.org"}, {"form_key", "b"}, {"reason", "Soitti"}}).status == 303);
      const auto count = [&](PlaceState state) {
        return g.host().read([&](ReadTx& tx) { return store::countParticipants(tx, id, state); });
      };
      CHECK(count(PlaceState::confirmed) == 1);
      CHECK(count(PlaceState::waiting) == 1);
      const auto twice = oona.post(path, {{"name", "Jenni"}, {"email", "jenni@example.org"}, {"form_key", "c"}, {"reason", "Soitti"}});
      CHECK(twice.status == 422);
      CHECK_THAT(bodyOf(twice), Contains("on jo ilmoittauduttu"));
      CHECK_THAT(bodyOf(oona.get(page(id, "/participants"))), Contains("Pauli Puhelin"));
    }
  }
}

TEST_CASE("a message goes once to each address of the chosen group", "[events][participants]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      auto oona = organiser(g);
      const EventId id = g.addEvent(exampleEvent(2));
      const auto people = g.join(id, 3);
      constexpr Sql kMails{"test.mails", "SELECT CAST(COUNT(*) AS BIGINT) FROM core_outbox WHERE subject = 'Ohjeet'"};
      const auto mails = [&] { return g.host().read([&](ReadTx& tx) { return tx.value<std::int64_t>(kMails); }); };
      CHECK(oona.get(page(id, "/message")).status == 200);
      CHECK(oona.post(page(id, "/message"), {{"group", "confirmed"}, {"subject", "Ohjeet"}}).status == 422);
      CHECK(oona.post(page(id, "/message"), {{"group", "pending"}, {"subject", "Ohjeet"}, {"text", "Tervetuloa."}}).status == 422);
      REQUIRE(oona.post(page(id, "/message"), {{"group", "confirmed"}, {"subject", "Ohjeet"}, {"text", "Tervetuloa."}}).status == 303);
      CHECK(mails() == 2);
      const auto form = oona.post(page(id, "/participants"), {{"deed", "message"}, {"selected", people[2].text()}});
      CHECK_THAT(bodyOf(form), Contains("Valituille"));
      REQUIRE(oona.post(page(id, "/message"), {{"group", "ticked"}, {"ticked", people[2].text()}, {"subject", "Ohjeet"}, {"text", "Jonossa."}}).status == 303);
      CHECK(mails() == 3);
    }
  }
}

TEST_CASE("workshops and quotas are added, changed and removed", "[events][participants]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      auto oona = organiser(g);
      auto example = exampleEvent(5);
      example.startsAt = *parseHelsinkiTime("2030-05-20T09:00");
      example.endsAt = *parseHelsinkiTime("2030-05-20T15:00");
      const EventId id = g.addEvent(example);
      const std::vector<std::pair<std::string, std::string>> workshop{
          {"title_fi", "Tarinat"}, {"starts", "2030-05-20T10:00"}, {"ends", "2030-05-20T11:00"}, {"is_chosen", "1"}, {"capacity", "1"}};
      REQUIRE(oona.post(page(id, "/programme/new"), workshop).status == 303);
      auto outside = workshop;
      outside[2].second = "2030-05-20T16:00";
      CHECK(oona.post(page(id, "/programme/new"), outside).status == 422);
      const auto sessions = [&] { return g.host().read([&](ReadTx& tx) { return store::sessionsOf(tx, id); }); };
      const SessionId session = sessions().at(0).id;
      const auto people = std::get<operations::Registered>(g.submit(id, g.registration(1, {session}))).registration.participants;
      const auto waiting = std::get<operations::Registered>(g.submit(id, g.registration(1, {session}))).registration.participants;
      CHECK(g.stateOf(id, waiting[0].id) == PlaceState::waiting);
      CHECK_THAT(bodyOf(oona.get(page(id, "/programme"))), Contains("Tarinat") && Contains("1 / 1"));
      CHECK_THAT(bodyOf(oona.get(page(id, "/programme/" + session.text() + "/remove"))), Contains("2 osallistujaa"));
      CHECK(oona.post(page(id, "/programme/" + session.text() + "/remove")).status == 422);
      REQUIRE(oona.post(page(id, "/programme/" + session.text() + "/remove"), {{"reason", "Vetäjä sairastui"}}).status == 303);
      CHECK(sessions().empty());
      CHECK(g.stateOf(id, people[0].id) == PlaceState::confirmed);
      CHECK(g.stateOf(id, waiting[0].id) == PlaceState::confirmed);

      auto company = g.registration(2);
      company.sector = Sector::company;
      g.submit(id, company);
      const std::string quota = page(id, "/quotas/new");
      const auto tooSmall = oona.post(quota, {{"name_fi", "Yritykset"}, {"sectors", "company"}, {"capacity", "1"}});
      CHECK(tooSmall.status == 422);
      CHECK(oona.post(quota, {{"name_fi", "Yritykset"}, {"capacity", "2"}}).status == 422);
      REQUIRE(oona.post(quota, {{"name_fi", "Yritykset"}, {"sectors", "company"}, {"capacity", "2"}}).status == 303);
      auto another = g.registration(1);
      another.sector = Sector::company;
      const auto third = std::get<operations::Registered>(g.submit(id, another)).registration.participants[0].id;
      CHECK(g.stateOf(id, third) == PlaceState::waiting);
      const QuotaId made = g.host().read([&](ReadTx& tx) { return store::quotasOf(tx, id).at(0).id; });
      REQUIRE(oona.post(page(id, "/quotas/" + made.text() + "/remove")).status == 303);
      CHECK(g.stateOf(id, third) == PlaceState::confirmed);
    }
  }
}

TEST_CASE("who comes is noted by name or by code, taken back, and seen at every door", "[events][checkin]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      auto oona = organiser(g), otherDoor = organiser(g);
      const EventId id = g.addEvent(exampleEvent(2));
      const auto people = g.join(id, 3);
      const auto codeOf = [&](ParticipantId participant) {
        return g.host().read([&](ReadTx& tx) { return store::findParticipant(tx, id, participant)->code; });
      };
      const std::string code = codeOf(people[0]);
      CHECK_THAT(bodyOf(oona.get(page(id, "/checkin"))), Contains("Saapunut 0 / 2"));
      CHECK_THAT(bodyOf(oona.get(page(id, "/checkin/" + code))), Contains("Osallistuja 1.0") && Contains("Merkitse saapuneeksi"));
      REQUIRE(oona.post(page(id, "/checkin"), {{"code", code}, {"here", "1"}}).status == 303);
      CHECK_THAT(bodyOf(otherDoor.get(page(id, "/checkin"))), Contains("Saapunut 1 / 2"));
      CHECK_THAT(bodyOf(otherDoor.get(page(id, "/checkin/" + code))), Contains("On jo merkitty saapuneeksi"));
      REQUIRE(otherDoor.post(page(id, "/checkin"), {{"code", code}, {"here", "0"}}).status == 303);
      CHECK_THAT(bodyOf(oona.get(page(id, "/checkin"))), Contains("Saapunut 0 / 2"));
      CHECK_THAT(bodyOf(oona.get(page(id, "/checkin/" + codeOf(people[2])))), Contains("Ei vahvistettua paikkaa"));
      CHECK(oona.get(page(id, "/checkin/olematon")).status == 404);
      const auto read = oona.get(page(id, "/checkin?code=https%3A%2F%2Fexample.org%2Ffi%2Fevents%2F1%2Fcheckin%2F" + code));
      CHECK(read.headers.find("Location") == page(id, "/checkin/" + code));
    }
  }
}

TEST_CASE("a note that waited for the network tells when it was made, not when it came", "[events][checkin]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      auto oona = organiser(g);
      const EventId id = g.addEvent(exampleEvent(3));
      const auto people = g.join(id, 3);
      const auto come = [&](std::size_t who, const std::string& waited) {
        const auto find = [&](ReadTx& tx) { return store::findParticipant(tx, id, people[who]); };
        REQUIRE(oona.post(page(id, "/checkin"), {{"code", g.host().read(find)->code}, {"here", "1"},
                                                 {"waited", waited}}).status == 303);
        return std::chrono::duration_cast<std::chrono::seconds>(now() - g.host().read(find)->attendedAt.value());
      };
      CHECK(come(0, "") < std::chrono::minutes(1));
      const auto ago = come(1, "1200");
      CHECK(ago >= std::chrono::minutes(20));
      CHECK(ago < std::chrono::minutes(21));
      CHECK(come(2, "99999999999") < std::chrono::hours(25));
    }
  }
}

TEST_CASE("who comes without having registered gets in while there is a place", "[events][checkin]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      auto oona = organiser(g);
      const EventId id = g.addEvent(exampleEvent(1));
      CHECK(oona.get(page(id, "/walk-in")).status == 200);
      REQUIRE(oona.post(page(id, "/walk-in"), {{"name", "Veikko Vieras"}, {"form_key", "a"}}).status == 303);
      CHECK_THAT(bodyOf(oona.get(page(id, "/checkin"))), Contains("Saapunut 1 / 1") && Contains("Veikko Vieras"));
      const auto full = oona.post(page(id, "/walk-in"), {{"name", "Maija Myöhäinen"}, {"form_key", "b"}});
      CHECK(full.status == 422);
      CHECK_THAT(bodyOf(full), Contains("täynnä") && Contains("Maija Myöhäinen"));
      CHECK(g.host().read([&](ReadTx& tx) { return store::countParticipants(tx, id, PlaceState::waiting); }) == 0);
    }
  }
}

TEST_CASE("sheets, badges and certificates are PDF files of those whom they concern", "[events][papers]") {
  Gathering g(testing::databases().front());
  auto oona = organiser(g);
  const EventId id = g.addEvent(exampleEvent(100));
  const auto people = g.join(id, 30);
  const auto file = [&](const std::string& which) {
    const auto answer = oona.get(page(id, "/papers/" + which));
    CHECK(answer.status == 200);
    CHECK(answer.headers.find("Content-Type") == "application/pdf");
    const std::string content = bodyOf(answer);
    CHECK(content.starts_with("%PDF-"));
    CHECK_THAT(content, Contains("%%EOF"));
    return content;
  };
  file("sheet");
  file("badges");
  CHECK(oona.get(page(id, "/papers/certificates")).status == 303);
  const auto code = g.host().read([&](ReadTx& tx) { return store::findParticipant(tx, id, people[0])->code; });
  REQUIRE(oona.post(page(id, "/checkin"), {{"code", code}, {"here", "1"}}).status == 303);
  file("certificates");
}
