// A removal that was a mistake is taken back by whoever made it.
#include <catch2/catch.hpp>

#include <algorithm>
#include <functional>

#include "domain/material.h"
#include "domain/removed.h"
#include "operations/materials.h"
#include "operations/organising.h"
#include "store/attendance.h"
#include "store/managing.h"
#include "store/materials.h"
#include "store/pictures.h"
#include "store/questions.h"
#include "store/removed.h"
#include "store/retention.h"
#include "store/scheduled.h"
#include "store/series.h"
#include "toimela/files.h"
#include "visit.h"

using namespace toimela;
using namespace toimela::events;
using Catch::Contains;
using testing::bodyOf;

namespace {

using Part = Removed::Part;

const RegionCode kUusimaa = region("01");

/// The form that the message of a page offers.
struct Offer {
  std::string action;
  Sent fields;

  std::string part() const {
    for (const auto& [name, value] : fields)
      if (name == "part") return value;
    return {};
  }
};

std::string between(const std::string& text, const std::string& before, const std::string& after) {
  const auto from = text.find(before);
  if (from == std::string::npos) return {};
  const auto begin = from + before.size();
  return text.substr(begin, text.find(after, begin) - begin);
}

Offer offerOn(const std::string& page) {
  const std::string form = between(between(page, "notice--success flash", "</div>"), "<form ", "</form>");
  Offer offer{between(form, "action=\"", "\""), {}};
  for (auto at = form.find("<input"); at != std::string::npos; at = form.find("<input", at + 1)) {
    const std::string input = form.substr(at, form.find('>', at) - at);
    const std::string name = between(input, "name=\"", "\"");
    if (name != "csrf") offer.fields.emplace_back(name, between(input, "value=\"", "\""));
  }
  return offer;
}

struct Undoing : Visit {
  using Visit::Visit;

  testing::Visitor organiser(RegionCode where = kPirkanmaa) {
    return site.signedIn(site.person("Oona" + std::to_string(++organisers), "Organisoija",
                                     {{Role::contactPerson, where, {}}}));
  }
  /// The page that an answer leads to.
  std::string goOn(testing::Visitor& who, const Response& answer) {
    REQUIRE(answer.status == 303);
    return bodyOf(who.get(std::string(answer.headers.find("Location").value())));
  }
  Offer remove(testing::Visitor& who, EventId event, const std::string& what, Sent sent = {}) {
    return offerOn(goOn(who, who.post(page(event, what + "/remove"), std::move(sent))));
  }
  Offer removeSession(testing::Visitor& who, EventId event, SessionId session) {
    return remove(who, event, "/programme/" + session.text(), {{"reason", "Peruuntui"}});
  }

  FileId addFile() {
    static constexpr Sql kFile{"test.file",
                               "INSERT INTO core_file (stored_name, name, type, size, sha256, created_at) "
                               "VALUES (:name, 'kuva.png', 'image/png', 1, :name, 0) RETURNING id"};
    return change([&](WriteTx& tx) { return tx.value<FileId>(kFile, "file" + std::to_string(++filesMade)); });
  }
  bool isFile(FileId file) {
    return host().read([&](ReadTx& tx) { return files::find(tx, file).has_value(); });
  }
  FileId addPicture(EventId event) {
    const FileId file = addFile();
    change([&](WriteTx& tx) {
      store::setPicture(tx, event, {file, {"Ihmisiä", "Människor", "People"}});
      return 0;
    });
    return file;
  }
  MaterialId addMaterial(EventId event, const Material& material) {
    return change([&](WriteTx& tx) { return store::insertMaterial(tx, event, material); });
  }
  std::vector<Material> materialsOf(EventId event) {
    return host().read([&](ReadTx& tx) { return store::materialsOf(tx, event); });
  }
  std::vector<Session> sessionsOf(EventId event) {
    return host().read([&](ReadTx& tx) { return store::sessionsOf(tx, event); });
  }
  std::vector<Quota> quotasOf(EventId event) {
    return host().read([&](ReadTx& tx) { return store::quotasOf(tx, event); });
  }
  std::optional<Pool> pool(EventId event, PoolKey key) {
    const Places places = host().read([&](ReadTx& tx) { return store::loadPlaces(tx, event); });
    return places.find(key) ? std::optional(*places.find(key)) : std::nullopt;
  }
  std::size_t asideIn(EventId event) {
    return host().read([&](ReadTx& tx) { return store::removedOf(tx, event).size(); });
  }
  ParticipantId joinAs(EventId event, Sector sector) {
    Registration one = registration(1);
    one.sector = sector;
    return std::get<operations::Registered>(submit(event, one)).registration.participants.front().id;
  }
  void save(EventId event, const std::function<void(Event&)>& edit) {
    REQUIRE(change([&](WriteTx& tx) {
      Event saved = *store::findEvent(tx, event);
      edit(saved);
      return store::updateEvent(tx, saved);
    }));
  }
  void forgetBefore(EventId event, std::chrono::seconds fromNow) {
    operate([&](WriteTx& tx) { operations::forgetRemoved(tx, event, tx.time() + fromNow); });
  }
  /// How often that stands in the audit log.
  std::int64_t did(const std::string& action) {
    static constexpr Sql kDid{"test.did", "SELECT CAST(COUNT(*) AS BIGINT) FROM core_audit WHERE action = :action"};
    return host().read([&](ReadTx& tx) { return tx.value<std::int64_t>(kDid, action); });
  }

