#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "neighbourhood.h"
#include "requests.h"

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
  onEveryDatabase([&](Neighbourhood& n) {
    n.addNetwork("Toinen", kUusimaa);
    n.addNetwork("Kolmas", std::nullopt);
    std::vector<std::string> names;
    std::string after;
    do {
      const auto page = ask(n.site.visitor(), "/api/v1/contacts/networks?limit=2" +
                                                 (after.empty() ? "" : "&after=" + after));
      for (const auto& item : page.at("items")) names.push_back(item.at("name").at("fi"));
      after = page.at("next").is_null() ? "" : page.at("next").get<std::string>();
    } while (!after.empty());
    CHECK(names == std::vector<std::string>{"Pirkanmaan verkosto", "Toinen", "Kolmas"});
  });
}

TEST_CASE("a program sees a network as a stranger's page does", "[contacts][api]") {
  onEveryDatabase([&](Neighbourhood& n) {
    const auto network = ask(n.site.visitor(), "/api/v1/contacts/networks/" + n.network.text());
    CHECK(network.at("id") == n.network.text());
    CHECK(network.at("region") == "06");
    CHECK(network.at("people") == 2);
    CHECK(network.at("contactPersons") == 1);
  });
}

TEST_CASE("the API tells names and addresses to the same people as the pages do",
          "[contacts][api]") {
  onEveryDatabase([&](Neighbourhood& n) {
    const auto path = "/api/v1/contacts/networks/" + n.network.text() + "/members";
    const auto strangers = ask(n.site.visitor(), path).at("items");
    REQUIRE(strangers.size() == 2);
    // The number leads to their card; addresses are not for strangers.
    CHECK(strangers[0].at("person") ==
          Json{{"id", n.contactPerson.text()}, {"name", "Yrjö Yhteyshenkilö"}});
    CHECK(strangers[1].at("person").is_null());
    CHECK(strangers[1].at("organisation").at("name").at("fi") == "Tampereen Tuki ry");

    const auto colleagues =
        ask(n.someone(Role::organisationRep, {}, n.organisation), path).at("items");
    CHECK(colleagues[1].at("person").at("name") == "Jaana Jäsen");
    CHECK(colleagues[1].at("person").at("email") == n.emailOf(n.plainMember));
  });
}

namespace {

/// What a program sends, with this visitor's session.
std::pair<int, Json> tell(testing::Visitor& visitor, Method method, const std::string& path,
                          const Json& body) {
  const auto answer = testing::sendBody(visitor, method, path, body.dump());
  const auto text = testing::bodyOf(answer);
  return {answer.status, text.empty() ? Json() : Json::parse(text)};
}

}  // namespace

TEST_CASE("a program founds a network, adds to it and edits it by the same rules as the pages",
          "[contacts][api]") {
  onEveryDatabase([&](Neighbourhood& n) {
    auto founder = n.someone(Role::contactPerson, kPirkanmaa);
    const std::string networks = "/api/v1/contacts/networks";
    const Json wanted{{"name", {{"fi", "Ohjelman verkosto"}}}, {"kind", "project"}, {"place", "06"}};
    const auto [status, network] = tell(founder, Method::post, networks, wanted);
    REQUIRE(status == 201);
    CHECK(network.at("name").at("fi") == "Ohjelman verkosto");
    const std::string own = networks + "/" + network.at("id").get<std::string>();

    auto elsewhere = wanted;
    elsewhere["place"] = "01";
    const auto [refused, problem] = tell(founder, Method::post, networks, elsewhere);
    CHECK(refused == 422);
    CHECK(problem.at("errors").at(0).at("field") == "place");

    const Json edit{{"name", {{"fi", "Uusi nimi"}}}, {"kind", "theme"}, {"revision", 1}};
    CHECK(tell(founder, Method::put, own, edit).first == 200);
    CHECK(tell(founder, Method::put, own, edit).first == 409);

    const Json newcomer{{"email", "uusi@example.org"}, {"given_name", "Uusi"},
                        {"family_name", "Tulokas"},    {"organisation", "Tampereen Tuki ry"},
                        {"role", "member"},            {"from", Date::today().text()}};
    CHECK(tell(founder, Method::post, own + "/members", newcomer).first == 403);
    auto administrator = n.administrator();
    const auto [added, member] = tell(administrator, Method::post, own + "/members", newcomer);
    REQUIRE(added == 201);
    CHECK(member.at("person").at("name") == "Uusi Tulokas");
    const auto [twice, overlap] = tell(administrator, Method::post, own + "/members", newcomer);
    CHECK(twice == 422);
    CHECK(overlap.at("errors").at(0).at("field") == "from");

    const std::string memberPath = own + "/members/" + member.at("id").get<std::string>();
    const Json promoted{{"organisation", n.organisation.text()}, {"role", "deputy"},
                        {"from", Date::today().text()}, {"to", "2001-01-01"}, {"revision", 1}};
    CHECK(tell(founder, Method::put, memberPath, promoted).second.at("errors").at(0).at("field") == "to");
    CHECK(tell(founder, Method::post, memberPath + "/end", Json::object()).first == 200);
    CHECK(tell(founder, Method::post, memberPath + "/end", Json::object()).first == 409);
  });
}

TEST_CASE("a program applies, and another accepts", "[contacts][api]") {
  onEveryDatabase([&](Neighbourhood& n) {
    auto applicant = n.site.signedIn(n.site.person("Hilla", "Hakija"));
    auto coordinator = n.site.signedIn(n.coordinator);
    const auto path = "/api/v1/contacts/networks/" + n.network.text() + "/applications";
    const Json wish{{"organisation", n.organisation.text()}, {"role", "member"}};
    const auto [status, application] = tell(applicant, Method::post, path, wish);
    REQUIRE(status == 201);
    CHECK(application.at("state") == "open");
    CHECK(tell(applicant, Method::post, path, wish).first == 409);
    CHECK(applicant.get(path).status == 403);
    CHECK(ask(coordinator, path + "?state=open").at("items").size() == 1);

    const auto one = path + "/" + application.at("id").get<std::string>();
    CHECK(tell(coordinator, Method::post, one + "/withdraw", Json::object()).first == 404);
    CHECK(tell(coordinator, Method::post, one + "/decline", Json::object()).first == 422);
    CHECK(tell(coordinator, Method::post, one + "/accept", {{"from", Date::today().text()}}).first == 200);
    CHECK(tell(applicant, Method::post, one + "/withdraw", Json::object()).first == 409);
    CHECK(n.currentMembers().size() == 3);
  });
}
