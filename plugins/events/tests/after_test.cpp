// What comes after an event, over HTTP: feeds, feedback, figures and the report.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <Poco/DOM/DOMParser.h>
#include <Poco/DOM/Document.h>
#include <Poco/DOM/NodeList.h>
#include <Poco/AutoPtr.h>

#include <algorithm>
#include <regex>

#include "handlers/mailings.h"
#include "operations/letters.h"
#include "operations/mailings.h"
#include "operations/organising.h"
#include "store/feedback.h"
#include "store/feeds.h"
#include "visit.h"

using namespace toimela;
using namespace toimela::events;
using Catch::Contains;
using testing::bodyOf;
using Json = nlohmann::json;

namespace {

constexpr Sql kEnd{"test.end",
                   "UPDATE events_event SET starts_at = starts_at - :by, ends_at = ends_at - :by WHERE id = :id"};

void endDaysAgo(Visit& v, EventId event, int days) {
  v.change([&](WriteTx& tx) {
    return tx.run(kEnd, std::chrono::milliseconds(std::chrono::hours(24 * (30 + days))).count(), event);
  });
}

std::string typeOf(const Response& response) {
  return std::string(response.headers.find("Content-Type").value_or(""));
}

/// The values of a property in a calendar, unfolded.
std::vector<std::string> every(const std::string& calendar, const std::string& property) {
  const std::string text = std::regex_replace(calendar, std::regex("\r\n[ \t]"), "");
  std::vector<std::string> values;
  const std::regex line("(?:^|\n)" + property + "(?:;[^:\r\n]*)?:([^\r\n]*)");
  for (std::sregex_iterator it(text.begin(), text.end(), line), end; it != end; ++it) values.push_back((*it)[1]);
  return values;
}

/// A feedback link of the participant.
std::string feedbackLink(Visit& v, EventId event, ParticipantId id, bool isApi = false) {
  const auto participant = v.host().read([&](ReadTx& tx) { return *store::findParticipant(tx, event, id); });
  return (isApi ? "/api/v1" : "/fi") + view::feedbackPath(v.host(), participant);
}

Response sendJson(testing::Visitor& visitor, const std::string& path, const Json& body) {
  Headers headers;
  headers.set("Content-Type", "application/json");
  return visitor.send(Method::post, path, headers, body.dump());
}

}  // namespace

TEST_CASE("calendars of the nation, a region, an event and a registration have the same events", "[events][feeds]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      const auto day = exampleEvent(5);
      auto elsewhere = day;
      elsewhere.region = region("15");
      elsewhere.title = {.fi = "Rannikon päivä"};
      auto hidden = day;
      hidden.status = EventStatus::draft;
      hidden.title = {.fi = "Luonnos"};
      const auto here = v.addEvent(day), there = v.addEvent(elsewhere);
      v.addEvent(hidden);
      auto visitor = v.site.visitor();

      const auto nation = visitor.get("/fi/events/calendar.ics");
      CHECK_THAT(typeOf(nation), Contains("text/calendar"));
      CHECK(every(bodyOf(nation), "SUMMARY") == std::vector<std::string>{"Verkostopäivä", "Rannikon päivä"});
      const auto pirkanmaa = bodyOf(visitor.get("/sv/regions/pirkanmaa/events/calendar.ics"));
      CHECK(every(pirkanmaa, "SUMMARY") == std::vector<std::string>{"Nätverksdag"});
      CHECK(every(pirkanmaa, "UID") == std::vector<std::string>{"event-" + here.text() + "@toimela.test"});
      CHECK(every(bodyOf(visitor.get(v.page(there, "/calendar.ics"))), "UID") ==
            std::vector<std::string>{"event-" + there.text() + "@toimela.test"});
      CHECK(visitor.get("/fi/regions/ei-ole/events/calendar.ics").status == 404);

      v.send(visitor, here, v.group("aino", {"beeda"}));
      const auto registration = v.latest();
      const auto own = visitor.get(v.linkOf(registration, "/calendar.ics"));
      CHECK_THAT(typeOf(own), Contains("text/calendar"));
      CHECK(every(bodyOf(own), "UID").size() == 2);
      CHECK(every(bodyOf(own), "UID")[0] == "participant-" + registration.participants[0].id.text() + "@toimela.test");
      CHECK(visitor.get("/fi/events/registrations/" + registration.id.text() + "/wrong/calendar.ics").status == 404);
    }
  }
}

