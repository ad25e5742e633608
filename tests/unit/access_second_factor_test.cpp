// The second factor from its first code to its recovery.
#include <catch2/catch.hpp>

#include <liboath/oath.h>

#include <set>

#include "access/throttle.h"
#include "access/totp.h"
#include "account_fixture.h"

using namespace toimela;
using namespace toimela::access;

namespace {

struct Fixture : AccountSite {
  using AccountSite::AccountSite;

  SecondFactor factor() {
    return host
        .read([&](ReadTx& tx) { return findSecondFactor(tx, host.secret(), person); })
        .value();
  }
  /// The code that an app shows, as the library makes it.
  std::string code(int stepsFromNow = 0) {
    const SecondFactor found = factor();
    char text[kTotpDigits + 1];
    const auto step = now().time_since_epoch() / kTotpStep + stepsFromNow;
    oath_init();
    REQUIRE(oath_hotp_generate(found.secret.data(), found.secret.size(),
                               static_cast<std::uint64_t>(step), kTotpDigits, false,
                               OATH_HOTP_DYNAMIC_TRUNCATION, text) == OATH_OK);
    return text;
  }
  /// As if some time had passed since the last code.
  void forgetSteps() {
    run("test.forget_steps", "UPDATE core_second_factor SET last_step = 0");
  }
  std::int64_t audited(const std::string& action) {
    constexpr Sql kCount{"test.audited",
                         "SELECT CAST(COUNT(*) AS BIGINT) FROM core_audit WHERE action = :action"};
    return host.read([&](ReadTx& tx) { return tx.value<std::int64_t>(kCount, action); });
  }
  std::string wrongCode() {
    // Nor one of the steps around, which are as good.
    const std::set<std::string> right{code(-2), code(-1), code(), code(1), code(2)};
    for (const char* wrong : {"000000", "000001", "000002", "000003", "000004"})
      if (!right.contains(wrong)) return wrong;
    return "000005";
  }

  /// Turns it on through the pages; the recovery codes.
  std::vector<std::string> turnOn(testing::Visitor& visitor) {
    REQUIRE(visitor.post("/fi/account/second-factor/begin").status == 303);
    const Response done =
        visitor.post("/fi/account/second-factor/confirm",
                     {{"code", code()}, {"current_password", kPassword}});
    REQUIRE(done.status == 200);
    forgetSteps();
    std::vector<std::string> codes;
    const std::string body = testing::bodyOf(done);
    for (auto at = body.find("<li><code>"); at != std::string::npos;
         at = body.find("<li><code>", at + 1))
      codes.push_back(body.substr(at + 10, body.find('<', at + 10) - at - 10));
    return codes;
  }
};

/// For every database an owner who is signed in and has turned the factor on.
template <class Work>
void withOwner(Work work) {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    auto owner = fixture.site.visitor();
    fixture.signInAs(owner, kPassword);
    const auto codes = fixture.turnOn(owner);
    work(fixture, owner, codes);
  }
}

}  // namespace

TEST_CASE("a second factor is on when a code has confirmed it, and not before") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    auto visitor = fixture.site.visitor(), other = fixture.site.visitor();
    fixture.signInAs(visitor, kPassword);
    CHECK(visitor.get("/fi/account/second-factor").status == 200);
    CHECK(visitor.post("/fi/account/second-factor/begin").status == 303);
    const Response setup = visitor.get("/fi/account/second-factor");
    CHECK(shows(setup, shownTotpSecret(fixture.factor().secret)));
    CHECK(shows(setup, "<svg class=\"qr\""));
    CHECK(visitor.post("/fi/account/second-factor/confirm", {{"code", ""}}).status == 422);
    const auto confirm = [&](const std::string& code, const std::string& password) {
      return visitor.post("/fi/account/second-factor/confirm",
                          {{"code", code}, {"current_password", password}});
    };
    CHECK(confirm(fixture.wrongCode(), kPassword).status == 422);
    // A session alone does not do: whoever has got hold of one could lock the owner out.
    CHECK(confirm(fixture.code(), "").status == 422);
    CHECK(confirm(fixture.code(), "väärä").status == 422);
    CHECK_FALSE(fixture.factor().isOn);
    CHECK(fixture.signInAs(other, kPassword).status == 303);

    const Response done = confirm(fixture.code(), kPassword);
    CHECK(done.status == 200);
    CHECK(done.headers.find("Cache-Control") == "no-store");
    CHECK(fixture.factor().isOn);
    CHECK(fixture.factor().recoveryCodesLeft == kRecoveryCodes);
    CHECK(fixture.mailsTo(kEmail).back().subject ==
          fixture.host.texts().get(Locale::fi, "accounts.notice.second_factor_on.subject"));
    // Neither secret nor codes are shown again.
    const Response after = visitor.get("/fi/account/second-factor");
    CHECK_FALSE(shows(after, shownTotpSecret(fixture.factor().secret)));
    CHECK(visitor.post("/fi/account/second-factor/begin").status == 303);
    CHECK(fixture.factor().isOn);
  }
}

