// Finding events, reading about one and registering, as visitors and organisations meet it.
#include <catch2/catch.hpp>

#include "store/questions.h"
#include "view/again_letter.h"
#include "toimela/directory.h"
#include "toimela/throttle.h"
#include "visit.h"

using namespace toimela;
using namespace toimela::events;
using Catch::Matchers::Contains;
using testing::bodyOf;

TEST_CASE("a stranger finds an event, reads about it and sees how to register", "[events][visit]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      auto example = exampleEvent(12);
      example.description = {.fi = "Tule **mukaan**."};
      example.accessibility = {.fi = "Esteetön sisäänkäynti."};
      example.contactName = "Oona Organisoija";
      const auto event = v.addEvent(example);
      v.addWorkshop(event, 5);
      auto visitor = v.site.visitor();
      CHECK_THAT(bodyOf(visitor.get("/fi/events")), Contains("Verkostopäivä"));
      CHECK_THAT(bodyOf(visitor.get("/fi/regions/pirkanmaa/events")), Contains("Verkostopäivä"));
      CHECK_THAT(bodyOf(visitor.get("/fi/regions/lappi/events")), !Contains("Verkostopäivä"));
      CHECK_THAT(bodyOf(visitor.get("/fi/events?kind=webinar")), !Contains("Verkostopäivä"));
      CHECK_THAT(bodyOf(visitor.get("/fi/events?kind=network&region=06")), Contains("Verkostopäivä"));
      CHECK_THAT(bodyOf(visitor.get("/fi")), Contains("Verkostopäivä"));
      const auto body = bodyOf(visitor.get(v.page(event)));
      for (const char* text : {"<strong>mukaan</strong>", "Esteetön", "Oona Organisoija", "12 paikkaa",
                               "5 paikkaa", "/register", "Kirjasto"})
        CHECK_THAT(body, Contains(text));
      // What was not filled in has no place on the page.
      CHECK_THAT(body, !Contains("mailto:"));
      CHECK_THAT(bodyOf(visitor.get("/sv/events/" + event.text())), Contains("Nätverksdag"));
      CHECK(visitor.get("/fi/events/999").status == 404);
      CHECK(visitor.get("/fi/events?page=2").status == 404);
    }
  }
}

TEST_CASE("drafts and events for a few are not there for others", "[events][visit]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      auto draft = exampleEvent(5);
      draft.status = EventStatus::draft;
      auto invited = exampleEvent(5);
      invited.visibility = Visibility::invited;
      auto network = exampleEvent(5);
      network.visibility = Visibility::network;
      const auto draftId = v.addEvent(draft), invitedId = v.addEvent(invited), networkId = v.addEvent(network);
      auto visitor = v.site.visitor();
      CHECK(visitor.get(v.page(draftId)).status == 404);
      CHECK(visitor.get(v.page(draftId, "/register")).status == 404);
      CHECK(visitor.get(v.page(invitedId)).status == 200);
      CHECK(visitor.get(v.page(networkId)).status == 404);
      CHECK_THAT(bodyOf(visitor.get("/fi/events")), !Contains("Verkostopäivä"));
      auto organiser = v.site.signedIn(v.site.person("Oona", "Organisoija", {{Role::contactPerson, kPirkanmaa, {}}}));
      CHECK(organiser.get(v.page(draftId)).status == 200);
      CHECK(organiser.get(v.page(networkId)).status == 200);
      v.site.switchPlugin("events", "06", false);
      CHECK(visitor.get(v.page(invitedId)).status == 404);
    }
  }
}