TEST_CASE("the UID of a place stays through changes and cancellation, the sequence rises", "[events][feeds]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      const auto event = v.addEvent(exampleEvent(5));
      auto visitor = v.site.visitor();
      v.send(visitor, event, v.alone("aino", "aino@example.org"));
      const auto link = v.linkOf(v.latest(), "/calendar.ics");
      const auto before = bodyOf(visitor.get(link));
      v.operate([&](WriteTx& tx) {
        auto moved = *store::findEvent(tx, event);
        moved.startsAt += std::chrono::hours(1);
        return operations::saveEvent(tx, moved);
      });
      const auto after = bodyOf(visitor.get(link));
      CHECK(every(after, "UID") == every(before, "UID"));
      CHECK(every(before, "SEQUENCE") == std::vector<std::string>{"0"});
      CHECK(every(after, "SEQUENCE") == std::vector<std::string>{"1"});
      CHECK(every(after, "DTSTART") != every(before, "DTSTART"));
      v.operate([&](WriteTx& tx) { return operations::cancelEvent(tx, event, "sairaus"); });
      const auto gone = bodyOf(visitor.get(link));
      CHECK(every(gone, "UID") == every(before, "UID"));
      CHECK(every(gone, "STATUS") == std::vector<std::string>{"CANCELLED"});
      CHECK(every(gone, "SEQUENCE") == std::vector<std::string>{"2"});
    }
  }
}

TEST_CASE("a personal calendar has one's own places, by an address that can be made anew and taken away",
          "[events][feeds]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      const auto event = v.addEvent(exampleEvent(5));
      v.addEvent(exampleEvent(5));
      const auto person = v.site.person("Aino", "Aho");
      auto aino = v.site.signedIn(person);
      CHECK(v.send(aino, event, v.alone("aino", "x")).status == 303);
      const auto address = [&] {
        const auto page = bodyOf(aino.get("/fi/events/feed"));
        std::smatch found;
        return std::regex_search(page, found, std::regex("/fi/events/feed/[0-9]+/[A-Za-z0-9_-]+")) ? found.str() : "";
      };
      CHECK(address().empty());
      CHECK(aino.post("/fi/events/feed/renew").status == 303);
      const auto first = address();
      REQUIRE_FALSE(first.empty());
      const auto calendar = bodyOf(v.site.visitor().get(first));
      CHECK(every(calendar, "SUMMARY") == std::vector<std::string>{"Verkostopäivä"});
      CHECK(aino.post("/fi/events/feed/renew").status == 303);
      CHECK(v.site.visitor().get(first).status == 404);
      const auto second = address();
      CHECK(v.site.visitor().get(second).status == 200);
      // Who may not sign in any more has no way around it.
      auto admin = v.site.signedIn(v.site.person("Niina", "Pääkäyttäjä", {{Role::nationalAdmin, {}, {}}}));
      REQUIRE(admin.post("/fi/admin/people/" + person.text() + "/disable").status == 303);
      CHECK(v.site.visitor().get(second).status == 404);
      REQUIRE(admin.post("/fi/admin/people/" + person.text() + "/enable").status == 303);
      CHECK(v.site.visitor().get(second).status == 200);
      aino = v.site.signedIn(person);
      CHECK(aino.post("/fi/events/feed/remove").status == 303);
      CHECK(v.site.visitor().get(second).status == 404);
    }
  }
}