TEST_CASE("the code is asked after a password, after a link and after a new password") {
  withOwner([](Fixture& fixture, auto&, const auto&) {
    const auto linkFrom = [&](const char* path) {
      auto asking = fixture.site.visitor();
      asking.post(path, {{"email", kEmail}, {"next", "/fi/account/sessions"}});
      answerLinkRequests(fixture.host);
      return fixture.linkTo(kEmail);
    };
    const auto firstStep = [&](int way, testing::Visitor& visitor) {
      if (way == 0) return fixture.signInAs(visitor, kPassword, "/fi/account/sessions");
      if (way == 1) return visitor.post(linkFrom("/fi/sign-in/link"));
      return visitor.post(linkFrom("/fi/password/reset"), {{"new_password", kNextPassword}});
    };
    for (int way = 0; way < 3; ++way) {
      INFO(way);
      auto visitor = fixture.site.visitor();
      const Response asked = firstStep(way, visitor);
      CHECK(asked.status == 200);
      const std::string pending = hiddenIn(asked, "pending");
      REQUIRE_FALSE(pending.empty());
      CHECK_FALSE(fixture.isSignedIn(visitor));
      CHECK(visitor.post("/fi/sign-in/code", {{"pending", pending}, {"code", fixture.wrongCode()}})
                .status == 422);
      CHECK_FALSE(fixture.isSignedIn(visitor));
      const Response done =
          visitor.post("/fi/sign-in/code", {{"pending", pending}, {"code", fixture.code()}});
      CHECK(done.status == 303);
      CHECK(location(done) == "/fi/account/sessions");
      CHECK(fixture.isSignedIn(visitor));
      // The half way is used up with it.
      auto thief = fixture.site.visitor();
      fixture.forgetSteps();
      CHECK(location(thief.post("/fi/sign-in/code",
                                {{"pending", pending}, {"code", fixture.code()}})) ==
            "/fi/sign-in");
      CHECK_FALSE(fixture.isSignedIn(thief));
    }
  });
}

TEST_CASE("a code that was seen by somebody does not work a second time") {
  withOwner([](Fixture& fixture, auto&, const auto&) {
    const std::string code = fixture.code();
    auto first = fixture.site.visitor(), second = fixture.site.visitor();
    const std::string one = hiddenIn(fixture.signInAs(first, kPassword), "pending"),
                      two = hiddenIn(fixture.signInAs(second, kPassword), "pending");
    CHECK(first.post("/fi/sign-in/code", {{"pending", one}, {"code", code}}).status == 303);
    CHECK(second.post("/fi/sign-in/code", {{"pending", two}, {"code", code}}).status == 422);
  });
}

TEST_CASE("a recovery code lets in once, typed in any way") {
  withOwner([](Fixture& fixture, auto& owner, const auto& codes) {
    REQUIRE(codes.size() == kRecoveryCodes);
    CHECK(std::set<std::string>(codes.begin(), codes.end()).size() == codes.size());
    const auto signIn = [&](std::string code) {
      auto visitor = fixture.site.visitor();
      const std::string pending = hiddenIn(fixture.signInAs(visitor, kPassword), "pending");
      return visitor.post("/fi/sign-in/code", {{"pending", pending}, {"code", code}}).status;
    };
    CHECK(signIn(codes[0]) == 303);
    CHECK(signIn(codes[0]) == 422);
    std::string typed = codes[1];
    for (char& c : typed) c = c == '-' ? ' ' : static_cast<char>(std::toupper(c));
    CHECK(signIn(typed) == 303);
    CHECK(fixture.factor().recoveryCodesLeft == kRecoveryCodes - 2);

    const Response renewed =
        owner.post("/fi/account/second-factor/codes", {{"code", codes[2]}});
    CHECK(renewed.status == 200);
    CHECK(fixture.factor().recoveryCodesLeft == kRecoveryCodes);
    CHECK(signIn(codes[3]) == 422);
  });
}

