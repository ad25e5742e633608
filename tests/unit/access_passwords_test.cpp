#include <catch2/catch.hpp>
#include <future>
#include <set>

#include "access/passwords.h"
#include "toimela/host.h"

using namespace toimela;
using namespace toimela::access;

namespace {

std::string complaintOf(std::string_view password) {
  return Passwords::complaint(password, "aino.kivilehto@example.org", "Aino Kivilehto")
      .value_or("");
}

}  // namespace

TEST_CASE("a password matches its own hash and no other does") {
  Passwords passwords;
  const std::string hash = passwords.hash("seitsemän veljestä metsässä");
  CHECK(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
  CHECK(passwords.verify("seitsemän veljestä metsässä", hash));
  CHECK_FALSE(passwords.verify("seitsemän veljestä metsassa", hash));
  CHECK_FALSE(passwords.verify("", hash));
}

TEST_CASE("the same password has another hash for everybody") {
  Passwords passwords;
  CHECK(passwords.hash("sama salasana kahdesti") != passwords.hash("sama salasana kahdesti"));
}

TEST_CASE("nobody gets in where there is no hash") {
  Passwords passwords;
  CHECK_FALSE(passwords.verify("", ""));
  CHECK_FALSE(passwords.verify("mikä tahansa salasana", ""));
}

TEST_CASE("checking an account that does not exist costs as much as one that does") {
  using Clock = std::chrono::steady_clock;
  Passwords passwords;
  const std::string hash = passwords.hash("seitsemän veljestä metsässä");
  const auto fastestOf = [&](std::string_view stored) {
    auto fastest = Clock::duration::max();
    for (int i = 0; i < 5; ++i) {
      const auto begin = Clock::now();
      passwords.verify("väärä salasana", stored);
      fastest = std::min(fastest, Clock::now() - begin);
    }
    return std::chrono::duration<double>(fastest).count();
  };
  // Without the work an unknown account would be told a thousand times sooner; a busy machine alone
  // does not make a tenth of it.
  CHECK(fastestOf("") > 0.1 * fastestOf(hash));
}

TEST_CASE("when too many passwords are waiting the next one is refused, not queued for ever") {
  Passwords passwords(0, std::chrono::milliseconds(1));
  try {
    passwords.verify("seitsemän veljestä", "");
    FAIL("the password was checked although no turn was free");
  } catch (const RequestError& refusal) {
    CHECK(refusal.status == 503);
    CHECK(refusal.messageKey == "access.busy");
  }
}

TEST_CASE("with one turn, many callers all get theirs one after another") {
  Passwords passwords(1, std::chrono::minutes(1));
  const std::string hash = passwords.hash("seitsemän veljestä metsässä");
  std::vector<std::future<bool>> callers;
  for (int i = 0; i < 8; ++i) {
    callers.push_back(std::async(
        std::launch::async, [&] { return passwords.verify("seitsemän veljestä metsässä", hash); }));
  }
  for (auto& caller : callers) CHECK(caller.get());
}

TEST_CASE("a new password is told what is wrong with it") {
  CHECK(complaintOf("lyhyt") == "access.password.too_short");
  CHECK(complaintOf("yksitoista1") == "access.password.too_short");
  CHECK(complaintOf(std::string(257, 'x')) == "access.password.too_long");
  CHECK(complaintOf("neljä hassua pöllöä") == "");
  CHECK(complaintOf(readablePassword()) == "");
}

TEST_CASE("the length of a password is counted in characters, not in bytes") {
  CHECK(complaintOf("ääääöööööå") == "access.password.too_short");  // 10 characters, 20 bytes
  CHECK(complaintOf("yöpöllön ääni") == "");
}

TEST_CASE("a common password is refused however it is dressed up") {
  CHECK(complaintOf("1q2w3e4r5t6y") == "access.password.common");
  CHECK(complaintOf("Password1234") == "access.password.common");
  CHECK(complaintOf("salasana2026!") == "access.password.common");
  CHECK(complaintOf("!!!SALASANA!!!") == "access.password.common");
  CHECK(complaintOf("KESÄKUU202600") == "access.password.common");
  CHECK(complaintOf("kissakissakissa") == "access.password.common");
  CHECK(complaintOf("123456789012345") == "access.password.common");
  CHECK(complaintOf("ababababababab") == "access.password.common");
}

TEST_CASE("one's own name or address is no password") {
  CHECK(complaintOf("kivilehto rannalla") == "access.password.personal");
  CHECK(complaintOf("rannalla AINO käy") == "access.password.personal");
}

TEST_CASE("a part of a name of three letters may stand in a password") {
  CHECK_FALSE(Passwords::complaint("oli kylmä talvi täällä", "oli@example.org", "Oli Ek"));
}

TEST_CASE("tokens are long, different, and safe in a cookie") {
  std::set<std::string> tokens;
  for (int i = 0; i < 1000; ++i) tokens.insert(randomToken());
  CHECK(tokens.size() == 1000);
  for (const auto& token : tokens) {
    REQUIRE(token.size() == 32);
    REQUIRE(token.find_first_not_of(
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
            std::string::npos);
  }
}

TEST_CASE("digests are those of the standards") {
  CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  // RFC 4231, test case 2.
  CHECK(hmac("Jefe", "what do ya want for nothing?") ==
        "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM");
}

TEST_CASE("comparing texts in constant time still compares them") {
  CHECK(same("", ""));
  CHECK(same("token", "token"));
  CHECK_FALSE(same("token", "tokem"));
  CHECK_FALSE(same("token", "token "));
}

TEST_CASE("a form token fits its own cookie and secret only") {
  const std::string token = csrfToken("secret", "cookie");
  CHECK(csrfMatches("secret", "cookie", token));
  CHECK_FALSE(csrfMatches("secret", "other", token));
  CHECK_FALSE(csrfMatches("other", "cookie", token));
}

TEST_CASE("a form token looks different on every page, so that compression tells nothing") {
  const std::string first = csrfToken("secret", "cookie"), second = csrfToken("secret", "cookie");
  CHECK(first != second);
  CHECK(csrfMatches("secret", "cookie", first));
  CHECK(csrfMatches("secret", "cookie", second));
}

TEST_CASE("a broken form token never fits") {
  const std::string token = csrfToken("secret", "cookie");
  for (std::size_t i = 0; i < token.size() - 1; ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    REQUIRE_FALSE(csrfMatches("secret", "cookie", changed));
  }
  CHECK_FALSE(csrfMatches("secret", "cookie", ""));
  CHECK_FALSE(csrfMatches("secret", "cookie", token.substr(1)));
  CHECK_FALSE(csrfMatches("secret", "cookie", token + "A"));
  CHECK_FALSE(csrfMatches("secret", "cookie", std::string(86, '!')));
  CHECK_FALSE(csrfMatches("secret", "cookie", std::string(100'000, 'A')));
}

TEST_CASE("without a cookie there is no valid form token") {
  CHECK_FALSE(csrfMatches("secret", "", csrfToken("secret", "")));
}
