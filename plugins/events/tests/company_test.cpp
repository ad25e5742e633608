// What goes with an event: its picture, materials, series, those who organise it too, its network.
#include <catch2/catch.hpp>

#include "domain/material.h"
#include "operations/letters.h"
#include "operations/organising.h"
#include "requests.h"
#include "store/co_organisers.h"
#include "store/managing.h"
#include "store/materials.h"
#include "store/pictures.h"
#include "store/questions.h"
#include "store/series.h"
#include "visit.h"

using namespace toimela;
using namespace toimela::events;
using Catch::Contains;
using testing::bodyOf;

namespace {

/// One white dot.
const std::string kPng(
    "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\xda"
    "c\xfc\xff\xff?\3\0\6\5\2\xfe\x27\xde\xfc\x1b\0\0\0\0IEND\xae" "B`\x82", 70);
const std::string kPdf = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

struct Company : Visit {
  using Visit::Visit;

  Response upload(testing::Visitor& who, const std::string& path, const Sent& fields, const std::string& name,
                  const std::string& content) {
    std::vector<testing::SentFile> files;
    if (!name.empty()) files.push_back({"file", name, content});
    return testing::upload(who, path, fields, files);
  }

  Picture pictureOf(EventId event) {
    return host().read([&](ReadTx& tx) { return store::pictureOf(tx, event).value(); });
  }
  Event eventOf(EventId event) {
    return host().read([&](ReadTx& tx) { return store::findEvent(tx, event).value(); });
  }
  void share(EventId event, const CoOrganisers& others) {
    change([&](WriteTx& tx) {
      store::setCoOrganisers(tx, event, others);
      return 0;
    });
  }
};

const Sent kAlternative{{"alternative_fi", "Ihmisiä pöydän ääressä"},
                        {"alternative_sv", "Människor vid ett bord"},
                        {"alternative_en", "People at a table"}};

/// An event that began yesterday and is over.
Event heldEvent() {
  Event event = exampleEvent(10);
  event.startsAt = inDays(-1);
  event.endsAt = inDays(-1) + std::chrono::hours(6);
  return event;
}

}  // namespace

TEST_CASE("a picture is shown with what is to be seen in it, in every language", "[events][company][picture]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Company c(database);
      auto oona = c.organiser();
      const EventId id = c.addEvent(exampleEvent(5));
      REQUIRE(c.upload(oona, c.page(id, "/picture"), kAlternative, "kuva.png", kPng).status == 303);
      const Picture picture = c.pictureOf(id);
      auto visitor = c.site.visitor();
      const std::string path = "/events/" + id.text() + "/picture/" + picture.file.text();
      const std::string body = bodyOf(visitor.get(c.page(id)));
      CHECK_THAT(body, Contains("alt=\"Ihmisiä pöydän ääressä\"") && Contains("\"/fi" + path + "\"") &&
                           Contains("<meta property=\"og:image\" content=\"http://toimela.test/fi" + path + "\">") &&
                           Contains("\"image\":["));
      CHECK_THAT(bodyOf(visitor.get("/sv/events/" + id.text())), Contains("alt=\"Människor vid ett bord\""));
      const Response image = visitor.get("/fi" + path);
      REQUIRE(image.status == 200);
      CHECK(image.headers.find("Content-Type") == "image/png");
      CHECK(image.headers.find("Content-Disposition")->starts_with("inline"));
      CHECK(image.headers.find("X-Content-Type-Options") == "nosniff");
      CHECK_THAT(std::string(*image.headers.find("Content-Security-Policy")), Contains("sandbox"));

      // Described anew without a new file, then replaced, then removed: no file stays behind.
      Sent anew = kAlternative;
      anew[0].second = "Kahvitauko";
      REQUIRE(c.upload(oona, c.page(id, "/picture"), anew, "", "").status == 303);
      CHECK(c.pictureOf(id).file == picture.file);
      CHECK(c.pictureOf(id).alternative.fi == "Kahvitauko");
      REQUIRE(c.upload(oona, c.page(id, "/picture"), anew, "toinen.png", kPng).status == 303);
      const Picture second = c.pictureOf(id);
      CHECK(second.file != picture.file);
      CHECK_FALSE(c.isFile(picture.file));
      CHECK(visitor.get("/fi" + path).status == 404);
      REQUIRE(oona.post(c.page(id, "/picture/remove")).status == 303);
      CHECK_THAT(bodyOf(visitor.get(c.page(id))), !Contains("<img") && !Contains("og:image"));
      c.forgetBefore(id, std::chrono::seconds(1));
      CHECK_FALSE(c.isFile(second.file));
    }
  }
}

