// Links that come by mail: for signing in, for a new password, for a new address.
#include <catch2/catch.hpp>

#include "access/throttle.h"
#include "access/tokens.h"
#include "account_fixture.h"

using namespace toimela;
using namespace toimela::access;

namespace {

constexpr const char* kUnknown = "aino.kivilahti@example.org";
constexpr const char* kNewEmail = "aino.uusi@example.org";

struct Fixture : AccountSite {
  using AccountSite::AccountSite;

  Response ask(testing::Visitor& visitor, const char* path, const char* email,
               const char* next = "") {
    return visitor.post(path, {{"email", email}, {"next", next}});
  }
  /// The link that comes to Aino when she asks on that page.
  std::string linkFrom(const char* path, const char* next = "") {
    auto visitor = site.visitor();
    REQUIRE(ask(visitor, path, kEmail, next).status == 303);
    REQUIRE(answerLinkRequests(host) == 1);
    return linkTo(kEmail);
  }
  std::int64_t count(const char* name, const char* sql) {
    const Sql statement{name, sql};
    return host.read([&](ReadTx& tx) { return tx.value<std::int64_t>(statement); });
  }
};

}  // namespace

TEST_CASE("a link that came by mail signs in once, and only when the button is pressed") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    const std::string link = fixture.linkFrom("/fi/sign-in/link", "/fi/account/sessions");
    REQUIRE(link.starts_with("/fi/sign-in/link/"));
    auto visitor = fixture.site.visitor();
    // Whatever opens links in mails to look at them uses nothing up.
    CHECK(visitor.get(link).status == 200);
    CHECK(visitor.get(link).status == 200);
    CHECK_FALSE(fixture.isSignedIn(visitor));
    const Response used = visitor.post(link);
    CHECK(used.status == 303);
    CHECK(location(used) == "/fi/account/sessions");
    CHECK(fixture.isSignedIn(visitor));

    auto other = fixture.site.visitor();
    CHECK(other.get(link).status == 410);
    CHECK(other.post(link).status == 410);
    CHECK_FALSE(fixture.isSignedIn(other));
    // A link adds a session and ends none.
    CHECK(fixture.isSignedIn(visitor));
  }
}

TEST_CASE("who asks for a link can not tell whether the address has an account") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    for (const char* path : {"/fi/sign-in/link", "/fi/password/reset"}) {
      INFO(fresh.name << " " << path);
      auto a = fixture.site.visitor(), b = fixture.site.visitor();
      const Response known = fixture.ask(a, path, kEmail), unknown = fixture.ask(b, path, kUnknown);
      CHECK(known.status == 303);
      CHECK(unknown.status == known.status);
      CHECK(location(unknown) == location(known));
      CHECK(testing::bodyOf(unknown) == testing::bodyOf(known));
      // What the request itself did is the same to the row: whose it is, nobody has looked at yet.
      CHECK(fixture.count("test.requests",
                          "SELECT CAST(COUNT(*) AS BIGINT) FROM core_account_request") == 2);
      CHECK(fixture.count("test.tokens",
                          "SELECT CAST(COUNT(*) AS BIGINT) FROM core_account_token") == 0);
      CHECK(answerLinkRequests(fixture.host) == 2);
      CHECK(fixture.mailsTo(kUnknown).empty());
      CHECK_FALSE(fixture.mailsTo(kEmail).empty());
      fixture.run("test.forget", "DELETE FROM core_account_token");
    }
  }
}

TEST_CASE("a link runs out, dies with the account and is stored as a hash only") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    const std::string late = fixture.linkFrom("/fi/sign-in/link");
    CHECK(fixture.count("test.stored", ("SELECT CAST(COUNT(*) AS BIGINT) FROM core_account_token"
                                        " WHERE token_hash = '" +
                                        late.substr(late.rfind('/') + 1) + "'")
                                           .c_str()) == 0);
    fixture.run("test.age", "UPDATE core_account_token SET expires_at = expires_at - 900000");
    auto visitor = fixture.site.visitor();
    CHECK(visitor.post(late).status == 410);

    const std::string closed = fixture.linkFrom("/fi/sign-in/link");
    fixture.host.writeAs(std::nullopt, [&](WriteTx& tx) { setDisabled(tx, fixture.person, true); });
    CHECK(visitor.post(closed).status == 410);
    // Nor does a closed account get another.
    auto asking = fixture.site.visitor();
    const auto before = fixture.mailsTo(kEmail).size();
    CHECK(fixture.ask(asking, "/fi/sign-in/link", kEmail).status == 303);
    answerLinkRequests(fixture.host);
    CHECK(fixture.mailsTo(kEmail).size() == before);
    CHECK(visitor.get("/fi/sign-in/link/nosuchtoken").status == 410);
    CHECK(visitor.get("/fi/password/reset/nosuchtoken").status == 410);
  }
}