TEST_CASE("the Atom feed is XML with an entry for each new event, hostile titles too", "[events][feeds]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      auto hostile = exampleEvent(5);
      hostile.title = {.fi = "<b>&\"]]>\x01 Päivä"};
      const auto first = v.addEvent(exampleEvent(5)), second = v.addEvent(hostile);
      const auto answer = v.site.visitor().get("/fi/regions/pirkanmaa/events/atom.xml");
      CHECK_THAT(typeOf(answer), Contains("application/atom+xml"));
      Poco::XML::DOMParser parser;
      const Poco::AutoPtr<Poco::XML::Document> document = parser.parseString(bodyOf(answer));
      const std::string kAtom = "http://www.w3.org/2005/Atom";
      CHECK(document->documentElement()->namespaceURI() == kAtom);
      const Poco::AutoPtr<Poco::XML::NodeList> entries = document->getElementsByTagNameNS(kAtom, "entry");
      REQUIRE(entries->length() == 2);
      std::vector<std::string> titles, ids;
      const Poco::AutoPtr<Poco::XML::NodeList> named = document->getElementsByTagNameNS(kAtom, "title");
      for (unsigned long i = 0; i < named->length(); ++i) titles.push_back(named->item(i)->innerText());
      CHECK(std::ranges::count(titles, "<b>&\"]]> Päivä") == 1);
      const Poco::AutoPtr<Poco::XML::NodeList> numbered = document->getElementsByTagNameNS(kAtom, "id");
      for (unsigned long i = 0; i < numbered->length(); ++i) ids.push_back(numbered->item(i)->innerText());
      for (const EventId event : {first, second})
        CHECK(std::ranges::count(ids, "http://toimela.test/fi/events/" + event.text()) == 1);
    }
  }
}

TEST_CASE("the page of an event tells programs what it is, without the link to take part", "[events][feeds]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      auto event = exampleEvent(1);
      event.attendance = Attendance::both;
      event.onlineLink = "https://meet.example.org/secret";
      event.title = {.fi = "</script><script>alert(1)</script>"};
      const auto id = v.addEvent(event);
      const auto describe = [&] {
        const auto page = bodyOf(v.site.visitor().get(v.page(id)));
        CHECK_THAT(page, !Contains("<script>alert"));
        const std::string open = "<script type=\"application/ld+json\">";
        const auto from = page.find(open);
        REQUIRE(from != std::string::npos);
        return Json::parse(page.substr(from + open.size(), page.find("</script>", from) - from - open.size()));
      };
      const auto json = describe();
      CHECK(json.at("@type") == "Event");
      CHECK(json.at("name") == "</script><script>alert(1)</script>");
      CHECK(json.at("eventAttendanceMode") == "https://schema.org/MixedEventAttendanceMode");
      CHECK(json.at("location").size() == 2);
      CHECK(json.at("offers").at("availability") == "https://schema.org/InStock");
      CHECK_THAT(json.at("startDate").get<std::string>(), Catch::Matches("....-..-..T..:..:..\\+0[23]:00"));
      CHECK_THAT(json.dump(), !Contains("secret"));
      v.join(id, 1);
      CHECK(describe().at("offers").at("availability") == "https://schema.org/SoldOut");
      v.operate([&](WriteTx& tx) { return operations::cancelEvent(tx, id, ""); });
      CHECK(describe().at("eventStatus") == "https://schema.org/EventCancelled");
    }
  }
}

