#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "neighbourhood.h"

using namespace toimela;
using namespace toimela::contacts;
using Json = nlohmann::json;

namespace {

Json ask(testing::Visitor visitor, const std::string& path) {
  const auto answer = visitor.get(path);
  REQUIRE(answer.status == 200);
  return Json::parse(testing::bodyOf(answer));
}

}  // namespace

TEST_CASE("a program reads the networks page by page and misses none", "[contacts][api]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Neighbourhood n(database);
      n.addNetwork("Toinen", kUusimaa);
      n.addNetwork("Kolmas", std::nullopt);
      std::vector<std::string> names;
      std::string after = "0";
      do {
        const auto page = ask(n.site.visitor(), "/api/v1/contacts/networks?limit=2&after=" + after);
        for (const auto& item : page.at("items")) names.push_back(item.at("name").at("fi"));
        after = page.at("next").is_null() ? "" : page.at("next").get<std::string>();
      } while (!after.empty());
      CHECK(names == std::vector<std::string>{"Pirkanmaan verkosto", "Toinen", "Kolmas"});
    }
  }
}

TEST_CASE("a program sees a network as a stranger's page does", "[contacts][api]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Neighbourhood n(database);
      const auto network = ask(n.site.visitor(), "/api/v1/contacts/networks/" + n.network.text());
      CHECK(network.at("id") == n.network.text());
      CHECK(network.at("region") == "06");
      CHECK(network.at("people") == 2);
      CHECK(network.at("contactPersons") == 1);
    }
  }
}

TEST_CASE("the API tells names and addresses to the same people as the pages do",
          "[contacts][api]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Neighbourhood n(database);
      const auto path = "/api/v1/contacts/networks/" + n.network.text() + "/members";
      const auto strangers = ask(n.site.visitor(), path).at("items");
      REQUIRE(strangers.size() == 2);
      CHECK(strangers[0].at("person") == Json{{"name", "Yrjö Yhteyshenkilö"}});
      CHECK(strangers[1].at("person").is_null());
      CHECK(strangers[1].at("organisation").at("name").at("fi") == "Tampereen Tuki ry");

      const auto colleagues =
          ask(n.someone(Role::organisationRep, {}, n.organisation), path).at("items");
      CHECK(colleagues[1].at("person").at("name") == "Jaana Jäsen");
      CHECK(colleagues[1].at("person").at("email") == n.emailOf(n.plainMember));
    }
  }
}
