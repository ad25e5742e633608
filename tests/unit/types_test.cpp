#include "toimela/timespan.h"
#include "toimela/types.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <thread>
#include <vector>

#include "kit/local_time.h"
#include "toimela/access.h"
#include "toimela/directory.h"
#include "toimela/numbers.h"
#include "toimela/texts.h"

using namespace toimela;
using namespace std::chrono_literals;

namespace {

Instant at(int year, unsigned month, unsigned day, std::chrono::milliseconds time) {
  return std::chrono::sys_days{std::chrono::year{year} / std::chrono::month{month} /
                               std::chrono::day{day}} +
         time;
}

std::string parsed(std::string_view text) {
  const auto date = Date::parse(text);
  return date ? date->text() : "none";
}

}  // namespace

TEST_CASE("an id is a positive whole number and nothing else") {
  CHECK(parseId("1") == 1);
  CHECK(parseId("9223372036854775807") == 9223372036854775807);
  for (const char* text :
       {"", "0", "-1", "+1", "01", "1.0", " 1", "1 ", "abc", "0x10", "9223372036854775808"}) {
    CAPTURE(text);
    CHECK_FALSE(parseId(text));
  }
}

TEST_CASE("a text that lacks in the reader's language is shown in Finnish first") {
  const LocalText all{"talo", "hus", "house"};
  CHECK(all.pick(Locale::sv).text == "hus");
  CHECK(all.pick(Locale::sv).locale == Locale::sv);

  const LocalText noSwedish{"talo", "", "house"};
  CHECK(noSwedish.pick(Locale::sv).text == "talo");
  CHECK(noSwedish.pick(Locale::sv).locale == Locale::fi);

  const LocalText onlyEnglish{"", "", "house"};
  CHECK(onlyEnglish.pick(Locale::fi).text == "house");
  CHECK(onlyEnglish.pick(Locale::fi).locale == Locale::en);

  CHECK(LocalText{}.pick(Locale::en).text.empty());
}

TEST_CASE("codes of regions and municipalities have a fixed number of digits") {
  CHECK(RegionCode::parse("06")->text() == "06");
  CHECK(MunicipalityCode::parse("091")->text() == "091");
  for (const char* text : {"", "6", "006", "a6", "6 "}) CHECK_FALSE(RegionCode::parse(text));
  for (const char* text : {"", "91", "0091", "9a1"}) CHECK_FALSE(MunicipalityCode::parse(text));
}

TEST_CASE("an address that can be mailed to is taken, with its domain in lower case") {
  CHECK(EmailAddress::parse("Maija.Meikalainen+tyo@Yhdistys.FI")->text() ==
        "Maija.Meikalainen+tyo@yhdistys.fi");
  CHECK(EmailAddress::parse("Maija@Yhdistys.FI")->key() == "maija@yhdistys.fi");
  CHECK(EmailAddress::parse("a@b-c.d1.fi"));
  CHECK(EmailAddress::parse("a@xn--ls8h.fi"));
}

TEST_CASE("what is no e-mail address is refused") {
  for (const char* text : {"",
                           "@",
                           "a",
                           "a@",
                           "@b.fi",
                           "a@b",
                           "a@b.",
                           "a@.fi",
                           "a@b..fi",
                           "a@@b.fi",
                           "a@b@c.fi",
                           "a b@c.fi",
                           "a@b .fi",
                           ".a@b.fi",
                           "a.@b.fi",
                           "a..b@c.fi",
                           "a@-b.fi",
                           "a@b-.fi",
                           "a@192.168.1.1",
                           "a@b.fi\n",
                           "a\r\nBcc: x@y.fi@b.fi",
                           "<a@b.fi>",
                           "a,b@c.fi",
                           "\"a\"@b.fi",
                           "m\xC3\xA4@b.fi"}) {
    CAPTURE(text);
    CHECK_FALSE(EmailAddress::parse(text));
  }
  CHECK_FALSE(EmailAddress::parse(std::string("a\0@b.fi", 7)));
  CHECK_FALSE(EmailAddress::parse(std::string(65, 'a') + "@b.fi"));
  CHECK_FALSE(EmailAddress::parse("a@" + std::string(64, 'b') + ".fi"));

  const std::string labels =
      std::string(62, 'b') + "." + std::string(62, 'c') + "." + std::string(62, 'd');
  CHECK(EmailAddress::parse("a@" + labels + "." + std::string(60, 'e') + ".fi"));
  CHECK_FALSE(EmailAddress::parse("a@" + labels + "." + std::string(61, 'e') + ".fi"));
}

