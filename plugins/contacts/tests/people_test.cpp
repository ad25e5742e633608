#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "domain/profile.h"
#include "handlers/people.h"
#include "handlers/personal_data.h"
#include "neighbourhood.h"
#include "operations/profiles.h"
#include "store/people.h"
#include "store/profiles.h"

using namespace toimela;
using namespace toimela::contacts;
using Catch::Matchers::Contains;
using Json = nlohmann::json;
using testing::bodyOf;

namespace {

constexpr const char* kProfilePath = "/fi/account/contacts/profile";

Sent filled(std::string emailLevel = "network", std::string phoneLevel = "network",
            std::string revision = "0") {
  return {{"expertise", "tuettu työ\nKuntouttava työtoiminta, tuettu työ"},
          {"help_fi", "Kysy minulta työvalmennuksesta."},
          {"help_sv", ""},
          {"help_en", ""},
          {"languages", "sv"},
          {"languages", "se"},
          {"groups", "youth"},
          {"email_level", std::move(emailLevel)},
          {"phone_level", std::move(phoneLevel)},
          {"revision", std::move(revision)}};
}

std::string cardPath(PersonId person) { return "/fi/contacts/people/" + person.text(); }

}  // namespace

TEST_CASE("expertise is read as people write lists", "[contacts][profile]") {
  using Strings = std::vector<std::string>;
  CHECK(readExpertise("").words == Strings{});
  CHECK(readExpertise(" a b ,, c;\n d\r\n").words == Strings{"a b", "c", "d"});
  CHECK(readExpertise("Tuettu työ\ntuettu  TYÖ, tuettu-työ").words == Strings{"Tuettu työ"});
  CHECK(readExpertise("+, ++").words == Strings{"+", "++"});
  std::string many;
  for (std::size_t i = 0; i < kMostExpertise; ++i) many += "osaaminen " + std::to_string(i) + "\n";
  CHECK_FALSE(readExpertise(many).tooMany);
  CHECK(readExpertise(many + "vielä yksi").tooMany);
  std::string longest;
  for (std::size_t i = 0; i < kLongestExpertise; ++i) longest += "ö";
  CHECK_FALSE(readExpertise(longest).tooLong);
  CHECK(readExpertise(longest + "ö").tooLong);
  CHECK(readExpertise(writeExpertise({"a", "b c"})).words == Strings{"a", "b c"});
}

TEST_CASE("a profile is saved, shown again and found in the directory", "[contacts][profile]") {
  onEveryDatabase([](Neighbourhood& n) {
    auto person = n.site.signedIn(n.contactPerson);
    CHECK(person.get(kProfilePath).status == 200);
    CHECK(person.post(kProfilePath, filled()).status == 303);
    const auto stored =
        n.host().read([&](ReadTx& tx) { return store::profileOf(tx, n.contactPerson); });
    CHECK(stored.expertise == std::vector<std::string>{"tuettu työ", "Kuntouttava työtoiminta"});
    CHECK(stored.languages == std::vector<std::string>{"sv", "se"});
    CHECK(stored.targetGroups == std::vector<std::string>{"youth"});
    CHECK(stored.revision == 1);
    CHECK_THAT(bodyOf(person.get(kProfilePath)), Contains("Kysy minulta työvalmennuksesta."));

    const auto list = [&](std::string query) {
      return bodyOf(n.site.visitor().get("/fi/contacts/people" + query));
    };
    for (const char* query :
         {"", "?q=yhteysh", "?q=kuntouttava", "?q=tyo+tuett", "?q=tampereen+tuki", "?q=pirkanmaan",
          "?region=pirkanmaa", "?language=se", "?group=youth",
          "?q=tuettu&region=pirkanmaa&language=sv&group=youth"}) {
      INFO(query);
      CHECK_THAT(list(query), Contains("Yrjö Yhteyshenkilö"));
    }
    for (const char* query : {"?q=olematon", "?region=lappi", "?language=so", "?group=ageing"}) {
      INFO(query);
      CHECK_THAT(list(query), !Contains("Yrjö Yhteyshenkilö"));
    }
    for (const char* query : {"?region=atlantis", "?language=tlh", "?group=x"})
      CHECK(n.site.visitor().get(std::string("/fi/contacts/people") + query).status == 404);
  });
}