TEST_CASE("feedback is given once, by a link that opens only afterwards, and keeps no name", "[events][feedback]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      const auto event = v.addEvent(exampleEvent(5));
      const auto people = v.join(event, 2);
      const auto link = feedbackLink(v, event, people[0]);
      auto visitor = v.site.visitor();
      CHECK(visitor.get(link).status == 404);
      endDaysAgo(v, event, 1);
      CHECK(visitor.get(link).status == 200);
      CHECK(visitor.get(link + "x").status == 404);
      const auto wrong = visitor.post(link, {{"rating", "5"}, {"answer", "Hyvä kahvi"}});
      CHECK(wrong.status == 422);
      CHECK_THAT(bodyOf(wrong), Contains("Hyvä kahvi") && Contains("role=\"alert\""));
      CHECK(visitor.post(link, {{"rating", "4"}, {"partners", "1"}, {"answer", "Hyvä kahvi"}}).status == 303);
      CHECK(visitor.post(link, {{"rating", "1"}}).status == 303);
      CHECK_THAT(bodyOf(visitor.get(link)), Contains("Palautteesi on saatu"));
      const auto given = v.host().read([&](ReadTx& tx) { return store::feedbackOf(tx, event, 10); });
      REQUIRE(given.size() == 1);
      CHECK(given[0].feedback.rating == 4);
      CHECK(given[0].name.empty());
      const auto figures = bodyOf(v.organiser().get(v.page(event, "/figures")));
      CHECK_THAT(figures, Contains("Hyvä kahvi") && !Contains("Osallistuja 1.0"));
    }
  }
}

TEST_CASE("programs give feedback by the same link, and read what was answered", "[events][feedback][api]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      const auto event = v.addEvent(exampleEvent(5));
      const auto people = v.join(event, 2);
      endDaysAgo(v, event, 1);
      auto visitor = v.site.visitor();
      const auto link = feedbackLink(v, event, people[0], true);
      const auto wrong = sendJson(visitor, link, {{"rating", 7}});
      CHECK(wrong.status == 422);
      CHECK(Json::parse(bodyOf(wrong)).at("errors")[0].at("field") == "rating");
      CHECK(sendJson(visitor, link + "x", {{"rating", 3}}).status == 404);
      CHECK(sendJson(visitor, link, {{"rating", 3}, {"partners", "no"}, {"answer", "Hyvä"}}).status == 204);
      CHECK(sendJson(visitor, link, {{"rating", 1}}).status == 409);
      CHECK(sendJson(visitor, feedbackLink(v, event, people[1], true), {{"rating", 4}, {"partners", nullptr}}).status == 204);
      const auto path = "/api/v1/events/" + event.text() + "/feedback";
      CHECK(visitor.get(path).status == 401);
      const auto json = Json::parse(bodyOf(v.organiser().get(path)));
      CHECK(json.at("answers") == 2);
      CHECK(json.at("mean") == 3.5);
      CHECK(json.at("partnerAnswers") == 1);
      CHECK(json.at("partnerShare") == 0.0);
      CHECK(json.at("ratings").at("3") == 1);
      CHECK(json.at("openAnswers") == Json::array({{{"text", "Hyvä"}, {"language", "fi"}, {"name", nullptr}}}));
    }
  }
}

TEST_CASE("who has not answered is reminded once, and who has is not", "[events][feedback]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      const auto event = v.addEvent(exampleEvent(5));
      const auto people = v.join(event, 3);
      v.change([&](WriteTx& tx) {
        const std::vector<ParticipantId> waits{people[2]};
        store::setState(tx, waits, PlaceState::cancelled);
        return 0;
      });
      endDaysAgo(v, event, 6);
      const auto count = [&](std::string_view kind) {
        const auto letters = v.letters();
        return std::ranges::count(letters, std::string(kind));
      };
      const auto ask = [&](std::string_view kind) {
        const auto found = v.host().read([&](ReadTx& tx) { return *store::findEvent(tx, event); });
        return v.change([&](WriteTx& tx) { return operations::askForFeedback(tx, found, kind); });
      };
      CHECK(ask(operations::kFeedback));
      CHECK(count(operations::kFeedback) == 2);
      auto visitor = v.site.visitor();
      CHECK(visitor.post(feedbackLink(v, event, people[0]), {{"rating", "4"}}).status == 303);
      CHECK(ask(operations::kFeedbackReminder));
      CHECK(count(operations::kFeedbackReminder) == 1);
      CHECK_FALSE(ask(operations::kFeedbackReminder));
      CHECK(count(operations::kFeedbackReminder) == 1);
    }
  }
}