TEST_CASE("without an account one registers, confirms the address and has a private page", "[events][visit]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      const auto event = v.addEvent(exampleEvent(2));
      auto visitor = v.site.visitor();
      CHECK(visitor.get(v.page(event, "/register")).status == 200);
      const auto sent = v.group("aino", {"beeda", "ceeda"});
      const auto answer = v.send(visitor, event, sent);
      CHECK(answer.status == 303);
      CHECK(visitor.get(v.page(event, "/registered")).status == 200);
      const auto made = v.latest();
      REQUIRE(made.participants.size() == 3);
      CHECK(made.participants[0].state == PlaceState::confirmed);
      CHECK(made.participants[2].state == PlaceState::waiting);
      CHECK(made.confirmBy);
      CHECK(v.letters() == std::vector<std::string>{"events.registered"});
      // The same form again changes nothing.
      CHECK(v.send(visitor, event, sent).status == 303);
      CHECK(v.latest().id == made.id);
      // Sent again with other people it is not taken for the same without a word.
      const auto changed = v.send(visitor, event, v.group("aino", {"deeda"}));
      CHECK(changed.status == 409);
      CHECK_THAT(bodyOf(changed), Contains("on jo lähetetty"));

      const auto body = bodyOf(visitor.get(v.linkOf(made)));
      CHECK_THAT(body, Contains("1. jonossa"));
      CHECK_THAT(body, Contains("Vahvista osoite"));
      CHECK(visitor.get(v.linkOf(made) + "x").status == 404);
      CHECK(visitor.get("/fi/events/registrations/" + made.id.text() + "/wrong").status == 404);
      CHECK(visitor.post(v.linkOf(made, "/confirm")).status == 303);
      CHECK_FALSE(v.again(made).confirmBy);

      // Cancelling asks first, then moves the list.
      const auto first = made.participants[0].id.text();
      CHECK_THAT(bodyOf(visitor.get(v.linkOf(made, "/cancel?participant=" + first))), Contains("aino"));
      CHECK(visitor.post(v.linkOf(made, "/cancel"), {{"participant", first}}).status == 303);
      const auto after = v.again(made);
      CHECK(after.participants[0].state == PlaceState::cancelled);
      CHECK(after.participants[2].state == PlaceState::confirmed);
      CHECK(visitor.post(v.linkOf(made, "/cancel")).status == 303);
      for (const auto& each : v.again(made).participants) CHECK_FALSE(isLive(each.state));
      CHECK(visitor.get(v.linkOf(made, "/cancel")).status == 303);
    }
  }
}

TEST_CASE("people are added and removed without a script and nothing typed is lost", "[events][visit]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      const auto event = v.addEvent(exampleEvent(20));
      const auto workshop = v.addWorkshop(event, 5);
      auto visitor = v.site.visitor();
      const auto added = v.send(visitor, event,
                                v.group("aino", {"beeda"}, {{"add", "1"}, {"p1_sessions", workshop.text()}}));
      CHECK(added.status == 200);
      CHECK_THAT(bodyOf(added), Contains("name=\"p2_name\""));
      CHECK_THAT(bodyOf(added), Contains("value=\"beeda@example.org\""));
      CHECK_THAT(bodyOf(added), Contains("name=\"count\" value=\"2\""));
      const auto removed = v.send(visitor, event, v.group("aino", {"beeda", "ceeda"}, {{"remove", "1"}}));
      CHECK(removed.status == 200);
      CHECK_THAT(bodyOf(removed), Contains("name=\"p1_name\" value=\"ceeda\""));
      CHECK_THAT(bodyOf(removed), !Contains("beeda"));
      CHECK(v.letters().empty());
    }
  }
}

TEST_CASE("what can not be registered is told at its field and stays as it was typed", "[events][visit]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      const auto event = v.addEvent(exampleEvent(20));
      const auto one = v.addWorkshop(event, 5), same = v.addWorkshop(event, 5);
      auto visitor = v.site.visitor();
      const auto refused = [&](Sent sent, int status = 422) {
        const auto answer = v.send(visitor, event, std::move(sent));
        CHECK(answer.status == status);
        return bodyOf(answer);
      };
      CHECK_THAT(refused(v.alone("", "ei osoite")), Contains("value=\"ei osoite\""));
      CHECK_THAT(refused(v.group("aino", {""})), Contains("Henkilö 1: "));
      CHECK_THAT(refused(v.group("aino", {"beeda", "beeda"})), Contains("jo toisella henkilöllä"));
      CHECK_THAT(refused(v.alone("aino", "aino@example.org", {{"p0_sessions", one.text()}, {"p0_sessions", same.text()}})),
                 Contains("samaan aikaan"));
      CHECK_THAT(refused(v.alone("aino", "aino@example.org", {{"p0_sessions", "999"}})), Contains("f-p0_sessions"));
      Sent nobody{{"key", "key-of-the-form-nobody"}, {"name", "aino"}, {"email", "aino@example.org"}, {"mode", "each"}, {"held", "0"}};
      CHECK_THAT(refused(nobody), Contains("ainakin yksi"));
      Sent held = v.alone("aino", "aino@example.org");
      held.back().second = "3";
      CHECK_THAT(refused(held), Contains("Kerro organisaatio"));
      held.back().second = "20";
      CHECK_THAT(refused(held), Contains("enintään 20"));
      CHECK(v.letters().empty());

      // A colleague who is registered already: at their address, and nothing of it is stored.
      CHECK(v.send(event, v.alone("beeda", "beeda@example.org")).status == 303);
      CHECK_THAT(refused(v.group("aino", {"beeda"})), Contains("ei voi ilmoittautua uudelleen"));
      CHECK(v.latest().name == "beeda");
    }
  }
}