TEST_CASE("turning on, new recovery codes and turning off end every other session, and say so") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    auto owner = fixture.site.visitor();
    fixture.signInAs(owner, kPassword);
    const auto elsewhere = [&] {
      auto visitor = fixture.site.visitor();
      const std::string pending = hiddenIn(fixture.signInAs(visitor, kPassword), "pending");
      if (!pending.empty()) {
        visitor.post("/fi/sign-in/code", {{"pending", pending}, {"code", fixture.code()}});
        fixture.forgetSteps();
      }
      REQUIRE(fixture.isSignedIn(visitor));
      return visitor;
    };
    const auto endedBy = [&](testing::Visitor& other, std::int64_t times) {
      CHECK_FALSE(fixture.isSignedIn(other));
      CHECK(fixture.isSignedIn(owner));
      CHECK(fixture.audited("core.session.end_others") == times);
      CHECK(fixture.mailsTo(kEmail).back().text.find("Muut laitteesi on kirjattu ulos.") !=
            std::string::npos);
    };

    auto before = elsewhere();
    owner.post("/fi/account/second-factor/begin");
    CHECK(owner.post("/fi/account/second-factor/confirm",
                     {{"code", fixture.wrongCode()}, {"current_password", kPassword}})
              .status == 422);
    CHECK(fixture.isSignedIn(before));
    const Response on = owner.post("/fi/account/second-factor/confirm",
                                   {{"code", fixture.code()}, {"current_password", kPassword}});
    CHECK(shows(on, fixture.host.texts().get(Locale::fi, "accounts.codes.others_ended")));
    fixture.forgetSteps();
    endedBy(before, 1);

    auto between = elsewhere();
    CHECK(owner.post("/fi/account/second-factor/codes", {{"code", fixture.code()}}).status == 200);
    fixture.forgetSteps();
    endedBy(between, 2);

    auto after = elsewhere();
    CHECK(owner.post("/fi/account/second-factor/off", {{"code", fixture.wrongCode()}}).status ==
          422);
    CHECK(fixture.isSignedIn(after));
    CHECK(owner.post("/fi/account/second-factor/off", {{"code", fixture.code()}}).status == 303);
    endedBy(after, 3);
  }
}

TEST_CASE("turning off takes a code, and is told to the owner") {
  withOwner([](Fixture& fixture, auto& owner, const auto&) {
    auto other = fixture.site.visitor();
    CHECK(owner.post("/fi/account/second-factor/off", {{"code", fixture.wrongCode()}}).status ==
          422);
    CHECK(fixture.factor().isOn);
    CHECK(owner.post("/fi/account/second-factor/off", {{"code", fixture.code()}}).status == 303);
    CHECK(fixture.mailsTo(kEmail).back().subject ==
          fixture.host.texts().get(Locale::fi, "accounts.notice.second_factor_off.subject"));
    CHECK(fixture.signInAs(other, kPassword).status == 303);
    CHECK(fixture.isSignedIn(other));
  });
}

TEST_CASE("guessing codes is stopped, and the half way ends by itself") {
  withOwner([](Fixture& fixture, auto&, const auto&) {
    auto guesser = fixture.site.visitor();
    const std::string pending = hiddenIn(fixture.signInAs(guesser, kPassword), "pending");
    const std::string wrong = fixture.wrongCode();
    int tries = 0;
    while (guesser.post("/fi/sign-in/code", {{"pending", pending}, {"code", wrong}}).status == 422)
      REQUIRE(++tries <= kCodePersonAddress.attempts);
    const Response stopped =
        guesser.post("/fi/sign-in/code", {{"pending", pending}, {"code", fixture.code()}});
    CHECK(stopped.status == 429);
    CHECK(stopped.headers.has("Retry-After"));
    CHECK_FALSE(fixture.isSignedIn(guesser));

    fixture.run("test.forgive", "DELETE FROM core_throttle");
    fixture.run("test.age", "UPDATE core_account_token SET expires_at = expires_at - 600000");
    CHECK(location(guesser.post("/fi/sign-in/code",
                                {{"pending", pending}, {"code", fixture.code()}})) ==
          "/fi/sign-in");
  });
}

