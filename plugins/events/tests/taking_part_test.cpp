// What those who register do beyond their places: answers that change, files, further questions, and for
// whom they come.
#include <catch2/catch.hpp>

#include "handlers/personal_data.h"
#include "operations/attendance.h"
#include "operations/followup.h"
#include "operations/form_counts.h"
#include "operations/messages.h"
#include "requests.h"
#include "store/answer_files.h"
#include "store/attendance.h"
#include "store/form_counts.h"
#include "store/questions.h"
#include "store/scheduled.h"
#include "visit.h"

using namespace toimela;
using namespace toimela::events;
using Catch::Matchers::Contains;
using testing::bodyOf;

namespace {

constexpr const char* kPdf = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

/// What the hidden field says, as a browser reads it from the page.
std::string hiddenIn(const std::string& page, const std::string& name) {
  const auto at = page.find("name=\"" + name + "\"");
  if (at == page.npos) return {};
  const auto from = page.find("value=\"", at) + 7;
  std::string value = page.substr(from, page.find('"', from) - from);
  for (const auto& [entity, text] : {std::pair{"&quot;", "\""}, {"&#34;", "\""}, {"&#x2F;", "/"}, {"&#39;", "'"},
                                     {"&#x27;", "'"}, {"&#x3D;", "="}, {"&amp;", "&"}})
    for (auto found = value.find(entity); found != value.npos; found = value.find(entity, found + 1))
      value.replace(found, std::string_view(entity).size(), text);
  return value;
}

/// The whole of a file that is written as it is read.
QuestionId ask(Visit& v, EventId event, Question question) {
  return v.change([&](WriteTx& tx) { return store::insertQuestion(tx, event, question); });
}

Registration confirmed(Visit& v, const Registration& registration) {
  auto visitor = v.site.visitor();
  CHECK(visitor.post(v.linkOf(registration, "/confirm")).status == 303);
  return v.again(registration);
}

std::size_t countOf(const std::vector<std::string>& kinds, std::string_view kind) {
  return static_cast<std::size_t>(std::ranges::count(kinds, kind));
}

}  // namespace

TEST_CASE("a stranger who types an organisation's name uses up none of its places", "[events][taking-part]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      auto example = exampleEvent(20);
      example.places.ceiling = 2;
      const auto event = v.addEvent(example);
      const auto tuki = v.site.organisation("Tuki ry", "06");
      const Sent ofTuki{{"organisation", "Tuki ry"}};
      for (const char* name : {"aino", "beeda", "ceeda"}) {
        CHECK(v.send(event, v.alone(name, std::string(name) + "@example.org", ofTuki)).status == 303);
        CHECK_FALSE(v.latest().organisation);
        CHECK(v.latest().organisationName == "Tuki ry");
      }
      // One form alone has no more than one organisation could have.
      CHECK_THAT(bodyOf(v.send(event, v.group("deeda", {"eeva", "fanni"}, ofTuki))),
                 Contains("voi ilmoittaa tähän tapahtumaan enintään 2"));

      // Those who may speak for it still have all of its places, and no more.
      auto raija = v.site.signedIn(v.site.person("Raija", "Edustaja", {{Role::organisationRep, {}, tuki}}));
      CHECK_THAT(bodyOf(raija.get("/fi/account/events")), !Contains("aino"));
      auto own = v.group("raija", {"heikki"});
      own.emplace_back("as", tuki.text());
      CHECK(v.send(raija, event, own).status == 303);
      CHECK(v.latest().organisation == tuki);
      auto more = v.alone("iiris", "iiris@example.org", {{"as", tuki.text()}});
      more[3].second = "";
      more.insert(more.end(), {{"count", "1"}, {"p1_name", "Iiris"}, {"p1_email", "iiris@example.org"}});
      CHECK_THAT(bodyOf(v.send(raija, event, more)), Contains("jo niin monta"));
    }
  }
}

