#include <catch2/catch.hpp>

#include "pages/appearance.h"
#include "toimela/testing.h"

using namespace toimela;
using testing::bodyOf;

TEST_CASE("a reader who chose dark colours gets every page dark, until the device decides again") {
  testing::Site site(testing::databases().front());
  auto reader = site.visitor();
  CHECK_THAT(bodyOf(reader.get("/fi/regions/lappi")), !Catch::Contains("data-theme"));

  reader.get("/fi/appearance");
  const auto changed = reader.post("/fi/appearance", {{"theme", "dark"}, {"next", "/fi/regions/lappi"}});
  CHECK(changed.status == 303);
  CHECK(changed.headers.find("Location") == "/fi/regions/lappi");
  CHECK_THAT(bodyOf(reader.get("/fi/regions/lappi")), Catch::Contains("<html lang=\"fi\" data-theme=\"dark\">"));
  CHECK_THAT(bodyOf(reader.get("/sv/nowhere")), Catch::Contains("data-theme=\"dark\""));

  reader.post("/fi/appearance", {{"theme", ""}});
  CHECK_THAT(bodyOf(reader.get("/fi/regions/lappi")), !Catch::Contains("data-theme"));
}

TEST_CASE("one reader's colours are not kept for others") {
  testing::Site site(testing::databases().front());
  Headers headers;
  headers.set("Cookie", "toimela-theme=dark");
  auto dark = site.visitor().send(Method::get, "/fi", headers, "");
  CHECK(dark.headers.find("Cache-Control").value_or("").find("no-store") != std::string_view::npos);
  CHECK_THAT(bodyOf(site.visitor().get("/fi")), !Catch::Contains("data-theme"));
}

TEST_CASE("after the choice nobody is led out of the service") {
  testing::Site site(testing::databases().front());
  auto reader = site.visitor();
  reader.get("/fi/appearance");
  for (const char* next : {"https://example.org/", "//example.org", "/\\example.org"}) {
    INFO(next);
    const auto changed = reader.post("/fi/appearance", {{"theme", "light"}, {"next", next}});
    CHECK(changed.headers.find("Location").value_or("").starts_with("/fi/"));
  }
}

TEST_CASE("a theme that nobody offers is none") {
  CHECK(pages::parseTheme("dark") == pages::Theme::dark);
  CHECK(pages::parseTheme("light") == pages::Theme::light);
  CHECK_FALSE(pages::parseTheme("Dark\r\nX: y"));
  CHECK_FALSE(pages::parseTheme(""));
  CHECK(pages::themeCookie("https://toimela.example") == "__Host-toimela-theme");
  CHECK(pages::themeCookie("http://localhost:8080") == "toimela-theme");
}
