#include <catch2/catch.hpp>

#include "neighbourhood.h"

using namespace toimela;
using namespace toimela::contacts;
using Catch::Contains;
using testing::bodyOf;

namespace {

bool before(const std::string& page, const std::string& a, const std::string& b) {
  REQUIRE(page.find(a) != std::string::npos);
  REQUIRE(page.find(b) != std::string::npos);
  return page.find(a) < page.find(b);
}

}  // namespace

TEST_CASE("members are sorted as the reader's language has it, and found by name, role and organisation") {
  for (const auto& database : testing::databases()) {
    Neighbourhood n(database);
    auto coordinator = n.site.signedIn(n.coordinator);
    const std::string up = bodyOf(coordinator.get(n.page("/members")));
    CHECK(before(up, "Jäsen, Jaana", "Yhteyshenkilö, Yrjö"));
    CHECK(before(bodyOf(coordinator.get(n.page("/members?sort=name&dir=desc"))), "Yhteyshenkilö, Yrjö", "Jäsen, Jaana"));
    CHECK(before(bodyOf(coordinator.get(n.page("/members?sort=role"))), "Yhteyshenkilö, Yrjö", "Jäsen, Jaana"));
    CHECK_THAT(bodyOf(coordinator.get(n.page("/members?q=JAANA"))), !Contains("Yhteyshenkilö, Yrjö"));
    CHECK_THAT(bodyOf(coordinator.get(n.page("/members?role=contact_person"))), !Contains("Jäsen, Jaana"));
    CHECK_THAT(bodyOf(coordinator.get(n.page("/members?q=tampereen+tuki"))), Contains("Jäsen, Jaana"));
    CHECK_THAT(bodyOf(coordinator.get(n.page("/members?q=ei-ketaan"))), Contains("Ei jäseniä"));
  }
}

TEST_CASE("the file of members shows addresses as each person has chosen") {
  Neighbourhood n(testing::databases().front());
  const std::string address = n.emailOf(n.plainMember);
  auto coordinator = n.site.signedIn(n.coordinator);
  auto member = n.someone(Role::member, kPirkanmaa);
  auto self = n.site.signedIn(n.plainMember);
  REQUIRE(self.post("/fi/account/contacts/profile", {{"email_level", "coordinators"}, {"phone_level", "coordinators"}}).status == 303);
  CHECK_THAT(bodyOf(coordinator.get(n.page("/members?format=csv"))), Contains(address));
  const std::string file = bodyOf(member.get(n.page("/members?format=csv")));
  CHECK_THAT(file, Contains("Jäsen, Jaana") && !Contains(address));
  CHECK_THAT(bodyOf(member.get(n.page("/members"))), !Contains(address) && !Contains("/import"));
}

TEST_CASE("the table of members is for those who take part") {
  Neighbourhood n(testing::databases().front());
  auto stranger = n.site.signedIn(n.site.person("Vieras", "Vilma"));
  for (const char* path : {"/members", "/members?format=csv"}) {
    const auto sentBack = stranger.get(n.page(path));
    CHECK(sentBack.status == 303);
    CHECK(sentBack.headers.find("Location") == n.page());
  }
  CHECK(n.site.visitor().get(n.page("/members")).status == 303);
}