TEST_CASE("an organiser or a representative says for whom a registration is, under the ceiling",
          "[events][taking-part]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      auto example = exampleEvent(20);
      example.places.ceiling = 2;
      const auto event = v.addEvent(example);
      const auto tuki = v.site.organisation("Tuki ry", "06");
      std::vector<Registration> made;
      for (const char* name : {"aino", "beeda", "ceeda"}) {
        CHECK(v.send(event, v.alone(name, std::string(name) + "@example.org", {{"organisation", "Tuki ry"}})).status == 303);
        made.push_back(confirmed(v, v.latest()));
      }
      auto oona = v.organiser();
      const auto link = [&](const Registration& registration, Sent sent) {
        return oona.post(v.page(event, "/participants/" + registration.participants[0].id.text() + "/organisation"), sent);
      };
      CHECK(link(made[0], {{"organisation", "Tuki ry"}}).status == 422);  // without a reason
      CHECK_THAT(bodyOf(link(made[0], {{"organisation", "Tuki r"}, {"reason", "Soitti"}})), Contains("täsmälleen"));
      CHECK(link(made[0], {{"organisation", "Tuki ry"}, {"reason", "Soitti"}}).status == 303);
      CHECK(v.again(made[0]).organisation == tuki);

      // Who represents it and was given the private link takes the second one over; others are not asked.
      auto raija = v.site.signedIn(v.site.person("Raija", "Edustaja", {{Role::organisationRep, {}, tuki}}));
      CHECK_THAT(bodyOf(raija.get(v.linkOf(made[1]))), Contains("Onko tämä organisaatiosi"));
      CHECK_THAT(bodyOf(v.site.visitor().get(v.linkOf(made[1]))), !Contains("Onko tämä organisaatiosi"));
      auto stranger = v.site.signedIn(v.site.person("Simo", "Sivullinen"));
      CHECK(stranger.post(v.linkOf(made[1], "/organisation"), {{"organisation", tuki.text()}}).status == 303);
      CHECK_FALSE(v.again(made[1]).organisation);
      CHECK(raija.post(v.linkOf(made[1], "/organisation"), {{"organisation", tuki.text()}}).status == 303);
      CHECK(v.again(made[1]).organisation == tuki);
      CHECK_THAT(bodyOf(link(made[2], {{"organisation", "Tuki ry"}, {"reason", "Soitti"}})), Contains("voi olla vielä 0"));
      CHECK_FALSE(v.again(made[2]).organisation);
      // What was given back is free for the organisation again.
      v.operate([&](WriteTx& tx) {
        return operations::cancel(tx, event, std::span(&made[0].participants[0].id, 1), operations::By::participant);
      });
      CHECK(link(made[2], {{"organisation", "Tuki ry"}, {"reason", "Soitti"}}).status == 303);
    }
  }
}

TEST_CASE("answers that were given once for all are changed until registration closes", "[events][taking-part]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      const auto event = v.addEvent(exampleEvent(9));
      ask(v, event, {.key = "bus", .askedOf = AskedOf::registration, .kind = QuestionKind::choice,
                     .label = {.fi = "Bussilla?"}, .isRequired = true,
                     .options = {{"yes", {.fi = "Kyllä"}}, {"no", {.fi = "Ei"}}}});
      ask(v, event, {.key = "stop", .askedOf = AskedOf::registration, .label = {.fi = "Miltä pysäkiltä?"},
                     .isRequired = true, .condition = Condition{"bus", "yes"}});
      CHECK(v.send(event, v.alone("aino", "aino@example.org", {{"q_bus", "no"}})).status == 303);
      const auto made = v.latest();
      auto visitor = v.site.visitor();
      CHECK_THAT(bodyOf(visitor.get(v.linkOf(made))), Contains("/answers"));
      CHECK(visitor.get(v.linkOf(made, "/answers")).status == 200);
      const auto unanswered = visitor.post(v.linkOf(made, "/answers"), {{"q_bus", "yes"}});
      CHECK(unanswered.status == 422);
      CHECK_THAT(bodyOf(unanswered), Contains("Miltä pysäkiltä?"));
      CHECK(visitor.post(v.linkOf(made, "/answers"), {{"q_bus", "yes"}, {"q_stop", "Keskustori"}}).status == 303);
      CHECK(answersIn(v.again(made).answers) == std::vector<Answer>{{"bus", {"yes"}}, {"stop", {"Keskustori"}}});
      CHECK_THAT(bodyOf(visitor.get(v.linkOf(made))), Contains("Keskustori"));

      v.change([&](WriteTx& tx) {
        Event closed = *store::findEvent(tx, event);
        closed.closesAt = now() - std::chrono::hours(1);
        return store::updateEvent(tx, closed);
      });
      CHECK(visitor.post(v.linkOf(made, "/answers"), {{"q_bus", "no"}}).status == 303);
      CHECK(answersIn(v.again(made).answers).front().values.front() == "yes");
      CHECK_THAT(bodyOf(visitor.get(v.linkOf(made))), !Contains("/answers"));
    }
  }
}

