#include <catch2/catch.hpp>

#include "access/throttle.h"
#include "account_fixture.h"

using namespace toimela;
using namespace toimela::access;
using testing::bodyOf;

namespace {

struct Fixture : AccountSite {
  using AccountSite::AccountSite;

  testing::Visitor at() { return site.visitor(); }
  Response submit(testing::Visitor& visitor, const std::string& email, const std::string& password,
                  const std::string& next = "") {
    return visitor.post("/fi/sign-in", {{"email", email}, {"password", password}, {"next", next}});
  }
  SignInOutcome attempt(const std::string& address, const std::string& password) {
    Request request;
    request.address = address;
    return signIn(host, request, kEmail, password);
  }
};

}  // namespace

TEST_CASE("after signing in one is taken to a path of this service and nowhere else") {
  CHECK(safePath("/admin/people?q=a&page=2") == "/admin/people?q=a&page=2");
  CHECK(safePath("/sv/admin/people") == "/admin/people");
  CHECK(safePath("/en") == "/");
  CHECK(safePath("/") == "/");
  CHECK(safePath("/fine") == "/fine");
  for (const char* bad :
       {"", "dashboard", "//evil.example", "/\\evil.example", "\\\\evil.example",
        "https://evil.example", "/fi//evil.example", "/a\r\nSet-Cookie: x=1", "/a b", "/a\tb",
        "javascript:alert(1)", "/sign-in", "/fi/sign-in?next=/sign-in", "/sign-out"}) {
    INFO(bad);
    CHECK(safePath(bad) == "/dashboard");
  }
  CHECK(safePath("/" + std::string(3000, 'a')) == "/dashboard");
}

TEST_CASE("the right password opens the dashboard, or the page one came from") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    auto visitor = fixture.at();
    CHECK(visitor.get("/fi/account").status == 303);
    const Response response = fixture.submit(visitor, kEmail, kPassword);
    CHECK(response.status == 303);
    CHECK(location(response) == "/fi/dashboard");
    CHECK(visitor.get("/fi/account").status == 200);

    auto other = fixture.at();
    CHECK(location(fixture.submit(other, "AINO.Kivilehto@EXAMPLE.org", kPassword,
                                  "/fi/account/sessions")) == "/fi/account/sessions");
    CHECK(location(other.get("/fi/sign-in")) == "/fi/dashboard");
  }
}

TEST_CASE("the reader can not tell a wrong password from an account that does not exist") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    auto visitor = fixture.at();
    const std::string unknown = "aino.kivilahti@example.org", wrong = "väärä salasana tässä";
    const Response a = fixture.submit(visitor, kEmail, wrong),
                   b = fixture.submit(visitor, unknown, wrong);
    CHECK(a.status == 422);
    CHECK(b.status == 422);
    const std::string message = fixture.host.texts().get(Locale::fi, "access.sign_in.refused");
    for (const Response* response : {&a, &b})
      CHECK(bodyOf(*response).find(message) != std::string::npos);
    CHECK(bodyOf(a).find(kEmail) != std::string::npos);
    CHECK(bodyOf(a).find(wrong) == std::string::npos);
    CHECK(visitor.get("/fi/account").status == 303);
  }
}

TEST_CASE("who is disabled or has no password can not sign in, and is told nothing more") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    fixture.site.person("Eero", "Hauhia");
    CHECK(std::holds_alternative<SignedIn>(fixture.attempt("192.0.2.1", kPassword)));
    fixture.host.writeAs(std::nullopt, [&](WriteTx& tx) { setDisabled(tx, fixture.person, true); });
    CHECK(std::holds_alternative<Refused>(fixture.attempt("192.0.2.1", kPassword)));
    CHECK(std::holds_alternative<Refused>(fixture.attempt("192.0.2.1", "")));
  }
}

TEST_CASE("guessing is stopped where it comes from, and the owner still gets in from elsewhere") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    for (int i = 0; i < kSignInAccountAddress.attempts; ++i) {
      REQUIRE(std::holds_alternative<Refused>(
          fixture.attempt("192.0.2.66", "arvaus " + std::to_string(i))));
    }
    const auto stopped = fixture.attempt("192.0.2.66", kPassword);
    REQUIRE(std::holds_alternative<Throttled>(stopped));
    CHECK(std::get<Throttled>(stopped).wait <= kSignInAccountAddress.window);
    CHECK(std::holds_alternative<SignedIn>(fixture.attempt("192.0.2.1", kPassword)));
  }
}

TEST_CASE("who signs in well is not counted as somebody who guesses") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    for (int i = 0; i < kSignInAccountAddress.attempts + 2; ++i) {
      REQUIRE(std::holds_alternative<SignedIn>(fixture.attempt("192.0.2.1", kPassword)));
    }
  }
}

