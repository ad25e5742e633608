// A removal that was a mistake is taken back by whoever made it.
#include <catch2/catch.hpp>

#include "undoing.h"

using namespace toimela;
using namespace toimela::events;
using Catch::Contains;

namespace {

using Part = Removed::Part;

}  // namespace

TEST_CASE("what was removed stands in an address, and nothing else is read from one", "[events][undo]") {
  const Removed removed{Part::quota, 7, Instant(std::chrono::milliseconds(1'735'689'600'000))};
  CHECK(removed.text() == "quota-7-1735689600000");
  const auto read = Removed::parse("quota-7-1735689600000");
  REQUIRE(read);
  CHECK(read->part == Part::quota);
  CHECK(read->id == 7);
  CHECK(read->at == removed.at);
  for (const char* nonsense : {"", "quota", "quota-7", "quota-7-", "quota--1", "registration-7-1", "quota-x-1", "quota-7-1-2",
                               "quota-7-99999999999999999999", "-7-1"}) {
    INFO(nonsense);
    CHECK_FALSE(Removed::parse(nonsense));
  }
}

TEST_CASE("sessions and quotas come back only while places can still be given", "[events][undo]") {
  Event event = exampleEvent(5);
  const Instant before = event.endsAt - std::chrono::hours(2), after = event.endsAt + std::chrono::hours(1);
  for (const Part part : {Part::session, Part::quota}) {
    CHECK(mayReturn({part, 1, before}, event, before));
    CHECK_FALSE(mayReturn({part, 1, before}, event, event.endsAt));
    CHECK(mayReturn({part, 1, event.endsAt}, event, after));
  }
  for (const Part part : {Part::material, Part::picture}) CHECK(mayReturn({part, 1, before}, event, after));
  event.status = EventStatus::cancelled;
  for (const Part part : {Part::session, Part::quota}) CHECK_FALSE(mayReturn({part, 1, before}, event, before));
  for (const Part part : {Part::material, Part::picture}) CHECK(mayReturn({part, 1, before}, event, before));
}

TEST_CASE("a material that was removed by mistake comes back with its file, once, for the one who removed it",
          "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database);
      auto other = u.organiser(), stranger = u.organiser(kUusimaa), visitor = u.site.visitor();
      const FileId file = u.addFile();
      const MaterialId material = u.addMaterial({.title = {.fi = "Esitys"}, .file = file});
      const UndoOffer offer = u.remove("/materials/" + material.text());
      REQUIRE(offer.action == u.page("/restore"));
      CHECK(u.materials().empty());
      CHECK_THAT(bodyOf(visitor.get(u.page())), !Contains("Esitys"));
      CHECK(visitor.get(u.page("/files/" + file.text())).status == 404);
      CHECK(u.oona.get(u.page("/materials/" + material.text() + "/edit")).status == 404);

      CHECK(visitor.post(offer.action, offer.fields).status != 303);
      CHECK(stranger.post(offer.action, offer.fields).status == 403);
      CHECK(other.post(offer.action, offer.fields).status == 409);
      Sent partAlone = offer.fields;
      std::erase_if(partAlone, [](const auto& field) { return field.first != "part"; });
      CHECK(u.oona.post(offer.action, partAlone).status == 409);
      CHECK(u.oona.post(u.page(u.addEvent(exampleEvent(5)), "/restore"), offer.fields).status == 409);
      CHECK(u.materials().empty());

      CHECK_THAT(u.goOn(u.takeBack(offer)), Contains("Muutos on kumottu") && Contains("Esitys"));
      REQUIRE(u.materials().size() == 1);
      CHECK(u.materials()[0].id == material);
      CHECK(u.materials()[0].file == file);
      CHECK(u.isFile(file));
      CHECK(u.did("events.material.restore") == 1);

      // Removed once more, the first button takes nothing back.
      CHECK(u.takeBack(offer).status == 409);
      REQUIRE(u.operate([&](WriteTx& tx) { return operations::removeMaterial(tx, u.id, material); }).isDone);
      CHECK(u.did("events.material.remove") == 2);
      CHECK_FALSE(u.operate([&](WriteTx& tx) { return operations::removeMaterial(tx, u.id, material); }).isDone);
    }
  }
}

TEST_CASE("who may no longer organise takes nothing back", "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database);
      const MaterialId material = u.addMaterial({.title = {.fi = "Esitys"}, .link = "https://example.org"});
      const UndoOffer offer = u.remove("/materials/" + material.text());
      static constexpr Sql kMove{"test.move", "UPDATE events_event SET region = '01' WHERE id = :id"};
      u.change([&](WriteTx& tx) { return tx.run(kMove, u.id); });
      CHECK(u.takeBack(offer).status == 403);
      CHECK(u.materials().empty());
    }
  }
}

