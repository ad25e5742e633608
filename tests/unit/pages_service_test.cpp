// Pages about the service itself, and what is said of what is switched off or was changed.
#include <catch2/catch.hpp>

#include "toimela/testing.h"
#include "toimela/texts.h"

using namespace toimela;
using Catch::Matchers::Contains;
using testing::bodyOf;

TEST_CASE("the accessibility statement says whom to write to and who watches over it, in three languages",
          "[pages][service]") {
  testing::Site site(testing::databases().front());
  auto visitor = site.visitor();
  for (const auto& [language, title, authority] :
       {std::tuple{"fi", "Saavutettavuusseloste", "Liikenne- ja viestintävirasto Traficom"},
        std::tuple{"sv", "Tillgänglighetsutlåtande", "Transport- och kommunikationsverket Traficom"},
        std::tuple{"en", "Accessibility statement", "Finnish Transport and Communications Agency Traficom"}}) {
    const auto page = visitor.get("/" + std::string(language) + "/accessibility");
    CHECK(page.status == 200);
    CHECK_THAT(bodyOf(page), Contains(title) && Contains(authority) && Contains("mailto:toimela@localhost") &&
                                 Contains("14 ") && Contains("306/2019") && Contains("http://toimela.test"));
    CHECK_THAT(bodyOf(visitor.get("/" + std::string(language))), Contains("/accessibility\">" + std::string(title)));
  }
}

TEST_CASE("the shortcuts that are listed are those that the links of the menu have", "[pages][service]") {
  testing::Site site(testing::databases().front());
  auto admin = site.signedIn(site.person("Niilo", "Valtakunta", {{Role::nationalAdmin, {}, {}}}));
  const std::string page = bodyOf(admin.get("/en/shortcuts"));
  int keys = 0;
  for (auto at = page.find("data-go=\""); at != std::string::npos; at = page.find("data-go=\"", at + 1)) {
    const std::string key = page.substr(at + 9, 1);
    CHECK_THAT(page, Contains("<kbd>g</kbd> then <kbd>" + key + "</kbd>"));
    CHECK(page.find("data-go=\"" + key, at + 1) == std::string::npos);
    ++keys;
  }
  CHECK(keys >= 5);
  CHECK_THAT(page, Contains("data-go=\"d\"") && Contains("data-go=\"a\""));
  CHECK_THAT(bodyOf(site.visitor().get("/en/shortcuts")), !Contains("data-go=\"d\""));
}

TEST_CASE("who comes to something that is switched off reads what it is, and where", "[pages][service]") {
  testing::Site site(testing::databases().front());
  site.switchPlugin("publications", "19", false);
  const auto page = site.visitor().get("/fi/regions/lappi/publications");
  CHECK(page.status == 404);
  const std::string& name = site.host("core").texts().get(Locale::fi, "publications.name");
  CHECK_THAT(bodyOf(page), Contains(name + " ei ole käytössä: Lappi"));
  CHECK_THAT(bodyOf(site.visitor().get("/fi/regions/lappi/olematon")), Contains("Sivua ei löytynyt"));
}

TEST_CASE("who may edit an organisation sees who changed it last, as long as they are here", "[pages][service]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      testing::Site site(database);
      const OrganisationId organisation = site.organisation("Tampereen Tuki ry", "06");
      const PersonId editor = site.person("Eeva", "Muuttaja", {{Role::nationalAdmin, {}, {}}});
      const std::string path = "/fi/organisations/" + organisation.text();
      site.host("core").writeAs(editor, [&](WriteTx& tx) {
        tx.audit({.action = "core.organisation.edit", .object = "organisation:" + organisation.text()});
      });
      auto admin = site.signedIn(site.person("Niilo", "Valtakunta", {{Role::nationalAdmin, {}, {}}}));
      CHECK_THAT(bodyOf(admin.get(path)), Contains("Viimeksi muuttanut Eeva Muuttaja"));
      CHECK_THAT(bodyOf(site.visitor().get(path)), !Contains("Eeva Muuttaja"));
      CHECK_THAT(bodyOf(site.signedIn(site.person("Jaana", "Jäsen")).get(path)), !Contains("Eeva Muuttaja"));
      site.host("core").writeAs({}, [&](WriteTx& tx) {
        constexpr Sql kDisable{"test.person.disable", "UPDATE core_person SET disabled_at = 1 WHERE id = :id"};
        tx.run(kDisable, editor);
        tx.unaudited("a test");
      });
      CHECK_THAT(bodyOf(admin.get(path)), Contains("Viimeksi muutettu ") && !Contains("Eeva Muuttaja"));
    }
  }
}

TEST_CASE("an undo that somebody has planted in a cookie is offered to nobody", "[pages][service]") {
  testing::Site site(testing::databases().front());
  Headers headers;
  headers.set("Cookie", "toimela-flash=appearance.changed|/account/data/erase|0123456789abcdef0123456789abcdef");
  const auto page = bodyOf(site.visitor().send(Method::get, "/fi/appearance", headers, ""));
  CHECK_THAT(page, Contains("Ulkoasu on vaihdettu") && !Contains("/account/data/erase") && !Contains("Kumoa"));
}