TEST_CASE("a business id must have the check digit that its number gives") {
  CHECK(BusinessId::parse("1234567-1")->text() == "1234567-1");
  CHECK(BusinessId::parse("0202248-2").has_value() == BusinessId::parse("202248-2").has_value());
  for (const char* text :
       {"", "1234567", "12345671", "1234567-2", "1234567-", "12345678-1", "12345-1", "123456a-1",
        " 1234567-1", "1234567-1 ", "FI12345671", "0000000-0"}) {
    CAPTURE(text);
    CHECK_FALSE(BusinessId::parse(text));
  }
}

TEST_CASE("an older business id of six digits is padded") {
  // 7*0 + 9*1 + 10*2 + 5*3 + 8*4 + 4*5 + 2*6 = 108; 108 modulo 11 is 9, so the check digit is 2.
  CHECK(BusinessId::parse("123456-2")->text() == "0123456-2");
}

TEST_CASE("a business number whose remainder is one is never given") {
  // 2*6 = 12; 12 modulo 11 is 1.
  for (char digit = '0'; digit <= '9'; ++digit) {
    CHECK_FALSE(BusinessId::parse(std::string("0000006-") + digit));
  }
}

TEST_CASE("a date is read as it is written in Finland and as ISO 8601") {
  CHECK(parsed("2026-11-22") == "2026-11-22");
  CHECK(parsed("22.11.2026") == "2026-11-22");
  CHECK(parsed("1.2.2026") == "2026-02-01");
  CHECK(parsed("01.02.2026") == "2026-02-01");
  CHECK(parsed("29.2.2028") == "2028-02-29");
}

TEST_CASE("a day that does not exist is no date") {
  for (const char* text :
       {"", "2026-02-29", "29.2.2026", "31.4.2026", "0.1.2026", "1.13.2026", "2026-1-2",
        "2026-11-22 ", "22.11.26", "22.11.", "22/11/2026", "22.11.2026.", "+1.1.2026", "0026-01-01",
        "1..2026", "001.1.2026", "20261122"}) {
    CAPTURE(text);
    CHECK(parsed(text) == "none");
  }
}

TEST_CASE("a day begins at midnight in Finland, in summer three hours before that of UTC") {
  CHECK(Date::of(at(2026, 1, 31, 21h + 59min)).text() == "2026-01-31");
  CHECK(Date::of(at(2026, 1, 31, 22h)).text() == "2026-02-01");
  CHECK(Date::of(at(2026, 7, 1, 20h + 59min)).text() == "2026-07-01");
  CHECK(Date::of(at(2026, 7, 1, 21h)).text() == "2026-07-02");
  CHECK(Date::of(Instant{-1ms}).text() == "1970-01-01");
}

TEST_CASE("the clocks of Helsinki turn on the last Sundays of March and October at 01:00 UTC") {
  for (int year = 1997; year <= 2037; ++year) {
    CAPTURE(year);
    const auto turn = [&](std::chrono::month month) {
      return Instant{std::chrono::sys_days{std::chrono::year{year} / month /
                                           std::chrono::Sunday[std::chrono::last]}} +
             1h;
    };
    const auto offset = [](Instant instant) {
      return helsinkiTime(instant).time_since_epoch() - instant.time_since_epoch();
    };
    CHECK(offset(turn(std::chrono::March) - 1ms) == 2h);
    CHECK(offset(turn(std::chrono::March)) == 3h);
    CHECK(offset(turn(std::chrono::October) - 1ms) == 3h);
    CHECK(offset(turn(std::chrono::October)) == 2h);
  }
}

