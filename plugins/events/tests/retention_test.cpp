// What is about people goes when its time is over: told beforehand, put aside, erased to figures.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "domain/retention.h"
#include "handlers/personal_data.h"
#include "handlers/retention.h"
#include "operations/retention.h"
#include "store/feedback.h"
#include "store/figures.h"
#include "store/retention.h"
#include "view/figures.h"
#include "view/retention.h"
#include "visit.h"

using namespace toimela;
using namespace toimela::events;
using Catch::Contains;
using std::chrono::hours;
using testing::bodyOf;

namespace {

constexpr Sql kMove{"test.move",
                    "UPDATE events_event SET starts_at = starts_at - :by, ends_at = ends_at - :by WHERE id = :id"};
constexpr Sql kTold{"test.told", "UPDATE events_retention SET told_at = told_at - :by WHERE event_id = :id"};
constexpr Sql kAside{"test.aside", "UPDATE events_retention SET aside_at = aside_at - :by WHERE event_id = :id"};
constexpr Sql kActions{"test.actions",
                       "SELECT action || ' ' || detail FROM core_audit WHERE action LIKE 'events.retention.%' ORDER BY id"};
constexpr Sql kColumnsOf{
    "test.columns_of", "SELECT name FROM pragma_table_info(:table) ORDER BY name",
    "SELECT CAST(column_name AS TEXT) FROM information_schema.columns WHERE table_schema = current_schema() "
    "AND table_name = :table ORDER BY column_name"};

std::int64_t milliseconds(int days) { return std::chrono::milliseconds(hours(24 * days)).count(); }

/// An event that ended a hundred days ago, with feedback from two of its people.
struct Ended : Visit {
  explicit Ended(const testing::FreshDatabase& database) : Visit(database) {
    auto planned = exampleEvent(5);
    planned.project = "Hanke";
    planned.contactName = "Oona Organisoija";
    planned.contactEmail = "oona@example.org";
    planned.onlineLink = "https://meet.example.org/x";
    event = addEvent(planned);
    const auto association = site.organisation("Yhdistys ry", "06");
    auto group = registration(3);
    group.organisation = association;
    group.organisationName = "Yhdistys ry";
    group.sector = Sector::association;
    group.answers = R"({"diet":"kasvis"})";
    people = std::get<operations::Registered>(submit(event, group)).registration;
    join(event, 4);
    change([&](WriteTx& tx) {
      store::setAttended(tx, people.participants[0].id, now());
      store::setNamed(tx, event, true);
      REQUIRE(store::noteAnswered(tx, event, people.participants[0].id));
      store::addFeedback(tx, event, people.participants[0].id,
                         {.rating = 4, .foundPartners = true, .answer = "Kiitos Kaisalle"});
      store::addFeedback(tx, event, std::nullopt, {.rating = 3, .answer = "Ahdas sali"});
      return tx.run(kMove, milliseconds(130), event);
    });
  }

  bool advance() {
    return operate([&](WriteTx& tx) { return operations::advanceRetention(tx, event); });
  }
  void later(const Sql& sql, int days) {
    change([&](WriteTx& tx) { return tx.run(sql, milliseconds(days), event); });
  }
  void putAside() {
    REQUIRE(advance());
    later(kTold, 14);
    REQUIRE(advance());
  }
  void erase() {
    later(kAside, 30);
    REQUIRE(advance());
  }
  RetentionStage stage() {
    return host().read([&](ReadTx& tx) { return stageOf(store::holdingOf(tx, event)->retention); });
  }
  /// Every number that the pages show, in one text.
  std::string figures() {
    return host().read([&](ReadTx& tx) {
      std::ostringstream out;
      const auto sectors = store::sectorsOf(tx, event);
      for (const auto& [sector, count] : sectors.bySector) out << code(sector) << count << ' ';
      out << "unknown" << sectors.unknown << '|';
      for (const auto& [label, count] : store::regionsOf(tx, event)) out << label << count << ' ';
      out << '|';
      for (const auto& [label, count] : store::organisationsOf(tx, event, 10)) out << label << count << ' ';
      out << '|';
      for (const auto& [day, count] : view::fillingOf(store::registeredOn(tx, event))) out << day.text() << count << ' ';
      const auto report = reportOn(store::heldEvents(tx, {.project = "Hanke"}, now()));
      out << '|' << report.events.size() << ' ' << report.people.all() << ' ' << report.people.thirdSector() << ' '
          << report.feedback.mean().value() << ' ' << report.feedback.partnerShare().value();
      return out.str();
    });
  }

