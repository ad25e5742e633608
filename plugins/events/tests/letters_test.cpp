// The letters of the plugin: who is told what, in every language, against golden files. With
// TOIMELA_GOLDEN=write the files are written instead, to be read and committed.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>

#include "gathering.h"
#include "operations/invitations.h"
#include "operations/letters.h"
#include "operations/mailings.h"
#include "view/again_letter.h"
#include "view/invitation_letter.h"
#include "view/letters.h"
#include "view/retention.h"

using namespace toimela;
using namespace toimela::events;
using operations::Registered;

namespace {

constexpr Sql kQueue{"test.letters", "SELECT kind, about FROM core_letter ORDER BY id"};

struct Queued {
  std::string kind;
  std::int64_t about;
};

/// Everything that is queued, written, without sending it: the log of what was told to whom.
std::vector<MailMessage> written(Gathering& g, std::size_t from = 0) {
  const auto kinds = view::letters();
  return g.host().read([&](ReadTx& tx) {
    std::vector<MailMessage> mails;
    const auto queue = tx.all(kQueue, [](std::string kind, std::int64_t about) { return Queued{std::move(kind), about}; });
    for (std::size_t i = from; i < queue.size(); ++i)
      for (const Letter& letter : kinds)
        if (letter.kind == queue[i].kind)
          if (auto mail = letter.write(tx, g.host(), queue[i].about)) mails.push_back(std::move(*mail));
    return mails;
  });
}
std::size_t queued(Gathering& g) {
  return g.host().read([](ReadTx& tx) { return tx.all(kQueue, [](std::string, std::int64_t) { return 0; }).size(); });
}
std::optional<MailMessage> write(Gathering& g, std::string_view kind, std::int64_t about) {
  for (const Letter& letter : view::letters())
    if (letter.kind == kind) return g.host().read([&](ReadTx& tx) { return letter.write(tx, g.host(), about); });
  return std::nullopt;
}

std::string unfolded(const std::string& calendar) {
  return std::regex_replace(calendar, std::regex("\r\n[ \t]"), "");
}

/// Without what differs from run to run: marks of links and the moment of writing.
std::string steady(const MailMessage& mail) {
  std::string text = "To: " + mail.toName + " <" + mail.to.text() + ">\nSubject: " + mail.subject +
                     (mail.confidential ? "\nConfidential\n\n" : "\n\n") + mail.text;
  text = std::regex_replace(text, std::regex("(/events/(?:registrations|feedback|materials)/[0-9]+/)[A-Za-z0-9_-]+"), "$1TOKEN");
  text = std::regex_replace(text, std::regex("person[0-9]+@example"), "person@example");
  if (!mail.calendar.empty()) {
    std::string calendar = std::regex_replace(unfolded(mail.calendar), std::regex("DTSTAMP:[0-9TZ]+"), "DTSTAMP:NOW");
    std::erase(calendar, '\r');
    // The time zone is the same in all.
    calendar = std::regex_replace(calendar, std::regex("BEGIN:VTIMEZONE[^]*END:VTIMEZONE\n"), "");
    text += "\n---- calendar\n" + calendar;
  }
  return text;
}

void compare(const std::string& name, const std::optional<MailMessage>& mail) {
  INFO(name);
  REQUIRE(mail);
  const std::string path = std::string(TOIMELA_PLUGIN_FOLDER) + "/tests/golden/" + name + ".txt";
  if (const char* mode = std::getenv("TOIMELA_GOLDEN"); mode && std::string_view(mode) == "write") {
    std::ofstream(path) << steady(*mail);
    return;
  }
  std::ifstream in(path);
  std::ostringstream golden;
  golden << in.rdbuf();
  CHECK(steady(*mail) == golden.str());
}

Event springMeeting(std::optional<std::int64_t> capacity) {
  Event event = exampleEvent(capacity);
  event.title = {"Kevään verkostopäivä", "Vårens nätverksdag", "Spring network day"};
  event.place = {"Kirjasto Metso", "Biblioteket Metso", "Metso library"};
  event.address = "Pirkankatu 2, Tampere";
  event.startsAt = *parseHelsinkiTime("2031-05-14T09:00");
  event.endsAt = *parseHelsinkiTime("2031-05-14T15:30");
  event.contactName = "Aino Kivilehto";
  event.contactEmail = "aino.kivilehto@example.org";
  event.contactPhone = "+358 40 123 4567";
  return event;
}

EmailAddress mailbox(const char* text) { return *EmailAddress::parse(text); }

/// Somebody who comes alone.
Registration alone(Gathering& g, Locale locale) {
  Registration r = g.registration(1);
  r.locale = locale;
  r.name = "Elli Öhman";
  r.email = mailbox("elli.ohman@example.org");
  r.participants.front().name = r.name;
  r.participants.front().email = r.email;
  return r;
}

/// A registrant with two others, one of whom has an address of their own.
Registration group(Gathering& g, Locale locale) {
  Registration r = g.registration(3);
  r.locale = locale;
  r.name = "Elli Öhman";
  r.email = mailbox("elli.ohman@example.org");
  r.participants[0].name = r.name;
  r.participants[0].email = r.email;
  r.participants[1].name = "Onni Saarela";
  r.participants[1].email = mailbox("onni.saarela@example.org");
  r.participants[2].name = {};
  r.participants[2].email = std::nullopt;
  return r;
}

Registration taken(const operations::Outcome& outcome) { return std::get<Registered>(outcome).registration; }

/// A participant moved by hand into a state, as the letters find them.
void put(Gathering& g, ParticipantId id, PlaceState state, std::optional<Instant> offerUntil = {}) {
  g.change([&](WriteTx& tx) { store::setState(tx, std::span(&id, 1), state, offerUntil); return 0; });
}

constexpr Sql kConfirmBy{"test.confirm_by", "UPDATE events_registration SET confirm_by = :until WHERE id = :id"};

}  // namespace