TEST_CASE("what is wrong in a profile is said at its field, and nothing is saved",
          "[contacts][profile]") {
  onEveryDatabase([](Neighbourhood& n) {
    auto person = n.site.signedIn(n.contactPerson);
    Sent wrong = filled();
    wrong[0].second = std::string(61, 'x');
    auto answer = person.post(kProfilePath, wrong);
    CHECK(answer.status == 422);
    CHECK_THAT(bodyOf(answer), Contains("enintään 60 merkkiä") && Contains(std::string(61, 'x')));
    wrong[0].second.clear();
    for (int i = 0; i < 21; ++i) wrong[0].second += "o" + std::to_string(i) + ",";
    CHECK_THAT(bodyOf(person.post(kProfilePath, wrong)), Contains("enintään 20"));
    CHECK(person.post(kProfilePath, filled("friends")).status == 422);
    Sent klingon = filled();
    klingon.emplace_back("languages", "tlh");
    CHECK(person.post(kProfilePath, klingon).status == 422);
    CHECK(n.host().read([&](ReadTx& tx) { return store::profileOf(tx, n.contactPerson); }).revision ==
          0);
  });
}

TEST_CASE("a profile saved elsewhere meanwhile is not overwritten unseen", "[contacts][profile]") {
  onEveryDatabase([](Neighbourhood& n) {
    auto person = n.site.signedIn(n.contactPerson);
    CHECK(person.post(kProfilePath, filled()).status == 303);
    CHECK(person.post(kProfilePath, filled()).status == 409);
    CHECK(person.post(kProfilePath, filled("network", "network", "1")).status == 303);
    CHECK(person.post(kProfilePath, filled("network", "network", "1")).status == 409);
  });
}

TEST_CASE("contact details are shown by level on every page, in the API and in vCards",
          "[contacts][profile][visibility]") {
  onEveryDatabase([](Neighbourhood& n) {
    const std::string email = n.emailOf(n.contactPerson), id = n.contactPerson.text();
    const auto elsewhere = n.site.organisation("Toinen ry", "19");
    struct Reader {
      const char* name;
      testing::Visitor visitor;
      int level;  // 0 stranger, 1 fellow, 2 coordinator
    };
    std::vector<Reader> readers{
        {"visitor", n.site.visitor(), 0},
        {"somebody of another organisation",
         n.someone(Role::organisationRep, {}, elsewhere), 0},
        {"member of the network", n.site.signedIn(n.plainMember), 1},
        {"representative of the organisation",
         n.someone(Role::organisationRep, {}, n.organisation), 1},
        {"coordinator", n.site.signedIn(n.coordinator), 2},
        {"regional administrator", n.someone(Role::regionalAdmin, kPirkanmaa), 2},
        {"national administrator", n.someone(Role::nationalAdmin, {}), 2},
        {"the person", n.site.signedIn(n.contactPerson), 2}};
    const std::vector<std::string> places{
        "/fi/contacts/people?q=yhteysh", cardPath(n.contactPerson),
        cardPath(n.contactPerson) + "/vcard", "/fi/contacts/people/vcards?q=yhteysh",
        "/fi/contacts/people/vcards?network=" + n.network.text(),
        "/api/v1/contacts/people?q=yhteysh", "/api/v1/contacts/people/" + id, n.page(),
        "/api/v1/contacts/networks/" + n.network.text() + "/members"};
    int revision = 0;
    for (const Level level : kLevels) {
      auto person = n.site.signedIn(n.contactPerson);
      REQUIRE(person.post(kProfilePath, filled(std::string(code(level)), "coordinators",
                                               std::to_string(revision++)))
                  .status == 303);
      const int needed = level == Level::everyone ? 0 : level == Level::network ? 1 : 2;
      for (auto& reader : readers)
        for (const auto& place : places) {
          INFO(code(level) << ": " << reader.name << " at " << place);
          const auto answer = reader.visitor.get(place);
          REQUIRE(answer.status == 200);
          const auto body = bodyOf(answer);
          CHECK_THAT(body, Contains("Yhteyshenkilö"));
          if (reader.level >= needed) CHECK_THAT(body, Contains(email));
          else CHECK_THAT(body, !Contains(email));
        }
    }
  });
}

