// The bars of the shell: who sees which link, and which link is marked as the place one is at.
#include <catch2/catch.hpp>

#include "pages/navigation.h"

using namespace toimela;
using pages::Nearness;

namespace {

const RegionCode kKarelia = *RegionCode::parse("09");
const RegionCode kLapland = *RegionCode::parse("19");
const Permission kEdit{"contacts.network.edit"};

Region region(RegionCode code, std::string slug) { return {code, std::move(slug), {}, 0, 0}; }

/// Two plugins, of which "events" is off in Lapland, and links of every sort.
struct Scene {
  plugins::Contributions contributions;
  CoreState state;
  Actor actor;

  Scene() {
    contributions.plugins = {{.name = "core"}, {.name = "contacts"}, {.name = "events"}};
    const auto link = [&](std::string plugin, std::string path, int order, std::optional<Permission> permission) {
      contributions.navigation.push_back({plugin, {path, path, permission, order}});
    };
    link("events", "/events", 30, std::nullopt);
    link("core", "/organisations", 10, std::nullopt);
    link("contacts", "/regions/{region}/contacts", 20, std::nullopt);
    link("events", "/regions/{region}/events", 30, std::nullopt);
    link("contacts", "/regions/{region}/contacts/edit", 40, kEdit);
    link("contacts", "/admin/contacts", 50, kEdit);
    state.switches = plugins::SwitchTable(contributions.plugins, {}, {{{"events", "19"}, false}},
                                          {kKarelia, kLapland});
    state.rights = std::make_shared<access::Rights>(
        std::vector<PermissionSpec>{{kEdit, {Role::contactPerson}, "edit"}},
        std::vector<access::Rights::Change>{});
  }

  void isContactPersonOf(RegionCode code) {
    actor.person = PersonId{7};
    actor.grants = {{Role::contactPerson, code, std::nullopt}};
  }
  pages::Navigation in(const Region* region, std::string_view path = "/") const {
    return pages::navigationFor(contributions, state, actor, region, path);
  }
};

std::vector<std::string> paths(const std::vector<pages::NavigationLink>& links) {
  std::vector<std::string> paths;
  for (const auto& link : links) paths.push_back(link.path);
  return paths;
}

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("a visitor sees the open links of the whole service in the order their plugins ask for") {
  const auto navigation = Scene().in(nullptr);
  CHECK(paths(navigation.service) == Paths{"/organisations", "/events"});
  CHECK(navigation.region.empty());
  CHECK(navigation.administration.empty());
}

TEST_CASE("the bar of a region has its slug in the links and leaves out what is off there") {
  const Scene scene;
  const Region karelia = region(kKarelia, "etela-karjala");
  const Region lapland = region(kLapland, "lappi");
  CHECK(paths(scene.in(&karelia).region) ==
        Paths{"/regions/etela-karjala/contacts", "/regions/etela-karjala/events"});
  CHECK(paths(scene.in(&lapland).region) == Paths{"/regions/lappi/contacts"});
}

TEST_CASE("a contact person sees the editing link in the own region only") {
  Scene scene;
  scene.isContactPersonOf(kKarelia);
  const Region karelia = region(kKarelia, "etela-karjala");
  const Region lapland = region(kLapland, "lappi");
  CHECK(paths(scene.in(&karelia).region).back() == "/regions/etela-karjala/contacts/edit");
  CHECK(paths(scene.in(&lapland).region) == Paths{"/regions/lappi/contacts"});
}

TEST_CASE("a permission held anywhere opens the administration's link to it") {
  Scene scene;
  CHECK(scene.in(nullptr).administration.empty());
  scene.isContactPersonOf(kKarelia);
  CHECK(paths(scene.in(nullptr).administration) == Paths{"/admin/contacts"});
}

TEST_CASE("the link of the page itself and the one above it are told apart") {
  const Scene scene;
  CHECK(scene.in(nullptr, "/organisations").service[0].nearness == Nearness::here);
  CHECK(scene.in(nullptr, "/organisations/12").service[0].nearness == Nearness::around);
  CHECK(scene.in(nullptr, "/organisations-abroad").service[0].nearness == Nearness::elsewhere);
  CHECK(scene.in(nullptr, "/events").service[0].nearness == Nearness::elsewhere);
}

TEST_CASE("of two links that fit only the nearer one is marked") {
  Scene scene;
  scene.contributions.navigation.push_back({"contacts", {"/contacts", "networks", std::nullopt, 1}});
  scene.contributions.navigation.push_back({"contacts", {"/contacts/people", "people", std::nullopt, 2}});
  const auto people = scene.in(nullptr, "/contacts/people/7").service;
  CHECK(people[0].nearness == Nearness::elsewhere);
  CHECK(people[1].nearness == Nearness::around);
  const auto networks = scene.in(nullptr, "/contacts/networks/7").service;
  CHECK(networks[0].nearness == Nearness::around);
  CHECK(networks[1].nearness == Nearness::elsewhere);
}

TEST_CASE("what plugins have for one's own account stands together") {
  Scene scene;
  scene.contributions.navigation.push_back({"contacts", {"/account/profile", "profile", std::nullopt, 1}});
  const auto navigation = scene.in(nullptr, "/account/profile");
  CHECK(paths(navigation.account) == Paths{"/account/profile"});
  CHECK(navigation.account[0].nearness == Nearness::here);
  CHECK(paths(navigation.service) == Paths{"/organisations", "/events"});
}
