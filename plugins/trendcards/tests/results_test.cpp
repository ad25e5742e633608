// Results of sessions: their page, their files, and what is done with them.
#include <catch2/catch.hpp>

// What its headers ask of who has no code from before its version 11.
#define POINTERHOLDER_TRANSITION 4
#include <nlohmann/json.hpp>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include "events.h"
#include "toimela/archive.h"
#include "view/report.h"
#include "workshop.h"

using namespace toimela;
using namespace toimela::trendcards;
using Catch::Contains;
using testing::bodyOf;

namespace {

std::string languageOf(const std::string& file) {
  QPDF pdf;
  pdf.processMemoryFile("result", file.data(), file.size());
  return pdf.getRoot().getKey("/Lang").getUTF8Value();
}

}  // namespace

TEST_CASE("the facilitator sees the order of the cards and how far people agree", "[trendcards][results]") {
  for (const auto& database : testing::databases()) {
    CAPTURE(database.name);
    Workshop w(database);
    const auto session = w.heldAndEnded();
    const Response page = w.editor.get(w.path(session));
    REQUIRE(page.status == 200);
    const std::string body = bodyOf(page);
    CHECK_THAT(body, Contains("Syysseminaarin työpaja"));
    CHECK_THAT(body, Contains("Mikä meillä muuttuu?"));
    CHECK_THAT(body, Contains("Yksimielisyys: vahva."));
    CHECK_THAT(body, Contains("Kendallin W on 1"));
    CHECK(body.find("Kortti 3") < body.find("Kortti 1"));
    CHECK(body.find("Kortti 1") < body.find("Kortti 2"));
    CHECK_THAT(bodyOf(w.editor.get("/sv/trendcards/sessions/" + session.text() + "/results")), Contains("Enighet: stark."));
    CHECK_THAT(bodyOf(w.editor.get("/en/trendcards/sessions/" + session.text() + "/results")),
               Contains("Agreement: strong."));
  }
}

TEST_CASE("two people are too few for a word about agreement, and a session without answers says so",
          "[trendcards][results]") {
  Workshop w(testing::databases().front());
  const auto session = w.hold(Exercise::rank);
  CHECK_THAT(bodyOf(w.editor.get(w.path(session))), Contains("Vastauksia ei ole vielä."));
  w.rank(session, {1, 2, 3});
  w.rank(session, {1, 2, 3});
  CHECK_THAT(bodyOf(w.editor.get(w.path(session))), Contains("vastauksia on liian vähän"));
}

TEST_CASE("the plane is a drawing with its table beside it", "[trendcards][results]") {
  for (const auto& database : testing::databases()) {
    CAPTURE(database.name);
    Workshop w(database);
    const auto session = w.hold(Exercise::impact);
    for (int i = 1; i <= 5; ++i) w.place(session, 2, i, 4);
    w.place(session, 5, 5, 5);
    w.end(session);
    const std::string body = bodyOf(w.editor.get(w.path(session)));
    CHECK_THAT(body, Contains("role=\"img\""));
    CHECK_THAT(body, Contains("Näkemykset jakautuivat korteissa: Kortti 2."));
    CHECK_THAT(body, Contains("2–4"));
    CHECK_THAT(body, Contains("liian vähän vastauksia"));
  }
}

TEST_CASE("what people wrote is shown as they wrote it, and is never markup", "[trendcards][results]") {
  Workshop w(testing::databases().front());
  const auto session = w.hold(Exercise::ideas);
  w.give(session, {.kind = ContributionKind::idea, .card = 2, .text = "<b>Yhteinen</b> *bussi* | a & b"});
  w.give(session, {.kind = ContributionKind::note, .text = "Muista\nkuntavaalit"});
  w.end(session);
  CHECK_THAT(bodyOf(w.editor.get(w.path(session))), Contains("&lt;b&gt;Yhteinen&lt;/b&gt; *bussi*"));
  const std::string markdown = bodyOf(w.editor.get(w.path(session, "?format=md")));
  CHECK_THAT(markdown, Contains("\\<b\\>Yhteinen\\</b\\> \\*bussi\\* \\| a \\& b"));
  CHECK_THAT(markdown, Contains("Muista kuntavaalit"));
}