TEST_CASE("who is no contact person is there for their networks only", "[contacts][profile]") {
  onEveryDatabase([](Neighbourhood& n) {
    REQUIRE(n.site.signedIn(n.plainMember).post(kProfilePath, filled("public", "public")).status == 303);
    const auto card = cardPath(n.plainMember);
    const auto found = [&](testing::Visitor visitor) {
      return bodyOf(visitor.get("/fi/contacts/people?q=tuettu")).find("Jaana Jäsen") !=
             std::string::npos;
    };
    const auto elsewhere = n.site.organisation("Toinen ry", "19");
    CHECK(n.site.visitor().get(card).status == 404);
    CHECK(n.site.visitor().get(card + "/vcard").status == 404);
    CHECK(n.site.visitor().get("/api/v1/contacts/people/" + n.plainMember.text()).status == 404);
    CHECK_FALSE(found(n.site.visitor()));
    CHECK_THAT(bodyOf(n.site.visitor().get("/fi/search?q=j%C3%A4sen")), !Contains("Jaana"));
    CHECK(n.someone(Role::organisationRep, {}, elsewhere).get(card).status == 404);
    CHECK_FALSE(found(n.someone(Role::organisationRep, {}, elsewhere)));
    CHECK(n.site.signedIn(n.contactPerson).get(card).status == 200);
    CHECK(found(n.site.signedIn(n.contactPerson)));
    CHECK(found(n.someone(Role::regionalAdmin, kPirkanmaa)));
    CHECK_FALSE(found(n.someone(Role::regionalAdmin, kUusimaa)));
    CHECK(found(n.someone(Role::nationalAdmin, {})));
  });
}

TEST_CASE("other places of a contact person are not told to strangers", "[contacts][profile]") {
  onEveryDatabase([](Neighbourhood& n) {
    const auto secret = n.addNetwork("Hiljainen verkosto", kPirkanmaa);
    n.addMember(secret, n.contactPerson, MemberRole::member);
    CHECK_THAT(bodyOf(n.site.visitor().get(cardPath(n.contactPerson))),
               Contains("Pirkanmaan verkosto") && !Contains("Hiljainen"));
    CHECK_THAT(bodyOf(n.site.visitor().get("/fi/contacts/people?q=hiljainen")), !Contains("Yrjö"));
    CHECK_THAT(bodyOf(n.site.visitor().get("/api/v1/contacts/people/" + n.contactPerson.text())),
               !Contains("Hiljainen"));
    CHECK_THAT(bodyOf(n.site.signedIn(n.plainMember).get(cardPath(n.contactPerson))),
               !Contains("Hiljainen"));
    CHECK_THAT(bodyOf(n.site.signedIn(n.contactPerson).get(cardPath(n.contactPerson))),
               Contains("Hiljainen"));
    CHECK_THAT(bodyOf(n.site.signedIn(n.coordinator).get("/fi/contacts/people?q=hiljainen")),
               Contains("Yrjö"));
    CHECK_THAT(bodyOf(n.site.signedIn(n.contactPerson).get("/fi/contacts/people?q=hiljainen")),
               Contains("Yrjö"));
    // Nor can they be found out by searching: not by a stranger who has an account, and not by who
    // knows the person from another network.
    for (const PersonId reader : {n.plainMember, n.site.person("Vilma", "Vieras")}) {
      auto visitor = n.site.signedIn(reader);
      CHECK_THAT(bodyOf(visitor.get("/fi/contacts/people?q=yhteysh")), Contains("Yrjö"));
      CHECK_THAT(bodyOf(visitor.get("/fi/contacts/people?q=hiljainen")), !Contains("Yrjö"));
      CHECK_THAT(bodyOf(visitor.get("/api/v1/contacts/people?q=hiljainen")), !Contains("Yrjö"));
    }
    const std::string cards = "/fi/contacts/people/vcards?network=" + secret.text();
    CHECK_THAT(bodyOf(n.site.visitor().get(cards)), !Contains("Yrjö"));
    CHECK_THAT(bodyOf(n.site.signedIn(n.plainMember).get(cards)), !Contains("Yrjö"));
    CHECK_THAT(bodyOf(n.site.signedIn(n.coordinator).get(cards)), Contains("Yrjö"));
  });
}