TEST_CASE("many threads ask for the day at once and get the same one") {
  std::vector<std::string> days(8);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < days.size(); ++i) {
    threads.emplace_back([&days, i] {
      for (int n = 0; n < 500; ++n)
        days[i] = Date::of(at(2026, 3, 28, std::chrono::hours(n))).text();
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& day : days) CHECK(day == "2026-04-17");
}

TEST_CASE("days are counted over ends of months and leap days") {
  CHECK(Date::parse("2028-02-28")->plusDays(1).text() == "2028-02-29");
  CHECK(Date::parse("2026-12-31")->plusDays(1).text() == "2027-01-01");
  CHECK(Date::parse("2026-03-01")->plusDays(-1).text() == "2026-02-28");
}

TEST_CASE("ranges of days that touch overlap, and without an end they reach for ever") {
  const auto day = [](const char* text) { return *Date::parse(text); };
  const DateRange spring{day("2026-01-01"), day("2026-05-31")};
  CHECK(spring.contains(day("2026-01-01")));
  CHECK(spring.contains(day("2026-05-31")));
  CHECK_FALSE(spring.contains(day("2026-06-01")));
  CHECK(spring.overlaps({day("2026-05-31"), std::nullopt}));
  CHECK_FALSE(spring.overlaps({day("2026-06-01"), std::nullopt}));
  CHECK(DateRange{day("2020-01-01"), std::nullopt}.overlaps(spring));
  CHECK_FALSE(DateRange{day("2026-02-01"), day("2026-01-01")}.ordered());
}

TEST_CASE("an instant is written in UTC without fractions") {
  CHECK(isoText(at(2026, 11, 22, 9h + 30min + 5s + 999ms)) == "2026-11-22T09:30:05Z");
  CHECK(isoText(Instant{-1ms}) == "1969-12-31T23:59:59Z");
}

TEST_CASE("large numbers are grouped as the reader is used to") {
  CHECK(showNumber(999, Locale::fi) == "999");
  CHECK(showNumber(1'290, Locale::fi) == "1\u00a0290");
  CHECK(showNumber(1'234'567, Locale::sv) == "1\u00a0234\u00a0567");
  CHECK(showNumber(110'000, Locale::en) == "110,000");
  CHECK(showNumber(-1'290, Locale::fi) == "\u22121\u00a0290");
}

TEST_CASE("dates and times are shown as the reader is used to") {
  const Date day = *Date::parse("2026-02-01");
  CHECK(showDate(day, Locale::fi) == "1.2.2026");
  CHECK(showDate(day, Locale::sv) == "1.2.2026");
  CHECK(showDate(day, Locale::en) == "1 February 2026");
  const Instant summer = at(2026, 7, 1, 6h + 5min);
  CHECK(showInstant(summer, Locale::fi) == "1.7.2026 klo 9.05");
  CHECK(showInstant(summer, Locale::sv) == "1.7.2026 kl. 9.05");
  CHECK(showInstant(summer, Locale::en) == "1 July 2026, 09:05");
}

TEST_CASE("the letters with dots and rings stand at the end of the Finnish and Swedish alphabet") {
  for (const Locale locale : {Locale::fi, Locale::sv}) {
    CHECK(sortsBefore("Zonta", "\u00C5bo", locale));
    CHECK(sortsBefore("\u00C5bo", "\u00C4ht\u00E4ri", locale));
    CHECK(sortsBefore("\u00C4ht\u00E4ri", "\u00D6ja", locale));
    CHECK_FALSE(sortsBefore("\u00D6ja", "Zonta", locale));
    CHECK_FALSE(sortsBefore("Zonta", "Zonta", locale));
  }
  CHECK(sortsBefore("aalto", "Aho", Locale::fi));
}

TEST_CASE("a grant covers what lies within it") {
  const auto uusimaa = RegionCode::parse("01"), pirkanmaa = RegionCode::parse("06");
  const Grant national{Role::nationalAdmin, {}, {}};
  const Grant regional{Role::regionalAdmin, pirkanmaa, {}};
  const Grant ofOne{Role::organisationRep, {}, OrganisationId{7}};
  const Scope nation{};
  const Scope region{pirkanmaa, {}, {}};
  const Scope organisation{pirkanmaa, OrganisationId{7}, {}};

  CHECK(covers(national, nation));
  CHECK(covers(national, organisation));
  CHECK(covers(regional, region));
  CHECK(covers(regional, organisation));
  CHECK_FALSE(covers(regional, nation));
  CHECK_FALSE(covers(regional, Scope{uusimaa, {}, {}}));
  CHECK(covers(ofOne, organisation));
  CHECK_FALSE(covers(ofOne, region));
  CHECK_FALSE(covers(ofOne, nation));
  CHECK_FALSE(covers(ofOne, Scope{pirkanmaa, OrganisationId{8}, {}}));
}

TEST_CASE("a grant that names region and organisation reaches beyond neither") {
  const Grant both{Role::organisationRep, RegionCode::parse("06"), OrganisationId{7}};
  CHECK(covers(both, Scope{RegionCode::parse("06"), OrganisationId{7}, {}}));
  CHECK_FALSE(covers(both, Scope{RegionCode::parse("06"), OrganisationId{8}, {}}));
  CHECK_FALSE(covers(both, Scope{RegionCode::parse("01"), OrganisationId{7}, {}}));
}

TEST_CASE("what several places look after is covered by a grant for each of them and no other") {
  const auto uusimaa = RegionCode::parse("01"), pirkanmaa = RegionCode::parse("06"), kainuu = RegionCode::parse("18");
  const Scope together{pirkanmaa, {}, {}, {Scope{uusimaa, {}, {}}, Scope{{}, OrganisationId{7}, {}}, Scope{}}};
  CHECK(covers({Role::contactPerson, pirkanmaa, {}}, together));
  CHECK(covers({Role::contactPerson, uusimaa, {}}, together));
  CHECK(covers({Role::organisationRep, {}, OrganisationId{7}}, together));
  CHECK(covers({Role::nationalAdmin, {}, {}}, together));
  CHECK_FALSE(covers({Role::contactPerson, kainuu, {}}, together));
  CHECK_FALSE(covers({Role::organisationRep, {}, OrganisationId{8}}, together));
  // A region of one and an organisation of another do not add up.
  CHECK_FALSE(covers({Role::organisationRep, uusimaa, OrganisationId{7}}, together));
}

TEST_CASE("roles and sectors are found again by their codes") {
  for (const Role role : kRoles) CHECK(parseRole(code(role)) == role);
  CHECK(code(Role::nationalAdmin) == "national_admin");
  CHECK_FALSE(parseRole("admin"));
  for (const Sector sector : kSectors) CHECK(parseSector(code(sector)) == sector);
  CHECK_FALSE(parseSector(""));
  for (const Locale locale : kLocales) CHECK(parseLocale(code(locale)) == locale);
  CHECK_FALSE(parseLocale("FI"));
}

TEST_CASE("a parameter that the pattern lacks is a mistake, one that is no id is nothing") {
  PathParameters parameters;
  parameters.add("network", "12");
  parameters.add("region", "pirkanmaa");
  CHECK(parameters.text("region") == "pirkanmaa");
  CHECK(parameters.id<OrganisationId>("network") == OrganisationId{12});
  CHECK_FALSE(parameters.id<OrganisationId>("region"));
  CHECK(parameters.has("network"));
  CHECK_FALSE(parameters.has("member"));
  CHECK_THROWS_AS(parameters.text("member"), std::out_of_range);
}

TEST_CASE("a moment is typed as clocks in Finland show it", "[kit][types]") {
  const auto iso = [](std::string_view typed) {
    const auto found = parseHelsinkiTime(typed);
    return found ? isoText(*found) : "none";
  };
  CHECK(iso("2026-11-22T09:30") == "2026-11-22T07:30:00Z");
  CHECK(iso("2026-07-01T09:30") == "2026-07-01T06:30:00Z");
  CHECK(iso("22.11.2026 9.30") == "2026-11-22T07:30:00Z");
  CHECK(iso("2026-11-22 09:30:00") == "2026-11-22T07:30:00Z");
  CHECK(iso("2026-03-29T03:30") == "none");  // summer time skips it
  CHECK(iso("2026-10-25T03:30") == "2026-10-25T00:30:00Z");  // comes twice: the earlier
  for (const char* wrong : {"", "2026-11-22", "2026-11-22T24:00", "2026-11-22T09:60", "2026-02-30T09:00",
                            "2026-11-22T9", "2026-11-22T09:30x", "T09:30", "2026-11-22T-1:30"})
    CHECK(iso(wrong) == "none");
  CHECK(helsinkiText(*parseHelsinkiTime("2026-07-01T09:30")) == "2026-07-01T09:30");
}

TEST_CASE("a span of time is written as people of the language write it", "[kit][texts]") {
  const Instant from = *parseHelsinkiTime("2026-12-11T09:00"), to = *parseHelsinkiTime("2026-12-11T15:30");
  CHECK(showSpan(from, to, Locale::fi) == "pe 11.12.2026 klo 9.00–15.30");
  CHECK(showSpan(from, to, Locale::sv) == "fre 11.12.2026 kl. 9.00–15.30");
  CHECK(showSpan(from, to, Locale::en) == "Fri 11 December 2026, 09:00–15:30");
  CHECK(showSpan(from, *parseHelsinkiTime("2026-12-12T12:05"), Locale::fi) ==
        "pe 11.12.2026 klo 9.00 – la 12.12.2026 klo 12.05");
}