  int organisers = 0, filesMade = 0;
};

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
      auto oona = u.organiser(), other = u.organiser(), stranger = u.organiser(kUusimaa), visitor = u.site.visitor();
      const EventId id = u.addEvent(exampleEvent(5));
      const FileId file = u.addFile();
      const MaterialId material = u.addMaterial(id, {.title = {.fi = "Esitys"}, .file = file});
      const Offer offer = u.remove(oona, id, "/materials/" + material.text());
      REQUIRE(offer.action == u.page(id, "/restore"));
      CHECK(u.materialsOf(id).empty());
      CHECK_THAT(bodyOf(visitor.get(u.page(id))), !Contains("Esitys"));
      CHECK(visitor.get(u.page(id, "/files/" + file.text())).status == 404);
      CHECK(oona.get(u.page(id, "/materials/" + material.text() + "/edit")).status == 404);

      CHECK(visitor.post(offer.action, offer.fields).status != 303);
      CHECK(stranger.post(offer.action, offer.fields).status == 403);
      CHECK(other.post(offer.action, offer.fields).status == 409);
      CHECK(oona.post(offer.action, {{"part", offer.part()}}).status == 409);
      CHECK(oona.post(u.page(u.addEvent(exampleEvent(5)), "/restore"), offer.fields).status == 409);
      CHECK(u.materialsOf(id).empty());

      CHECK_THAT(u.goOn(oona, oona.post(offer.action, offer.fields)), Contains("Muutos on kumottu") && Contains("Esitys"));
      REQUIRE(u.materialsOf(id).size() == 1);
      CHECK(u.materialsOf(id)[0].id == material);
      CHECK(u.materialsOf(id)[0].file == file);
      CHECK(u.isFile(file));
      CHECK(u.did("events.material.restore") == 1);

      // Removed once more, the first button takes nothing back.
      CHECK(oona.post(offer.action, offer.fields).status == 409);
      REQUIRE(u.operate([&](WriteTx& tx) { return operations::removeMaterial(tx, id, material); }).isDone);
      CHECK(u.did("events.material.remove") == 2);
      CHECK_FALSE(u.operate([&](WriteTx& tx) { return operations::removeMaterial(tx, id, material); }).isDone);
    }
  }
}

TEST_CASE("who may no longer organise takes nothing back", "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database);
      auto oona = u.organiser();
      const EventId id = u.addEvent(exampleEvent(5));
      const MaterialId material = u.addMaterial(id, {.title = {.fi = "Esitys"}, .link = "https://example.org"});
      const Offer offer = u.remove(oona, id, "/materials/" + material.text());
      static constexpr Sql kMove{"test.move", "UPDATE events_event SET region = '01' WHERE id = :id"};
      u.change([&](WriteTx& tx) { return tx.run(kMove, id); });
      CHECK(oona.post(offer.action, offer.fields).status == 403);
      CHECK(u.materialsOf(id).empty());
    }
  }
}