TEST_CASE("a file is an answer: it outlives a form with errors, organisers get it, and it goes with its person",
          "[events][taking-part]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      const auto event = v.addEvent(exampleEvent(9));
      ask(v, event, {.key = "poster", .kind = QuestionKind::file, .label = {.fi = "Juliste"}, .isRequired = true,
                     .mostMegabytes = 1});
      const auto person = v.site.person("Aino", "Aho");
      auto aino = v.site.signedIn(person);
      const std::string path = v.page(event, "/register");
      CHECK_THAT(bodyOf(aino.get(path)), Contains("multipart/form-data") && Contains("Enintään 1 Mt"));

      const Sent sent = v.alone("aino", "aino@example.org");
      CHECK_THAT(bodyOf(upload(aino, path, sent, {})), Contains("Valitse tiedosto"));
      CHECK_THAT(bodyOf(upload(aino, path, sent, {{"p0_q_poster", "viirus.exe", std::string("MZ\x90\0\3\0\0\0", 8)}})),
                 Contains("Tällaista tiedostoa"));
      CHECK_THAT(bodyOf(upload(aino, path, sent, {{"p0_q_poster", "iso.pdf", kPdf + std::string(1'100'000, ' ')}})),
                 Contains("liian suuri"));
      Sent wrong = sent;
      wrong.back().second = "99";  // seats held that nobody may hold
      const auto again = bodyOf(upload(aino, path, wrong, {{"p0_q_poster", "juliste.pdf", kPdf}}));
      CHECK_THAT(again, Contains("juliste.pdf"));
      const std::string kept = hiddenIn(again, "p0_q_poster_kept");
      REQUIRE_FALSE(kept.empty());
      Sent forged = sent;
      std::string lie = kept;
      lie.replace(lie.find("juliste"), 7, "toinen!");
      forged.emplace_back("p0_q_poster_kept", lie);
      CHECK(upload(aino, path, forged, {}).status == 422);
      Sent right = sent;
      right.emplace_back("p0_q_poster_kept", kept);
      REQUIRE(upload(aino, path, right, {}).status == 303);

      const auto made = v.latest();
      const auto files = v.host().read([&](ReadTx& tx) { return store::answerFilesOf(tx, made.id); });
      REQUIRE(files.size() == 1);
      const ParticipantId participant = made.participants[0].id;
      CHECK(files[0].participant == participant);
      CHECK(aino.get(v.linkOf(made, "/files/" + files[0].file.text())).status == 200);
      auto oona = v.organiser();
      const std::string own = v.page(event, "/participants/" + participant.text());
      CHECK_THAT(bodyOf(oona.get(own)), Contains("juliste.pdf"));
      CHECK(oona.get(own + "/files/" + files[0].file.text()).headers.find("Content-Disposition").value_or("").starts_with("attachment"));
      CHECK(oona.get(own + "/files/999").status == 404);
      CHECK(aino.get(own + "/files/" + files[0].file.text()).status == 403);
      CHECK_THAT(bodyOf(oona.get(v.page(event, "/participants?format=csv"))), Contains("Juliste") && Contains("juliste.pdf"));

      const auto data = handlers::registrationData();
      CHECK(v.host().read([&](ReadTx& tx) { return data.files(tx, person); }) == std::vector<FileId>{files[0].file});
      // Another file takes its place, and the first one is forgotten.
      const Sent same{{"name", "Aino Aho"}, {"email", made.email.text()}};
      CHECK(upload(aino, v.linkOf(made, "/participants/" + participant.text()), same,
                   {{"q_poster", "parempi.pdf", kPdf}}).status == 303);
      const auto replaced = v.host().read([&](ReadTx& tx) { return store::answerFilesOf(tx, made.id); });
      REQUIRE(replaced.size() == 1);
      CHECK(replaced[0].name == "parempi.pdf");
      CHECK_FALSE(v.host().read([&](ReadTx& tx) { return files::find(tx, files[0].file); }));
      v.host().writeAs({}, [&](WriteTx& tx) { data.eraser(tx, person); });
      CHECK(v.host().read([&](ReadTx& tx) { return store::answerFilesOf(tx, made.id); }).empty());
      CHECK_FALSE(v.host().read([&](ReadTx& tx) { return files::find(tx, replaced[0].file); }));
    }
  }
}

