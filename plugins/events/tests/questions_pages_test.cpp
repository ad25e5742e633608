// Questions from the editor to the answers, over pages and on both databases.
#include <catch2/catch.hpp>

#include "domain/question.h"
#include "gathering.h"
#include "store/questions.h"

using namespace toimela;
using namespace toimela::events;

namespace {

using Sent = std::vector<std::pair<std::string, std::string>>;

Sent question(std::string label, std::string kind, std::string options = "", std::string required = "",
              std::string condition = "") {
  return {{"label_fi", std::move(label)}, {"kind", std::move(kind)},       {"options_fi", std::move(options)},
          {"asked_of", "participant"},    {"required", std::move(required)}, {"condition", std::move(condition)}};
}

Sent registering(std::vector<std::pair<std::string, std::string>> answers) {
  Sent sent{{"key", "0123456789abcdef0123"}, {"name", "Aino"}, {"email", "aino@example.org"},
            {"attends", "1"},                {"held", "0"},    {"mode", "each"}};
  sent.insert(sent.end(), answers.begin(), answers.end());
  return sent;
}

}  // namespace

TEST_CASE("an organiser asks, with a condition, and who registers answers", "[events][questions]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      const auto event = g.addEvent(exampleEvent(10));
      const std::string path = "/fi/events/" + event.text();
      auto organiser = g.site.signedIn(g.site.person("Olli", "Ohjaaja", {{Role::regionalAdmin, kPirkanmaa, {}}}));
      CHECK(organiser.post(path + "/questions/new", question("Syötkö?", "choice", "Kyllä\nEi", "1")).status == 303);
      CHECK(organiser.post(path + "/questions/new", question("Ruokavalio", "text", "", "1", "syotko=kylla")).status == 303);
      CHECK(organiser.post(path + "/questions/new", question("Väri", "choice", "Punainen")).status == 422);
      CHECK(organiser.post(path + "/questions/new", question("Koko", "text", "", "", "syotko=ehka")).status == 422);
      CHECK(organiser.post(path + "/questions/ready", {{"name", "accessibility"}}).status == 303);
      const auto asked = g.host().read([&](ReadTx& tx) { return store::questionsOf(tx, event); });
      REQUIRE(asked.size() == 3);
      CHECK(asked[0].options[1].key == "ei");
      CHECK(asked[1].condition == Condition{"syotko", "kylla"});
      CHECK(testing::bodyOf(organiser.get(path + "/questions")).find("Ruokavalio") != std::string::npos);

      auto visitor = g.site.visitor();
      const auto register_ = [&](Sent answers) { return visitor.post(path + "/register", registering(std::move(answers))); };
      CHECK(register_({}).status == 422);
      CHECK(register_({{"p0_q_syotko", "kylla"}}).status == 422);
      CHECK(register_({{"p0_q_syotko", "huomenna"}}).status == 422);
      CHECK(register_({{"p0_q_syotko", "ei"}, {"p0_q_ruokavalio", "ei kuulu kenellekään"}}).status == 303);
      g.host().read([&](ReadTx& tx) {
        const auto rows = store::participantsOf(tx, event, std::nullopt, "", 10, 0);
        REQUIRE(rows.size() == 1);
        CHECK(answersIn(rows[0].participant.answers) == std::vector<Answer>{{"syotko", {"ei"}}});
        return 0;
      });

      // Removing what another hangs on makes it asked always; the order is the organiser's.
      CHECK(organiser.post(path + "/questions/" + asked[1].id.text() + "/up").status == 303);
      CHECK(g.host().read([&](ReadTx& tx) { return store::questionsOf(tx, event); })[0].key == "syotko");
      CHECK(organiser.post(path + "/questions/" + asked[0].id.text() + "/remove").status == 303);
      const auto left = g.host().read([&](ReadTx& tx) { return store::questionsOf(tx, event); });
      REQUIRE(left.size() == 2);
      CHECK_FALSE(left[0].condition);
      auto stranger = g.site.signedIn(g.site.person("Toinen", "Alue", {{Role::regionalAdmin, region("01"), {}}}));
      CHECK(stranger.post(path + "/questions/new", question("Luvaton", "text")).status == 403);
    }
  }
}
