// The way of a publication from a form to the archive, as its makers and readers meet it.
#include <catch2/catch.hpp>

#include "archive.h"

using namespace toimela;
using namespace toimela::publications;
using Catch::Matchers::Contains;
using testing::bodyOf;
using testing::locationOf;

namespace {

Sent form(Sent more = {}) {
  Sent sent{{"title_fi", "Järjestöt oppimisen mahdollistajina"}, {"kind", "handbook"}, {"issued", "2017"},
            {"language", "fi"},  {"creators", "Mikkonen, Sanna-Leena"}, {"licence", "by"}, {"subjects", "education"}};
  for (auto& [name, value] : more) {
    std::erase_if(sent, [&](const auto& each) { return each.first == name; });
    sent.emplace_back(name, value);
  }
  return sent;
}

PublicationId idIn(const std::string& location) {
  const auto from = location.find("/publications/") + 14;
  return PublicationId{std::stoll(location.substr(from))};
}

}  // namespace

TEST_CASE("a publication is written, handed in, reviewed, published, cited and withdrawn", "[publications][pages]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Archive a(database);
      auto visitor = a.site.visitor();
      CHECK(a.editor.get("/fi/regions/pirkanmaa/publications/new").status == 200);
      CHECK(visitor.get("/fi/regions/pirkanmaa/publications/new").status == 303);
      const auto made = a.editor.post("/fi/regions/pirkanmaa/publications/new", form());
      REQUIRE(made.status == 303);
      const auto id = idIn(locationOf(made));
      CHECK(visitor.get(a.page(id)).status == 404);
      // The short address of a draft does not even say that there is one.
      const auto draftAddress = "/fi/p/" + a.find(id).shortCode;
      CHECK(visitor.get(draftAddress).status == 404);
      CHECK(a.editor.get(draftAddress).status == 303);
      CHECK_THAT(bodyOf(a.editor.get(a.page(id))), Contains("Luonnos"));
      CHECK_THAT(bodyOf(visitor.get("/fi/publications")), !Contains("oppimisen"));

      // A transcript beside the sound: both are files, with a version of the first.
      CHECK(a.upload(a.editor, a.page(id, "/files/new"), {{"role", "main"}, {"label", "Käsikirja"}}, "kasikirja.pdf", pdf()).status == 303);
      CHECK_THAT(bodyOf(a.editor.get(a.page(id))), Contains("Tiedostoa ei ole merkitty saavutettavaksi"));
      const auto part = a.parts(id).front().id.text();
      CHECK(a.upload(a.editor, a.page(id, "/files/" + part + "/version"), {{"note", "Kirjoitusvirheet korjattu"}}, "kasikirja2.pdf", pdf()).status == 303);
      CHECK(a.editor.post(a.page(id, "/files/" + part + "/edit"), {{"role", "main"}, {"label", "Käsikirja"}, {"accessible", "1"}}).status == 303);
      CHECK(a.upload(a.editor, a.page(id, "/files/new"), {{"role", "main"}}, "ohjelma.exe", "MZ\x90").status == 422);
      CHECK(a.upload(a.editor, a.page(id, "/files/new"), {{"role", "main"}}, "tyhja.pdf", "").status == 422);
      CHECK(a.parts(id).size() == 1);

      CHECK(a.editor.post(a.page(id, "/step"), {{"step", "publish"}}).status == 403);
      CHECK(a.editor.post(a.page(id, "/step"), {{"step", "submit"}}).status == 303);
      CHECK(a.find(id).state == State::review);
      CHECK_THAT(bodyOf(a.reviewer.get("/fi/publications/work")), Contains("Odottaa tarkistusta"));
      CHECK_THAT(bodyOf(a.reviewer.get("/fi/dashboard")), Contains("1 julkaisu odottaa tarkistusta"));
      CHECK(a.reviewer.post(a.page(id, "/step"), {{"step", "publish"}}).status == 303);

      const auto body = bodyOf(visitor.get(a.page(id)));
      for (const char* text : {"Järjestöt oppimisen", "Käsikirja", "saavutettava", "2 versiota", "Kirjoitusvirheet", "BibTeX",
                               "application/ld+json", "creativecommons.org"})
        CHECK_THAT(body, Contains(text));
      CHECK_THAT(bodyOf(visitor.get("/fi/publications")), Contains("oppimisen"));
      CHECK_THAT(bodyOf(visitor.get("/fi")), Contains("oppimisen"));
      CHECK_THAT(bodyOf(visitor.get("/fi/regions/pirkanmaa/publications")), Contains("oppimisen"));
      CHECK_THAT(bodyOf(visitor.get("/fi/regions/lappi/publications")), !Contains("oppimisen"));
      CHECK_THAT(bodyOf(visitor.get("/fi/publications?kind=video")), Contains("Näillä rajauksilla ei löytynyt"));
      CHECK_THAT(bodyOf(visitor.get("/fi/publications?kind=handbook&year=2017&language=fi&subject=education&region=06")), Contains("oppimisen"));
      CHECK_THAT(bodyOf(visitor.get("/fi/publications?year=1871")), Contains("<option value=\"1871\" selected>"));
      CHECK_THAT(bodyOf(visitor.get("/fi/publications/atom.xml")), Contains("oppimisen"));
      CHECK_THAT(bodyOf(visitor.get("/fi/publications/sitemaps/1")), Contains("/sv/publications/" + id.text()));
      CHECK_THAT(bodyOf(visitor.get(a.page(id, "/cite/bibtex"))), Contains("@book{Mikkonen2017"));
      CHECK_THAT(bodyOf(visitor.get(a.page(id, "/cite/ris"))), Contains("TY  - BOOK"));
      CHECK_THAT(bodyOf(visitor.get(a.page(id, "/cite/csl"))), Contains("\"book\""));
      CHECK(visitor.get(a.page(id, "/cite/word")).status == 404);

      const auto shortPath = "/p/" + a.find(id).shortCode;
      CHECK(visitor.get(shortPath).status == 302);
      CHECK_THAT(locationOf(visitor.get("/fi" + shortPath)), Contains("/publications/" + id.text()));
      CHECK(visitor.get("/fi/p/00000000").status == 404);

      // What is in the archive is changed by reviewers alone.
      CHECK(a.editor.get(a.page(id, "/edit")).status == 403);
      CHECK(a.editor.post(a.page(id, "/withdraw"), {{"why", "Vanhentunut"}}).status == 403);
      CHECK(a.reviewer.post(a.page(id, "/files/" + part + "/remove")).status == 403);
      CHECK(a.reviewer.post(a.page(id, "/withdraw"), {{"why", ""}}).status == 422);
      CHECK(a.reviewer.post(a.page(id, "/withdraw"), {{"why", "Vanhentunut"}}).status == 303);
      const auto gone = visitor.get(a.page(id));
      CHECK(gone.status == 410);
      CHECK_THAT(bodyOf(gone), Contains("Vanhentunut"));
      CHECK(visitor.get(a.page(id, "/files/" + part)).status == 404);
      CHECK_THAT(bodyOf(visitor.get("/fi/publications")), !Contains("oppimisen"));
      CHECK(a.reviewer.post(a.page(id, "/remove")).status == 403);
      CHECK(a.reviewer.post(a.page(id, "/step"), {{"step", "restore"}}).status == 303);
      CHECK(visitor.get(a.page(id)).status == 200);
    }
  }
}