TEST_CASE("a region narrows to people who are seen to have a place there", "[contacts][profile]") {
  onEveryDatabase([](Neighbourhood& n) {
    const auto secret = n.addNetwork("Uudenmaan hiljainen", kUusimaa);
    n.addMember(secret, n.contactPerson, MemberRole::member, {Neighbourhood::yesterday(), {}},
                kUusimaa);
    const auto listed = [&](PersonId reader, const std::string& region) {
      const auto page = bodyOf(n.site.signedIn(reader).get("/fi/contacts/people?region=" + region));
      return page.find("Yrjö Yhteyshenkilö") != std::string::npos;
    };
    CHECK(listed(n.plainMember, "pirkanmaa"));
    CHECK_FALSE(listed(n.plainMember, "uusimaa"));
    CHECK(listed(n.coordinator, "uusimaa"));
  });
}

TEST_CASE("the directory has people with a place today, where the plugin is on",
          "[contacts][profile]") {
  onEveryDatabase([](Neighbourhood& n) {
    const auto listed = [&] {
      return bodyOf(n.site.visitor().get("/fi/contacts/people")).find("Yrjö") != std::string::npos;
    };
    CHECK(listed());
    n.site.switchPlugin("contacts", "06", false);
    CHECK_FALSE(listed());
    CHECK(n.site.visitor().get(cardPath(n.contactPerson)).status == 404);
    n.site.switchPlugin("contacts", "06", true);
    CHECK(listed());
    n.change([&](WriteTx& tx) {
      auto member = store::findMember(tx, n.network, n.contactPersonship)->member;
      member.period.to = Neighbourhood::yesterday();
      return store::updateMember(tx, n.network, member);
    });
    CHECK_FALSE(listed());
    CHECK(n.site.visitor().get(cardPath(n.contactPerson)).status == 404);
    // Somebody whose place begins in the future is not there yet.
    const auto later = n.site.person("Tuula", "Tuleva");
    n.addMember(n.network, later, MemberRole::contactPerson, {Date::today().plusDays(2), {}});
    CHECK_THAT(bodyOf(n.site.visitor().get("/fi/contacts/people")), !Contains("Tuleva"));
  });
}

TEST_CASE("the index follows what changed by itself", "[contacts][profile]") {
  static constexpr Sql kRename{"test.contacts.rename",
                               "UPDATE contacts_network SET name_fi = 'Uusi nimi' WHERE id = :id"};
  onEveryDatabase([](Neighbourhood& n) {
    n.change([&](WriteTx& tx) { return tx.run(kRename, n.network); });
    const auto body = [&] {
      return bodyOf(n.site.visitor().get("/fi/contacts/people?q=uusi+nimi"));
    };
    CHECK_THAT(body(), !Contains("Yrjö"));
    handlers::refreshPeople().run(n.host(), {});
    CHECK_THAT(body(), Contains("Yrjö"));
  });
}

TEST_CASE("the API pages through everybody once", "[contacts][profile][api]") {
  onEveryDatabase([](Neighbourhood& n) {
    for (int i = 0; i < 7; ++i)
      n.addMember(n.network, n.site.person("Henkilö", "Numero " + std::to_string(i)),
                  MemberRole::contactPerson);
    std::vector<std::string> ids;
    std::string after;
    do {
      const auto page = Json::parse(bodyOf(
          n.site.visitor().get("/api/v1/contacts/people?limit=3" +
                               (after.empty() ? "" : "&after=" + after))));
      CHECK(page.at("items").size() <= 3);
      for (const auto& item : page.at("items")) ids.push_back(item.at("id"));
      after = page.at("next").is_null() ? "" : page.at("next").get<std::string>();
    } while (!after.empty());
    CHECK(ids.size() == 8);
    CHECK(std::set(ids.begin(), ids.end()).size() == 8);
    const auto one = Json::parse(bodyOf(n.site.visitor().get("/api/v1/contacts/people?limit=1")));
    CHECK(one.at("items")[0].at("places")[0].at("organisation").at("name").at("fi") ==
          "Tampereen Tuki ry");
    CHECK_FALSE(one.at("items")[0].contains("email"));
  });
}