TEST_CASE("what is wrong with a picture is said at its field", "[events][company][picture]") {
  Company c(testing::databases().front());
  auto oona = c.organiser();
  const EventId id = c.addEvent(exampleEvent(5));
  const std::string path = c.page(id, "/picture");
  const auto said = [&](const Sent& fields, const std::string& name, const std::string& content) {
    const Response answer = c.upload(oona, path, fields, name, content);
    CHECK(answer.status == 422);
    return bodyOf(answer);
  };
  Sent withoutSwedish = kAlternative;
  withoutSwedish[1].second = "";
  CHECK_THAT(said(withoutSwedish, "kuva.png", kPng), Contains("id=\"f-alternative_sv-error\"") &&
                                                        Contains("Ihmisiä pöydän ääressä"));
  CHECK_THAT(said(kAlternative, "", ""), Contains("Valitse kuva."));
  CHECK_THAT(said(kAlternative, "kuva.png", kPdf), Contains("Tämä ei ole PNG-, JPEG- eikä WebP-kuva."));
  CHECK_THAT(said(kAlternative, "kuva.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
             Contains("Tämä ei ole PNG-, JPEG- eikä WebP-kuva."));
  CHECK_THAT(said(kAlternative, "kuva.png", kPng + std::string(5 * 1024 * 1024, '\0')), Contains("enintään 5 Mt"));
}

TEST_CASE("a picture of a draft or of an event for a few is not given to strangers", "[events][company][picture]") {
  Company c(testing::databases().front());
  auto oona = c.organiser(), stranger = c.organiser(kUusimaa), visitor = c.site.visitor();
  Event few = exampleEvent(5);
  few.visibility = Visibility::network;
  few.audience = "contacts.network:1";
  for (const EventId id : {c.addEvent(draftEvent()), c.addEvent(few)}) {
    REQUIRE(c.upload(oona, c.page(id, "/picture"), kAlternative, "kuva.png", kPng).status == 303);
    const std::string path = c.page(id, "/picture/" + c.pictureOf(id).file.text());
    CHECK(oona.get(path).status == 200);
    CHECK(oona.get(path).headers.find("Cache-Control")->starts_with("private"));
    CHECK(visitor.get(path).status == 404);
    CHECK(stranger.get(path).status == 404);
  }
  // By the number of another event it is not there either.
  const EventId other = c.addEvent(exampleEvent(5));
  CHECK(visitor.get(c.page(other, "/picture/1")).status == 404);
}

TEST_CASE("materials are on the page at once, those for participants only for participants",
          "[events][company][materials]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Company c(database);
      auto oona = c.organiser(), visitor = c.site.visitor();
      const EventId id = c.addEvent(heldEvent());
      const SessionId session = c.addWorkshop(id, 5);
      REQUIRE(c.upload(oona, c.page(id, "/materials/new"),
                       {{"title_fi", "Tallenne"}, {"title_sv", "Inspelning"}, {"link", "https://video.example.org/1"},
                        {"audience", "everyone"}}, "", "").status == 303);
      REQUIRE(c.upload(oona, c.page(id, "/materials/new"),
                       {{"title_fi", "Esitys"}, {"link", ""}, {"session", session.text()}, {"audience", "participants"}},
                       "esitys.pdf", kPdf).status == 303);
      const auto materials = c.materialsOf(id);
      REQUIRE(materials.size() == 2);
      const std::string file = c.page(id, "/files/" + materials[1].file->text());

      CHECK_THAT(bodyOf(visitor.get(c.page(id))),
                 Contains("https://video.example.org/1") && !Contains("Esitys") && Contains("vain osallistujille"));
      CHECK_THAT(bodyOf(visitor.get("/sv/events/" + id.text())), Contains("Inspelning"));
      CHECK(visitor.get(file).status == 404);
      CHECK_THAT(bodyOf(oona.get(c.page(id))), Contains("Esitys"));
      CHECK(oona.get(file).status == 200);

      // Whoever has a place finds it by signing in, or by the link in the letter.
      const PersonId person = c.site.person("Pauli", "Paikallinen");
      Event open = exampleEvent(5);
      const EventId coming = c.addEvent(open);
      Registration own = c.registration(1);
      own.person = person;
      const auto made = std::get<operations::Registered>(c.submit(coming, own)).registration;
      auto pauli = c.site.signedIn(person);
      REQUIRE(c.upload(oona, c.page(coming, "/materials/new"),
                       {{"title_fi", "Ennakkotehtävä"}, {"audience", "participants"}}, "tehtava.pdf", kPdf).status == 303);
      const std::string given = c.page(coming, "/files/" + c.materialsOf(coming)[0].file->text());
      CHECK_THAT(bodyOf(pauli.get(c.page(coming))), Contains("Ennakkotehtävä"));
      const Response download = pauli.get(given);
      CHECK(download.status == 200);
      CHECK_THAT(std::string(*download.headers.find("Content-Disposition")), Contains("attachment"));
      CHECK(visitor.get(given).status == 404);
      const std::string link = "/fi" + view::materialsPath(c.host(), made.participants[0]);
      CHECK_THAT(bodyOf(visitor.get(link)), Contains("Ennakkotehtävä"));
      // The private page of the registration leads there too.
      CHECK_THAT(bodyOf(visitor.get("/fi" + view::registrationPath(c.host(), made))),
                 Contains(view::materialsPath(c.host(), made.participants[0])));
      CHECK(visitor.get(link + "/" + c.materialsOf(coming)[0].file->text()).status == 200);
      CHECK(visitor.get(link + "/" + materials[1].file->text()).status == 404);
      CHECK(visitor.get(link + "x").status == 404);
    }
  }
}