TEST_CASE("a new password is set by a mailed link, ends every session and is told to the owner") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    auto elsewhere = fixture.site.visitor(), visitor = fixture.site.visitor();
    fixture.signInAs(elsewhere, kPassword);
    const std::string older = fixture.linkFrom("/fi/sign-in/link");
    const std::string link = fixture.linkFrom("/fi/password/reset");
    REQUIRE(link.starts_with("/fi/password/reset/"));
    CHECK(shows(visitor.get(link), kEmail));
    CHECK(visitor.post(link, {{"new_password", "lyhyt"}}).status == 422);
    CHECK(visitor.post(link, {{"new_password", "kivilehto-kivilehto"}}).status == 422);
    CHECK(fixture.isSignedIn(elsewhere));

    const Response done = visitor.post(link, {{"new_password", kNextPassword}});
    CHECK(done.status == 303);
    CHECK(fixture.isSignedIn(visitor));
    CHECK_FALSE(fixture.isSignedIn(elsewhere));
    CHECK(fixture.mailsTo(kEmail).back().subject ==
          fixture.host.texts().get(Locale::fi, "accounts.notice.password_changed.subject"));
    // The link, and every older one, is dead.
    auto thief = fixture.site.visitor();
    CHECK(thief.post(link, {{"new_password", kPassword}}).status == 410);
    CHECK(thief.post(older).status == 410);
    CHECK(fixture.signInAs(thief, kPassword).status == 422);
    CHECK(fixture.signInAs(thief, kNextPassword).status == 303);
  }
}

TEST_CASE("asking for links is throttled for who asks, and a mailbox is not flooded by many") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    auto visitor = fixture.site.visitor();
    for (int i = 0; i < kLinkAccountAddress.attempts; ++i)
      REQUIRE(fixture.ask(visitor, "/fi/sign-in/link", kEmail).status == 303);
    const Response stopped = fixture.ask(visitor, "/fi/sign-in/link", kEmail);
    CHECK(stopped.status == 429);
    CHECK(stopped.headers.has("Retry-After"));
    CHECK(fixture.ask(visitor, "/fi/sign-in/link", kUnknown).status == 303);
    CHECK(answerLinkRequests(fixture.host) ==
          static_cast<int>(kLinkAccountAddress.attempts) + 1);

    const auto before = fixture.mailsTo(kEmail).size();
    fixture.host.writeAs(std::nullopt, [&](WriteTx& tx) {
      clearAttempts(tx, kLinkAccountAddress, std::string(kEmail) + "\n127.0.0.1");
      for (int i = 0; i < kLinkAccount.attempts; ++i)
        countAttempt(tx, kLinkAccount, kEmail, tx.time());
    });
    // The answer is the usual one, for whoever floods is to learn nothing.
    CHECK(fixture.ask(visitor, "/fi/sign-in/link", kEmail).status == 303);
    CHECK(answerLinkRequests(fixture.host) == 0);
    CHECK(fixture.mailsTo(kEmail).size() == before);
  }
}