TEST_CASE("nobody learns from the form whose address is registered", "[events][visit]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      const auto event = v.addEvent(exampleEvent(20));
      const auto first = v.send(event, v.alone("aino", "aino@example.org"));
      const auto made = v.latest();
      Sent again = v.alone("Joku Muu", "AINO@example.org");
      again[0].second = "another-key-of-a-form";
      const auto second = v.send(event, again);
      CHECK(second.status == first.status);
      CHECK(second.headers.find("Location") == first.headers.find("Location"));
      CHECK(v.latest().id == made.id);
      CHECK(v.letters() == std::vector<std::string>{"events.registered", "events.again"});
    }
  }
}

TEST_CASE("nobody's mailbox is filled by a form that anybody may send", "[events][visit]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      const auto event = v.addEvent(exampleEvent(90)), other = v.addEvent(exampleEvent(90));
      const auto most = static_cast<std::size_t>(throttle::kUnconfirmedLetters.attempts);
      for (std::size_t i = 0; i < most; ++i) {
        Sent again = v.alone("aino", "aino@example.org");
        again[0].second = "form-" + std::to_string(i);
        CHECK(v.send(event, again).status == 303);
      }
      CHECK(v.letters().size() == most);
      const auto refused = v.send(other, v.alone("Elsa", "Aino@Example.org"));
      CHECK(refused.status == 429);
      CHECK_THAT(bodyOf(refused), Contains("email-error") && Contains("Elsa"));
      CHECK(v.letters().size() == most);
      CHECK(v.latest().event == event);
      CHECK(v.send(other, v.alone("Elsa", "elsa@example.org")).status == 303);
    }
  }
}

TEST_CASE("closed, full and over the ceiling each say so", "[events][visit]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      auto closed = exampleEvent(5);
      closed.closesAt = now() - std::chrono::hours(1);
      const auto closedId = v.addEvent(closed);
      const auto late = v.send(closedId, v.alone("aino", "aino@example.org"));
      CHECK(late.status == 409);
      CHECK_THAT(bodyOf(late), Contains("Ilmoittautuminen on päättynyt"));
      CHECK_THAT(bodyOf(late), Contains("value=\"aino@example.org\""));
      CHECK_THAT(bodyOf(v.site.visitor().get(v.page(closedId, "/register"))), !Contains("name=\"email\""));
      auto cancelled = exampleEvent(5);
      cancelled.status = EventStatus::cancelled;
      CHECK_THAT(bodyOf(v.site.visitor().get(v.page(v.addEvent(cancelled)))), Contains("Tapahtuma on peruttu"));

      auto listless = exampleEvent(1);
      listless.places.hasWaitingList = false;
      const auto small = v.addEvent(listless);
      CHECK_THAT(bodyOf(v.send(small, v.group("aino", {"beeda"}))), Contains("jäljellä on yksi paikka"));
      CHECK(v.send(small, v.alone("aino", "aino@example.org")).status == 303);
      CHECK_THAT(bodyOf(v.send(small, v.alone("beeda", "beeda@example.org"))), Contains("Paikat ovat täynnä"));
    }
  }
}