TEST_CASE("a material is a link that is safe to follow, or a document", "[events][company][materials]") {
  for (const char* safe : {"https://example.org", "https://example.org/a?b=c#d", "https://video.example.org:8443/x"})
    CHECK(isSafeLink(safe));
  for (const char* unsafe : {"http://example.org", "javascript:alert(1)", "https://", "https:///x", "https://localhost/",
                             "https://user@example.org/", "https://example.org/a b", "https://example.org/\"><script>",
                             "https://example.org/\nBcc: a@example.org", "//example.org"})
    CHECK_FALSE(isSafeLink(unsafe));

  Company c(testing::databases().front());
  auto oona = c.organiser();
  const EventId id = c.addEvent(exampleEvent(5));
  const auto said = [&](const Sent& fields, const std::string& name, const std::string& content) {
    const Response answer = c.upload(oona, c.page(id, "/materials/new"), fields, name, content);
    CHECK(answer.status == 422);
    return bodyOf(answer);
  };
  const Sent base{{"title_fi", "Esitys"}, {"audience", "everyone"}};
  CHECK_THAT(said(base, "", ""), Contains("Anna linkki tai valitse tiedosto.") && Contains("id=\"f-link-error\""));
  Sent both = base;
  both.emplace_back("link", "https://example.org");
  CHECK_THAT(said(both, "esitys.pdf", kPdf), Contains("Anna vain toinen"));
  Sent unsafe = base;
  unsafe.emplace_back("link", "http://example.org");
  CHECK_THAT(said(unsafe, "", ""), Contains("Sen on alettava https://"));
  CHECK_THAT(said(base, "ohjelma.exe", "MZ\x90"), Contains("Tällaista tiedostoa ei voi lisätä"));
  CHECK_THAT(said(base, "esitys.pdf", kPdf.substr(0, kPdf.size() / 2)), Contains("vioittunut tai jäänyt kesken"));
  CHECK_THAT(said({{"title_fi", ""}, {"audience", "everyone"}}, "esitys.pdf", kPdf), Contains("vähintään yhdellä kielellä"));
  CHECK(c.materialsOf(id).empty());
}