  EventId event;
  Registration people;
};

}  // namespace

TEST_CASE("data goes two weeks after organisers were told, however late they were", "[events][retention]") {
  const Instant end = *parseHelsinkiTime("2026-01-10T15:00");
  Retention retention{.endsAt = end, .days = 90, .hasPeople = true};
  const Instant due = end + hours(24 * 90);
  CHECK(stepOf(retention, due - kToldBefore - hours(1)) == RetentionStep::none);
  CHECK(stepOf(retention, due - kToldBefore) == RetentionStep::tell);
  CHECK(retention.goesAt(end) == due);
  retention.toldFor = due;
  retention.toldAt = due + hours(24 * 300);
  CHECK(stageOf(retention) == RetentionStage::told);
  CHECK(stepOf(retention, due + hours(24 * 313)) == RetentionStep::none);
  CHECK(stepOf(retention, due + hours(24 * 314)) == RetentionStep::putAside);
  retention.asideAt = due + hours(24 * 314);
  retention.hasPeople = false;
  CHECK(stepOf(retention, *retention.asideAt + kPutAside - hours(1)) == RetentionStep::none);
  CHECK(stepOf(retention, *retention.asideAt + kPutAside) == RetentionStep::erase);
}

TEST_CASE("what was brought back falls due again, and organisers are told again", "[events][retention]") {
  const Instant end = *parseHelsinkiTime("2026-01-10T15:00");
  Retention retention{.endsAt = end, .days = 10, .hasPeople = true};
  retention.toldFor = retention.due();
  retention.toldAt = end;
  retention.keptUntil = end + hours(24 * 60);
  CHECK(retention.due() == end + hours(24 * 60));
  CHECK(stageOf(retention) == RetentionStage::kept);
  CHECK(stepOf(retention, end + hours(24 * 40)) == RetentionStep::none);
  CHECK(stepOf(retention, end + hours(24 * 46)) == RetentionStep::tell);
}

TEST_CASE("an event without people never falls due", "[events][retention]") {
  const Retention retention{.endsAt = *parseHelsinkiTime("2020-01-10T15:00"), .days = 1};
  CHECK(stepOf(retention, now()) == RetentionStep::none);
}

TEST_CASE("the figures are the same before, while put aside, brought back and erased", "[events][retention]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Ended e(database);
      const std::string before = e.figures();
      CHECK_THAT(before, Contains("association3") && Contains("unknown2") && Contains("Yhdistys ry3") &&
                             Contains("|1 1 1 3.5 1"));
      e.putAside();
      CHECK(e.stage() == RetentionStage::aside);
      CHECK(e.figures() == before);
      CHECK(e.operate([&](WriteTx& tx) { return operations::takeBack(tx, e.event, "Tilintarkastus kesken"); }));
      CHECK(e.figures() == before);
      CHECK(e.stage() == RetentionStage::kept);
      CHECK_FALSE(e.operate([&](WriteTx& tx) { return operations::takeBack(tx, e.event, "uudelleen"); }));
      CHECK_FALSE(e.advance());
      e.change([&](WriteTx& tx) {
        store::noteTakenBack(tx, e.event, now() - hours(1));
        return 0;
      });
      e.putAside();
      e.erase();
      CHECK(e.stage() == RetentionStage::erased);
      CHECK(e.figures() == before);
      CHECK_FALSE(e.advance());
      const auto log = e.host().read([](ReadTx& tx) { return tx.all(kActions, [](std::string line) { return line; }); });
      REQUIRE(log.size() == 6);
      CHECK(log[0] == "events.retention.tell {}");
      CHECK(log[1] == R"(events.retention.aside {"people":7})");
      CHECK(log[2] == R"(events.retention.undo {"reason":"Tilintarkastus kesken"})");
      CHECK(log[5] == R"(events.retention.erase {"people":7})");
    }
  }
}