TEST_CASE("a question comes back to its place, and what hangs on it is asked because of it again", "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database);
      auto oona = u.organiser(), other = u.organiser();
      auto stranger = u.organiser(kUusimaa);
      auto visitor = u.site.visitor();
      const EventId id = u.addEvent(exampleEvent(5));
      const auto ask = [&](const char* label, const char* kind, const char* options, const char* condition) {
        REQUIRE(oona.post(u.page(id, "/questions/new"), {{"label_fi", label},
                                                         {"kind", kind},
                                                         {"options_fi", options},
                                                         {"asked_of", "participant"},
                                                         {"condition", condition}}).status == 303);
      };
      ask("Syötkö?", "choice", "Kyllä\nEi", "");
      ask("Ruokavalio", "text", "", "syotko=kylla");
      const auto asked = [&] { return u.host().read([&](ReadTx& tx) { return store::questionsOf(tx, id); }); };
      const auto before = asked();
      REQUIRE(before.size() == 2);
      const std::string path = "/questions/" + before[0].id.text();
      const Offer offer = u.remove(oona, id, path);
      REQUIRE(offer.action == u.page(id, "/restore"));
      REQUIRE(asked().size() == 1);
      CHECK_FALSE(asked()[0].condition);
      CHECK_THAT(bodyOf(visitor.get(u.page(id))), !Contains("Syötkö?"));
      CHECK(oona.get(u.page(id, path + "/edit")).status == 404);
      CHECK(oona.post(u.page(id, path + "/remove")).status == 404);

      SECTION("for who removed it") {
        CHECK(stranger.post(offer.action, offer.fields).status == 403);
        CHECK(other.post(offer.action, offer.fields).status == 409);
        CHECK(oona.post(offer.action, {{"part", offer.part()}}).status == 409);
        CHECK_THAT(u.goOn(oona, oona.post(offer.action, offer.fields)), Contains("Muutos on kumottu") && Contains("Syötkö?"));
        REQUIRE(asked().size() == 2);
        CHECK(asked()[0].id == before[0].id);
        CHECK(asked()[0].options.size() == 2);
        CHECK(asked()[1].condition == before[1].condition);
        CHECK(u.did("events.question.restore") == 1);
        CHECK(oona.post(offer.action, offer.fields).status == 409);
      }
      SECTION("not when another one has its key") {
        ask("Syötkö?", "text", "", "");
        CHECK(oona.post(offer.action, offer.fields).status == 409);
        CHECK(u.asideIn(id) == 0);
        REQUIRE(asked().size() == 2);
        CHECK(asked()[1].kind == QuestionKind::text);
        CHECK_FALSE(asked()[0].condition);
      }
      SECTION("not behind what hangs on it") {
        ask("Nimi lappuun", "text", "", "");
        for (int times = 0; times < 2; ++times)
          REQUIRE(oona.post(u.page(id, "/questions/" + before[1].id.text() + "/up")).status == 303);
        u.change([&](WriteTx& tx) {
          static constexpr Sql kLast{"test.last", "UPDATE events_question SET position = 9 WHERE id = :id"};
          return tx.run(kLast, before[0].id);
        });
        CHECK(oona.post(offer.action, offer.fields).status == 409);
        CHECK(asked().size() == 2);
        CHECK(u.did("events.question.restore") == 0);
      }
      SECTION("for an hour") {
        u.forgetBefore(id, -std::chrono::hours(1));
        CHECK(u.asideIn(id) == 1);
        u.forgetBefore(id, std::chrono::seconds(1));
        CHECK(u.asideIn(id) == 0);
        CHECK(oona.post(offer.action, offer.fields).status == 409);
        CHECK_FALSE(asked()[0].condition);
      }
    }
  }
}