TEST_CASE("each participant is written to about the materials once, and again when something was added",
          "[events][company][materials]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Company c(database);
      auto oona = c.organiser();
      Event event = exampleEvent(3);
      const EventId id = c.addEvent(event);
      c.join(id, 4);
      const auto add = [&](const char* title) {
        REQUIRE(c.upload(oona, c.page(id, "/materials/new"),
                         {{"title_fi", title}, {"link", "https://example.org"}, {"audience", "everyone"}}, "", "")
                    .status == 303);
      };
      const auto mailed = [&] {
        const auto all = c.letters();
        return std::count(all.begin(), all.end(), std::string(operations::kMaterials));
      };
      add("Esitys");
      // Before it has begun nobody was there.
      REQUIRE(oona.post(c.page(id, "/materials/mail")).status == 303);
      CHECK(mailed() == 0);
      c.change([&](WriteTx& tx) {
        Event held = *store::findEvent(tx, id);
        held.startsAt = inDays(-1);
        held.endsAt = inDays(-1) + std::chrono::hours(2);
        return store::updateEvent(tx, held);
      });
      for (int again = 0; again < 2; ++again) REQUIRE(oona.post(c.page(id, "/materials/mail")).status == 303);
      CHECK(mailed() == 3);
      add("Tallenne");
      REQUIRE(oona.post(c.page(id, "/materials/mail")).status == 303);
      CHECK(mailed() == 6);
    }
  }
}

TEST_CASE("of one event several are made at once, which show each other", "[events][company][series]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Company c(database);
      auto oona = c.site.signedIn(c.site.person(
          "Oona", "Organisoija", {{Role::contactPerson, kPirkanmaa, {}}, {Role::contactPerson, kUusimaa, {}}}));
      Event tour = exampleEvent(5);
      tour.startsAt = *parseHelsinkiTime("2030-03-20T09:00");
      tour.endsAt = *parseHelsinkiTime("2030-03-20T15:00");
      tour.address = "Pirkankatu 2";
      const EventId id = c.addEvent(tour);
      const Response made = oona.post(c.page(id, "/series"), {{"title_fi", "Aluekierros"},
                                                              {"title_sv", "Regionturné"},
                                                              {"day_1", "2030-04-10"},
                                                              {"region_1", "06"},
                                                              {"day_7", "2030-05-15"},
                                                              {"region_7", "01"}});
      REQUIRE(made.status == 303);
      const Event second = c.eventOf(EventId{id.value + 1}), third = c.eventOf(EventId{id.value + 2});
      CHECK(helsinkiText(second.startsAt) == "2030-04-10T09:00");
      CHECK(second.address == "Pirkankatu 2");
      CHECK(second.status == EventStatus::draft);
      CHECK(third.region == kUusimaa);
      CHECK(third.place.empty());
      CHECK(third.address.empty());

      auto visitor = c.site.visitor();
      // Drafts stay hidden until they are published.
      CHECK_THAT(bodyOf(visitor.get(c.page(id))), !Contains("Samassa sarjassa"));
      REQUIRE(oona.post(c.page(second.id, "/publish")).status == 303);
      CHECK_THAT(bodyOf(visitor.get(c.page(id))),
                 Contains("Aluekierros") && Contains("/fi/events/" + second.id.text() + "\"") &&
                     !Contains("/fi/events/" + third.id.text() + "\"") && Contains("\"superEvent\""));
      const std::string series = "/events/series/1";
      CHECK_THAT(bodyOf(visitor.get("/fi" + series)), Contains("10.4.2030") && !Contains("15.5.2030"));
      CHECK_THAT(bodyOf(visitor.get("/sv" + series)), Contains("Regionturné"));
      CHECK_THAT(bodyOf(oona.get("/fi" + series)), Contains("15.5.2030"));
      CHECK_THAT(bodyOf(oona.get(c.page(id, "/series"))), Contains("15.5.2030"));

      REQUIRE(oona.post("/fi" + series + "/edit", {{"title_fi", "Kierros 2030"}}).status == 303);
      CHECK_THAT(bodyOf(visitor.get("/fi" + series)), Contains("Kierros 2030"));
      auto stranger = c.organiser(region("18"));
      CHECK(stranger.get("/fi" + series + "/edit").status == 403);
      CHECK(visitor.get("/fi/events/series/999").status == 404);

      REQUIRE(oona.post(c.page(second.id, "/series/leave")).status == 303);
      CHECK_THAT(bodyOf(visitor.get("/fi" + series)), !Contains("10.4.2030"));
      REQUIRE(oona.post(c.page(second.id, "/series/join"), {{"series", "1"}}).status == 303);
      CHECK_THAT(bodyOf(visitor.get("/fi" + series)), Contains("10.4.2030"));
    }
  }
}