TEST_CASE("the address to sign in with changes when the new one has confirmed it") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    auto visitor = fixture.site.visitor();
    fixture.signInAs(visitor, kPassword);
    const auto ask = [&](const char* email, const char* password) {
      return visitor.post("/fi/account/email",
                          {{"email", email}, {"current_password", password}});
    };
    CHECK(visitor.get("/fi/account/email").status == 200);
    CHECK(ask("ei osoite", kPassword).status == 422);
    CHECK(ask(kEmail, kPassword).status == 422);
    CHECK(ask(kNewEmail, "väärä").status == 422);
    CHECK(fixture.mailsTo(kNewEmail).empty());
    REQUIRE(ask(kNewEmail, kPassword).status == 303);
    const std::string link = fixture.linkTo(kNewEmail);
    REQUIRE(link.starts_with("/fi/account/email/"));
    CHECK(shows(visitor.get("/fi/account"), kEmail));

    // The link may be opened where nobody is signed in; what counts is that the mail arrived.
    auto elsewhere = fixture.site.visitor();
    CHECK(shows(elsewhere.get(link), kNewEmail));
    CHECK(elsewhere.post(link).status == 303);
    CHECK(elsewhere.post(link).status == 410);
    CHECK(shows(visitor.get("/fi/account"), kNewEmail));
    CHECK(fixture.mailsTo(kEmail).back().subject ==
          fixture.host.texts().get(Locale::fi, "accounts.notice.email_changed.subject"));
    CHECK(fixture.signInAs(elsewhere, kPassword).status == 422);
    CHECK(elsewhere.post("/fi/sign-in", {{"email", kNewEmail}, {"password", kPassword}}).status ==
          303);
  }
}

TEST_CASE("an address of somebody else gets no mail, and is refused when it was taken meanwhile") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    auto visitor = fixture.site.visitor();
    fixture.signInAs(visitor, kPassword);
    const auto addPerson = [&](const char* email) {
      fixture.host.writeAs(std::nullopt, [&](WriteTx& tx) {
        directory::addPerson(tx, {{}, "Eero", "Hauhia", *EmailAddress::parse(email), ""});
      });
    };
    addPerson(kUnknown);
    const auto ask = [&](const char* email) {
      return visitor.post("/fi/account/email",
                          {{"email", email}, {"current_password", kPassword}});
    };
    CHECK(location(ask(kUnknown)) == location(ask(kNewEmail)));
    CHECK(fixture.mailsTo(kUnknown).empty());
    const std::string link = fixture.linkTo(kNewEmail);
    addPerson(kNewEmail);
    CHECK(visitor.post(link).status == 409);
    CHECK(shows(visitor.get("/fi/account"), kEmail));
  }
}

TEST_CASE("a mail with a key to an account is shown to no administrator and emptied once sent") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    const std::string link = fixture.linkFrom("/fi/sign-in/link");
    const auto mail = fixture.mailsTo(kEmail).back();
    CHECK(mail.confidential);
    auto admin = fixture.site.signedIn(
        fixture.site.person("Toini", "Toinen", {{Role::nationalAdmin, {}, {}}}));
    const Response page = admin.get("/fi/admin/mail/" + std::to_string(mail.id));
    CHECK(page.status == 200);
    CHECK_FALSE(shows(page, link));
    fixture.host.writeAs(std::nullopt, [&](WriteTx& tx) {
      mail::markSent(tx, mail.id, tx.time());
      tx.unaudited("a test sends");
    });
    const auto sent = fixture.mailsTo(kEmail).back();
    CHECK(sent.text == "");
    CHECK(sent.html == "");
    CHECK(sent.subject == mail.subject);
  }
}

TEST_CASE("a lost password that is replaced ends the access tokens, a changed one does not") {
  Fixture fixture(testing::databases().front());
  const auto tokens = [&] {
    return fixture.host.read([&](ReadTx& tx) { return listTokens(tx, fixture.person).size(); });
  };
  fixture.host.writeAs(fixture.person, [&](WriteTx& tx) {
    makeToken(tx, fixture.person, {.name = "Taulukko", .scopes = {"core:read"}, .days = 30});
  });
  auto owner = fixture.site.visitor();
  fixture.signInAs(owner, kPassword);
  REQUIRE(owner.post("/fi/account/password",
                     {{"current_password", kPassword}, {"new_password", kNextPassword}})
              .status == 303);
  CHECK(tokens() == 1);
  auto visitor = fixture.site.visitor();
  REQUIRE(visitor.post(fixture.linkFrom("/fi/password/reset"), {{"new_password", kPassword}})
              .status == 303);
  CHECK(tokens() == 0);
}