TEST_CASE("vCards are downloads with stable names", "[contacts][profile][vcard]") {
  onEveryDatabase([](Neighbourhood& n) {
    const auto answer = n.site.visitor().get(cardPath(n.contactPerson) + "/vcard");
    CHECK(answer.headers.find("Content-Type") == "text/vcard; charset=utf-8");
    CHECK_THAT(std::string(*answer.headers.find("Content-Disposition")), Contains("attachment"));
    CHECK_THAT(bodyOf(answer), Contains("UID:http://toimela.test/contacts/people/" +
                                        n.contactPerson.text() + "\r\n"));
    CHECK_THAT(bodyOf(answer), Contains("ORG:Tampereen Tuki ry\r\n"));
    const auto all = bodyOf(
        n.site.signedIn(n.coordinator).get("/fi/contacts/people/vcards?network=" + n.network.text()));
    CHECK_THAT(all, Contains("Jaana Jäsen") && Contains("Yrjö Yhteyshenkilö"));
    CHECK_THAT(bodyOf(n.site.visitor().get("/fi/contacts/people/vcards?network=" + n.network.text())),
               !Contains("Jaana") && Contains("Yrjö"));
  });
}

TEST_CASE("a profile is taken out with its person, and forgotten with them", "[contacts][profile]") {
  onEveryDatabase([](Neighbourhood& n) {
    REQUIRE(n.site.signedIn(n.contactPerson).post(kProfilePath, filled()).status == 303);
    const auto takeOut = [&] {
      return Json::parse(n.host().read(
          [&](ReadTx& tx) { return handlers::profileData().exporter(tx, n.contactPerson); }));
    };
    CHECK(takeOut().at("expertise").size() == 2);
    CHECK(takeOut().at("help").at("fi") == "Kysy minulta työvalmennuksesta.");
    n.host().writeAs({}, [&](WriteTx& tx) {
      handlers::profileData().eraser(tx, n.contactPerson);
      tx.audit({.action = "contacts.test.erase", .object = "core.plugin:contacts"});
    });
    CHECK(takeOut().at("expertise").empty());
    CHECK(takeOut().at("help").at("fi") == "");
    CHECK_THAT(bodyOf(n.site.visitor().get("/fi/contacts/people?q=tuettu")), !Contains("Yrjö"));
  });
}

TEST_CASE("the pages of the directory speak three languages", "[contacts][profile]") {
  onEveryDatabase([](Neighbourhood& n) {
    REQUIRE(n.site.signedIn(n.contactPerson).post(kProfilePath, filled()).status == 303);
    auto visitor = n.site.visitor();
    CHECK_THAT(bodyOf(visitor.get("/sv/contacts/people")), Contains("Vem kan vad"));
    CHECK_THAT(bodyOf(visitor.get("/en/contacts/people")), Contains("Who knows what"));
    CHECK_THAT(bodyOf(visitor.get("/en/contacts/people/" + n.contactPerson.text())),
               Contains("lang=\"fi\">Kysy minulta") && Contains("Northern Sámi"));
    CHECK_THAT(bodyOf(n.site.signedIn(n.contactPerson).get("/sv/account/contacts/profile")),
               Contains("Vem ser din e-postadress"));
    CHECK(n.site.visitor().get(kProfilePath).status != 200);
  });
}

TEST_CASE("suggestions come from what others have written", "[contacts][profile]") {
  onEveryDatabase([](Neighbourhood& n) {
    REQUIRE(n.site.signedIn(n.contactPerson).post(kProfilePath, filled()).status == 303);
    auto other = n.site.signedIn(n.plainMember);
    CHECK(Json::parse(bodyOf(other.get("/fi/contacts/people/expertise?q=tue"))) ==
          Json::array({"tuettu työ"}));
    CHECK(Json::parse(bodyOf(other.get("/fi/contacts/people/expertise?q=xyz"))).empty());
    CHECK_THAT(bodyOf(other.get(kProfilePath)), Contains("Kuntouttava työtoiminta"));
  });
}
