// The mail that tells of what happened: its parts, and its text in three languages.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "notices/digest.h"
#include "toimela/testing.h"

using namespace toimela;
using namespace toimela::notices;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;

namespace {

const Topic kPirkanmaa{
    .key = "contacts.network:1",
    .name = {"Pirkanmaan verkosto", "Nätverket i Birkaland", "Pirkanmaa network"},
    .path = "/contacts/networks/1/board",
    .region = RegionCode::parse("06")};
const Topic kYoung{.key = "contacts.network:2",
                   .name = {.fi = "Nuorten verkosto"},
                   .path = "/contacts/networks/2/board"};

Waiting waiting(const Topic& topic, LocalText title, std::int64_t id = 1) {
  return {.id = id,
          .topic = topic,
          .title = std::move(title),
          .path = topic.path + "/" + std::to_string(id),
          .urgent = false,
          .at = Instant(1'700'000'000'000ms - id * 1s)};
}

Person reader(Locale locale) {
  return {.id = {7},
          .givenName = "Aino",
          .familyName = "Kivilehto",
          .email = *EmailAddress::parse("aino@example.org"),
          .language = locale};
}

std::string whole(const MailMessage& mail) {
  return "To: " + mail.toName + " <" + mail.to.text() + ">\nSubject: " + mail.subject +
         "\nList-Unsubscribe: <" + mail.unsubscribe + ">\n\n" + mail.text + "\n----\n" + mail.html;
}

/// The text that is kept under tests/unit/golden; TOIMELA_GOLDEN=write writes it anew.
std::string golden(const std::string& name, const std::string& current) {
  const std::string file = std::string(TOIMELA_SOURCE_FOLDER) + "/tests/unit/golden/" + name;
  if (const char* wish = std::getenv("TOIMELA_GOLDEN"); wish && std::string(wish) == "write")
    std::ofstream(file) << current;
  std::ifstream in(file);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("a digest has its topics in the order of their newest notice", "[notices]") {
  const std::vector<Waiting> waitings{waiting(kYoung, {.fi = "Uusin"}, 1),
                                      waiting(kPirkanmaa, {.fi = "Toinen"}, 2),
                                      waiting(kYoung, {.fi = "Vanhin"}, 3)};
  const Digest digest = digestOf(waitings);
  REQUIRE(digest.parts.size() == 2);
  CHECK(digest.parts[0].topic.key == kYoung.key);
  REQUIRE(digest.parts[0].notices.size() == 2);
  CHECK(digest.parts[0].notices[0].title.fi == "Uusin");
  CHECK(digest.parts[0].notices[1].title.fi == "Vanhin");
  CHECK(digest.parts[1].notices.size() == 1);
  CHECK(digest.more == 0);
}

TEST_CASE("a digest has fifty lines and counts the rest, whose topics it ends too", "[notices]") {
  std::vector<Waiting> waitings;
  for (int i = 1; i <= 52; ++i) waitings.push_back(waiting(kPirkanmaa, {.fi = "Uutinen"}, i));
  waitings.push_back(waiting(kYoung, {.fi = "Vanhin"}, 53));
  const Digest digest = digestOf(waitings);
  CHECK(digest.shown() == 50);
  CHECK(digest.more == 3);
  CHECK(digest.parts.size() == 1);
  CHECK(digest.topics == std::vector<std::string>{kPirkanmaa.key, kYoung.key});
}

TEST_CASE("the mail of a digest reads as it is kept, in three languages", "[notices]") {
  testing::Site site(testing::databases().front());
  std::vector<Waiting> waitings{
      waiting(kPirkanmaa,
              {"Vinkki: näin löysimme nuoret", "Tips: så hittade vi de unga",
               "Tip: how we found the young"},
              11),
      waiting(kYoung, {.fi = "Kysymys: kuka tuntee <työpajan> & \"Ohjaamon\"?"}, 12),
      waiting(kPirkanmaa, {.fi = "Kommentti: kiitos", .sv = "Kommentar: tack"}, 13)};
  for (int i = 20; i < 70; ++i)
    waitings.push_back(waiting(kYoung, {.fi = "Uutinen " + std::to_string(i)}, i));
  for (const Locale locale : kLocales) {
    const auto mail = digestMail(site.host("core"), reader(locale), digestOf(waitings), "TOKEN");
    const std::string name = "digest." + std::string(code(locale)) + ".txt";
    INFO(name);
    CHECK(whole(mail) == golden(name, whole(mail)));
  }
}

TEST_CASE("the subject says what it is about when it is one thing", "[notices]") {
  testing::Site site(testing::databases().front());
  Host& host = site.host("core");
  const auto subject = [&](std::vector<Waiting> waitings, Locale locale) {
    return digestMail(host, reader(locale), digestOf(waitings), "T").subject;
  };
  const auto one = waiting(kPirkanmaa, {"Vinkki", "Tips", "Tip"});
  CHECK(subject({one}, Locale::fi) == "Pirkanmaan verkosto: Vinkki");
  CHECK(subject({one}, Locale::sv) == "Nätverket i Birkaland: Tips");
  CHECK(subject({one, one}, Locale::en) == "Pirkanmaa network: 2 pieces of news");
  CHECK(subject({one, waiting(kYoung, {.fi = "Toinen"})}, Locale::fi) ==
        "2 uutta asiaa verkostoistasi");
}

TEST_CASE("what people wrote can not break out of the mail", "[notices]") {
  testing::Site site(testing::databases().front());
  const auto mail = digestMail(
      site.host("core"), reader(Locale::fi),
      digestOf(std::vector{waiting(kPirkanmaa, {.fi = "x\r\nBcc: eve@example.org <script>"})}),
      "T");
  CHECK(mail.subject.find_first_of("\r\n") == std::string::npos);
  CHECK_THAT(mail.html, !Contains("<script>"));
}
