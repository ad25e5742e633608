#include <catch2/catch.hpp>

#include "access/accounts.h"
#include "access/grant_store.h"
#include "access/passwords.h"
#include "access/sessions.h"
#include "databases.h"
#include "directory/people.h"
#include "directory/reference.h"

using namespace toimela;
using namespace toimela::access;

namespace {

constexpr Sql kStoredTokens{"test.session.tokens",
                            "SELECT token_hash, public_id FROM core_session"};
constexpr Sql kAge{
    "test.session.age",
    "UPDATE core_session SET last_seen_at = last_seen_at - :idle, expires_at = expires_at - :life"};

const RegionCode kPirkanmaa = *RegionCode::parse("06");
const RegionCode kLappi = *RegionCode::parse("19");

/// A database with one person and the regions.
struct Fixture {
  explicit Fixture(const testing::FreshDatabase& fresh) : database(testing::openMigrated(fresh)) {
    const std::string folder = TOIMELA_SOURCE_FOLDER "/db/reference/";
    directory::updateReference(*database, folder + "regions.json", folder + "municipalities.json");
    write([&](WriteTx& tx) {
      person = directory::addPerson(tx, {{},
                                         "Aino",
                                         "Kivilehto",
                                         *EmailAddress::parse("Aino.Kivilehto@example.org"),
                                         "",
                                         Locale::sv});
    });
  }

  void write(const std::function<void(WriteTx&)>& work) { database->write({}, work); }
  std::string open(std::string_view userAgent =
                       "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0") {
    std::string token;
    write([&](WriteTx& tx) { token = openSession(tx, person, userAgent); });
    return token;
  }
  std::optional<Identity> find(std::string_view token, Instant at = now()) {
    return database->get([&](ReadTx& tx) { return findSession(tx, token, at); });
  }
  std::vector<SessionInfo> list() {
    return database->get([&](ReadTx& tx) { return listSessions(tx, person); });
  }
  void age(std::chrono::milliseconds idle, std::chrono::milliseconds life) {
    write([&](WriteTx& tx) {
      tx.unaudited("time passes");
      tx.run(kAge, idle.count(), life.count());
    });
  }
  void grant(Role role, GrantPlace place, Date from, std::optional<Date> to) {
    write([&](WriteTx& tx) { insertGrant(tx, person, role, place, {from, to}); });
  }

  std::unique_ptr<data::Database> database;
  PersonId person;
};

}  // namespace

TEST_CASE("a session is found by its token and by nothing else") {
  for (const auto& fresh : testing::databases()) {
    Fixture site(fresh);
    const std::string token = site.open();
    const auto identity = site.find(token);
    REQUIRE(identity);
    CHECK(identity->actor.person == site.person);
    CHECK(identity->actor.name == "Aino Kivilehto");
    CHECK(identity->language == Locale::sv);
    CHECK_FALSE(site.find(token + "A"));
    CHECK_FALSE(site.find(identity->session));
    CHECK_FALSE(site.find(sha256(token)));
    CHECK_FALSE(site.find(""));
  }
}

TEST_CASE("the database never holds a token that would let somebody in") {
  for (const auto& fresh : testing::databases()) {
    Fixture site(fresh);
    const std::string token = site.open();
    site.database->read([&](ReadTx& tx) {
      tx.each(kStoredTokens, [&](std::string hash, std::string publicId) {
        CHECK(hash == sha256(token));
        CHECK(publicId != token);
      });
    });
  }
}

TEST_CASE("grants of today come with the session, past and future ones do not") {
  for (const auto& fresh : testing::databases()) {
    Fixture site(fresh);
    const Date today = Date::today();
    site.grant(Role::contactPerson, {.region = kPirkanmaa}, today.plusDays(-10), std::nullopt);
    site.grant(Role::contactPerson, {.region = kLappi}, today.plusDays(-10), today);
    site.grant(Role::regionalAdmin, {.region = kLappi}, today.plusDays(-10), today.plusDays(-1));
    site.grant(Role::nationalAdmin, {}, today.plusDays(1), std::nullopt);
    const auto identity = site.find(site.open());
    REQUIRE(identity);
    REQUIRE(identity->actor.grants.size() == 2);
    for (const Grant& grant : identity->actor.grants) CHECK(grant.role == Role::contactPerson);
    const auto grants =
        site.database->get([&](ReadTx& tx) { return grantsOf(tx, site.person, today); });
    CHECK(grants.size() == 2);
  }
}

