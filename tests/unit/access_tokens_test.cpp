#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "access/accounts.h"
#include "access/grant_store.h"
#include "access/personal_data.h"
#include "access/scopes.h"
#include "access/tokens.h"
#include "databases.h"
#include "directory/people.h"
#include "directory/reference.h"

using namespace toimela;
using namespace toimela::access;

namespace {

constexpr Sql kStored{"test.token.stored",
                      "SELECT token_hash, public_id, name, scopes FROM core_token"};
constexpr Sql kAge{"test.token.age", "UPDATE core_token SET expires_at = expires_at - :by"};
constexpr Sql kAudited{"test.token.audited",
                       "SELECT action, detail FROM core_audit WHERE action LIKE 'core.token.%'"
                       " ORDER BY id"};

/// A database with one person, who administers Pirkanmaa.
struct Fixture {
  explicit Fixture(const testing::FreshDatabase& fresh) : database(testing::openMigrated(fresh)) {
    const std::string folder = TOIMELA_SOURCE_FOLDER "/db/reference/";
    directory::updateReference(*database, folder + "regions.json", folder + "municipalities.json");
    write([&](WriteTx& tx) {
      person = directory::addPerson(
          tx, {{}, "Aino", "Kivilehto", *EmailAddress::parse("aino@example.org"), "", Locale::sv});
      insertGrant(tx, person, Role::regionalAdmin, {RegionCode::parse("06"), {}, {}},
                  {*Date::parse("2020-01-01"), std::nullopt});
    });
  }

  void write(const std::function<void(WriteTx&)>& work) { database->write({}, work); }
  TokenOutcome make(std::string name, std::vector<std::string> scopes = {"core:read"},
                    int days = 30) {
    std::optional<TokenOutcome> outcome;
    write([&](WriteTx& tx) { outcome = makeToken(tx, person, {name, scopes, days}); });
    return std::move(*outcome);
  }
  std::string token(std::string name = "Lista") { return std::get<TokenMade>(make(name)).token; }
  std::optional<TokenIdentity> find(std::string_view token, Instant at = now()) {
    return database->get([&](ReadTx& tx) { return findToken(tx, token, at); });
  }
  std::vector<TokenInfo> list() {
    return database->get([&](ReadTx& tx) { return listTokens(tx, person); });
  }
  void age(std::chrono::milliseconds by) {
    write([&](WriteTx& tx) {
      tx.unaudited("time passes");
      tx.run(kAge, by.count());
    });
  }

  std::unique_ptr<data::Database> database;
  PersonId person;
};

}  // namespace

TEST_CASE("a token speaks for its owner, with today's grants and the scopes that were given",
          "[tokens]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    const auto made = std::get<TokenMade>(fixture.make("Lista", {"core:read", "contacts:write"}));
    CHECK(made.token.starts_with("toimela_"));
    CHECK(made.token.size() >= 8 + 22);  // 128 bits and more in base64url
    const auto identity = fixture.find(made.token);
    REQUIRE(identity);
    CHECK(identity->actor.person == fixture.person);
    CHECK(identity->actor.name == "Aino Kivilehto");
    REQUIRE(identity->actor.grants.size() == 1);
    CHECK(identity->actor.grants[0].role == Role::regionalAdmin);
    CHECK(identity->has("contacts:write"));
    CHECK_FALSE(identity->has("contacts:read"));
    CHECK_FALSE(identity->has("core:write"));
    CHECK_FALSE(identity->lastUsedOn);
    CHECK(identity->token == made.info.publicId);
  }
}

TEST_CASE("the database has nothing that a token could be made of", "[tokens]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    const std::string token = fixture.token();
    int rows = 0;
    fixture.database->read([&](ReadTx& tx) {
      tx.each(kStored, [&](std::string hash, std::string publicId, std::string, std::string) {
        ++rows;
        CHECK(hash.size() == 64);
        CHECK(token.find(publicId) == std::string::npos);
        CHECK(hash.find(token.substr(8)) == std::string::npos);
      });
    });
    CHECK(rows == 1);
    CHECK_FALSE(fixture.find("toimela_" + std::string(32, 'A')));
    CHECK_FALSE(fixture.find(token.substr(8)));
    CHECK_FALSE(fixture.find(token + "x"));
    CHECK_FALSE(fixture.find(""));
  }
}

TEST_CASE("a token ends on time, and is remembered for a while so that its owner sees why",
          "[tokens]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    const std::string token = fixture.token();
    CHECK(fixture.find(token, now() + std::chrono::days(29)));
    CHECK_FALSE(fixture.find(token, now() + std::chrono::days(30)));
    fixture.age(std::chrono::days(31));
    CHECK_FALSE(fixture.find(token));
    fixture.write([](WriteTx& tx) { sweepTokens(tx); });
    REQUIRE(fixture.list().size() == 1);
    CHECK(fixture.list()[0].expired(now()));
    fixture.age(std::chrono::days(30));
    fixture.write([](WriteTx& tx) { sweepTokens(tx); });
    CHECK(fixture.list().empty());
  }
}

TEST_CASE("two tokens of one name could not be told apart; an expired one makes room", "[tokens]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    const std::string first = fixture.token("Lista");
    CHECK(std::holds_alternative<TokenNameTaken>(fixture.make("Lista")));
    CHECK(fixture.list().size() == 1);
    fixture.age(std::chrono::days(31));
    const std::string second = fixture.token("Lista");
    CHECK(fixture.find(second));
    CHECK_FALSE(fixture.find(first));
    CHECK(fixture.list().size() == 1);
  }
}