TEST_CASE("a national administrator takes the factor from who has lost it, and nobody else may") {
  withOwner([](Fixture& fixture, auto& owner, const auto&) {
    const std::string path =
        "/fi/admin/people/" + fixture.person.text() + "/second-factor/reset";
    auto regional = fixture.site.signedIn(fixture.site.person(
        "Eero", "Hauhia", {{Role::regionalAdmin, RegionCode::parse("06"), {}}}));
    CHECK(regional.post(path).status == 403);
    CHECK(owner.post(path).status == 403);
    auto national = fixture.site.signedIn(
        fixture.site.person("Toini", "Toinen", {{Role::nationalAdmin, {}, {}}}));
    CHECK(shows(national.get("/fi/admin/people/" + fixture.person.text()),
                "/second-factor/reset"));
    CHECK(fixture.isSignedIn(owner));
    CHECK(national.post(path).status == 303);
    CHECK_FALSE(fixture.isSignedIn(owner));
    const auto mails = fixture.mailsTo(kEmail).size();
    CHECK(national.post(path).status == 303);
    CHECK(fixture.mailsTo(kEmail).size() == mails);
    CHECK(national.post("/fi/admin/people/999999/second-factor/reset").status == 404);
    CHECK_FALSE(shows(national.get("/fi/admin/people/" + fixture.person.text()),
                      "/second-factor/reset"));
    CHECK(fixture.mailsTo(kEmail).back().subject ==
          fixture.host.texts().get(Locale::fi, "accounts.notice.second_factor_reset.subject"));
    auto again = fixture.site.visitor();
    CHECK(fixture.signInAs(again, kPassword).status == 303);
    CHECK(fixture.isSignedIn(again));
  });
}

TEST_CASE("the secret lies encrypted and the recovery codes hashed; erasing takes both") {
  withOwner([](Fixture& fixture, auto&, const auto&) {
    constexpr Sql kSecrets{"test.secrets", "SELECT sealed_secret FROM core_second_factor"};
    constexpr Sql kCodes{"test.codes", "SELECT code_hash FROM core_recovery_code"};
    const auto text = [](std::string value) { return value; };
    const auto secrets = fixture.host.read([&](ReadTx& tx) { return tx.all(kSecrets, text); });
    REQUIRE(secrets.size() == 1);
    CHECK(secrets[0].find(fixture.factor().secret) == std::string::npos);
    for (const auto& hash : fixture.host.read([&](ReadTx& tx) { return tx.all(kCodes, text); }))
      CHECK(hash.size() == 64);
    fixture.host.writeAs(std::nullopt, [&](WriteTx& tx) {
      for (const auto& part : fixture.host.contributions().personalData)
        if (part.what.section == "access") part.what.eraser(tx, fixture.person);
      tx.unaudited("a test erases");
    });
    CHECK(fixture.host.read([&](ReadTx& tx) { return tx.all(kSecrets, text); }).empty());
    CHECK(fixture.host.read([&](ReadTx& tx) { return tx.all(kCodes, text); }).empty());
  });
}

TEST_CASE("who guesses codes of a session that is not theirs is stopped as at the door") {
  withOwner([](Fixture& fixture, auto& owner, const auto&) {
    // Guesses from many addresses add up, whichever way they come in.
    fixture.host.writeAs(std::nullopt, [&](WriteTx& tx) {
      for (int i = 0; i < kCodePerson.attempts; ++i)
        countAttempt(tx, kCodePerson, fixture.person.text(), tx.time());
    });
    const Response stopped =
        owner.post("/fi/account/second-factor/off", {{"code", fixture.code()}});
    CHECK(stopped.status == 429);
    CHECK(fixture.factor().isOn);
    fixture.run("test.forgive", "DELETE FROM core_throttle");
    CHECK(owner.post("/fi/account/second-factor/off", {{"code", fixture.code()}}).status == 303);
  });
}
