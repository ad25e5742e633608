#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <thread>

#include "claims/claim_store.h"
#include "claims/operations.h"
#include "directory/organisations.h"
#include "toimela/testing.h"

using namespace toimela;
using namespace toimela::testing;

namespace {

const RegionCode kPirkanmaa = *RegionCode::parse("06");

bool has(const Response& response, std::string_view text) { return bodyOf(response).find(text) != std::string::npos; }

constexpr Sql kMails{"test.mails", "SELECT subject, body_text FROM core_outbox ORDER BY id"};

std::vector<std::string> mails(Site& site) {
  return site.host("core").read([](ReadTx& tx) {
    return tx.all(kMails, [](std::string subject, std::string text) { return subject + "\n" + text; });
  });
}

std::vector<std::pair<std::string, std::string>> proposal(std::string name, std::string businessId = "") {
  return {{"name_fi", std::move(name)}, {"sector", "association"}, {"business_id", std::move(businessId)},
          {"title", "puheenjohtaja"}, {"message", "Soita ja varmista."}};
}

struct Scene {
  explicit Scene(const FreshDatabase& database)
      : site(database),
        admin(site.signedIn(site.person("Aino", "Ylläpitäjä", {{Role::regionalAdmin, kPirkanmaa, {}}}))),
        stranger(site.signedIn(site.person("Lauri", "Lapista", {{Role::regionalAdmin, *RegionCode::parse("19"), {}}}))),
        applicant(site.person("Maija", "Hakija")),
        visitor(site.signedIn(applicant)) {}
  Site site;
  Visitor admin, stranger;
  PersonId applicant;
  Visitor visitor;
};

}  // namespace

TEST_CASE("somebody asks to represent an organisation, the region approves, and they may edit its card") {
  for (const auto& database : databases()) {
    CAPTURE(database.name);
    Scene scene(database);
    const auto apu = scene.site.organisation("Apu ry", "06");
    const std::string card = "/fi/organisations/" + apu.text();
    CHECK(scene.visitor.get(card + "/edit").status == 403);
    CHECK(scene.visitor.get(card + "/represent").status == 200);

    const auto untitled = scene.visitor.post(card + "/represent", {{"title", ""}, {"message", "kept text"}});
    CHECK(untitled.status == 422);
    CHECK(has(untitled, "kept text"));
    CHECK(scene.visitor.post(card + "/represent", {{"title", "sihteeri"}}).status == 303);
    CHECK(scene.visitor.post(card + "/represent", {{"title", "sihteeri"}}).status == 422);
    CHECK(has(scene.visitor.get("/fi/account/organisations"), "odottaa päätöstä"));

    CHECK(has(scene.admin.get("/fi/admin/claims"), "Apu ry"));
    CHECK(has(scene.admin.get("/fi/dashboard"), "1 pyyntö odottaa päätöstäsi"));
    CHECK_FALSE(has(scene.stranger.get("/fi/admin/claims"), "Apu ry"));
    CHECK(scene.stranger.get("/fi/admin/claims/1").status == 403);
    CHECK(scene.stranger.post("/fi/admin/claims/1/approve").status == 403);
    CHECK(scene.visitor.post("/fi/admin/claims/1/approve").status == 403);
    CHECK(has(scene.admin.get("/fi/admin/claims/1"), "Maija Hakija"));
    CHECK(scene.admin.post("/fi/admin/claims/1/approve").status == 303);

    CHECK(scene.visitor.get(card + "/edit").status == 200);
    REQUIRE(mails(scene.site).size() == 1);
    CHECK(mails(scene.site)[0].find(card) != std::string::npos);
    CHECK(has(scene.visitor.get("/fi/account/organisations"), "sihteeri"));

    CHECK(scene.visitor.post("/fi/account/organisations/" + apu.text() + "/leave").status == 303);
    CHECK(scene.visitor.get(card + "/edit").status == 403);
  }
}

TEST_CASE("a new organisation is proposed and stands in the directory once it is approved") {
  for (const auto& database : databases()) {
    CAPTURE(database.name);
    Scene scene(database);
    CHECK(has(scene.visitor.get("/fi/organisations/register"), "pirkanmaa"));
    const std::string form = "/fi/organisations/register?region=pirkanmaa";
    const auto wrong = scene.visitor.post(form, proposal("Uusi ry", "1234567-8"));
    CHECK(wrong.status == 422);
    CHECK(has(wrong, "Uusi ry"));
    CHECK(scene.visitor.post(form, proposal("Uusi ry", "1735895-7")).status == 303);
    CHECK_FALSE(has(scene.visitor.get("/fi/organisations"), "Uusi ry"));
    CHECK(scene.admin.post("/fi/admin/claims/1/approve").status == 303);
    CHECK(has(scene.visitor.get("/fi/organisations"), "Uusi ry"));
    CHECK(has(scene.visitor.get("/fi/account/organisations"), "Uusi ry"));

    const auto taken = scene.visitor.post(form, proposal("Sama ry", "1735895-7"));
    CHECK(taken.status == 422);
    CHECK(has(taken, "/represent"));
  }
}