TEST_CASE("a result is taken along as PDF, XLSX, Markdown and JSON", "[trendcards][results]") {
  Workshop w(testing::databases().front());
  const auto session = w.heldAndEnded();
  const Response pdf = w.editor.get(w.path(session, "?format=pdf"));
  CHECK(bodyOf(pdf).substr(0, 5) == "%PDF-");
  for (const char* language : {"fi", "sv", "en"}) {
    const std::string path = w.path(session, "?format=pdf").replace(1, 2, language);
    CHECK(languageOf(bodyOf(w.editor.get(path))) == language);
  }
  CHECK_THAT(std::string(pdf.headers.find("Content-Disposition").value_or("")), Contains("tyopajan-tulokset-" + session.text() + ".pdf"));
  CHECK(bodyOf(w.editor.get(w.path(session, "?format=xlsx"))).substr(0, 2) == "PK");
  const auto json = nlohmann::json::parse(bodyOf(w.editor.get(w.path(session, "?format=json"))));
  CHECK(json.at("ranking").at(0).at("card").at("trend") == 13);
  CHECK(json.at("ranking").at(0).at("weight") == 100);
  CHECK(json.at("agreement").at("strength") == "strong");
  CHECK(json.at("participants") == 4);
  CHECK(w.editor.get(w.path(session, "?format=exe")).status == 200);  // no such file: the page
}

TEST_CASE("the Markdown of a ranking is as it was agreed", "[trendcards][results]") {
  Workshop w(testing::databases().front());
  const auto session = w.heldAndEnded();
  std::string markdown = bodyOf(w.editor.get("/en/trendcards/sessions/" + session.text() + "/results?format=md"));
  const std::string day = showDate(Date::today(), Locale::en);
  markdown.replace(markdown.find(day), day.size(), "DAY");
  CHECK(markdown ==
        "# Syysseminaarin työpaja\n\n"
        "> Mikä meillä muuttuu?\n\n"
        "- Työn trendit fi, version 1\n- Pirkanmaa\n- DAY\n- 4 participants\n- 4 answered\n"
        "\n## Ranking\n"
        "\nAgreement: strong.\n"
        "\nKendall’s W is 1 (0: everybody has an order of their own, 1: all have the same).\n"
        "\nWhen two people had ranked the same two cards, they agreed 100 times in a hundred (50 by chance). There were "
        "18 comparisons.\n"
        "\nThe weight tells how important a card was compared with the other cards of the same people. 100: the most "
        "important for everybody who drew it. 50: as important as the others. 0: the least important for everybody.\n"
        "\n| Place | No. | Card | Weight | People | Put first |\n"
        "| ---: | ---: | --- | ---: | ---: | ---: |\n"
        "| 1 | 3 | Kortti 3 | 100 | 4 | 4 |\n"
        "| 2 | 1 | Kortti 1 | 50 | 4 | 0 |\n"
        "| 3 | 2 | Kortti 2 | 0 | 4 | 0 |\n"
        "\nThe results are calculated from the participants’ answers. Nobody is named in them.\n");
}

TEST_CASE("nobody but those who lead sessions in the region see a result", "[trendcards][results]") {
  for (const auto& database : testing::databases()) {
    CAPTURE(database.name);
    Workshop w(database);
    const auto session = w.heldAndEnded();
    const std::string api = "/api/v1/trendcards/sessions/" + session.text() + "/result";
    CHECK(w.site.visitor().get(w.path(session)).status == 303);
    CHECK(w.site.visitor().get(api).status == 401);
    auto other = w.site.signedIn(w.site.person("Mauri", "Muualta", {{Role::contactPerson, region("01"), {}}}));
    CHECK(other.get(w.path(session)).status == 403);
    CHECK(other.get(api).status == 403);
    CHECK(other.post(w.path(session, "/share")).status == 403);
    CHECK(other.post(w.path(session, "/withdraw")).status == 403);
    CHECK(w.editor.get(api).status == 200);
    CHECK(w.editor.get("/fi/trendcards/sessions/98765/results").status == 404);
    CHECK(other.get("/fi/regions/pirkanmaa/trendcards/results").status == 403);
  }
}