TEST_CASE("every letter reads as it should in three languages", "[events][letters]") {
  using namespace operations;
  for (const Locale locale : kLocales) {
    Gathering g(testing::databases().front());
    const auto event = g.addEvent(springMeeting(100));
    const std::string language = "." + std::string(code(locale));
    const Registration one = taken(g.submit(event, alone(g, locale)));
    const std::int64_t person = one.participants.front().id.value;
    compare("registered_confirmed" + language, write(g, kRegistered, one.id.value));
    compare("promoted" + language, write(g, kPromoted, person));
    compare("approved" + language, write(g, kApproved, person));
    compare("moved" + language, write(g, kMoved, person));
    compare("again" + language, g.host().read([&](ReadTx& tx) { return view::againLetter(tx, g.host(), person); }));
    compare("reminder" + language, write(g, kReminder, one.id.value));
    compare("changed" + language, write(g, kChanged, one.id.value));
    compare("event_cancelled" + language, write(g, kEventCancelled, one.id.value));
    compare("feedback" + language, write(g, kFeedback, person));
    compare("feedback_reminder" + language, write(g, kFeedbackReminder, person));
    compare("materials" + language, write(g, kMaterials, person));
    compare("followup" + language, write(g, kFollowUp, one.id.value));
    g.change([&](WriteTx& tx) { return tx.run(kConfirmBy, *parseHelsinkiTime("2031-05-01T12:00"), one.id); });
    compare("registered_confirm" + language, write(g, kRegistered, one.id.value));
    g.change([&](WriteTx& tx) { return tx.run(kConfirmBy, std::optional<Instant>(), one.id); });

    put(g, {person}, PlaceState::offered, parseHelsinkiTime("2031-05-02T16:00"));
    compare("offered" + language, write(g, kOffered, person));
    put(g, {person}, PlaceState::waiting);
    compare("registered_waiting" + language, write(g, kRegistered, one.id.value));
    compare("approved_waiting" + language, write(g, kApproved, person));
    put(g, {person}, PlaceState::pending);
    compare("registered_pending" + language, write(g, kRegistered, one.id.value));
    put(g, {person}, PlaceState::lapsed);
    compare("lapsed" + language, write(g, kLapsed, person));
    put(g, {person}, PlaceState::declined);
    compare("declined" + language, write(g, kDeclined, person));
    put(g, {person}, PlaceState::cancelled);
    compare("cancelled" + language, write(g, kCancelled, person));

    const auto other = g.addEvent(springMeeting(2));
    const Registration three = taken(g.submit(other, group(g, locale)));
    const std::int64_t guest = three.participants[1].id.value;
    compare("registered_mixed" + language, write(g, kRegistered, three.id.value));
    compare("place" + language, write(g, kPlace, guest));
    compare("reminder_guest" + language, write(g, kReminderToGuest, guest));
    compare("changed_guest" + language, write(g, kChangedToGuest, guest));
    compare("event_cancelled_guest" + language, write(g, kEventCancelledToGuest, guest));
    put(g, {guest}, PlaceState::cancelled);
    compare("place_cancelled" + language, write(g, kPlace, guest));
  }
}