TEST_CASE("an organisation holds seats and names them later", "[events][visit]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      const auto event = v.addEvent(exampleEvent(9));
      const auto workshop = v.addWorkshop(event, 1);
      const auto tuki = v.site.organisation("Tuki ry", "06");
      const auto person = v.site.person("Raija", "Edustaja", {{Role::organisationRep, {}, tuki}});
      auto rep = v.site.signedIn(person);
      CHECK_THAT(bodyOf(rep.get(v.page(event, "/register"))), Contains("Tuki ry"));
      CHECK(v.send(rep, event, {{"key", "key-of-the-form-raija"}, {"as", tuki.text()}, {"held", "2"}, {"mode", "together"}}).status == 303);
      const auto made = v.latest();
      REQUIRE(made.participants.size() == 2);
      CHECK(made.organisation == tuki);
      CHECK(made.person == person);
      CHECK_FALSE(made.confirmBy);
      const auto seat = v.linkOf(made, "/participants/" + made.participants[0].id.text());
      CHECK(rep.get(seat).status == 200);
      CHECK(rep.post(seat, {{"name", ""}}).status == 422);
      CHECK(rep.post(seat, {{"name", "Pekka Perässä"}, {"email", "pekka@example.org"}, {"sessions", workshop.text()}}).status == 303);
      CHECK(v.again(made).participants[0].name == "Pekka Perässä");
      const auto other = v.linkOf(made, "/participants/" + made.participants[1].id.text());
      CHECK_THAT(bodyOf(rep.post(other, {{"name", "Toinen"}, {"email", "pekka@example.org"}})), Contains("ei voi ilmoittautua uudelleen"));
      CHECK_THAT(bodyOf(rep.post(other, {{"name", "Toinen"}, {"sessions", workshop.text()}})), Contains("ei mahdu"));

      // Another one who represents the organisation sees them all; others do not.
      auto colleague = v.site.signedIn(v.site.person("Kalle", "Edustaja", {{Role::organisationRep, {}, tuki}}));
      CHECK_THAT(bodyOf(colleague.get("/fi/account/events")), Contains("Pekka Perässä"));
      auto stranger = v.site.signedIn(v.site.person("Vieras", "Henkilö"));
      CHECK_THAT(bodyOf(stranger.get("/fi/account/events")), !Contains("Pekka Perässä"));
      CHECK_THAT(bodyOf(rep.get("/fi/dashboard")), Contains("Verkostopäivä"));
      CHECK(v.site.visitor().get("/fi/account/events").status == 303);
    }
  }
}

TEST_CASE("an offer is accepted or declined on the private page, and a stale one is explained", "[events][visit]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      auto example = exampleEvent(1);
      example.places.offerHours = 24;
      const auto event = v.addEvent(example);
      const auto people = v.join(event, 1);
      CHECK(v.send(event, v.alone("aino", "aino@example.org")).status == 303);
      const auto aino = v.latest();
      CHECK(v.send(event, v.alone("beeda", "beeda@example.org")).status == 303);
      const auto beeda = v.latest();
      v.operate([&](WriteTx& tx) { return operations::cancel(tx, event, people, operations::By::participant); });
      auto visitor = v.site.visitor();
      CHECK_THAT(bodyOf(visitor.get(v.linkOf(aino))), Contains("Paikka on tarjolla"));
      CHECK(visitor.post(v.linkOf(aino, "/cancel"), {{"participant", aino.participants[0].id.text()}}).status == 303);
      CHECK(v.again(beeda).participants[0].state == PlaceState::offered);
      const auto accept = v.linkOf(beeda, "/participants/" + beeda.participants[0].id.text() + "/accept");
      CHECK(visitor.post(accept).status == 303);
      CHECK(v.again(beeda).participants[0].state == PlaceState::confirmed);
      CHECK(visitor.post(accept).status == 303);
      CHECK_THAT(bodyOf(visitor.get(v.linkOf(beeda))), Contains("Tarjous ei ole enää voimassa"));
      // A place of another registration is not to be had through this link.
      CHECK(visitor.post(v.linkOf(beeda, "/participants/" + aino.participants[0].id.text() + "/accept")).status == 404);
    }
  }
}