TEST_CASE("nonsense comes back with its reason at its field, and what was typed", "[publications][pages]") {
  Archive a(testing::databases().front());
  const std::string path = "/fi/regions/pirkanmaa/publications/new";
  const std::vector<std::pair<std::pair<std::string, std::string>, std::string>> wrong{
      {{"title_fi", ""}, "title"},           {{"issued", "30.2.2019"}, "14.5.2019"},
      {{"isbn", "978-952-7055-25-1"}, "Tarkista ISBN"}, {{"issn", "1234-5678"}, "Tarkista ISSN"},
      {{"identifier", "ei osoite"}, "URN-tunnus"},      {{"creators", "Suntio, Marianne; 1234"}, "Suntio, Marianne; 1234"},
      {{"version_of", "javascript:x"}, "https://"},     {{"kind", "novel"}, "kind"},
      {{"language", "xx"}, "language"},                 {{"embargo", "huomenna"}, "embargo"}};
  for (const auto& [field, message] : wrong) {
    INFO(field.first);
    const auto answer = a.editor.post(path, form({field}));
    CHECK(answer.status == 422);
    CHECK_THAT(bodyOf(answer), Contains(message));
  }
  CHECK(a.editor.post(path, form({{"kind", "thesis"}, {"creators", ""}})).status == 422);
}

