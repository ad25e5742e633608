#include "domain/figures.h"

#include <catch2/catch.hpp>

#include "neighbourhood.h"
#include "store/figures.h"

using namespace toimela;
using namespace toimela::contacts;
using Catch::Matchers::Contains;
using testing::bodyOf;

TEST_CASE("months follow each other over the new year, the present one last", "[contacts][figures]") {
  const auto months = monthByMonth({}, {}, {}, Date::parse("2026-02-28").value(), 4);
  REQUIRE(months.size() == 4);
  CHECK(months[0].month == "2025-11");
  CHECK(months[1].month == "2025-12");
  CHECK(months[2].month == "2026-01");
  CHECK(months[3].month == "2026-02");
}

TEST_CASE("members are those who came and have not gone, also from before the first month", "[contacts][figures]") {
  const auto months =
      monthByMonth({{"2020-01", 5}, {"2026-02", 2}}, {{"2025-03", 1}, {"2026-03", 3}},
                   {{"2026-01", 7}}, Date::parse("2026-03-31").value(), 3);
  REQUIRE(months.size() == 3);
  CHECK(months[0].members == 4);
  CHECK(months[0].posts == 7);
  CHECK(months[1].members == 6);
  CHECK(months[1].joined == 2);
  CHECK(months[2].members == 3);
  CHECK(months[2].left == 3);
}

TEST_CASE("the figures of a network are read from its memberships", "[contacts][figures]") {
  onEveryDatabase([&](Neighbourhood& n) {
    const Date day = Date::parse("2026-05-15").value();
    n.network = n.addNetwork("Luvut", kPirkanmaa);
    n.addMember(n.network, n.plainMember, MemberRole::member,
                {Date::parse("2026-03-01").value(), Date::parse("2026-04-30").value()});
    n.addMember(n.network, n.contactPerson, MemberRole::member,
                {Date::parse("2026-03-20").value(), std::nullopt});
    n.addMember(n.network, n.coordinator, MemberRole::member, {day.plusDays(1), std::nullopt});
    n.host().read([&](ReadTx& tx) {
      CHECK(store::joinedByMonth(tx, n.network, day) == CountByMonth{{"2026-03", 2}});
      CHECK(store::leftByMonth(tx, n.network, day) == CountByMonth{{"2026-04", 1}});
      CHECK(store::leftByMonth(tx, n.network, Date::parse("2026-04-30").value()).empty());
      const auto sectors = store::sectorShares(tx, n.network, day);
      REQUIRE(sectors.size() == 1);
      CHECK(sectors[0].people == 1);
      return true;
    });
    const auto page = bodyOf(n.site.visitor().get(n.page("/figures")));
    CHECK_THAT(page, Contains("data-chart=\"line\""));
    CHECK_THAT(page, Contains("Toiminta kuukausittain"));
  });
}