TEST_CASE("a message for later that was cancelled by mistake goes out at its time", "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database);
      auto oona = u.organiser(), other = u.organiser();
      auto stranger = u.organiser(kUusimaa);
      const EventId id = u.addEvent(exampleEvent(5));
      REQUIRE(oona.post(u.page(id, "/message"), {{"group", "confirmed"},
                                                 {"subject", "Tervetuloa"},
                                                 {"text", "Ovet aukeavat yhdeksältä."},
                                                 {"send_at", "2099-01-01T09:00"}}).status == 303);
      const auto waiting = [&] { return u.host().read([&](ReadTx& tx) { return store::scheduledOf(tx, id); }); };
      REQUIRE(waiting().size() == 1);
      const store::ScheduledMessage message = waiting()[0];
      const std::string path = u.page(id, "/message/" + message.id.text());
      const Offer offer = offerOn(u.goOn(oona, oona.post(path + "/cancel")));
      REQUIRE(offer.action == path + "/restore");
      CHECK(waiting().empty());
      // Who cancels it once more has nothing to take back.
      CHECK(offerOn(u.goOn(oona, oona.post(path + "/cancel"))).action.empty());

      SECTION("for who cancelled it") {
        CHECK(stranger.post(offer.action, offer.fields).status == 403);
        CHECK(other.post(offer.action, offer.fields).status == 409);
        CHECK(oona.post(offer.action).status == 409);
        CHECK(waiting().empty());
        CHECK_THAT(u.goOn(oona, oona.post(offer.action, offer.fields)), Contains("Muutos on kumottu") && Contains("Tervetuloa"));
        REQUIRE(waiting().size() == 1);
        CHECK(waiting()[0].text == message.text);
        CHECK(waiting()[0].sendAt == message.sendAt);
        CHECK(u.did("events.message.restore") == 1);
        CHECK(oona.post(offer.action, offer.fields).status == 409);
      }
      SECTION("not when its time is over") {
        u.change([&](WriteTx& tx) {
          static constexpr Sql kOver{"test.over", "UPDATE events_scheduled_message SET send_at = 1 WHERE id = :id"};
          return tx.run(kOver, message.id);
        });
        CHECK(oona.post(offer.action, offer.fields).status == 409);
        CHECK(waiting().empty());
      }
      SECTION("not when the event was called off") {
        REQUIRE(oona.post(u.page(id, "/cancel"), {{"reason", "Lakko"}}).status == 303);
        CHECK(oona.post(offer.action, offer.fields).status == 409);
        CHECK(waiting().empty());
      }
    }
  }
}

TEST_CASE("a picture comes back unless the event has another one by then", "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database);
      auto oona = u.organiser(), visitor = u.site.visitor();
      const EventId id = u.addEvent(exampleEvent(5));
      const FileId file = u.addPicture(id);
      const Offer offer = u.remove(oona, id, "/picture");
      CHECK_THAT(bodyOf(visitor.get(u.page(id))), !Contains("<img"));
      CHECK(visitor.get(u.page(id, "/picture/" + file.text())).status == 404);
      REQUIRE(oona.post(offer.action, offer.fields).status == 303);
      CHECK_THAT(bodyOf(visitor.get(u.page(id))), Contains("alt=\"Ihmisiä\""));

      const Offer again = u.remove(oona, id, "/picture");
      const FileId another = u.addPicture(id);
      CHECK(oona.post(again.action, again.fields).status == 409);
      CHECK(u.host().read([&](ReadTx& tx) { return store::pictureOf(tx, id)->file; }) == another);
    }
  }
}

TEST_CASE("a session that nobody chose comes back with its places, its materials and who was in it",
          "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database);
      auto oona = u.organiser(), visitor = u.site.visitor();
      const EventId id = u.addEvent(exampleEvent(5));
      const SessionId session = u.addWorkshop(id, 4);
      const ParticipantId present = u.join(id, 1)[0];
      u.addMaterial(id, {.session = session, .title = {.fi = "Esitys"}, .link = "https://example.org"});
      u.change([&](WriteTx& tx) { return store::noteInSession(tx, present, session, tx.time()); });
      const auto attended = [&] {
        return u.host().read([&](ReadTx& tx) { return store::sessionAttendance(tx, id).size(); });
      };
      const Offer offer = u.removeSession(oona, id, session);
      REQUIRE(offer.action == u.page(id, "/restore"));
      CHECK(u.sessionsOf(id).empty());
      CHECK_FALSE(u.materialsOf(id)[0].session);
      CHECK(attended() == 0);
      CHECK_THAT(bodyOf(visitor.get(u.page(id))), !Contains("Työpaja"));
      // What is not in the programme is not chosen.
      CHECK(std::holds_alternative<operations::Refusal>(u.submit(id, u.registration(1, {session}))));

      CHECK_THAT(u.goOn(oona, oona.post(offer.action, offer.fields)), Contains("Työpaja"));
      REQUIRE(u.sessionsOf(id).size() == 1);
      CHECK(u.sessionsOf(id)[0].id == session);
      CHECK(u.sessionsOf(id)[0].capacity == 4);
      CHECK(u.materialsOf(id)[0].session == session);
      CHECK(attended() == 1);
      CHECK(std::holds_alternative<operations::Registered>(u.submit(id, u.registration(1, {session}))));
      CHECK(u.did("events.session.restore") == 1);
    }
  }
}