TEST_CASE("who has a place is asked further questions, and the organiser sees and reminds who has not answered",
          "[events][taking-part]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      auto example = exampleEvent(9);
      example.places.approvesFirst = true;
      const auto event = v.addEvent(example);
      ask(v, event, {.key = "eats", .kind = QuestionKind::choice, .label = {.fi = "Syötkö?"}, .isRequired = true,
                     .options = {{"yes", {.fi = "Kyllä"}}, {"no", {.fi = "Ei"}}}});
      ask(v, event, {.key = "dish", .label = {.fi = "Mitä lautaselle?"}, .isRequired = true,
                     .condition = Condition{"eats", "yes"}, .isFollowUp = true});
      ask(v, event, {.key = "car", .askedOf = AskedOf::registration, .label = {.fi = "Rekisterinumero"},
                     .isFollowUp = true});
      CHECK_THAT(bodyOf(v.site.visitor().get(v.page(event, "/register"))), !Contains("Mitä lautaselle?"));
      CHECK(v.send(event, v.group("aino", {"beeda"}, {{"p0_q_eats", "yes"}, {"p1_q_eats", "no"}})).status == 303);
      const auto made = confirmed(v, v.latest());
      auto visitor = v.site.visitor();
      CHECK(countOf(v.letters(), "events.followup") == 0);
      CHECK(visitor.get(v.linkOf(made, "/followup")).status == 303);

      auto oona = v.organiser();
      CHECK(oona.post(v.page(event, "/participants"), {{"deed", "approve"}, {"selected", made.participants[0].id.text()},
                                                       {"selected", made.participants[1].id.text()}}).status == 303);
      CHECK(countOf(v.letters(), "events.followup") == 1);  // one for the two of them
      CHECK_THAT(bodyOf(oona.get(v.page(event, "/participants"))), Contains("2 paikan saanutta ei ole vastannut"));
      CHECK_THAT(bodyOf(visitor.get(v.linkOf(made))), Contains("/followup"));
      const auto form = bodyOf(visitor.get(v.linkOf(made, "/followup")));
      const std::string dish = "p" + made.participants[0].id.text() + "_q_dish";
      CHECK_THAT(form, Contains(dish) && Contains("q_car"));
      CHECK_THAT(form, !Contains("p" + made.participants[1].id.text() + "_q_dish"));
      CHECK(visitor.post(v.linkOf(made, "/followup"), {{"q_car", "ABC-123"}}).status == 422);
      CHECK(oona.post(v.page(event, "/followup/remind")).status == 303);
      CHECK(countOf(v.letters(), "events.followup") == 2);

      CHECK(visitor.post(v.linkOf(made, "/followup"), {{"q_car", "ABC-123"}, {dish, "Keittoa"}}).status == 303);
      const auto after = v.again(made);
      CHECK(answersIn(after.participants[0].answers) == std::vector<Answer>{{"eats", {"yes"}}, {"dish", {"Keittoa"}}});
      CHECK(answersIn(after.answers) == std::vector<Answer>{{"car", {"ABC-123"}}});
      CHECK(after.participants[1].followUpAt);
      CHECK(oona.post(v.page(event, "/followup/remind")).status == 303);
      CHECK(countOf(v.letters(), "events.followup") == 2);
      CHECK_THAT(bodyOf(oona.get(v.page(event, "/participants?followup=given"))), Contains("beeda"));

      // What was answered at first can still be changed without losing what was answered later.
      const std::string own = v.linkOf(made, "/participants/" + made.participants[0].id.text());
      CHECK(visitor.post(own, {{"name", "Aino"}, {"email", "aino@example.org"}, {"q_eats", "no"}}).status == 303);
      CHECK(answersIn(v.again(made).participants[0].answers).size() == 2);
    }
  }
}