TEST_CASE("what can not be a series is said at its field", "[events][company][series]") {
  Company c(testing::databases().front());
  auto oona = c.organiser();
  const EventId id = c.addEvent(exampleEvent(5));
  const std::string own = Date::of(c.eventOf(id).startsAt).text();
  const auto said = [&](Sent fields) {
    const Response answer = oona.post(c.page(id, "/series"), std::move(fields));
    CHECK(answer.status == 422);
    return bodyOf(answer);
  };
  CHECK_THAT(said({{"title_fi", "Sarja"}}), Contains("Anna ainakin yksi päivä") && Contains("value=\"Sarja\""));
  CHECK_THAT(said({{"day_1", "2030-04-10"}, {"region_1", "06"}}), Contains("vähintään yhdellä kielellä"));
  CHECK_THAT(said({{"title_fi", "Sarja"}, {"day_1", "2030-04-10"}}), Contains("region_1-error"));
  CHECK_THAT(said({{"title_fi", "Sarja"}, {"day_1", own}, {"region_1", "06"}}), Contains("on jo sarjassa"));
  CHECK_THAT(said({{"title_fi", "Sarja"}, {"day_1", "2030-04-10"}, {"region_1", "06"}, {"day_2", "2030-04-10"},
                   {"region_2", "06"}}),
             Contains("day_2-error"));
  // Where one may not organise is no choice.
  CHECK_THAT(said({{"title_fi", "Sarja"}, {"day_1", "2030-04-10"}, {"region_1", "01"}}), Contains("region_1-error"));
  CHECK(c.site.visitor().get("/fi/events/series/1").status == 404);
}

TEST_CASE("who organises in a co-organising region manages the event and finds it in its lists",
          "[events][company][together]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Company c(database);
      const OrganisationId partner = c.site.organisation("Tuki ry", "01");
      auto oona = c.organiser(), uuno = c.organiser(kUusimaa), visitor = c.site.visitor();
      const EventId id = c.addEvent(exampleEvent(5));
      CHECK(uuno.get(c.page(id, "/manage")).status == 403);
      CHECK_THAT(bodyOf(visitor.get("/fi/regions/uusimaa/events")), !Contains("Verkostopäivä"));

      const Response shared =
          oona.post(c.page(id, "/co-organisers"), {{"regions", "01"}, {"organisation_1", "Tuki ry"}});
      REQUIRE(shared.status == 303);
      for (const char* rest : {"/manage", "/edit", "/participants", "/programme", "/materials", "/series"}) {
        INFO(rest);
        CHECK(uuno.get(c.page(id, rest)).status == 200);
      }
      // With whom it is shared stays with the one that it belongs to.
      CHECK(uuno.get(c.page(id, "/co-organisers")).status == 403);
      CHECK(uuno.post(c.page(id, "/co-organisers")).status == 403);
      CHECK(c.organiser(region("18")).get(c.page(id, "/manage")).status == 403);
      CHECK_THAT(bodyOf(uuno.get("/fi/events/manage")), Contains("Verkostopäivä"));

      const std::string body = bodyOf(visitor.get(c.page(id)));
      CHECK_THAT(body, Contains("Yhteistyössä") && Contains("Tuki ry") && Contains("Uusimaa") &&
                           Contains("/organisations/" + partner.text()));
      for (const char* path : {"/fi/regions/uusimaa/events", "/fi/regions/uusimaa/events/calendar.ics",
                               "/fi/regions/uusimaa/events/atom.xml", "/fi/regions/uusimaa"}) {
        INFO(path);
        CHECK_THAT(bodyOf(visitor.get(path)), Contains("Verkostopäivä"));
      }
      CHECK_THAT(bodyOf(visitor.get("/fi/regions/kainuu/events")), !Contains("Verkostopäivä"));

      CHECK_THAT(bodyOf(oona.post(c.page(id, "/co-organisers"), {{"organisation_2", "Olematon ry"}})),
                 Contains("organisation_2-error") && Contains("Tällaista organisaatiota ei löydy"));
      REQUIRE(oona.post(c.page(id, "/co-organisers")).status == 303);
      CHECK(uuno.get(c.page(id, "/manage")).status == 403);
    }
  }
}