TEST_CASE("the same form sent many times at once makes one token", "[tokens]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    std::atomic<int> made{0};
    {
      std::vector<std::jthread> senders;
      for (int i = 0; i < 4; ++i)
        senders.emplace_back(
            [&] { made += std::holds_alternative<TokenMade>(fixture.make("Lista")); });
    }
    CHECK(made == 1);
    CHECK(fixture.list().size() == 1);
  }
}

TEST_CASE("a person has a limited number of tokens", "[tokens]") {
  Fixture fixture(testing::databases().front());
  for (int i = 0; i < kMostTokens; ++i) fixture.token("Lista " + std::to_string(i));
  CHECK(std::holds_alternative<TooManyTokens>(fixture.make("Yksi liikaa")));
  CHECK(fixture.list().size() == static_cast<std::size_t>(kMostTokens));
}

TEST_CASE("the day of last use is noted, and no more than the day", "[tokens]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    const std::string token = fixture.token();
    CHECK_FALSE(fixture.list()[0].lastUsedOn);
    const std::string id = fixture.find(token)->token;
    for (int i = 0; i < 2; ++i) fixture.write([&](WriteTx& tx) { touchToken(tx, id); });
    CHECK(fixture.list()[0].lastUsedOn == Date::today());
    CHECK(fixture.find(token)->lastUsedOn == Date::today());
  }
}

TEST_CASE("only the owner revokes a token, and then it is dead", "[tokens]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    const std::string token = fixture.token();
    const std::string id = fixture.list()[0].publicId;
    bool done = true;
    fixture.write([&](WriteTx& tx) { done = revokeToken(tx, {fixture.person.value + 1}, id); });
    CHECK_FALSE(done);
    CHECK(fixture.find(token));
    fixture.write([&](WriteTx& tx) { done = revokeToken(tx, fixture.person, id); });
    CHECK(done);
    CHECK_FALSE(fixture.find(token));
    fixture.write([&](WriteTx& tx) { done = revokeToken(tx, fixture.person, id); });
    CHECK_FALSE(done);
  }
}

TEST_CASE("closing an account ends its tokens for good", "[tokens]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    const std::string token = fixture.token();
    fixture.write([&](WriteTx& tx) { setDisabled(tx, fixture.person, true); });
    CHECK_FALSE(fixture.find(token));
    fixture.write([&](WriteTx& tx) { setDisabled(tx, fixture.person, false); });
    CHECK_FALSE(fixture.find(token));
    CHECK(fixture.list().empty());
  }
}

TEST_CASE("a changed password leaves tokens alone", "[tokens]") {
  Fixture fixture(testing::databases().front());
  const std::string token = fixture.token();
  fixture.write([&](WriteTx& tx) { setPassword(tx, fixture.person, "hash"); });
  CHECK(fixture.find(token));
}

TEST_CASE("tokens are in the take-out, without what opens anything, and go with the person",
          "[tokens]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    const std::string token = fixture.token("Yhdistyksen lista");
    const PersonalData personal = personalData();
    const std::string text =
        fixture.database->get([&](ReadTx& tx) { return personal.exporter(tx, fixture.person); });
    const auto document = nlohmann::json::parse(text);
    REQUIRE(document.at("tokens").size() == 1);
    CHECK(document.at("tokens")[0].at("name") == "Yhdistyksen lista");
    CHECK(text.find(token) == std::string::npos);
    fixture.write([&](WriteTx& tx) { personal.eraser(tx, fixture.person); });
    CHECK_FALSE(fixture.find(token));
    CHECK(fixture.list().empty());
  }
}

TEST_CASE("the log says that tokens were made and ended, and not what they are called", "[tokens]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    fixture.token("Salainen hanke");
    const std::string id = fixture.list()[0].publicId;
    fixture.write([&](WriteTx& tx) { revokeToken(tx, fixture.person, id); });
    std::vector<std::string> actions;
    fixture.database->read([&](ReadTx& tx) {
      tx.each(kAudited, [&](std::string action, std::string detail) {
        actions.push_back(std::move(action));
        CHECK(detail.find("core:read") != std::string::npos);
        CHECK(detail.find("Salainen") == std::string::npos);
      });
    });
    CHECK(actions == std::vector<std::string>{"core.token.add", "core.token.revoke"});
  }
}

TEST_CASE("scopes come from the routes there are", "[tokens]") {
  const Handler nothing = [](const Request&, Host&) { return Response::noContent(); };
  plugins::Contributions all;
  all.plugins = {{.name = "core", .version = "1", .folder = {}, .dependencies = {}, .problem = {}},
                 {.name = "quiet", .version = "1", .folder = {}, .dependencies = {}, .problem = {}},
                 {.name = "contacts", .version = "1", .folder = {}, .dependencies = {}, .problem = {}}};
  all.routes.push_back({"core", get("/api/v1/things", nothing).anyone()});
  all.routes.push_back({"core", put("/api/v1/things/{thing}", nothing).signedIn()});
  all.routes.push_back({"quiet", get("/quiet", nothing).anyone()});
  all.routes.push_back({"contacts", get("/api/v1/contacts/networks", nothing).anyone()});
  CHECK(knownScopes(all) ==
        std::vector<std::string>{"core:read", "core:write", "contacts:read"});
  CHECK(scopeFor("contacts", Method::head) == "contacts:read");
  for (const Method method : {Method::post, Method::put, Method::patch, Method::del})
    CHECK(scopeFor("contacts", method) == "contacts:write");
  CHECK(splitScopes(" core:read  core:write ") ==
        std::vector<std::string>{"core:read", "core:write"});
  CHECK(joinScopes({}).empty());
  CHECK(splitScopes("").empty());
}