TEST_CASE("the door of a workshop notes who is in it, and the certificate's facts follow", "[events][taking-part]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      const auto event = v.addEvent(exampleEvent(9));
      const auto morning = v.addWorkshop(event, 5), later = v.addWorkshop(event, 5, 3);
      const auto made = std::get<operations::Registered>(v.submit(event, v.registration(1, {morning}))).registration;
      v.join(event, 1);
      auto oona = v.organiser();
      const std::string door = v.page(event, "/checkin?session=" + morning.text());
      CHECK_THAT(bodyOf(oona.get(door)), Contains(made.participants[0].name) && Contains("0 / 1"));
      const auto& code = made.participants[0].code;
      CHECK(oona.post(v.page(event, "/checkin"), {{"code", code}, {"here", "1"}, {"session", morning.text()}}).status == 303);
      CHECK(oona.post(v.page(event, "/checkin"), {{"code", code}, {"here", "1"}, {"session", later.text()}}).status == 303);
      const auto attended = [&] {
        return v.host().read([&](ReadTx& tx) { return store::sessionsAttended(tx, made.participants[0].id); });
      };
      CHECK(attended() == std::vector<SessionId>{morning, later});
      CHECK(v.again(made).participants[0].attendedAt);
      CHECK_THAT(bodyOf(oona.get(v.page(event, "/checkin/" + code + "?session=" + later.text()))), Contains("Ei ole valinnut"));
      CHECK(oona.post(v.page(event, "/checkin"), {{"code", code}, {"here", "0"}, {"session", later.text()}}).status == 303);
      CHECK(attended() == std::vector<SessionId>{morning});
      CHECK(v.host().read([&](ReadTx& tx) { return store::sessionAttendance(tx, event); }) ==
            std::map<SessionId, std::int64_t>{{morning, 1}});
      CHECK(oona.get(v.page(event, "/papers/certificates")).status == 200);
      CHECK_THAT(bodyOf(oona.get(v.page(event, "/participants?format=csv"))), Contains("Työpajoissa"));
    }
  }
}

TEST_CASE("forms that were left are counted where they were left, and nobody is in the figures", "[events][taking-part]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      const auto event = v.addEvent(exampleEvent(1));
      operations::FormCounts counts{std::chrono::seconds(0)};
      const auto all = [&] {
        const auto days = v.host().read([&](ReadTx& tx) { return store::formCounts(tx, event); });
        return days.empty() ? std::map<FormStep, std::int64_t>() : days.front().counts;
      };
      for (int i = 0; i < 3; ++i) counts.begun(v.host(), event);
      counts.moved(v.host(), event, std::nullopt, FormStep::fields);
      counts.moved(v.host(), event, FormStep::fields, FormStep::full);
      counts.moved(v.host(), event, FormStep::full, FormStep::registered);
      counts.moved(v.host(), event, std::nullopt, FormStep::fields);
      CHECK(all() == std::map<FormStep, std::int64_t>{{FormStep::begun, 3}, {FormStep::registered, 1},
                                                      {FormStep::fields, 1}, {FormStep::full, 0}});
      // A form that says what it never was makes no fewer than none.
      counts.moved(v.host(), event, FormStep::full, FormStep::fields);
      CHECK(all().at(FormStep::full) == 0);

      CHECK_THAT(bodyOf(v.send(event, {{"key", "0123456789abcdef0123"}})), Contains("name=\"trouble\" value=\"fields\""));
      auto late = v.registration(1);
      late.confirmBy = now() - std::chrono::hours(1);
      v.submit(event, late);
      v.operate([&](WriteTx& tx) { return operations::lapse(tx, event); });
      CHECK(all().at(FormStep::unconfirmed) == 1);
      auto oona = v.organiser();
      CHECK_THAT(bodyOf(oona.get(v.page(event, "/participants"))), Contains("Osoitetta ei vahvistettu"));
    }
  }
}

TEST_CASE("a message for later goes once, to who is in its group then, or is cancelled", "[events][taking-part]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      const auto event = v.addEvent(exampleEvent(9));
      auto oona = v.organiser();
      const auto message = [&](const std::string& at) {
        return oona.post(v.page(event, "/message"), {{"group", "confirmed"}, {"subject", "Tervetuloa"},
                                                     {"text", "Ovet aukeavat yhdeksältä."}, {"send_at", at}});
      };
      CHECK(message("2020-01-01T09:00").status == 422);
      CHECK(message("2099-01-01T09:00").status == 303);
      CHECK(message("2099-01-02T09:00").status == 303);
      CHECK_THAT(bodyOf(oona.get(v.page(event, "/message"))), Contains("Ajastetut viestit") && Contains("1.1.2099"));
      const auto waiting = v.host().read([&](ReadTx& tx) { return store::scheduledOf(tx, event); });
      REQUIRE(waiting.size() == 2);
      CHECK(oona.post(v.page(event, "/message/" + waiting[0].id.text() + "/cancel")).status == 303);
      CHECK(v.host().read([&](ReadTx& tx) { return store::dueMessages(tx, inDays(365 * 200)); }) ==
            std::vector<ScheduledId>{waiting[1].id});

      v.join(event, 2);
      const auto send = [&] {
        v.host().writeAs({}, [&](WriteTx& tx) {
          const auto rows = store::participantsOf(tx, event, PlaceState::confirmed, "", 10, 0);
          operations::sendScheduled(tx, v.host(), *store::findEvent(tx, event), waiting[1], rows);
        });
      };
      static constexpr Sql kMails{"test.mails", "SELECT CAST(COUNT(*) AS BIGINT) FROM core_outbox WHERE subject = 'Tervetuloa'"};
      const auto mails = [&] { return v.host().read([](ReadTx& tx) { return tx.value<std::int64_t>(kMails); }); };
      send();
      CHECK(mails() == 2);
      send();
      CHECK(mails() == 2);
      CHECK(v.host().read([&](ReadTx& tx) { return store::scheduledOf(tx, event); }).empty());
    }
  }
}