TEST_CASE("what is put aside is shown nowhere, and all of it comes back", "[events][retention]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Ended e(database);
      auto oona = e.organiser();
      const std::string link = e.linkOf(e.people);
      CHECK_THAT(bodyOf(oona.get(e.page(e.event, "/participants"))), Contains("Osallistuja 1.0"));
      CHECK(e.site.visitor().get(link).status == 200);
      CHECK_THAT(bodyOf(oona.get(e.page(e.event, "/figures"))), Contains("Kiitos Kaisalle"));
      e.putAside();

      for (const char* page : {"/participants", "/checkin", "/figures", "/manage", "/participants?format=csv"}) {
        INFO(page);
        const auto body = bodyOf(oona.get(e.page(e.event, page)));
        CHECK_THAT(body, !Contains("Osallistuja 1") && !Contains("ilmoittaja1@example.org") && !Contains("Kaisalle") &&
                             !Contains("Ahdas sali"));
      }
      CHECK_THAT(bodyOf(oona.get(e.page(e.event, "/participants"))), Contains("siirretty syrjään"));
      CHECK_THAT(bodyOf(oona.get(e.page(e.event, "/manage"))), Contains(">5<"));
      CHECK(e.site.visitor().get(link).status == 404);

      const auto page = e.page(e.event, "/retention");
      CHECK_THAT(bodyOf(oona.get(page)), Contains("Palauta tiedot"));
      CHECK(oona.post(page).status == 422);
      CHECK(oona.post(page, {{"reason", "Todistuksia puuttuu"}}).status == 303);
      CHECK_THAT(bodyOf(oona.get(e.page(e.event, "/participants"))), Contains("Osallistuja 1.0"));
      CHECK_THAT(bodyOf(oona.get(e.page(e.event, "/figures"))), Contains("Kiitos Kaisalle"));
      CHECK(e.site.visitor().get(link).status == 200);
      CHECK(e.again(e.people).answers == R"({"diet":"kasvis"})");
      CHECK(e.host().read([&](ReadTx& tx) { return store::hasAnswered(tx, e.people.participants[0].id); }));
    }
  }
}

TEST_CASE("every column of a registration and of a participant goes aside with it", "[events][retention]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      const auto columns = [&](std::string table) {
        return g.host().read([&](ReadTx& tx) {
          return tx.all(kColumnsOf, [](std::string name) { return name; }, table);
        });
      };
      for (const std::string name : {"registration", "participant", "feedback_given", "material_told", "invitation"}) {
        INFO(name);
        REQUIRE_FALSE(columns("events_" + name).empty());
        CHECK(columns("events_" + name) == columns("events_aside_" + name));
      }
    }
  }
}

TEST_CASE("who organises sees beforehand what falls due, others do not", "[events][retention]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Ended e(database);
      auto oona = e.organiser();
      const auto list = bodyOf(oona.get("/fi/events/retention"));
      CHECK_THAT(list, Contains("Verkostopäivä") && Contains("Säilytetään"));
      CHECK(oona.get("/fi/events/retention?format=xlsx").status == 200);
      CHECK_THAT(bodyOf(oona.get("/fi/events/retention?stage=erased")), Contains("Mitään ei ole poistumassa"));
      auto stranger = e.site.signedIn(e.site.person("Eino", "Muualta", {{Role::contactPerson, region("01"), {}}}));
      CHECK_THAT(bodyOf(stranger.get("/fi/events/retention")), !Contains("Verkostopäivä"));
      CHECK(stranger.get(e.page(e.event, "/retention")).status == 403);
      CHECK(stranger.post(e.page(e.event, "/retention"), {{"reason", "x"}}).status == 403);
      CHECK(e.site.visitor().get("/fi/events/retention").status != 200);
    }
  }
}

TEST_CASE("the job goes through all that is due, once for each step", "[events][retention]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Ended e(database);
      const auto run = [&] { handlers::retaining().run(e.host(), {}); };
      const auto told = [&] {
        const auto letters = e.letters();
        return std::count(letters.begin(), letters.end(), "events.retention");
      };
      run();
      run();
      CHECK(told() == 1);
      CHECK(e.stage() == RetentionStage::told);
      e.later(kTold, 14);
      run();
      CHECK(e.stage() == RetentionStage::aside);
      run();
      CHECK(e.stage() == RetentionStage::aside);
      e.later(kAside, 30);
      run();
      CHECK(e.stage() == RetentionStage::erased);
      CHECK(told() == 1);
    }
  }
}