TEST_CASE("a copy and a template take questions, programme, quotas, co-organisers and the picture along",
          "[events][company][copy]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Company c(database);
      auto oona = c.organiser();
      const EventId id = c.addEvent(exampleEvent(5));
      c.addWorkshop(id, 5);
      c.share(id, {.regions = {kUusimaa}, .organisations = {}});
      c.change([&](WriteTx& tx) {
        store::insertQuestion(tx, id, {.key = "lunch", .label = {.fi = "Lounas?"}, .isRequired = true});
        store::insertQuota(tx, id, {.name = {.fi = "Yritykset"}, .sectors = {Sector::company}, .capacity = 2});
        return 0;
      });
      REQUIRE(c.upload(oona, c.page(id, "/picture"), kAlternative, "kuva.png", kPng).status == 303);
      REQUIRE(c.upload(oona, c.page(id, "/materials/new"),
                       {{"title_fi", "Esitys"}, {"link", "https://example.org"}, {"audience", "everyone"}}, "", "")
                  .status == 303);
      REQUIRE(oona.post(c.page(id, "/copy"), {{"day", "2030-04-20"}}).status == 303);
      REQUIRE(oona.post(c.page(id, "/keep")).status == 303);
      const FileId file = c.pictureOf(id).file;
      for (const EventId copy : {EventId{id.value + 1}, EventId{id.value + 2}}) {
        CHECK(c.pictureOf(copy).file == file);
        CHECK(c.materialsOf(copy).empty());
        c.host().read([&](ReadTx& tx) {
          const auto questions = store::questionsOf(tx, copy);
          REQUIRE(questions.size() == 1);
          CHECK(questions[0].key == "lunch");
          CHECK(questions[0].isRequired);
          CHECK(store::quotasOf(tx, copy).size() == 1);
          CHECK(store::sessionsOf(tx, copy).size() == 1);
          CHECK(store::coOrganisersOf(tx, copy).regions == std::vector{kUusimaa});
          return true;
        });
      }
      // The picture of the original goes without taking that of its copies along.
      REQUIRE(oona.post(c.page(id, "/picture/remove")).status == 303);
      c.forgetBefore(id, std::chrono::seconds(1));
      CHECK(c.isFile(file));
      REQUIRE(oona.post(c.page(EventId{id.value + 1}, "/remove")).status == 303);
      c.forgetBefore(EventId{id.value + 1}, std::chrono::seconds(1));
      CHECK(c.isFile(file));
      REQUIRE(oona.post(c.page(EventId{id.value + 2}, "/remove")).status == 303);
      c.forgetBefore(EventId{id.value + 2}, std::chrono::seconds(1));
      CHECK_FALSE(c.isFile(file));
    }
  }
}

TEST_CASE("an event whose end is over counts as held", "[events][company][held]") {
  CHECK(stateOf(EventStatus::published, inDays(-1), now()) == "held");
  CHECK(stateOf(EventStatus::published, inDays(1), now()) == "published");
  CHECK(stateOf(EventStatus::cancelled, inDays(-1), now()) == "cancelled");
  CHECK(stateOf(EventStatus::draft, inDays(-1), now()) == "draft");
  Company c(testing::databases().front());
  auto oona = c.organiser();
  const EventId held = c.addEvent(heldEvent());
  CHECK_THAT(bodyOf(oona.get(c.page(held, "/manage"))), Contains(">pidetty<"));
  CHECK_THAT(bodyOf(oona.get("/fi/events/manage?time=past&status=held")), Contains("Verkostopäivä"));
  CHECK_THAT(bodyOf(oona.get("/fi/events/manage?time=past&status=published")), !Contains("Verkostopäivä"));
}