TEST_CASE("a member of a network is invited in their language, as long as they are one", "[events][letters]") {
  constexpr Sql kNetwork{"test.network",
                         "INSERT INTO contacts_network (name_fi, name_sv, name_en, purpose_fi, purpose_sv, purpose_en, "
                         "kind, region, created_at, revision) VALUES ('Nuorten polut', 'Ungas stigar', 'Paths of the "
                         "young', '', '', '', 'theme', '06', 0, 1) RETURNING id"};
  constexpr Sql kMember{"test.member",
                        "INSERT INTO contacts_member (network_id, person_id, organisation_id, role, region, "
                        "valid_from, created_at, revision) VALUES (:network, :person, :organisation, 'member', '06', "
                        "'2020-01-01', 0, 1)"};
  constexpr Sql kLanguage{"test.language", "UPDATE core_person SET language = :language WHERE id = :id"};
  constexpr Sql kLeave{"test.leave", "UPDATE contacts_member SET valid_to = '2020-02-01'"};
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      const auto organisation = g.site.organisation("Jäsen ry", "06");
      const auto person = g.site.person("Milla", "Mukana");
      Event event = springMeeting(100);
      event.visibility = Visibility::network;
      const auto id = g.change([&](WriteTx& tx) {
        const auto network = tx.value<std::int64_t>(kNetwork);
        tx.run(kMember, network, person, organisation);
        event.audience = "contacts.network:" + std::to_string(network);
        return store::insertEvent(tx, event);
      });
      CHECK(g.operate([&](WriteTx& tx) { return operations::inviteMembers(tx, id, std::span(&person, 1)); }) == 1);
      const auto written = [&] { return g.host().read([&](ReadTx& tx) { return view::invitationLetter(tx, g.host(), 1); }); };
      for (const Locale locale : kLocales) {
        g.change([&](WriteTx& tx) { return tx.run(kLanguage, locale, person); });
        compare("invitation." + std::string(code(locale)), written());
      }
      g.change([&](WriteTx& tx) { return tx.run(kLeave); });
      CHECK_FALSE(written());
    }
  }
}

TEST_CASE("who registers a group is told once, those with an address of their own about themselves", "[events][letters]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      const auto event = g.addEvent(springMeeting(10));
      const Registration three = taken(g.submit(event, group(g, Locale::fi)));
      const auto first = written(g);
      REQUIRE(first.size() == 2);
      CHECK(first[0].to.text() == "elli.ohman@example.org");
      CHECK(first[0].confidential);
      CHECK(first[0].calendar.find("METHOD:REQUEST") != std::string::npos);
      CHECK(first[1].to.text() == "onni.saarela@example.org");
      CHECK_FALSE(first[1].confidential);
      CHECK(first[1].text.find("/events/registrations/") == std::string::npos);

      const auto before = queued(g);
      std::vector<ParticipantId> all;
      for (const auto& participant : three.participants) all.push_back(participant.id);
      g.operate([&](WriteTx& tx) { return operations::cancel(tx, event, all, operations::By::participant); });
      const auto second = written(g, before);
      REQUIRE(second.size() == 2);
      CHECK(second[0].text.find("3 paikkaa on peruttu") != std::string::npos);
      CHECK(second[0].calendar.find("METHOD:CANCEL") != std::string::npos);
      CHECK(second[1].to.text() == "onni.saarela@example.org");
      CHECK(second[1].calendar.find("STATUS:CANCELLED") != std::string::npos);
    }
  }
}

TEST_CASE("nobody but the registrant is written to before the address is confirmed", "[events][letters]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      const auto event = g.addEvent(springMeeting(10));
      auto wish = group(g, Locale::fi);
      wish.confirmBy = now() + std::chrono::hours(24);
      const Registration three = taken(g.submit(event, wish));
      const auto first = written(g);
      REQUIRE(first.size() == 1);
      CHECK(first[0].subject == "Vahvista ilmoittautumisesi: Kevään verkostopäivä");
      CHECK(first[0].calendar.empty());
      CHECK_FALSE(write(g, operations::kPlace, three.participants[1].id.value));

      const auto before = queued(g);
      g.change([&](WriteTx& tx) {
        REQUIRE(store::confirmAddress(tx, three.id));
        operations::tellRegistered(tx, *store::findRegistration(tx, three.id));
        return 0;
      });
      CHECK(written(g, before).size() == 2);
    }
  }
}

TEST_CASE("a letter whose matter has passed is not written", "[events][letters]") {
  Gathering g(testing::databases().front());
  const auto event = g.addEvent(springMeeting(1));
  const auto people = g.join(event, 2);
  CHECK_FALSE(write(g, operations::kPromoted, people[1].value));
  CHECK_FALSE(write(g, operations::kPlace, people[1].value));
  CHECK_FALSE(write(g, operations::kOffered, people[0].value));
  CHECK_FALSE(write(g, operations::kRegistered, 999));
  CHECK_FALSE(write(g, operations::kPromoted, 999));
}

TEST_CASE("a reminder goes out once for each time that an event is to begin", "[events][letters]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      const auto id = g.addEvent(springMeeting(1));
      g.join(id, 2);
      auto event = *g.host().read([&](ReadTx& tx) { return store::findEvent(tx, id); });
      const auto before = queued(g);
      const auto remind = [&] { return g.change([&](WriteTx& tx) { return operations::remind(tx, event); }); };
      CHECK(remind());
      // Whoever waits has nothing to be reminded of.
      CHECK(written(g, before).size() == 2);
      CHECK_FALSE(remind());
      event.startsAt += std::chrono::hours(24);
      CHECK(remind());
    }
  }
}
