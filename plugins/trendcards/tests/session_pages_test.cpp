// Sessions as browsers meet them.
#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "requests.h"
#include "tests/sessions.h"
#include "view/session_forms.h"

using namespace toimela;
using namespace toimela::trendcards;
using Catch::Matchers::Contains;
using testing::bodyOf;
using testing::hidden;
using testing::locationOf;

namespace {

Sent rankingOf(const Participant& who, int first = 1) {
  Sent sent{{"what", "rank"}};
  for (std::size_t i = 0; i < who.hand.size(); ++i)
    sent.emplace_back("place_" + std::to_string(who.hand[i]), std::to_string((i + first - 1) % who.hand.size() + 1));
  return sent;
}

}  // namespace

TEST_CASE("a facilitator begins a session, people come in by its code, rank, and see the result", "[sessions]") {
  for (const auto& database : testing::databases()) {
    INFO(database.name);
    LiveWorkshop shop(database);
    const auto form = shop.facilitator.get("/fi/trendcards/sessions/new?edition=" + shop.edition.text());
    REQUIRE(form.status == 200);
    Sent sent{{"form_key", hidden(bodyOf(form), "form_key")}, {"edition", shop.edition.text()},
              {"title", "Iltapäivän työpaja"}, {"region", "06"}, {"exercise", "rank"}, {"question", ""},
              {"drawn", "3"}, {"dots", "3"}, {"minutes", "10"}, {"groups", "0"}, {"ceiling", "20"},
              {"closes", helsinkiText(now() + std::chrono::hours(5))}, {"naming", "optional"}};
    for (int card = 1; card <= 8; ++card) sent.emplace_back("cards", std::to_string(card));
    const auto begun = shop.facilitator.post("/fi/trendcards/sessions/new", sent);
    REQUIRE(begun.status == 303);
    const std::string path = locationOf(begun);
    const SessionId id{std::stoll(path.substr(path.rfind('/') + 1))};
    CHECK(locationOf(shop.facilitator.post("/fi/trendcards/sessions/new", sent)) == path);
    const Session session = shop.session(id);
    const auto control = bodyOf(shop.facilitator.get(path));
    CHECK_THAT(control, Contains("Iltapäivän työpaja") && Contains(JoinCode::parse(session.code)->shown()));
    CHECK(shop.facilitator.get(path + "/screen").status == 200);
    CHECK(shop.facilitator.get("/fi/regions/pirkanmaa/trendcards/sessions").status == 200);

    auto aino = shop.site.visitor();
    const std::string way = "/fi/t/" + session.code, join = "/fi/trendcards/join/" + session.code;
    const auto arrival = aino.get(way);
    REQUIRE(arrival.status == 200);
    const auto in = aino.post(join, {{"key", hidden(bodyOf(arrival), "key")}, {"nickname", "Aino"}});
    REQUIRE(in.status == 303);
    CHECK(locationOf(in) == way);
    CHECK_THAT(bodyOf(aino.get(way)), Contains("Aino"));
    // The answer was lost on its way, and the form is sent again by a browser that got no cookie.
    auto again = shop.site.visitor();
    again.get(way);
    CHECK(again.post(join, {{"key", hidden(bodyOf(arrival), "key")}, {"nickname", "Aino"}}).status == 303);
    CHECK(shop.session(id).participants == 1);

    const auto hand = shop.answers(session).participants.at(0);
    CHECK(aino.post(join + "/answers", rankingOf(hand)).status == 409);
    CHECK(shop.facilitator.post(path + "/phase", {{"phase", "voting"}}).status == 303);
    CHECK_THAT(bodyOf(aino.get(way)), Contains("name=\"place_" + std::to_string(hand.hand[0]) + "\""));
    Sent tie = rankingOf(hand);
    tie[1].second = tie[2].second;
    CHECK(aino.post(join + "/answers", tie).status == 422);
    CHECK(aino.post(join + "/answers", rankingOf(hand)).status == 303);
    CHECK(aino.post(join + "/answers", rankingOf(hand, 2)).status == 303);
    CHECK(shop.answers(session).rankings.size() == 1);

    CHECK(shop.facilitator.post(path + "/timer", {{"minutes", "5"}}).status == 303);
    const auto state = nlohmann::json::parse(bodyOf(aino.get(join + "/state")));
    CHECK(state["phase"] == "voting");
    CHECK(state["until"].get<std::int64_t>() > state["now"].get<std::int64_t>() + 290'000);
    CHECK(shop.facilitator.post(path + "/timer").status == 303);
    CHECK(nlohmann::json::parse(bodyOf(aino.get(join + "/state")))["until"].is_null());

    CHECK(shop.facilitator.post(path + "/end").status == 303);
    CHECK_THAT(bodyOf(aino.get(way)), Contains("Tärkeysjärjestys"));
    CHECK(aino.get(join + "/events").status == 204);
    CHECK(shop.site.visitor().get(way).status == 410);
  }
}

TEST_CASE("each exercise has its page in every phase, in three languages", "[sessions]") {
  for (const auto& database : testing::databases()) {
    INFO(database.name);
    LiveWorkshop shop(database);
    for (const Exercise exercise : kExercises) {
      INFO(kExercises.code(exercise));
      SessionPlan plan = shop.plan(exercise);
      plan.groups = 2;
      plan.asksSector = true;
      plan.naming = Naming::required;
      const Session session = shop.begin(plan);
      auto guest = shop.site.visitor();
      const std::string way = "/t/" + session.code, join = "/trendcards/join/" + session.code;
      guest.get("/fi" + way);
      CHECK(guest.post("/fi" + join, {{"nickname", ""}, {"group", "1"}}).status == 422);
      CHECK(guest.post("/fi" + join, {{"nickname", "Aino"}, {"group", "9"}}).status == 422);
      REQUIRE(guest.post("/fi" + join, {{"nickname", "Aino"}, {"group", "1"}, {"sector", "company"}}).status == 303);
      for (const Phase phase : phasesOf(exercise)) {
        shop.moveTo(session, phase);
        if (phase == Phase::working) {
          Sent text{{"what", "text"}, {"key", "k"}, {"card", "1"}, {"other_card", "2"}, {"text", "Sana sanasta"}};
          CHECK(guest.post("/fi" + join + "/answers", text).status == 303);
        }
        if (phase == Phase::discussing || phase == Phase::working)
          CHECK(guest.post("/fi" + join + "/answers",
                           {{"what", "note"}, {"note_key", "n"}, {"note_card", ""}, {"note_text", "Huomio"}}).status == 303);
        if (phase == Phase::voting && exercise == Exercise::impact)
          CHECK(guest.post("/fi" + join + "/answers", {{"what", "place"}, {"place_2", "4-5"}}).status == 303);
        if (phase == Phase::voting && exercise == Exercise::ideas) {
          const auto idea = shop.read([&](ReadTx& tx) { return store::ideasOf(tx, session.id).at(0); });
          CHECK(guest.post("/fi" + join + "/answers", {{"what", "dots"}, {"dots_" + idea.text(), "3"}}).status == 303);
          CHECK(guest.post("/fi" + join + "/answers", {{"what", "dots"}, {"dots_" + idea.text(), "4"}}).status == 422);
        }
        for (const char* language : {"/fi", "/sv", "/en"}) {
          CHECK(guest.get(language + way).status == 200);
          CHECK(shop.facilitator.get(language + std::string("/trendcards/sessions/") + session.id.text()).status == 200);
          CHECK(shop.facilitator.get(language + std::string("/trendcards/sessions/") + session.id.text() + "/screen")
                    .status == 200);
        }
      }
    }
  }
}

TEST_CASE("codes can not be guessed: an address that tries many is told nothing any more", "[sessions]") {
  for (const auto& database : testing::databases()) {
    INFO(database.name);
    LiveWorkshop shop(database);
    const Session session = shop.begin(shop.plan());
    auto inside = shop.site.visitor();
    inside.get("/fi/t/" + session.code);
    REQUIRE(inside.post("/fi/trendcards/join/" + session.code).status == 303);
    auto stranger = shop.site.visitor();
    CHECK(stranger.get("/fi/t/NONSENSE").status == 404);
    CHECK(stranger.get("/fi/t/KX7M4RPC").status == 404);
    CHECK(stranger.get("/fi/t/" + session.code).status == 200);
    int refused = 0;
    for (int i = 0; i < 40; ++i) refused += stranger.get("/fi/t/KX7M4RP" + std::string(1, "CDFGHJKM"[i % 8])).status == 429;
    CHECK(refused == 12);
    // Also a right one: else it would tell that it is right. Who is in stays in.
    CHECK(stranger.get("/fi/t/" + session.code).status == 429);
    CHECK(inside.get("/fi/t/" + session.code).status == 200);
  }
}

TEST_CASE("a page elsewhere can not lock a room out by asking for wrong codes", "[sessions]") {
  for (const auto& database : testing::databases()) {
    INFO(database.name);
    LiveWorkshop shop(database);
    const Session session = shop.begin(shop.plan());
    auto reader = shop.site.visitor();
    const auto from = [&](const char* site, const char* mode, const char* what, const std::string& path) {
      Headers headers;
      headers.set("Sec-Fetch-Site", site);
      headers.set("Sec-Fetch-Mode", mode);
      headers.set("Sec-Fetch-Dest", what);
      return reader.send(Method::get, path, headers, "").status;
    };
    const std::string wrong = "/fi/t/KX7M4RPC", right = "/fi/t/" + session.code;
    for (int i = 0; i < 35; ++i) CHECK(from("cross-site", "no-cors", "image", wrong) == 404);
    // Whoever embeds a right code does not learn that it is one.
    CHECK(from("cross-site", "no-cors", "image", right) == 404);
    CHECK(from("cross-site", "navigate", "document", right) == 200);
    int refused = 0;
    for (int i = 0; i < 35; ++i) refused += from("cross-site", "navigate", "document", wrong) == 429;
    CHECK(refused == 5);
    CHECK(from("cross-site", "navigate", "document", right) == 429);
    CHECK(from("same-origin", "navigate", "document", right) == 200);
    CHECK(from("none", "navigate", "document", right) == 200);
    CHECK(reader.get(right).status == 200);
  }
}

TEST_CASE("a full session says so and loses nobody", "[sessions]") {
  for (const auto& database : testing::databases()) {
    INFO(database.name);
    LiveWorkshop shop(database);
    SessionPlan plan = shop.plan();
    plan.ceiling = 1;
    const Session session = shop.begin(plan);
    auto first = shop.site.visitor(), second = shop.site.visitor();
    for (auto* guest : {&first, &second}) guest->get("/fi/t/" + session.code);
    CHECK(first.post("/fi/trendcards/join/" + session.code).status == 303);
    const auto refused = second.post("/fi/trendcards/join/" + session.code);
    CHECK(refused.status == 409);
    CHECK_THAT(bodyOf(refused), Contains("täynnä"));
    CHECK(second.post("/fi/trendcards/join/" + session.code + "/answers", {{"what", "rank"}}).status == 404);
    CHECK(second.get("/fi/trendcards/join/" + session.code + "/events").status == 404);
  }
}

TEST_CASE("who sends an incomplete ranking too late is told that it is too late", "[sessions]") {
  for (const auto& database : testing::databases()) {
    INFO(database.name);
    LiveWorkshop shop(database);
    const Session session = shop.begin(shop.plan());
    shop.moveTo(session, Phase::voting);
    auto guest = shop.site.visitor();
    guest.get("/fi/t/" + session.code);
    REQUIRE(guest.post("/fi/trendcards/join/" + session.code).status == 303);
    const std::string answers = "/fi/trendcards/join/" + session.code + "/answers";
    CHECK(guest.post(answers, {{"what", "rank"}}).status == 422);
    shop.moveTo(session, Phase::discussing);
    const auto late = guest.post(answers, {{"what", "rank"}});
    CHECK(late.status == 409);
    CHECK_THAT(bodyOf(late), Contains(shop.host().texts().get(Locale::fi, view::keyOf(AnswerProblem::notNow))));
  }
}

TEST_CASE("only who leads in the region sees the control page; a foreign session is not theirs", "[sessions]") {
  for (const auto& database : testing::databases()) {
    INFO(database.name);
    LiveWorkshop shop(database);
    const Session session = shop.begin(shop.plan());
    const std::string path = "/fi/trendcards/sessions/" + session.id.text();
    auto elsewhere = shop.site.signedIn(
        shop.site.person("Kalle", "Kainuu", {{Role::contactPerson, *RegionCode::parse("18"), {}}}));
    CHECK(elsewhere.get(path).status == 403);
    CHECK(elsewhere.post(path + "/phase", {{"phase", "done"}}).status == 403);
    CHECK(shop.site.visitor().get(path).status == 303);
    CHECK(shop.session(session.id).phase == Phase::lobby);
    Sent sent{{"edition", shop.edition.text()}, {"title", "x"}, {"region", "06"}, {"exercise", "rank"},
              {"drawn", "3"}, {"dots", "3"}, {"minutes", "10"}, {"groups", "0"}, {"ceiling", "20"},
              {"closes", helsinkiText(now() + std::chrono::hours(5))}, {"naming", "anonymous"}, {"cards", "1"}};
    CHECK(elsewhere.post("/fi/trendcards/sessions/new", sent).status == 422);
    CHECK(shop.facilitator.post("/fi/trendcards/sessions/new", sent).status == 422);
  }
}
