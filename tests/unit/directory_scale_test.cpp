#include <catch2/catch.hpp>
#include <set>

#include "directory/organisations.h"
#include "directory/scale.h"
#include "toimela/testing.h"
#include "toimela/words.h"

using namespace toimela;
using namespace toimela::directory;

TEST_CASE("invented organisations are the same at every run and unlike each other", "[scale]") {
  std::set<std::string> names, numbers;
  std::map<RegionCode, int> regions;
  int associations = 0;
  constexpr int kSample = 5'000;
  for (int i = 0; i < kSample; ++i) {
    const auto one = scaleOrganisation(i), again = scaleOrganisation(i);
    CHECK(one.name == again.name);
    CHECK(one.businessId == again.businessId);
    CHECK_FALSE(one.name.fi.empty());
    if (one.businessId) CHECK(numbers.insert(one.businessId->text()).second);
    names.insert(one.name.fi);
    ++regions[one.region];
    associations += one.sector == Sector::association;
  }
  CHECK(names.size() > kSample * 9 / 10);
  CHECK(regions.size() >= 18);
  CHECK(regions[*RegionCode::parse("01")] > regions[*RegionCode::parse("21")]);
  CHECK(associations > kSample / 2);
}

TEST_CASE("invented people have names as frequent as names are, and addresses of their own", "[scale]") {
  std::set<std::string> emails;
  std::map<std::string, int> families;
  constexpr int kSample = 5'000;
  for (int i = 0; i < kSample; ++i) {
    const auto person = scalePerson(i);
    CHECK(person.name() == scalePerson(i).name());
    CHECK(emails.insert(person.email.key()).second);
    CHECK(person.email.text().ends_with("@example.org"));
    ++families[person.familyName];
  }
  CHECK(families["Korhonen"] > 100);
  CHECK(families.size() > 400);
}

TEST_CASE("a large directory in small is filled batch by batch", "[scale]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    testing::Site site(fresh);
    std::vector<std::int64_t> told;
    loadScale(site.host("core"), 1'500, 100, [&](std::int64_t done) { told.push_back(done); });
    CHECK(told == std::vector<std::int64_t>{1'000, 1'500, 1'600});
    site.host("core").read([&](ReadTx& tx) {
      CHECK(countOrganisations(tx, {}) == 1'500);
      CHECK(words::find(tx, {"person", ""}).count == 100);
      CHECK(words::find(tx, {"contacts.person", ""}).count == 100);
      CHECK(words::find(tx, {"contacts.public", ""}).count == 13);
      return true;
    });
  }
}
