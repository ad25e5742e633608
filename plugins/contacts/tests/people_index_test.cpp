#include <catch2/catch.hpp>

#include "neighbourhood.h"

using namespace toimela;
using namespace toimela::contacts;
using Catch::Matchers::Contains;
using testing::bodyOf;

namespace {

std::string found(Neighbourhood& n, std::string_view words) {
  return bodyOf(n.site.visitor().get("/fi/contacts/people?q=" + std::string(words)));
}

}  // namespace

TEST_CASE("who takes another name is found by it at once, and by the old one no more",
          "[contacts][people]") {
  onEveryDatabase([](Neighbourhood& n) {
    REQUIRE_THAT(found(n, "yhteys"), Contains("Yrjö Yhteyshenkilö"));
    auto person = n.site.signedIn(n.contactPerson);
    REQUIRE(person
                .post("/fi/account", {{"given_name", "Yrjö"},
                                      {"family_name", "Uusinimi"},
                                      {"phone", ""},
                                      {"language", "fi"}})
                .status == 303);
    CHECK_THAT(found(n, "uusin"), Contains("Yrjö Uusinimi"));
    CHECK_THAT(found(n, "yhteys"), !Contains("Yrjö"));
  });
}

TEST_CASE("people are found by the new name of their organisation at once", "[contacts][people]") {
  onEveryDatabase([](Neighbourhood& n) {
    auto administrator = n.administrator();
    REQUIRE(administrator
                .post("/fi/organisations/" + n.organisation.text() + "/edit",
                      {{"name_fi", "Hämeen Apu ry"}, {"sector", "association"}, {"revision", "1"}})
                .status == 303);
    CHECK_THAT(found(n, "apu"), Contains("Yrjö Yhteyshenkilö"));
    CHECK_THAT(found(n, "tampereen"), !Contains("Yrjö"));
  });
}

TEST_CASE("people are found by the new name of their network at once", "[contacts][people]") {
  onEveryDatabase([](Neighbourhood& n) {
    auto administrator = n.administrator();
    REQUIRE(administrator
                .post(n.page("/edit"), {{"name_fi", "Nuorten ketju"},
                                        {"name_sv", ""},
                                        {"name_en", ""},
                                        {"purpose_fi", ""},
                                        {"kind", "theme"},
                                        {"coordinator", ""},
                                        {"revision", "1"}})
                .status == 303);
    CHECK_THAT(found(n, "ketju"), Contains("Yrjö Yhteyshenkilö"));
    CHECK_THAT(found(n, "verkosto"), !Contains("Yrjö"));
  });
}

TEST_CASE("who may not sign in any more is found no more, until they may", "[contacts][people]") {
  onEveryDatabase([](Neighbourhood& n) {
    auto administrator = n.administrator();
    const std::string person = "/fi/admin/people/" + n.contactPerson.text();
    const auto count = [&] {
      return n.host().read([](ReadTx& tx) {
        constexpr Sql kCount{"test.people.indexed",
                             "SELECT CAST(COUNT(*) AS BIGINT) FROM core_name"
                             " WHERE kind = 'contacts.public'"};
        return tx.value<std::int64_t>(kCount);
      });
    };
    REQUIRE(count() == 1);
    REQUIRE(administrator.post(person + "/disable", {}).status == 303);
    CHECK(count() == 0);
    REQUIRE(administrator.post(person + "/enable", {}).status == 303);
    CHECK(count() == 1);
    CHECK_THAT(found(n, "yhteys"), Contains("Yrjö Yhteyshenkilö"));
  });
}