TEST_CASE("a session that somebody had chosen is gone: they have been told", "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database);
      auto oona = u.organiser();
      const EventId id = u.addEvent(exampleEvent(5));
      const SessionId session = u.addWorkshop(id, 4);
      REQUIRE(std::holds_alternative<operations::Registered>(u.submit(id, u.registration(1, {session}))));
      CHECK_THAT(bodyOf(oona.get(u.page(id, "/programme/" + session.text() + "/remove"))),
                 Contains("Poistoa ei voi kumota"));
      CHECK(u.removeSession(oona, id, session).action.empty());
      CHECK(u.sessionsOf(id).empty());
      CHECK(u.asideIn(id) == 0);
      CHECK_FALSE(u.pool(id, {PoolKey::Kind::session, session.value}));
    }
  }
}

TEST_CASE("a session does not come back into an event that was called off", "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database);
      auto oona = u.organiser();
      const EventId id = u.addEvent(exampleEvent(5));
      const SessionId morning = u.addWorkshop(id, 4), evening = u.addWorkshop(id, 4, 2);
      const Offer offer = u.removeSession(oona, id, morning);
      REQUIRE(oona.post(u.page(id, "/cancel"), {{"reason", "Lakko"}}).status == 303);
      CHECK(oona.post(offer.action, offer.fields).status == 409);
      CHECK(u.sessionsOf(id).size() == 1);
      CHECK(u.removeSession(oona, id, evening).action.empty());
    }
  }
}

TEST_CASE("a session does not come back into an event that ended meanwhile, a material does", "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database);
      const EventId id = u.addEvent(exampleEvent(5));
      const SessionId session = u.addWorkshop(id, 4);
      const MaterialId material = u.addMaterial(id, {.title = {.fi = "Esitys"}, .link = "https://example.org"});
      const Removed first{Part::session, session.value, inDays(-2)}, second{Part::material, material.value, inDays(-2)};
      REQUIRE(u.change([&](WriteTx& tx) { return store::putAside(tx, id, first) && store::putAside(tx, id, second); }));
      u.save(id, [](Event& event) {
        event.startsAt = inDays(-3);
        event.endsAt = inDays(-1);
      });
      CHECK_FALSE(u.operate([&](WriteTx& tx) { return operations::restore(tx, id, first); }));
      CHECK(u.sessionsOf(id).empty());
      CHECK(u.operate([&](WriteTx& tx) { return operations::restore(tx, id, second); }));
      CHECK(u.materialsOf(id).size() == 1);
    }
  }
}

TEST_CASE("a quota comes back with those who count in it, also who came meanwhile", "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database);
      auto oona = u.organiser();
      const EventId id = u.addEvent(exampleEvent(10));
      const QuotaId quota = u.change([&](WriteTx& tx) {
        return store::insertQuota(tx, id, {.name = {.fi = "Yritykset"}, .sectors = {Sector::company}, .capacity = 2});
      });
      const PoolKey key{PoolKey::Kind::quota, quota.value};
      u.joinAs(id, Sector::company);
      REQUIRE(u.pool(id, key) == Pool{2, 1});
      const Offer offer = u.remove(oona, id, "/quotas/" + quota.text());
      REQUIRE(offer.action == u.page(id, "/restore"));
      CHECK(u.quotasOf(id).empty());
      u.joinAs(id, Sector::company);
      CHECK(u.pool(id, key) == Pool{2, 0});
      CHECK_THAT(u.goOn(oona, oona.post(offer.action, offer.fields)), Contains("Yritykset"));
      REQUIRE(u.quotasOf(id).size() == 1);
      CHECK(u.quotasOf(id)[0].id == quota);
      CHECK(u.pool(id, key) == Pool{2, 2});
      // It is full, so the next one waits as the rule says.
      CHECK(u.stateOf(id, u.joinAs(id, Sector::company)) == PlaceState::waiting);
    }
  }
}

TEST_CASE("a quota does not come back when more of its people have places by then", "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database);
      auto oona = u.organiser();
      const EventId id = u.addEvent(exampleEvent(10));
      const QuotaId quota = u.change([&](WriteTx& tx) {
        return store::insertQuota(tx, id, {.name = {.fi = "Yritykset"}, .sectors = {Sector::company}, .capacity = 1});
      });
      const ParticipantId first = u.joinAs(id, Sector::company);
      const Offer offer = u.remove(oona, id, "/quotas/" + quota.text());
      const ParticipantId second = u.joinAs(id, Sector::company);
      REQUIRE(u.stateOf(id, second) == PlaceState::confirmed);
      CHECK(oona.post(offer.action, offer.fields).status == 409);
      CHECK(u.quotasOf(id).empty());
      CHECK(u.pool(id, {PoolKey::Kind::quota, quota.value}) == Pool{1, 0});
      for (const ParticipantId each : {first, second})
        CHECK_FALSE(u.host().read([&](ReadTx& tx) { return store::findParticipant(tx, id, each)->quota; }));
    }
  }
}