TEST_CASE("a picture comes back unless the event has another one by then", "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database);
      auto visitor = u.site.visitor();
      const FileId file = u.addPicture();
      const UndoOffer offer = u.remove("/picture");
      CHECK_THAT(bodyOf(visitor.get(u.page())), !Contains("<img"));
      CHECK(visitor.get(u.page("/picture/" + file.text())).status == 404);
      REQUIRE(u.takeBack(offer).status == 303);
      CHECK_THAT(bodyOf(visitor.get(u.page())), Contains("alt=\"Ihmisiä\""));

      const UndoOffer again = u.remove("/picture");
      const FileId another = u.addPicture();
      CHECK(u.takeBack(again).status == 409);
      CHECK(u.host().read([&](ReadTx& tx) { return store::pictureOf(tx, u.id)->file; }) == another);
    }
  }
}

TEST_CASE("a session that nobody chose comes back with its places, its materials and who was in it",
          "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database);
      auto visitor = u.site.visitor();
      const SessionId session = u.addWorkshop(u.id, 4);
      const ParticipantId present = u.join(u.id, 1)[0];
      u.addMaterial({.session = session, .title = {.fi = "Esitys"}, .link = "https://example.org"});
      u.change([&](WriteTx& tx) { return store::noteInSession(tx, present, session, tx.time()); });
      const auto attended = [&] {
        return u.host().read([&](ReadTx& tx) { return store::sessionAttendance(tx, u.id).size(); });
      };
      const UndoOffer offer = u.removeSession(session);
      REQUIRE(offer.action == u.page("/restore"));
      CHECK(u.sessions().empty());
      CHECK_FALSE(u.materials()[0].session);
      CHECK(attended() == 0);
      CHECK_THAT(bodyOf(visitor.get(u.page())), !Contains("Työpaja"));
      // What is not in the programme is not chosen.
      CHECK(std::holds_alternative<operations::Refusal>(u.submit(u.id, u.registration(1, {session}))));

      CHECK_THAT(u.goOn(u.takeBack(offer)), Contains("Työpaja"));
      REQUIRE(u.sessions().size() == 1);
      CHECK(u.sessions()[0].id == session);
      CHECK(u.sessions()[0].capacity == 4);
      CHECK(u.materials()[0].session == session);
      CHECK(attended() == 1);
      CHECK(std::holds_alternative<operations::Registered>(u.submit(u.id, u.registration(1, {session}))));
      CHECK(u.did("events.session.restore") == 1);
    }
  }
}

TEST_CASE("a session that somebody had chosen is gone: they have been told", "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database);
      const SessionId session = u.addWorkshop(u.id, 4);
      REQUIRE(std::holds_alternative<operations::Registered>(u.submit(u.id, u.registration(1, {session}))));
      CHECK_THAT(bodyOf(u.oona.get(u.page("/programme/" + session.text() + "/remove"))),
                 Contains("Poistoa ei voi kumota"));
      CHECK(u.removeSession(session).action.empty());
      CHECK(u.sessions().empty());
      CHECK(u.aside() == 0);
      CHECK_FALSE(u.pool({PoolKey::Kind::session, session.value}));
    }
  }
}

TEST_CASE("a session does not come back into an event that was called off", "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database);
      const SessionId morning = u.addWorkshop(u.id, 4), evening = u.addWorkshop(u.id, 4, 2);
      const UndoOffer offer = u.removeSession(morning);
      REQUIRE(u.oona.post(u.page("/cancel"), {{"reason", "Lakko"}}).status == 303);
      CHECK(u.takeBack(offer).status == 409);
      CHECK(u.sessions().size() == 1);
      CHECK(u.removeSession(evening).action.empty());
    }
  }
}

TEST_CASE("a session does not come back into an event that ended meanwhile, a material does", "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database);
      const SessionId session = u.addWorkshop(u.id, 4);
      const MaterialId material = u.addMaterial({.title = {.fi = "Esitys"}, .link = "https://example.org"});
      const Removed first{Part::session, session.value, inDays(-2)}, second{Part::material, material.value, inDays(-2)};
      REQUIRE(u.change([&](WriteTx& tx) { return store::putAside(tx, u.id, first) && store::putAside(tx, u.id, second); }));
      u.save([](Event& event) {
        event.startsAt = inDays(-3);
        event.endsAt = inDays(-1);
      });
      CHECK_FALSE(u.operate([&](WriteTx& tx) { return operations::restore(tx, u.id, first); }));
      CHECK(u.sessions().empty());
      CHECK(u.operate([&](WriteTx& tx) { return operations::restore(tx, u.id, second); }));
      CHECK(u.materials().size() == 1);
    }
  }
}