TEST_CASE("a session ends when it is not used, and in any case after its longest life") {
  for (const auto& fresh : testing::databases()) {
    Fixture site(fresh);
    const std::string token = site.open();
    CHECK(site.find(token, now() + kSessionIdle - std::chrono::minutes(1)));
    CHECK_FALSE(site.find(token, now() + kSessionIdle + std::chrono::minutes(1)));

    site.age(std::chrono::milliseconds(0), kSessionLongest - std::chrono::minutes(1));
    CHECK(site.find(token));
    site.age(std::chrono::milliseconds(0), std::chrono::minutes(2));
    CHECK_FALSE(site.find(token));
  }
}

TEST_CASE("using a session keeps it alive") {
  for (const auto& fresh : testing::databases()) {
    Fixture site(fresh);
    const std::string token = site.open();
    site.age(kSessionIdle - std::chrono::minutes(1), std::chrono::milliseconds(0));
    site.write([&](WriteTx& tx) { touchSession(tx, token); });
    CHECK(site.find(token, now() + kSessionIdle - std::chrono::minutes(1)));
  }
}

TEST_CASE("a closed session is dead") {
  for (const auto& fresh : testing::databases()) {
    Fixture site(fresh);
    const std::string token = site.open(), other = site.open();
    site.write([&](WriteTx& tx) { closeSession(tx, token); });
    CHECK_FALSE(site.find(token));
    CHECK(site.find(other));
  }
}

TEST_CASE("a disabled person's sessions die at once and do not come back") {
  for (const auto& fresh : testing::databases()) {
    Fixture site(fresh);
    const std::string token = site.open();
    site.write([&](WriteTx& tx) { setDisabled(tx, site.person, true); });
    CHECK_FALSE(site.find(token));
    CHECK_FALSE(site.find(site.open()));
    site.write([&](WriteTx& tx) { setDisabled(tx, site.person, false); });
    CHECK_FALSE(site.find(token));
    CHECK(site.find(site.open()));
  }
}

TEST_CASE("a new password ends every session") {
  for (const auto& fresh : testing::databases()) {
    Fixture site(fresh);
    const std::string first = site.open(), second = site.open();
    site.write([&](WriteTx& tx) { setPassword(tx, site.person, "hash"); });
    CHECK_FALSE(site.find(first));
    CHECK_FALSE(site.find(second));
  }
}

TEST_CASE("nobody ends a session that is not theirs") {
  for (const auto& fresh : testing::databases()) {
    Fixture site(fresh);
    const std::string token = site.open();
    const std::string publicId = site.find(token)->session;
    bool revoked = true;
    site.write([&](WriteTx& tx) {
      revoked = revokeSession(tx, PersonId{site.person.value + 1}, publicId);
    });
    CHECK_FALSE(revoked);
    CHECK(site.find(token));
    site.write([&](WriteTx& tx) { revoked = revokeSession(tx, site.person, publicId); });
    CHECK(revoked);
    CHECK_FALSE(site.find(token));
  }
}

TEST_CASE("all sessions but this one end together") {
  for (const auto& fresh : testing::databases()) {
    Fixture site(fresh);
    site.open();
    const std::string kept = site.open();
    site.open();
    const std::string publicId = site.find(kept)->session;
    site.write([&](WriteTx& tx) { revokeOtherSessions(tx, site.person, publicId); });
    REQUIRE(site.list().size() == 1);
    CHECK(site.list().front().publicId == publicId);
  }
}

TEST_CASE("a list of sessions names the device shortly and leaves out what has ended") {
  for (const auto& fresh : testing::databases()) {
    Fixture site(fresh);
    site.open();
    site.age(kSessionIdle, std::chrono::milliseconds(0));
    site.open(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0");
    REQUIRE(site.list().size() == 1);
    CHECK(site.list().front().device == "Edge, Windows");
    site.open(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
        "Gecko) Version/18.1 Mobile/15E148 Safari/604.1");
    CHECK(site.list().size() == 2);
    site.open("<script>alert(1)</script>");
    bool hasNameless = false;
    for (const auto& session : site.list()) hasNameless = hasNameless || session.device.empty();
    CHECK(hasNameless);
  }
}

TEST_CASE("sweeping takes what has ended and nothing else") {
  for (const auto& fresh : testing::databases()) {
    Fixture site(fresh);
    site.open();
    site.age(kSessionIdle, std::chrono::milliseconds(0));
    const std::string token = site.open();
    site.write([](WriteTx& tx) { sweepSessions(tx); });
    int rows = 0;
    site.database->read(
        [&](ReadTx& tx) { tx.each(kStoredTokens, [&](std::string, std::string) { ++rows; }); });
    CHECK(rows == 1);
    CHECK(site.find(token));
  }
}