TEST_CASE("a quota whose removal gave somebody a place is gone", "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database);
      auto oona = u.organiser();
      const EventId id = u.addEvent(exampleEvent(10));
      const QuotaId quota = u.change([&](WriteTx& tx) {
        return store::insertQuota(tx, id, {.name = {.fi = "Yritykset"}, .sectors = {Sector::company}, .capacity = 1});
      });
      u.joinAs(id, Sector::company);
      const ParticipantId waiting = u.joinAs(id, Sector::company);
      REQUIRE(u.stateOf(id, waiting) == PlaceState::waiting);
      CHECK(u.remove(oona, id, "/quotas/" + quota.text()).action.empty());
      CHECK(u.stateOf(id, waiting) == PlaceState::confirmed);
      CHECK(u.asideIn(id) == 0);
      CHECK_FALSE(u.pool(id, {PoolKey::Kind::quota, quota.value}));
    }
  }
}

TEST_CASE("a quota can be removed when its people have been put aside, who come back without it", "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database);
      auto oona = u.organiser();
      const EventId id = u.addEvent(exampleEvent(10));
      const QuotaId quota = u.change([&](WriteTx& tx) {
        return store::insertQuota(tx, id, {.name = {.fi = "Yritykset"}, .sectors = {Sector::company}, .capacity = 1});
      });
      const ParticipantId first = u.joinAs(id, Sector::company);
      REQUIRE(u.change([&](WriteTx& tx) { return store::putAside(tx, id); }) == 1);
      REQUIRE_FALSE(u.remove(oona, id, "/quotas/" + quota.text()).action.empty());
      u.forgetBefore(id, std::chrono::seconds(1));
      u.change([&](WriteTx& tx) {
        store::takeBack(tx, id);
        return 0;
      });
      CHECK(u.stateOf(id, first) == PlaceState::confirmed);
      CHECK_FALSE(u.host().read([&](ReadTx& tx) { return store::findParticipant(tx, id, first)->quota; }));
    }
  }
}

TEST_CASE("an hour after it was removed nothing is kept", "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database);
      auto oona = u.organiser();
      const EventId id = u.addEvent(exampleEvent(5));
      const SessionId session = u.addWorkshop(id, 4);
      const FileId picture = u.addPicture(id), file = u.addFile();
      const MaterialId gone = u.addMaterial(id, {.title = {.fi = "Esitys"}, .file = file});
      u.addMaterial(id, {.session = session, .title = {.fi = "Tallenne"}, .link = "https://example.org"});
      const QuotaId quota = u.change([&](WriteTx& tx) {
        return store::insertQuota(tx, id, {.name = {.fi = "Yritykset"}, .sectors = {Sector::company}, .capacity = 1});
      });
      std::vector<Offer> offers{u.removeSession(oona, id, session), u.remove(oona, id, "/quotas/" + quota.text()),
                                u.remove(oona, id, "/materials/" + gone.text()), u.remove(oona, id, "/picture")};
      REQUIRE(u.asideIn(id) == 4);
      const auto events = [&](Instant before) {
        return u.host().read([&](ReadTx& tx) { return store::eventsWithRemoved(tx, before); });
      };
      CHECK(events(now() - std::chrono::hours(1)).empty());
      CHECK(events(now() + std::chrono::seconds(1)) == std::vector{id});
      u.forgetBefore(id, -std::chrono::hours(1));
      CHECK(u.asideIn(id) == 4);
      CHECK((u.isFile(picture) && u.isFile(file)));
      u.forgetBefore(id, std::chrono::seconds(1));
      CHECK(u.asideIn(id) == 0);
      CHECK_FALSE((u.isFile(picture) || u.isFile(file)));
      CHECK_FALSE(u.pool(id, {PoolKey::Kind::session, session.value}));
      CHECK_FALSE(u.pool(id, {PoolKey::Kind::quota, quota.value}));
      REQUIRE(u.materialsOf(id).size() == 1);
      for (const Offer& offer : offers) {
        REQUIRE_FALSE(offer.action.empty());
        CHECK(oona.post(offer.action, offer.fields).status == 409);
      }
    }
  }
}