TEST_CASE("a table of participants is shown row by row first, and a wrong row stops only itself",
          "[events][taking-part]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      auto example = exampleEvent(2);
      example.places.ceiling = 1;
      const auto event = v.addEvent(example);
      v.addWorkshop(event, 9);
      v.site.organisation("Tuki ry", "06");
      ask(v, event, {.key = "lunch", .kind = QuestionKind::choice, .label = {.fi = "Lounas"},
                     .options = {{"yes", {.fi = "Kyllä"}}, {"no", {.fi = "Ei"}}}});
      auto oona = v.organiser();
      CHECK(oona.get(v.page(event, "/import")).status == 200);
      CHECK(oona.get(v.page(event, "/import/example")).status == 200);
      const std::string table =
          "Nimi;Sähköposti;Organisaatio;Työpajat;Lounas\r\n"
          "Aino;aino@example.org;Tuki ry;Työpaja;kyllä\r\n"
          "Beeda;beeda@example.org;Tuki ry;;\r\n"         // over the ceiling
          "Ceeda;ei osoite;;;\r\n"
          "Deeda;;Muu ry;;ehkä\r\n"
          "Eeva;aino@example.org;;;\r\n"                  // twice in the table
          "Fanni;;;;\r\n"
          "Gabi;gabi@example.org;;;\r\n";                 // no place left
      const Sent why{{"reason", "Ilmoittautuivat puhelimessa"}};
      CHECK(upload(oona, v.page(event, "/import"), {}, {{"file", "vaki.csv", table}}).status == 422);
      CHECK_THAT(bodyOf(upload(oona, v.page(event, "/import"), why, {{"file", "vaki.csv", "Aino;Beeda\r\n"}})),
                 Contains("sarake Nimi"));
      const auto shown = upload(oona, v.page(event, "/import"), why, {{"file", "vaki.csv", table}});
      REQUIRE(shown.status == 200);
      const std::string body = bodyOf(shown);
      CHECK(hiddenIn(body, "mark") == "c" + std::string(1, static_cast<char>('A' + static_cast<int>(operations::Refusal::Why::overCeiling))) +
                                          "xx" + std::string(1, static_cast<char>('A' + static_cast<int>(operations::Refusal::Why::duplicate))) + "cw");
      CHECK_THAT(body, Contains("Jokin vastaus ei kelpaa") && Contains("virheellinen") && Contains("Tuo 3 osallistujaa"));
      const auto everybody = [&] {
        return v.host().read([&](ReadTx& tx) { return store::participantsOf(tx, event, std::nullopt, "", 50, 0); });
      };
      CHECK(everybody().empty());

      Sent confirm = why;
      for (const char* name : {"file", "name", "key", "mark"}) confirm.emplace_back(name, hiddenIn(body, name));
      Sent stale = confirm;
      stale.back().second = "ccccccc";
      CHECK_THAT(bodyOf(oona.post(v.page(event, "/import/confirm"), stale)), Contains("muuttunut esikatselun"));
      CHECK(everybody().empty());
      REQUIRE(oona.post(v.page(event, "/import/confirm"), confirm).status == 303);
      const auto rows = everybody();
      REQUIRE(rows.size() == 3);
      CHECK(rows[0].participant.state == PlaceState::confirmed);
      CHECK(rows[0].organisation);
      CHECK(rows[0].participant.sessions.size() == 1);
      CHECK(answersIn(rows[0].participant.answers) == std::vector<Answer>{{"lunch", {"yes"}}});
      CHECK(rows[1].registrantName == "Oona Organisoija");
      CHECK(rows[2].participant.state == PlaceState::waiting);
      // Sent once more the file is gone, and nobody comes twice.
      CHECK(oona.post(v.page(event, "/import/confirm"), confirm).status == 422);
      CHECK(everybody().size() == 3);
    }
  }
}
