#include <catch2/catch.hpp>

#include "access/sign_in.h"
#include "directory/demo.h"
#include "directory/organisations.h"
#include "toimela/testing.h"

using namespace toimela;
using namespace toimela::directory;

namespace {
constexpr const char* kFolder = TOIMELA_SOURCE_FOLDER "/db/demo";
}

TEST_CASE("demonstration accounts can sign in with the password made for them") {
  for (const auto& fresh : testing::databases()) {
    testing::Site site(fresh);
    const auto accounts = loadDemo(site.host("core"), kFolder);
    REQUIRE(accounts.size() >= 6);
    for (const auto& account : accounts) {
      INFO(account.email);
      auto visitor = site.visitor();
      CHECK(visitor.post("/fi/sign-in", {{"email", account.email}, {"password", account.password}})
                .status == 303);
      CHECK(visitor.get("/fi/dashboard").status == 200);
    }
    CHECK(accounts.front().password != accounts.back().password);
    CHECK(site.host("core").read([](ReadTx& tx) { return countOrganisations(tx, {}); }) > 50);
  }
}

TEST_CASE("demonstration content is loaded into an empty database only") {
  for (const auto& fresh : testing::databases()) {
    testing::Site site(fresh);
    site.person("Aino", "Kivilehto");
    CHECK(loadDemo(site.host("core"), kFolder).empty());
    CHECK(site.host("core").read([](ReadTx& tx) { return countOrganisations(tx, {}); }) == 0);
  }
}