TEST_CASE("an address that nobody confirms loses its places to those who wait", "[events][visit]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      const auto event = v.addEvent(exampleEvent(1));
      CHECK(v.send(event, v.alone("aino", "aino@example.org")).status == 303);
      const auto aino = v.latest();
      const auto waits = v.join(event, 1).front();
      static constexpr Sql kPast{"test.past", "UPDATE events_registration SET confirm_by = 1 WHERE id = :id"};
      v.change([&](WriteTx& tx) { return tx.run(kPast, aino.id); });
      v.operate([&](WriteTx& tx) { return operations::lapse(tx, event); });
      CHECK(v.stateOf(event, waits) == PlaceState::confirmed);
      auto visitor = v.site.visitor();
      CHECK_THAT(bodyOf(visitor.get(v.linkOf(aino))), Contains("ei vahvistettu ajoissa"));
      CHECK(visitor.post(v.linkOf(aino, "/confirm")).status == 303);
      CHECK_THAT(bodyOf(visitor.get(v.linkOf(aino))), Contains("ei ehditty vahvistaa"));
    }
  }
}

TEST_CASE("whoever is named later answers what the others answered, and answers can be changed", "[events][visit]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      const auto event = v.addEvent(exampleEvent(9));
      v.change([&](WriteTx& tx) {
        return store::insertQuestion(tx, event,
                                     {.key = "diet",
                                      .askedOf = AskedOf::participant,
                                      .kind = QuestionKind::text,
                                      .label = {.fi = "Ruokavalio"},
                                      .isRequired = true});
      });
      CHECK(v.send(event, v.alone("aino", "aino@example.org",
                                  {{"organisation", "Tuki ry"}, {"p0_q_diet", "kasvis"}})).status == 303);
      auto visitor = v.site.visitor();
      const auto made = v.latest();
      CHECK_THAT(bodyOf(visitor.get(v.linkOf(made))), Contains("Ruokavalio: kasvis"));
      const auto own = v.linkOf(made, "/participants/" + made.participants[0].id.text());
      CHECK_THAT(bodyOf(visitor.get(own)), Contains("value=\"kasvis\""));
      const auto unanswered = visitor.post(own, {{"name", "Aino Aho"}, {"email", "aino@example.org"}});
      CHECK(unanswered.status == 422);
      CHECK_THAT(bodyOf(unanswered), Contains("Ruokavalio"));
      CHECK(visitor.post(own, {{"name", "Aino Aho"}, {"email", "aino@example.org"}, {"q_diet", "vegaani"}}).status == 303);
      CHECK_THAT(bodyOf(visitor.get(v.linkOf(made))), Contains("Ruokavalio: vegaani"));
    }
  }
}

TEST_CASE("a letter to somebody who tries once more has the link only when the registration is theirs",
          "[events][visit]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      const auto event = v.addEvent(exampleEvent(9));
      CHECK(v.send(event, v.group("aino", {"beeda"})).status == 303);
      const auto made = v.latest();
      const auto letterTo = [&](std::size_t index) {
        return v.host().read([&](ReadTx& tx) {
          return view::againLetter(tx, v.host(), made.participants[index].id.value).value();
        });
      };
      CHECK_THAT(letterTo(0).text, Contains(view::registrationPath(v.host(), made)));
      CHECK(letterTo(0).confidential);
      CHECK_THAT(letterTo(1).text, !Contains("/registrations/"));
      CHECK(letterTo(1).to.text() == "beeda@example.org");
    }
  }
}

TEST_CASE("what one registered with one's own address is one's own, also without having signed in", "[events][visiting]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      const EventId id = v.addEvent(exampleEvent(5));
      const PersonId person = v.site.person("Saara", "Satunnainen");
      const std::string address = v.host().read([&](ReadTx& tx) { return directory::findPerson(tx, person)->email.text(); });
      REQUIRE(v.send(id, Visit::alone("Saara Satunnainen", address)).status == 303);
      const Registration made = v.latest();
      auto saara = v.site.signedIn(person);
      // Anybody can type an address: until it is confirmed the place may be somebody else's doing.
      CHECK_THAT(bodyOf(saara.get("/fi/account/events")), !Contains(v.linkOf(made)));
      REQUIRE(v.site.visitor().post(v.linkOf(made, "/confirm")).status == 303);
      const std::string page = bodyOf(saara.get("/fi/account/events"));
      CHECK_THAT(page, Contains(v.linkOf(made)) && !Contains("others-title"));
      CHECK_THAT(bodyOf(saara.get("/fi/account")), Contains("/fi/account/events\""));
    }
  }
}