TEST_CASE("a throttled visitor is told how long to wait") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    auto visitor = fixture.at();
    const std::string address = "127.0.0.1";
    fixture.host.writeAs(std::nullopt, [&](WriteTx& tx) {
      for (int i = 0; i < kSignInAddress.attempts; ++i)
        countAttempt(tx, kSignInAddress, address, tx.time());
    });
    const Response response = fixture.submit(visitor, kEmail, kPassword);
    CHECK(response.status == 429);
    const int wait = std::stoi(std::string(response.headers.find("Retry-After").value_or("0")));
    CHECK(wait > 0);
    CHECK(wait <= 900);
    CHECK(bodyOf(response).find(kEmail) != std::string::npos);
  }
}

TEST_CASE("signing in again ends the session one had: a token is never carried over") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    auto visitor = fixture.at();
    fixture.submit(visitor, kEmail, kPassword);
    auto before = visitor;
    fixture.submit(visitor, kEmail, kPassword);
    CHECK(visitor.get("/fi/account").status == 200);
    CHECK(before.get("/fi/account").status == 303);
  }
}

TEST_CASE("signing out ends the session, not only the cookie") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    auto visitor = fixture.at();
    fixture.submit(visitor, kEmail, kPassword);
    auto thief = visitor;
    const Response goodbye = visitor.post("/fi/sign-out");
    CHECK(goodbye.status == 303);
    CHECK(goodbye.headers.find("Clear-Site-Data") == "\"cache\"");
    CHECK(visitor.get("/fi/account").status == 303);
    CHECK(thief.get("/fi/account").status == 303);
  }
}

TEST_CASE("a new password signs out every other device and keeps this one in") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    auto here = fixture.at(), elsewhere = fixture.at();
    fixture.submit(here, kEmail, kPassword);
    fixture.submit(elsewhere, kEmail, kPassword);
    const std::string next = "kahdeksan kuutta yössä";

    CHECK(here.post("/fi/account/password", {{"current_password", "väärä"}, {"new_password", next}})
              .status == 422);
    CHECK(here.post("/fi/account/password",
                    {{"current_password", kPassword}, {"new_password", "salasana1234"}})
              .status == 422);
    CHECK(elsewhere.get("/fi/account").status == 200);

    auto stolen = here;
    CHECK(
        here.post("/fi/account/password", {{"current_password", kPassword}, {"new_password", next}})
            .status == 303);
    CHECK(here.get("/fi/account").status == 200);
    CHECK(elsewhere.get("/fi/account").status == 303);
    CHECK(stolen.get("/fi/account").status == 303);
    CHECK(std::holds_alternative<Refused>(fixture.attempt("192.0.2.1", kPassword)));
    CHECK(std::holds_alternative<SignedIn>(fixture.attempt("192.0.2.1", next)));
  }
}

TEST_CASE("one's own sessions can be seen and ended one by one") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    auto here = fixture.at(), elsewhere = fixture.at();
    fixture.submit(here, kEmail, kPassword);
    fixture.submit(elsewhere, kEmail, kPassword);
    const std::string page = bodyOf(here.get("/fi/account/sessions"));
    const auto at = page.find("/account/sessions/");
    REQUIRE(at != std::string::npos);
    const std::string path = page.substr(at, page.find('"', at) - at);
    CHECK(here.post("/fi" + path).status == 303);
    CHECK(elsewhere.get("/fi/account").status == 303);
    CHECK(here.get("/fi/account").status == 200);
    CHECK(here.post("/fi" + path).status == 404);
  }
}

TEST_CASE("one's own details are saved, and shown again with what was wrong") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    auto visitor = fixture.at();
    fixture.submit(visitor, kEmail, kPassword);
    const Response wrong = visitor.post(
        "/fi/account",
        {{"given_name", ""}, {"family_name", "Kivi"}, {"phone", "050 1234"}, {"language", "sv"}});
    CHECK(wrong.status == 422);
    CHECK(bodyOf(wrong).find("050 1234") != std::string::npos);
    CHECK(visitor
              .post("/fi/account", {{"given_name", "Áine"},
                                    {"family_name", "O’Kivi"},
                                    {"phone", "050 1234"},
                                    {"language", "sv"}})
              .status == 303);
    const auto person =
        fixture.host.read([&](ReadTx& tx) { return directory::findPerson(tx, fixture.person); });
    REQUIRE(person);
    CHECK(person->name() == "Áine O’Kivi");
    CHECK(person->language == Locale::sv);
    CHECK(person->email.text() == kEmail);
  }
}
