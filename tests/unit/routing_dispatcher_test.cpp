#include <catch2/catch.hpp>

#include "toimela/testing.h"

using namespace toimela;
using testing::bodyOf;

TEST_CASE("a path without a language leads to the one that the browser prefers") {
  testing::Site site(testing::databases().front());
  auto visitor = site.visitor();
  Headers headers;
  headers.set("Accept-Language", "sv-FI,sv;q=0.9,en;q=0.5");
  auto response = visitor.send(Method::get, "/contacts?kind=theme", headers, "");
  CHECK(response.status == 302);
  CHECK(response.headers.find("Location") == "/sv/contacts?kind=theme");
  CHECK(visitor.get("/").headers.find("Location") == "/fi");
}

TEST_CASE("unknown pages, regions and plugins are 404 in the reader's language") {
  testing::Site site(testing::databases().front());
  auto visitor = site.visitor();
  for (const char* path : {"/fi/nothing", "/sv/regions/atlantis", "/en/regions/pirkanmaa/unknown", "/fi/healthz"}) {
    INFO(path);
    auto response = visitor.get(path);
    CHECK(response.status == 404);
    CHECK_THAT(bodyOf(response), Catch::Contains("<html lang=\"" + std::string(path).substr(1, 2) + "\""));
  }
  auto api = visitor.get("/api/v1/nothing");
  CHECK(api.status == 404);
  CHECK(api.headers.find("Content-Type") == "application/problem+json");
}

TEST_CASE("a plugin that is off in a region is not there, and is again when it is on") {
  for (const auto& database : testing::databases()) {
    INFO(database.name);
    testing::Site site(database);
    auto visitor = site.visitor();
    CHECK(visitor.get("/fi/regions/pirkanmaa/contacts").status == 200);
    site.switchPlugin("contacts", "06", false);
    CHECK(visitor.get("/fi/regions/pirkanmaa/contacts").status == 404);
    CHECK(visitor.get("/fi/regions/lappi/contacts").status == 200);
    CHECK_THAT(bodyOf(visitor.get("/fi/regions/pirkanmaa")), !Catch::Contains("/fi/regions/pirkanmaa/contacts"));
    site.switchPlugin("contacts", "06", true);
    CHECK(visitor.get("/fi/regions/pirkanmaa/contacts").status == 200);
  }
}

TEST_CASE("who is not signed in is taken to the sign-in page and back; who may not is told so") {
  testing::Site site(testing::databases().front());
  auto response = site.visitor().get("/fi/admin/plugins?x=1");
  CHECK(response.status == 303);
  CHECK(response.headers.find("Location") == "/fi/sign-in?next=/fi/admin/plugins%3Fx%3D1");
  auto member = site.signedIn(site.person("Meri", "Jäsen", {{Role::member, RegionCode::parse("06"), {}}}));
  CHECK(member.get("/fi/admin/plugins").status == 403);
  auto admin = site.signedIn(site.person("Anni", "Ylläpitäjä", {{Role::nationalAdmin, {}, {}}}));
  CHECK(admin.get("/fi/admin/plugins").status == 200);
}

TEST_CASE("what comes with a request is taken apart only for who may send it") {
  testing::Site site(testing::databases().front());
  const auto status = [](testing::Visitor visitor) {
    Headers headers;
    headers.set("Origin", "http://toimela.test");
    headers.set("Content-Type", "multipart/form-data");  // without the boundary it can not be read
    return visitor.send(Method::post, "/fi/admin/roles", headers, "--x\r\n").status;
  };
  CHECK(status(site.visitor()) == 401);
  CHECK(status(site.signedIn(site.person("Meri", "Jäsen"))) == 403);
  CHECK(status(site.signedIn(site.person("Anni", "Ylläpitäjä", {{Role::nationalAdmin, {}, {}}}))) == 400);
}

TEST_CASE("a change needs the form's token and this service's Origin") {
  testing::Site site(testing::databases().front());
  auto admin = site.signedIn(site.person("Anni", "Ylläpitäjä", {{Role::nationalAdmin, {}, {}}}));
  const std::string path = "/fi/sign-out";
  auto with = [&](std::string origin, std::string token) {
    Headers headers;
    if (!origin.empty()) headers.set("Origin", origin);
    headers.set("Content-Type", "application/x-www-form-urlencoded");
    return admin.send(Method::post, path, headers, "csrf=" + token).status;
  };
  CHECK(with("http://toimela.test", "") == 403);
  CHECK(with("http://toimela.test", "wrong") == 403);
  CHECK(with("", admin.csrf()) == 403);
  CHECK(with("http://elsewhere.test", admin.csrf()) == 403);
  CHECK(with("null", admin.csrf()) == 403);
  CHECK(admin.get("/fi/dashboard").status == 200);
  CHECK(with("http://toimela.test", admin.csrf()) == 303);
  CHECK(admin.get("/fi/dashboard").status == 303);
}

TEST_CASE("every answer carries the security headers, private ones are kept by nobody") {
  testing::Site site(testing::databases().front());
  auto member = site.signedIn(site.person("Meri", "Jäsen"));
  for (auto [path, status] : {std::pair{"/fi/dashboard", 200}, {"/fi/nothing", 404}, {"/fi/admin/plugins", 403}}) {
    INFO(path);
    auto response = member.get(path);
    CHECK(response.status == status);
    CHECK_THAT(std::string(response.headers.find("Content-Security-Policy").value_or("")),
               Catch::Contains("default-src 'none'") && !Catch::Contains("unsafe"));
    CHECK(response.headers.find("Cache-Control") == "no-store");
    CHECK(response.headers.find("X-Content-Type-Options") == "nosniff");
  }
}

TEST_CASE("a broken request is told its problem and a reference to ask with") {
  testing::Site site(testing::databases().front());
  Headers headers;
  headers.set("Content-Type", "multipart/form-data");
  auto response = site.visitor().send(Method::post, "/fi/sign-in", headers, "x");
  CHECK(response.status == 400);
}