TEST_CASE("what two people change at once is not lost", "[publications][pages]") {
  Archive a(testing::databases().front());
  const auto id = a.add(example());
  CHECK(a.editor.post(a.page(id, "/edit"), form({{"title_fi", "Ensin"}, {"revision", "1"}})).status == 303);
  const auto late = a.editor.post(a.page(id, "/edit"), form({{"publisher", "Myöhemmin"}, {"revision", "1"}}));
  CHECK(late.status == 409);
  CHECK_THAT(bodyOf(late), Contains("sillä välin"));
  CHECK(a.find(id).title.fi == "Ensin");
  CHECK(a.editor.post(a.page(id, "/remove")).status == 303);
  CHECK(a.editor.get(a.page(id)).status == 404);
}

TEST_CASE("files open when the embargo ends, and downloads of people are counted once", "[publications][pages]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Archive a(database);
      auto closed = example();
      closed.embargo = Date::today().plusDays(10);
      const auto id = a.publish(closed);
      CHECK(a.upload(a.reviewer, a.page(id, "/files/new"), {{"role", "main"}}, "a.pdf", pdf()).status == 303);
      const auto file = a.page(id, "/files/" + a.parts(id).front().id.text());
      auto visitor = a.site.visitor();
      CHECK_THAT(bodyOf(visitor.get(a.page(id))), Contains("Tiedostot avautuvat"));
      CHECK(visitor.get(file).status == 403);
      CHECK(a.reviewer.get(file).status == 200);
      auto open = a.find(id);
      open.embargo.reset();
      CHECK_FALSE(a.write([&](WriteTx& tx) { return operations::save(tx, open, kEverything); }));
      Headers firefox;
      firefox.set("User-Agent", "Mozilla/5.0 Firefox/115.0");
      for (int i = 0; i < 3; ++i) CHECK(visitor.send(Method::get, file, firefox, "").status == 200);
      CHECK(visitor.get(file).status == 200);
      CHECK(visitor.get(file + "/versions/1").status == 200);
      CHECK(visitor.get(file + "/versions/2").status == 404);
      CHECK(a.read([&](ReadTx& tx) { return store::downloadsOf(tx, id); }) == 1);
    }
  }
}

TEST_CASE("the form asks for what the kind has, and asks anew when the kind changes", "[publications][pages]") {
  Archive a(testing::databases().front());
  const std::string path = "/fi/regions/pirkanmaa/publications/new";
  CHECK_THAT(bodyOf(a.editor.get(path)), Contains(path + "?kind=podcast") && !Contains("name=\"title_fi\""));
  const auto podcast = bodyOf(a.editor.get(path + "?kind=podcast"));
  for (const char* heading : {"Mikä se on", "Kuka sen teki", "Mihin se kuuluu", "Tunnisteet", "Käyttöoikeudet"})
    CHECK_THAT(podcast, Contains(std::string(heading) + "</h2>"));
  CHECK_THAT(podcast, Contains("name=\"issn\"") && !Contains("name=\"isbn\""));
  CHECK_THAT(bodyOf(a.editor.get(path + "?kind=thesis")), Contains("name=\"isbn\"") && !Contains("name=\"editors\""));

  // Without a script: what was typed stays, and the fields of the other kind are there.
  const auto changed = a.editor.post(path, form({{"asked", "podcast"}, {"kind", "handbook"}}));
  CHECK(changed.status == 422);
  CHECK_THAT(bodyOf(changed), Contains("Laji vaihtui") && Contains("name=\"isbn\"") && Contains("oppimisen"));
  CHECK(a.editor.post(path, form({{"asked", "handbook"}, {"kind", "handbook"}})).status == 303);

  // What stands in a field is shown, whatever the kind.
  auto odd = example();
  odd.kind = Kind::video;
  odd.isbn = Isbn::parse("978-952-7055-25-0");
  const auto id = a.add(odd);
  if (odd.isbn) CHECK_THAT(bodyOf(a.editor.get(a.page(id, "/edit"))), Contains("name=\"isbn\""));
  CHECK_THAT(bodyOf(a.editor.get(a.page(id, "/edit"))), Contains("name=\"editors\""));
}