TEST_CASE("participants see the result by the link, as long as it is shared", "[trendcards][results]") {
  for (const auto& database : testing::databases()) {
    CAPTURE(database.name);
    Workshop w(database);
    const auto session = w.heldAndEnded();
    CHECK(w.site.visitor().get("/fi/trendcards/results/abc").status == 404);
    CHECK(w.editor.post(w.path(session, "/share")).status == 303);
    const auto keyOf = [&] { return w.read([&](ReadTx& tx) { return store::recordOf(tx, session).shareKey; }); };
    const std::string key = keyOf().value();
    CHECK(key.size() >= 20);
    CHECK_THAT(bodyOf(w.editor.get(w.path(session))), Contains("/fi/trendcards/results/" + key));
    auto participant = w.site.visitor();
    const Response shared = participant.get("/fi/trendcards/results/" + key);
    CHECK(shared.status == 200);
    CHECK_THAT(bodyOf(shared), Contains("Kortti 3"));
    CHECK_THAT(bodyOf(shared), !Contains("/withdraw"));
    CHECK(bodyOf(participant.get("/fi/trendcards/results/" + key + "?format=pdf")).substr(0, 5) == "%PDF-");
    // Sharing twice is the same link.
    w.editor.post(w.path(session, "/share"));
    CHECK(keyOf() == key);
    w.editor.post(w.path(session, "/unshare"));
    CHECK(participant.get("/fi/trendcards/results/" + key).status == 404);
    w.editor.post(w.path(session, "/share"));
    CHECK(keyOf() != key);
    w.site.switchPlugin("trendcards", "06", false);
    CHECK(participant.get("/fi/trendcards/results/" + keyOf().value()).status == 404);
  }
}

TEST_CASE("nothing is handed on while people still answer", "[trendcards][results]") {
  Workshop w(testing::databases().front());
  const auto session = w.hold(Exercise::rank);
  w.rank(session, {1, 2, 3});
  for (const char* deed : {"/share", "/attach", "/deposit", "/withdraw"}) {
    CAPTURE(deed);
    CHECK(w.editor.post(w.path(session, deed)).status == 409);
  }
  CHECK_THAT(bodyOf(w.editor.get(w.path(session))), Contains("vielä käynnissä"));
}

TEST_CASE("a region keeps the results of its sessions in a list", "[trendcards][results]") {
  for (const auto& database : testing::databases()) {
    CAPTURE(database.name);
    Workshop w(database);
    const auto session = w.heldAndEnded();
    const auto open = w.hold(Exercise::story);
    const std::string body = bodyOf(w.editor.get("/fi/regions/pirkanmaa/trendcards/results"));
    CHECK_THAT(body, Contains("/fi/trendcards/sessions/" + session.text() + "/results"));
    CHECK_THAT(body, !Contains("/fi/trendcards/sessions/" + open.text() + "/results"));
    CHECK_THAT(bodyOf(w.editor.get("/fi/regions/pirkanmaa/trendcards/results?format=csv")),
               Contains("Syysseminaarin työpaja"));
  }
}

namespace {

/// The materials of an event that another plugin keeps.
constexpr Sql kMaterials{"test.materials",
                         "SELECT CAST(COUNT(*) AS BIGINT) FROM events_material WHERE file_id IS NOT NULL"};

}  // namespace

TEST_CASE("a result that is attached to an event stands among its materials", "[trendcards][results]") {
  for (const auto& database : testing::databases()) {
    CAPTURE(database.name);
    Workshop w(database);
    const auto session = w.heldAndEnded();
    CHECK_THAT(bodyOf(w.editor.get(w.path(session))), Contains("ei ole viime viikkojen"));
    const std::int64_t key = addEvent(w.editor, 2);
    CHECK(w.editor.post(w.path(session, "/attach"), {{"event", "98765"}}).status == 422);
    CHECK(w.editor.post(w.path(session, "/attach"), {}).status == 422);
    CHECK(w.read([](ReadTx& tx) { return tx.value<std::int64_t>(kMaterials); }) == 0);
    CHECK(w.editor.post(w.path(session, "/attach"), {{"event", std::to_string(key)}}).status == 303);
    CHECK(w.read([](ReadTx& tx) { return tx.value<std::int64_t>(kMaterials); }) == 1);
    const std::string page = bodyOf(w.editor.get(w.path(session)));
    CHECK_THAT(page, Contains("/fi/events/" + std::to_string(key)) && Contains("Tulokset ovat tapahtuman aineistoissa"));
    CHECK_THAT(bodyOf(w.editor.get("/fi/events/" + std::to_string(key))), Contains("Syysseminaarin työpaja"));
  }
}