TEST_CASE("a draft takes along what was put aside of it", "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database);
      auto oona = u.organiser();
      Event draft = exampleEvent(5);
      draft.status = EventStatus::draft;
      const EventId id = u.addEvent(draft);
      const FileId picture = u.addPicture(id), file = u.addFile();
      const MaterialId material = u.addMaterial(id, {.title = {.fi = "Esitys"}, .file = file});
      u.remove(oona, id, "/picture");
      u.remove(oona, id, "/materials/" + material.text());
      REQUIRE(oona.post(u.page(id, "/remove")).status == 303);
      u.forgetBefore(id, std::chrono::seconds(1));
      CHECK(u.asideIn(id) == 0);
      CHECK_FALSE((u.isFile(picture) || u.isFile(file)));
    }
  }
}

TEST_CASE("a draft that was removed by mistake comes back whole, for the one who removed it", "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database);
      auto oona = u.organiser(), other = u.organiser(), stranger = u.organiser(kUusimaa);
      Event draft = exampleEvent(5);
      draft.status = EventStatus::draft;
      const EventId id = u.addEvent(draft);
      const SessionId session = u.addWorkshop(id, 4);
      const FileId picture = u.addPicture(id);
      const std::string series = u.change([&](WriteTx& tx) {
        const SeriesId made = store::insertSeries(tx, {.id = {}, .region = kPirkanmaa, .title = {.fi = "Aluekierros"}});
        store::putInSeries(tx, id, made);
        return made.text();
      });
      const std::string said = u.goOn(oona, oona.post(u.page(id, "/remove")));
      CHECK_THAT(said, Contains("Tapahtuma on poistettu") && !Contains("Verkostopäivä"));
      const Offer offer = offerOn(said);
      REQUIRE(offer.action == u.page(id, "/restore"));
      for (const char* rest : {"", "/manage", "/edit", "/programme", "/series"}) {
        INFO(rest);
        CHECK(oona.get(u.page(id, rest)).status == 404);
      }
      for (const char* rest : {"/publish", "/remove", "/copy", "/keep"}) {
        INFO(rest);
        CHECK(oona.post(u.page(id, rest), {{"day", "2030-04-20"}}).status == 404);
      }
      CHECK_THAT(bodyOf(oona.get("/fi/events/series/" + series)), !Contains("Verkostopäivä"));
      CHECK(stranger.post(offer.action, offer.fields).status == 403);
      CHECK(other.post(offer.action, offer.fields).status == 409);

      CHECK_THAT(u.goOn(oona, oona.post(offer.action, offer.fields)), Contains("Verkostopäivä"));
      CHECK(u.sessionsOf(id)[0].id == session);
      CHECK(u.host().read([&](ReadTx& tx) { return store::pictureOf(tx, id)->file; }) == picture);
      CHECK_THAT(bodyOf(oona.get("/fi/events/series/" + series)), Contains("Verkostopäivä"));
      CHECK_THAT(bodyOf(oona.get("/fi/events/manage")), Contains("Verkostopäivä"));
      CHECK(u.did("events.event.restore") == 1);
      CHECK(oona.post(offer.action, offer.fields).status == 409);
    }
  }
}

TEST_CASE("a template that was removed by mistake comes back, for an hour", "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database);
      auto oona = u.organiser();
      const EventId id = u.addEvent(exampleEvent(5));
      REQUIRE(oona.post(u.page(id, "/keep")).status == 303);
      const EventId kept{id.value + 1};
      const std::string copies = u.page(kept, "/copy");
      const auto isListed = [&] { return bodyOf(oona.get("/fi/events/manage")).find(copies) != std::string::npos; };
      const Offer offer = u.remove(oona, kept, "");
      CHECK_FALSE(isListed());
      u.forgetBefore(kept, -std::chrono::hours(1));
      REQUIRE(oona.post(offer.action, offer.fields).status == 303);
      CHECK(isListed());
      const Offer again = u.remove(oona, kept, "");
      u.forgetBefore(kept, std::chrono::seconds(1));
      CHECK(oona.post(again.action, again.fields).status == 404);
      CHECK(u.asideIn(kept) == 0);
    }
  }
}
