// How long a guest's mark is known, and that nobody makes one.
#include <catch2/catch.hpp>

#include "access/passwords.h"
#include "host/core_host.h"
#include "toimela/guests.h"
#include "toimela/testing.h"

using namespace toimela;

namespace {

const std::string kMark = "a-mark-of-22-signs-0001";

std::optional<std::string> shown(Host& host, const std::string& token) {
  Request request;
  request.json = true;
  request.headers.set("Toimela-Guest", token);
  return guests::markOf(request, host);
}

/// As it was made on a day before today.
std::string tokenOfDay(Host& host, int daysAgo) {
  const auto today = std::chrono::floor<std::chrono::days>(now()).time_since_epoch();
  const std::string day = std::to_string((today - std::chrono::days(daysAgo)).count());
  return kMark + "." + day + "." + access::hmac(core(host).secret(), "guest:" + day + ":" + kMark);
}

}  // namespace

TEST_CASE("a guest's mark is known for thirty days, and not for ever", "[guests]") {
  testing::Site site(testing::databases().front());
  Host& host = site.host("core");
  CHECK(shown(host, guests::tokenOf(host, kMark)) == kMark);
  CHECK(shown(host, tokenOfDay(host, 0)) == kMark);
  CHECK(shown(host, tokenOfDay(host, 30)) == kMark);
  CHECK_FALSE(shown(host, tokenOfDay(host, 31)));
  CHECK_FALSE(shown(host, tokenOfDay(host, 4000)));
  CHECK_FALSE(shown(host, tokenOfDay(host, -2)));
}

TEST_CASE("a mark whose day or signature was changed is nobody's", "[guests]") {
  testing::Site site(testing::databases().front());
  Host& host = site.host("core");
  const std::string old = tokenOfDay(host, 40), fresh = tokenOfDay(host, 0);
  const std::string signature = old.substr(old.rfind('.') + 1);
  CHECK_FALSE(shown(host, fresh.substr(0, fresh.rfind('.') + 1) + signature));
  for (const char* wrong : {"", ".", "..", "a.b", "a.b.c"}) CHECK_FALSE(shown(host, wrong));
  CHECK_FALSE(shown(host, kMark + ".x." + signature));
  CHECK_FALSE(shown(host, kMark + "." + access::hmac(core(host).secret(), "guest:" + kMark)));
  CHECK_FALSE(shown(host, fresh + "x"));
}