TEST_CASE("the report and the figures are pages and files of the same numbers", "[events][report]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      auto planned = exampleEvent(5);
      planned.project = "KeKo";
      const auto event = v.addEvent(planned);
      const auto people = v.join(event, 3);
      endDaysAgo(v, event, 2);
      auto visitor = v.site.visitor();
      visitor.post(feedbackLink(v, event, people[0]), {{"rating", "4"}, {"partners", "1"}});
      auto oona = v.organiser();
      for (const char* locale : {"fi", "sv", "en"}) {
        INFO(locale);
        const std::string report = "/" + std::string(locale) + "/events/report?project=KeKo";
        const auto page = bodyOf(oona.get(report));
        CHECK_THAT(page, Contains("figures__number\">3<") && Contains("(100"));
        const auto xlsx = oona.get(report + "&format=xlsx");
        CHECK(xlsx.status == 200);
        CHECK(bodyOf(xlsx).starts_with("PK"));
        const auto pdf = oona.get(report + "&format=pdf");
        CHECK(typeOf(pdf) == "application/pdf");
        const auto file = bodyOf(pdf);
        CHECK(file.starts_with("%PDF-"));
        CHECK_THAT(file, Contains("/StructTreeRoot") && Contains("/FontFile"));
        const auto sheet = bodyOf(oona.get("/" + std::string(locale) + "/events/" + event.text() + "/figures?format=csv"));
        CHECK_THAT(sheet, Contains(";3\r\n"));
      }
      CHECK_THAT(bodyOf(oona.get("/fi/events/report?from=2001-01-01&to=2001-12-31")), Contains("Ei pidettyjä tapahtumia"));
      auto stranger = v.site.signedIn(v.site.person("Eino", "Muualta", {{Role::contactPerson, region("01"), {}}}));
      CHECK_THAT(bodyOf(stranger.get("/fi/events/report?project=KeKo")), Contains("Ei pidettyjä tapahtumia"));
      CHECK(stranger.get(v.page(event, "/figures?format=xlsx")).status == 403);
      CHECK(v.site.visitor().get("/fi/events/report").status != 200);
    }
  }
}

TEST_CASE("the report of a region says which events it held with others, and counts them when asked to", "[events][report]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      const auto event = v.addEvent(exampleEvent(5));
      v.join(event, 3);
      endDaysAgo(v, event, 2);
      auto oona = v.organiser();
      auto uuno = v.site.signedIn(v.site.person("Uuno", "Uusimaa", {{Role::contactPerson, region("01"), {}}}));
      const auto shows = [](testing::Visitor& visitor, std::string_view query) {
        const auto page = bodyOf(visitor.get("/en/events/report" + std::string(query)));
        return std::pair(page.find("figures__number\">3<") != std::string::npos,
                         page.find("1 more event") != std::string::npos);
      };
      CHECK(shows(uuno, "?together=1") == std::pair(false, false));
      REQUIRE(oona.post(v.page(event, "/co-organisers"), {{"regions", "01"}}).status == 303);
      CHECK(shows(uuno, "") == std::pair(false, true));
      CHECK(shows(uuno, "?together=1") == std::pair(true, false));
      CHECK(shows(uuno, "?region=01&together=1") == std::pair(true, false));
      CHECK(shows(uuno, "?region=01") == std::pair(false, true));
      CHECK_THAT(bodyOf(uuno.get("/en/events/report?together=1")), Contains("Pirkanmaa, Uusimaa"));
      // Where it belongs it is counted without asking, and once.
      CHECK(shows(oona, "") == std::pair(true, false));
      CHECK(shows(oona, "?together=1") == std::pair(true, false));
    }
  }
}