TEST_CASE("who is put aside can still take along what is theirs, and be forgotten for good", "[events][retention]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Ended e(database);
      const auto person = e.site.person("Aino", "Aho");
      static constexpr Sql kGive{"test.give", "UPDATE events_registration SET person_id = :person WHERE id = :id"};
      e.change([&](WriteTx& tx) { return tx.run(kGive, person, e.people.id); });
      const auto takeOut = [&] {
        return nlohmann::json::parse(
            e.host().read([&](ReadTx& tx) { return handlers::asideData().exporter(tx, person); }));
      };
      CHECK(takeOut().at("records").empty());
      e.putAside();
      const auto records = takeOut().at("records");
      REQUIRE(records.size() == 1);
      CHECK(records[0].at("email") == "ilmoittaja1@example.org");
      CHECK(records[0].at("answers").at("diet") == "kasvis");

      const auto figures = e.figures();
      e.host().writeAs({}, [&](WriteTx& tx) {
        handlers::registrationData().eraser(tx, person);
        handlers::asideData().eraser(tx, person);
      });
      CHECK(takeOut().at("records").empty());
      CHECK(e.operate([&](WriteTx& tx) { return operations::takeBack(tx, e.event, "palautus"); }));
      CHECK_FALSE(e.host().read([&](ReadTx& tx) { return store::findRegistration(tx, e.people.id); }));
      auto oona = e.organiser();
      CHECK_THAT(bodyOf(oona.get(e.page(e.event, "/participants"))), !Contains("Osallistuja 1.0"));
      CHECK_THAT(bodyOf(oona.get(e.page(e.event, "/figures"))), !Contains("Kaisalle"));
      CHECK(e.figures() == figures);
    }
  }
}

TEST_CASE("the letter before data goes says whose, when, and how it is brought back", "[events][retention][letters]") {
  for (const Locale locale : kLocales) {
    Gathering g(testing::databases().front());
    const auto contact = g.site.person("Aino", "Kivilehto");
    static constexpr Sql kSpeaks{"test.speaks", "UPDATE core_person SET language = :locale WHERE id = :id"};
    static constexpr Sql kMade{"test.made", "UPDATE events_event SET created_by = :person WHERE id = :id"};
    auto planned = exampleEvent(9);
    planned.title = {"Kevään verkostopäivä", "Vårens nätverksdag", "Spring network day"};
    planned.startsAt = *parseHelsinkiTime("2031-05-14T09:00");
    planned.endsAt = *parseHelsinkiTime("2031-05-14T15:30");
    const auto event = g.addEvent(planned);
    g.join(event, 3);
    g.change([&](WriteTx& tx) {
      tx.run(kSpeaks, locale, contact);
      return tx.run(kMade, contact, event);
    });
    const auto mail = g.host().read([&](ReadTx& tx) { return view::retentionLetter(tx, g.host(), event.value); });
    REQUIRE(mail);
    const std::string text = "To: " + mail->toName + "\nSubject: " + mail->subject + "\n\n" + mail->text;
    const std::string path =
        std::string(TOIMELA_PLUGIN_FOLDER) + "/tests/golden/retention." + std::string(code(locale)) + ".txt";
    if (const char* mode = std::getenv("TOIMELA_GOLDEN"); mode && std::string_view(mode) == "write")
      std::ofstream(path) << text;
    std::ifstream in(path);
    std::ostringstream golden;
    golden << in.rdbuf();
    CHECK(text == golden.str());
  }
}

TEST_CASE("without people there is no letter, and without a contact nobody to write to", "[events][retention][letters]") {
  Gathering g(testing::databases().front());
  auto planned = exampleEvent(9);
  const auto silent = g.addEvent(planned);
  g.join(silent, 1);
  planned.contactEmail = "oona@example.org";
  const auto empty = g.addEvent(planned);
  const auto letter = [&](EventId id) {
    return g.host().read([&](ReadTx& tx) { return view::retentionLetter(tx, g.host(), id.value); });
  };
  CHECK_FALSE(letter(silent));
  CHECK_FALSE(letter(empty));
  g.join(empty, 1);
  CHECK(letter(empty));
}