TEST_CASE("a refusal needs a reason, which the applicant gets") {
  for (const auto& database : databases()) {
    CAPTURE(database.name);
    Scene scene(database);
    const auto apu = scene.site.organisation("Apu ry", "06");
    scene.visitor.post("/fi/organisations/" + apu.text() + "/represent", {{"title", "sihteeri"}});
    CHECK(scene.admin.post("/fi/admin/claims/1/decline", {{"reason", ""}}).status == 422);
    CHECK(mails(scene.site).empty());
    CHECK(scene.admin.post("/fi/admin/claims/1/decline", {{"reason", "Emme tunne sinua."}}).status == 303);
    REQUIRE(mails(scene.site).size() == 1);
    CHECK(mails(scene.site)[0].find("Emme tunne sinua.") != std::string::npos);
    CHECK(scene.admin.post("/fi/admin/claims/1/approve").status == 303);  // told that it was decided
    CHECK(scene.visitor.get("/fi/organisations/" + apu.text() + "/edit").status == 403);
  }
}

TEST_CASE("one takes back one's own claim only") {
  for (const auto& database : databases()) {
    CAPTURE(database.name);
    Scene scene(database);
    const auto apu = scene.site.organisation("Apu ry", "06");
    scene.visitor.post("/fi/organisations/" + apu.text() + "/represent", {{"title", "sihteeri"}});
    CHECK(scene.stranger.post("/fi/account/claims/1/withdraw").status == 404);
    CHECK(scene.visitor.post("/fi/account/claims/1/withdraw").status == 303);
    CHECK(scene.visitor.post("/fi/account/claims/1/withdraw").status == 404);
  }
}

TEST_CASE("two who approve at the same moment add one organisation and one role") {
  for (const auto& database : databases()) {
    CAPTURE(database.name);
    Scene scene(database);
    scene.visitor.post("/fi/organisations/register?region=pirkanmaa", proposal("Uusi ry"));
    std::atomic<int> decided{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([&] {
        try {
          auto& host = core(scene.site.host("core"));
          const auto outcome =
              host.writeAs(std::nullopt, [&](WriteTx& tx) { return claims::approve(tx, host, {1}); });
          if (std::holds_alternative<claims::Decided>(outcome)) ++decided;
        } catch (const RequestError&) {
        }
      });
    for (auto& thread : threads) thread.join();
    CHECK(decided == 1);
    const auto found = scene.site.host("core").read(
        [](ReadTx& tx) { return directory::searchOrganisations(tx, {.words = "Uusi ry"}, 10, 0).size(); });
    CHECK(found == 1);
    CHECK(mails(scene.site).size() == 1);
  }
}

TEST_CASE("a program reads the open claims of its regions and decides them") {
  for (const auto& database : databases()) {
    CAPTURE(database.name);
    Scene scene(database);
    const auto apu = scene.site.organisation("Apu ry", "06");
    const auto tuki = scene.site.organisation("Tuki ry", "06");
    for (const auto& id : {apu, tuki})
      scene.visitor.post("/fi/organisations/" + id.text() + "/represent", {{"title", "sihteeri"}});
    const auto open = [](Visitor& who, const std::string& query = "") {
      return nlohmann::json::parse(bodyOf(who.get("/api/v1/claims" + query)));
    };
    CHECK(open(scene.stranger).at("items").empty());
    CHECK(scene.visitor.get("/api/v1/claims").status == 403);
    const auto first = open(scene.admin, "?limit=1");
    REQUIRE(first.at("items").size() == 1);
    CHECK(first.at("items")[0].at("organisation").at("name").at("fi") == "Apu ry");
    const auto second = open(scene.admin, "?limit=1&after=" + first.at("next").get<std::string>());
    CHECK(second.at("next").is_null());
    const std::string one = "/api/v1/claims/" + first.at("items")[0].at("id").get<std::string>();
    const std::string two = "/api/v1/claims/" + second.at("items")[0].at("id").get<std::string>();

    CHECK(scene.stranger.post(one + "/approve").status == 403);
    const Response approved = scene.admin.post(one + "/approve");
    CHECK(approved.status == 200);
    CHECK(nlohmann::json::parse(bodyOf(approved)).at("state") == "approved");
    CHECK(scene.admin.post(one + "/approve").status == 409);
    CHECK(scene.admin.post(two + "/decline").status == 422);
    const Response declined = scene.admin.post(two + "/decline", {{"reason", "Ei kuulu tänne."}});
    CHECK(nlohmann::json::parse(bodyOf(declined)).at("reason") == "Ei kuulu tänne.");
    CHECK(open(scene.admin).at("items").empty());
    CHECK(scene.visitor.get("/fi/organisations/" + apu.text() + "/edit").status == 200);
  }
}
