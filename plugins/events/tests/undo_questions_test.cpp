// A question that was removed, or a planned message that was cancelled, by mistake is taken back.
#include "undoing.h"

using namespace toimela;
using namespace toimela::events;
using Catch::Contains;

TEST_CASE("a question comes back to its place, and what hangs on it is asked because of it again", "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database);
      auto other = u.organiser(), stranger = u.organiser(kUusimaa), visitor = u.site.visitor();
      const auto ask = [&](const char* label, const char* kind, const char* options, const char* condition) {
        REQUIRE(u.oona.post(u.page("/questions/new"), {{"label_fi", label},
                                                         {"kind", kind},
                                                         {"options_fi", options},
                                                         {"asked_of", "participant"},
                                                         {"condition", condition}}).status == 303);
      };
      ask("Syötkö?", "choice", "Kyllä\nEi", "");
      ask("Ruokavalio", "text", "", "syotko=kylla");
      const auto asked = [&] { return u.host().read([&](ReadTx& tx) { return store::questionsOf(tx, u.id); }); };
      const auto before = asked();
      REQUIRE(before.size() == 2);
      const std::string path = "/questions/" + before[0].id.text();
      const UndoOffer offer = u.remove(path);
      REQUIRE(offer.action == u.page("/restore"));
      REQUIRE(asked().size() == 1);
      CHECK_FALSE(asked()[0].condition);
      CHECK_THAT(bodyOf(visitor.get(u.page())), !Contains("Syötkö?"));
      CHECK(u.oona.get(u.page(path + "/edit")).status == 404);
      CHECK(u.oona.post(u.page(path + "/remove")).status == 404);

      SECTION("for who removed it") {
        Sent partAlone = offer.fields;
        std::erase_if(partAlone, [](const auto& field) { return field.first != "part"; });
        CHECK(stranger.post(offer.action, offer.fields).status == 403);
        CHECK(other.post(offer.action, offer.fields).status == 409);
        CHECK(u.oona.post(offer.action, partAlone).status == 409);
        CHECK_THAT(u.goOn(u.takeBack(offer)), Contains("Muutos on kumottu") && Contains("Syötkö?"));
        REQUIRE(asked().size() == 2);
        CHECK(asked()[0].id == before[0].id);
        CHECK(asked()[0].options.size() == 2);
        CHECK(asked()[1].condition == before[1].condition);
        CHECK(u.did("events.question.restore") == 1);
        CHECK(u.takeBack(offer).status == 409);
      }
      SECTION("not when another one has its key") {
        ask("Syötkö?", "text", "", "");
        CHECK(u.takeBack(offer).status == 409);
        CHECK(u.aside() == 0);
        REQUIRE(asked().size() == 2);
        CHECK(asked()[1].kind == QuestionKind::text);
        CHECK_FALSE(asked()[0].condition);
      }
      SECTION("not behind what hangs on it") {
        ask("Nimi lappuun", "text", "", "");
        for (int times = 0; times < 2; ++times)
          REQUIRE(u.oona.post(u.page("/questions/" + before[1].id.text() + "/up")).status == 303);
        u.change([&](WriteTx& tx) {
          static constexpr Sql kLast{"test.last", "UPDATE events_question SET position = 9 WHERE id = :id"};
          return tx.run(kLast, before[0].id);
        });
        CHECK(u.takeBack(offer).status == 409);
        CHECK(asked().size() == 2);
        CHECK(u.did("events.question.restore") == 0);
      }
      SECTION("for an hour") {
        u.forgetBefore(u.id, -std::chrono::hours(1));
        CHECK(u.aside() == 1);
        u.forgetBefore(u.id, std::chrono::seconds(1));
        CHECK(u.aside() == 0);
        CHECK(u.takeBack(offer).status == 409);
        CHECK_FALSE(asked()[0].condition);
      }
    }
  }
}

TEST_CASE("a message for later that was cancelled by mistake goes out at its time", "[events][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing u(database);
      auto other = u.organiser(), stranger = u.organiser(kUusimaa);
      REQUIRE(u.oona.post(u.page("/message"), {{"group", "confirmed"},
                                                 {"subject", "Tervetuloa"},
                                                 {"text", "Ovet aukeavat yhdeksältä."},
                                                 {"send_at", "2099-01-01T09:00"}}).status == 303);
      const auto waiting = [&] { return u.host().read([&](ReadTx& tx) { return store::scheduledOf(tx, u.id); }); };
      REQUIRE(waiting().size() == 1);
      const store::ScheduledMessage message = waiting()[0];
      const std::string path = u.page("/message/" + message.id.text());
      const UndoOffer offer = u.offered(path + "/cancel");
      REQUIRE(offer.action == path + "/restore");
      CHECK(waiting().empty());
      // Who cancels it once more has nothing to take back.
      CHECK(u.offered(path + "/cancel").action.empty());

      SECTION("for who cancelled it") {
        CHECK(stranger.post(offer.action, offer.fields).status == 403);
        CHECK(other.post(offer.action, offer.fields).status == 409);
        CHECK(u.oona.post(offer.action).status == 409);
        CHECK(waiting().empty());
        CHECK_THAT(u.goOn(u.takeBack(offer)), Contains("Muutos on kumottu") && Contains("Tervetuloa"));
        REQUIRE(waiting().size() == 1);
        CHECK(waiting()[0].text == message.text);
        CHECK(waiting()[0].sendAt == message.sendAt);
        CHECK(u.did("events.message.restore") == 1);
        CHECK(u.takeBack(offer).status == 409);
      }
      SECTION("not when its time is over") {
        u.change([&](WriteTx& tx) {
          static constexpr Sql kOver{"test.over", "UPDATE events_scheduled_message SET send_at = 1 WHERE id = :id"};
          return tx.run(kOver, message.id);
        });
        CHECK(u.takeBack(offer).status == 409);
        CHECK(waiting().empty());
      }
      SECTION("not when the event was called off") {
        REQUIRE(u.oona.post(u.page("/cancel"), {{"reason", "Lakko"}}).status == 303);
        CHECK(u.takeBack(offer).status == 409);
        CHECK(waiting().empty());
      }
    }
  }
}
