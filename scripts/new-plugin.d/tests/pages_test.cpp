#include <catch2/catch.hpp>

#include "toimela/testing.h"

using namespace toimela;
using Catch::Matchers::Contains;
using testing::bodyOf;

namespace {

const std::string kPage = "/en/regions/pirkanmaa/@name@";

testing::Visitor administratorOf(testing::Site& site, const char* region) {
  return site.signedIn(site.person(
      "Aino", "Alue",
      {{.role = Role::regionalAdmin, .region = RegionCode::parse(region), .organisation = {}}}));
}

}  // namespace

TEST_CASE("what an administrator adds, everyone reads", "[@name@]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      testing::Site site(database);
      CHECK_THAT(bodyOf(site.visitor().get(kPage)), Contains("There are no items yet."));
      auto administrator = administratorOf(site, "06");
      CHECK(administrator.get(kPage + "/new").status == 200);
      CHECK(administrator.post(kPage + "/new", {{"name_en", "A <b>bold</b> item"}}).status == 303);
      CHECK_THAT(bodyOf(site.visitor().get(kPage)),
                 Contains("A &lt;b&gt;bold&lt;/b&gt; item"));
    }
  }
}

TEST_CASE("an item needs a name", "[@name@]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      testing::Site site(database);
      const auto answer =
          administratorOf(site, "06").post(kPage + "/new", {{"last_day", "2030-01-31"}});
      CHECK(answer.status == 422);
      CHECK_THAT(bodyOf(answer), Contains("value=\"2030-01-31\""));
    }
  }
}

TEST_CASE("only administrators of the region add items", "[@name@]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      testing::Site site(database);
      CHECK(administratorOf(site, "01").post(kPage + "/new", {{"name_en", "X"}}).status == 403);
      CHECK(site.visitor().post(kPage + "/new", {{"name_en", "X"}}).status == 401);
    }
  }
}

TEST_CASE("where the plugin is off, its pages are not there", "[@name@]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      testing::Site site(database);
      site.switchPlugin("@name@", "06", false);
      CHECK(site.visitor().get(kPage).status == 404);
    }
  }
}