TEST_CASE("a quota comes back with those who count in it, also who came meanwhile", "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database, exampleEvent(10));
      const QuotaId quota = u.addQuota(2);
      const PoolKey key{PoolKey::Kind::quota, quota.value};
      u.joinAs(Sector::company);
      REQUIRE(u.pool(key) == Pool{2, 1});
      const UndoOffer offer = u.remove("/quotas/" + quota.text());
      REQUIRE(offer.action == u.page("/restore"));
      CHECK(u.quotas().empty());
      u.joinAs(Sector::company);
      CHECK(u.pool(key) == Pool{2, 0});
      CHECK_THAT(u.goOn(u.takeBack(offer)), Contains("Yritykset"));
      REQUIRE(u.quotas().size() == 1);
      CHECK(u.quotas()[0].id == quota);
      CHECK(u.pool(key) == Pool{2, 2});
      // It is full, so the next one waits as the rule says.
      CHECK(u.stateOf(u.id, u.joinAs(Sector::company)) == PlaceState::waiting);
    }
  }
}

TEST_CASE("a quota does not come back when more of its people have places by then", "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database, exampleEvent(10));
      const QuotaId quota = u.addQuota(1);
      const ParticipantId first = u.joinAs(Sector::company);
      const UndoOffer offer = u.remove("/quotas/" + quota.text());
      const ParticipantId second = u.joinAs(Sector::company);
      REQUIRE(u.stateOf(u.id, second) == PlaceState::confirmed);
      CHECK(u.takeBack(offer).status == 409);
      CHECK(u.quotas().empty());
      CHECK(u.pool({PoolKey::Kind::quota, quota.value}) == Pool{1, 0});
      for (const ParticipantId each : {first, second})
        CHECK_FALSE(u.host().read([&](ReadTx& tx) { return store::findParticipant(tx, u.id, each)->quota; }));
    }
  }
}

TEST_CASE("a quota whose removal gave somebody a place is gone", "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database, exampleEvent(10));
      const QuotaId quota = u.addQuota(1);
      u.joinAs(Sector::company);
      const ParticipantId waiting = u.joinAs(Sector::company);
      REQUIRE(u.stateOf(u.id, waiting) == PlaceState::waiting);
      CHECK(u.remove("/quotas/" + quota.text()).action.empty());
      CHECK(u.stateOf(u.id, waiting) == PlaceState::confirmed);
      CHECK(u.aside() == 0);
      CHECK_FALSE(u.pool({PoolKey::Kind::quota, quota.value}));
    }
  }
}

TEST_CASE("a quota can be removed when its people have been put aside, who come back without it", "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database, exampleEvent(10));
      const QuotaId quota = u.addQuota(1);
      const ParticipantId first = u.joinAs(Sector::company);
      REQUIRE(u.change([&](WriteTx& tx) { return store::putAside(tx, u.id); }) == 1);
      REQUIRE_FALSE(u.remove("/quotas/" + quota.text()).action.empty());
      u.forgetBefore(u.id, std::chrono::seconds(1));
      u.change([&](WriteTx& tx) {
        store::takeBack(tx, u.id);
        return 0;
      });
      CHECK(u.stateOf(u.id, first) == PlaceState::confirmed);
      CHECK_FALSE(u.host().read([&](ReadTx& tx) { return store::findParticipant(tx, u.id, first)->quota; }));
    }
  }
}

TEST_CASE("an hour after it was removed nothing is kept", "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database);
      const SessionId session = u.addWorkshop(u.id, 4);
      const FileId picture = u.addPicture(), file = u.addFile();
      const MaterialId gone = u.addMaterial({.title = {.fi = "Esitys"}, .file = file});
      u.addMaterial({.session = session, .title = {.fi = "Tallenne"}, .link = "https://example.org"});
      const QuotaId quota = u.addQuota(1);
      std::vector<UndoOffer> offers{u.removeSession(session), u.remove("/quotas/" + quota.text()),
                                u.remove("/materials/" + gone.text()), u.remove("/picture")};
      REQUIRE(u.aside() == 4);
      const auto events = [&](Instant before) {
        return u.host().read([&](ReadTx& tx) { return store::eventsWithRemoved(tx, before); });
      };
      CHECK(events(now() - std::chrono::hours(1)).empty());
      CHECK(events(now() + std::chrono::seconds(1)) == std::vector{u.id});
      u.forgetBefore(u.id, -std::chrono::hours(1));
      CHECK(u.aside() == 4);
      CHECK((u.isFile(picture) && u.isFile(file)));
      u.forgetBefore(u.id, std::chrono::seconds(1));
      CHECK(u.aside() == 0);
      CHECK_FALSE((u.isFile(picture) || u.isFile(file)));
      CHECK_FALSE(u.pool({PoolKey::Kind::session, session.value}));
      CHECK_FALSE(u.pool({PoolKey::Kind::quota, quota.value}));
      REQUIRE(u.materials().size() == 1);
      for (const UndoOffer& offer : offers) {
        REQUIRE_FALSE(offer.action.empty());
        CHECK(u.takeBack(offer).status == 409);
      }
    }
  }
}