TEST_CASE("an event for a network is seen by its members, who are invited once", "[events][company][network]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Company c(database);
      const OrganisationId organisation = c.site.organisation("Jäsen ry", "06");
      const PersonId member = c.site.person("Milla", "Mukana"), outsider = c.site.person("Ulla", "Ulkona");
      // As the contacts plugin keeps it.
      constexpr Sql kNetwork{"test.network",
                             "INSERT INTO contacts_network (name_fi, name_sv, name_en, purpose_fi, purpose_sv, "
                             "purpose_en, kind, region, created_at, revision) VALUES ('Nuorten polut', '', '', '', '', '', "
                             "'theme', '06', 0, 1) RETURNING id"};
      constexpr Sql kMember{"test.member",
                            "INSERT INTO contacts_member (network_id, person_id, organisation_id, role, region, "
                            "valid_from, created_at, revision) VALUES (:network, :person, :organisation, 'member', '06', "
                            "'2020-01-01', 0, 1)"};
      const auto network = c.change([&](WriteTx& tx) {
        const auto made = tx.value<std::int64_t>(kNetwork);
        tx.run(kMember, made, member, organisation);
        return made;
      });
      const std::string key = "contacts.network:" + std::to_string(network);

      auto oona = c.organiser(), milla = c.site.signedIn(member), ulla = c.site.signedIn(outsider);
      CHECK_THAT(bodyOf(oona.get("/fi/regions/pirkanmaa/events/new")), Contains("Nuorten polut"));
      const auto form = [&](const std::string& audience) {
        return Sent{{"title_fi", "Jäsenilta"}, {"kind", "club"}, {"visibility", "network"}, {"audience", audience},
                    {"starts", "2030-05-20T09:00"}, {"ends", "2030-05-20T15:00"}, {"attendance", "on_site"},
                    {"place_fi", "Kirjasto"}, {"retention_days", "90"}, {"revision", "1"}};
      };
      const std::string path = "/fi/regions/pirkanmaa/events/new";
      CHECK_THAT(bodyOf(oona.post(path, form(""))), Contains("audience-error"));
      CHECK(oona.post(path, form("contacts.network:999")).status == 422);
      REQUIRE(oona.post(path, form(key)).status == 303);
      const EventId id{1};
      CHECK(c.eventOf(id).audience == key);
      REQUIRE(oona.post(c.page(id, "/publish")).status == 303);

      auto visitor = c.site.visitor();
      for (auto* stranger : {&visitor, &ulla}) {
        CHECK(stranger->get(c.page(id)).status == 404);
        CHECK(stranger->get(c.page(id, "/register")).status == 404);
        CHECK_THAT(bodyOf(stranger->get("/fi/events")), !Contains("Jäsenilta"));
      }
      CHECK_THAT(bodyOf(milla.get("/fi/events")), Contains("Jäsenilta"));
      CHECK_THAT(bodyOf(milla.get("/fi/regions/pirkanmaa")), Contains("Jäsenilta"));
      CHECK_THAT(bodyOf(visitor.get("/fi/regions/pirkanmaa")), !Contains("Jäsenilta"));
      CHECK_THAT(bodyOf(visitor.get("/fi/events/calendar.ics")), !Contains("Jäsenilta"));
      CHECK_THAT(bodyOf(milla.get(c.page(id))), Contains("Verkoston Nuorten polut jäsenille"));
      CHECK(milla.get(c.page(id, "/register")).status == 200);

      CHECK_THAT(bodyOf(oona.get(c.page(id, "/manage"))), Contains("Nuorten polut") && Contains("/invite"));
      for (int again = 0; again < 2; ++again) REQUIRE(oona.post(c.page(id, "/invite")).status == 303);
      CHECK(c.letters() == std::vector<std::string>{std::string(operations::kInvitation)});
      c.site.switchPlugin("contacts", "06", false);
      CHECK(milla.get(c.page(id)).status == 404);
    }
  }
}