TEST_CASE("a draft takes along what was put aside of it", "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database, draftEvent());
      const FileId picture = u.addPicture(), file = u.addFile();
      const MaterialId material = u.addMaterial({.title = {.fi = "Esitys"}, .file = file});
      u.remove("/picture");
      u.remove("/materials/" + material.text());
      REQUIRE(u.oona.post(u.page("/remove")).status == 303);
      u.forgetBefore(u.id, std::chrono::seconds(1));
      CHECK(u.aside() == 0);
      CHECK_FALSE((u.isFile(picture) || u.isFile(file)));
    }
  }
}

TEST_CASE("a draft that was removed by mistake comes back whole, for the one who removed it", "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database, draftEvent());
      auto other = u.organiser(), stranger = u.organiser(kUusimaa);
      const SessionId session = u.addWorkshop(u.id, 4);
      const FileId picture = u.addPicture();
      const std::string series = u.change([&](WriteTx& tx) {
        const SeriesId made = store::insertSeries(tx, {.id = {}, .region = kPirkanmaa, .title = {.fi = "Aluekierros"}});
        store::putInSeries(tx, u.id, made);
        return made.text();
      });
      const std::string said = u.goOn(u.oona.post(u.page("/remove")));
      CHECK_THAT(said, Contains("Tapahtuma on poistettu") && !Contains("Verkostopäivä"));
      const UndoOffer offer = testing::undoOfferOn(said);
      REQUIRE(offer.action == u.page("/restore"));
      for (const char* rest : {"", "/manage", "/edit", "/programme", "/series"}) {
        INFO(rest);
        CHECK(u.oona.get(u.page(rest)).status == 404);
      }
      for (const char* rest : {"/publish", "/remove", "/copy", "/keep"}) {
        INFO(rest);
        CHECK(u.oona.post(u.page(rest), {{"day", "2030-04-20"}}).status == 404);
      }
      CHECK_THAT(bodyOf(u.oona.get("/fi/events/series/" + series)), !Contains("Verkostopäivä"));
      CHECK(stranger.post(offer.action, offer.fields).status == 403);
      CHECK(other.post(offer.action, offer.fields).status == 409);

      CHECK_THAT(u.goOn(u.takeBack(offer)), Contains("Verkostopäivä"));
      CHECK(u.sessions()[0].id == session);
      CHECK(u.host().read([&](ReadTx& tx) { return store::pictureOf(tx, u.id)->file; }) == picture);
      CHECK_THAT(bodyOf(u.oona.get("/fi/events/series/" + series)), Contains("Verkostopäivä"));
      CHECK_THAT(bodyOf(u.oona.get("/fi/events/manage")), Contains("Verkostopäivä"));
      CHECK(u.did("events.event.restore") == 1);
      CHECK(u.takeBack(offer).status == 409);
    }
  }
}

TEST_CASE("a template that was removed by mistake comes back, for an hour", "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database);
      REQUIRE(u.oona.post(u.page("/keep")).status == 303);
      const EventId kept{u.id.value + 1};
      const std::string copies = u.page(kept, "/copy");
      const auto isListed = [&] { return bodyOf(u.oona.get("/fi/events/manage")).find(copies) != std::string::npos; };
      const UndoOffer offer = u.offered(u.page(kept, "/remove"));
      CHECK_FALSE(isListed());
      u.forgetBefore(kept, -std::chrono::hours(1));
      REQUIRE(u.takeBack(offer).status == 303);
      CHECK(isListed());
      const UndoOffer again = u.offered(u.page(kept, "/remove"));
      u.forgetBefore(kept, std::chrono::seconds(1));
      CHECK(u.takeBack(again).status == 404);
      CHECK(u.asideIn(kept) == 0);
    }
  }
}
