#include <catch2/catch.hpp>

#include "routing/body.h"
#include "routing/page_cache.h"
#include "routing/router.h"

using namespace toimela;
using routing::Router;

namespace {

Response nothing(const Request&, Host&) { return {}; }

std::vector<plugins::From<Route>> table(std::vector<Route> routes) {
  std::vector<plugins::From<Route>> all;
  for (Route& route : routes) all.push_back({"contacts", std::move(route)});
  return all;
}

}  // namespace

TEST_CASE("a literal wins over a parameter, and parameters are decoded") {
  auto routes = table({get("/networks/{network}", nothing).anyone(), get("/networks/new", nothing).anyone(),
                       post("/networks/{network}", nothing).anyone(), get("/assets/{file*}", nothing).anyone()});
  Router router(routes);
  CHECK(router.match(Method::get, "/networks/new").route == &routes[1]);
  auto match = router.match(Method::get, "/networks/%C3%A4iti");
  REQUIRE(match.route == &routes[0]);
  CHECK(match.parameters.text("network") == "äiti");
  CHECK(router.match(Method::post, "/networks/new").allowed == "GET");
  CHECK(router.match(Method::head, "/networks/7").route == &routes[0]);
  CHECK(router.match(Method::get, "/assets/contacts/board.css").parameters.text("file") == "contacts/board.css");
}

TEST_CASE("paths that are no route's are nobody's") {
  auto routes = table({get("/networks/{network}", nothing).anyone()});
  Router router(routes);
  for (const char* path : {"/", "/networks", "/networks/", "/networks/1/2", "//networks/1", "/networks/%2e%2e%2fx",
                           "/networks/%00", "/networks/%zz"}) {
    INFO(path);
    CHECK(router.match(Method::get, path).route == nullptr);
  }
}

TEST_CASE("another method of a known path is told what is allowed") {
  auto routes = table({get("/a", nothing).anyone(), post("/a", nothing).anyone()});
  Router router(routes);
  auto match = router.match(Method::del, "/a");
  CHECK(match.route == nullptr);
  CHECK(match.allowed == "GET, POST");
}

TEST_CASE("two routes of one shape stop the start and both are named") {
  auto routes = table({get("/networks/{network}", nothing).anyone(), get("/networks/{id}", nothing).anyone()});
  CHECK_THROWS_WITH(Router(routes), Catch::Contains("{network}") && Catch::Contains("{id}"));
}

TEST_CASE("the language is split from the path, and only ours are languages") {
  using routing::splitLocale;
  CHECK(splitLocale("/sv/contacts") == std::pair(std::optional(Locale::sv), std::string_view("/contacts")));
  CHECK(splitLocale("/en") == std::pair(std::optional(Locale::en), std::string_view("/")));
  CHECK(splitLocale("/de/contacts").first == std::nullopt);
  CHECK(splitLocale("/final").first == std::nullopt);
}

TEST_CASE("query strings and forms are taken apart as browsers put them together") {
  auto fields = routing::parseUrlEncoded("name=V%C3%A4in%C3%B6+M&empty=&flag&name=two&bad=%zz&=x");
  CHECK(fields.text("name") == "Väinö M");
  CHECK(fields.every("name").size() == 2);
  CHECK(fields.text("bad") == "%zz");
  CHECK(fields.has("flag"));
  CHECK_THROWS(routing::parseUrlEncoded("a=1&b=2&c=3", 2));
}

TEST_CASE("a cookie is found by its whole name") {
  CHECK(routing::cookieIn("xtoimela=1; toimela=abc; toimela2=3", "toimela") == "abc");
  CHECK(routing::cookieIn("toimelax=1", "toimela") == std::nullopt);
}

TEST_CASE("a multipart form gives fields and files; a broken one is refused") {
  Headers headers;
  headers.set("Content-Type", "multipart/form-data; boundary=xyz");
  const std::string body =
      "--xyz\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nHei\r\n"
      "--xyz\r\nContent-Disposition: form-data; name=\"doc\"; filename=\"../a.txt\"\r\n"
      "Content-Type: text/plain\r\n\r\ncontent\r\n--xyz--\r\n";
  auto form = routing::parseForm(headers, body, "/tmp");
  CHECK(form.fields.text("title") == "Hei");
  REQUIRE(form.files.size() == 1);
  CHECK(form.files[0].fileName == "../a.txt");
  CHECK(form.files[0].content->size() == 7);
  headers.set("Content-Type", "multipart/form-data");
  CHECK_THROWS(routing::parseForm(headers, body, "/tmp"));
}

TEST_CASE("a kept page is given out for its generation only, and as 304 to who has it") {
  using namespace routing;
  PageCache cache;
  data::Generations now;
  now.of = {{"core", 3}, {"contacts", 5}};
  now.total = 8;
  Response page = Response::html(200, "<p>hei</p>");
  page.headers.set("ETag", "\"abc\"");
  const PageCache::Key key{"/fi/contacts", "", Encoding::identity};
  cache.keep(key, {"contacts", Stamp::of(now, "contacts")}, page, std::time(nullptr) + 60);

  auto found = cache.find(key, "", now);
  REQUIRE(found);
  CHECK(found->rest.ends_with("<p>hei</p>"));
  CHECK(found->rest.substr(found->headLength) == "<p>hei</p>");
  CHECK(cache.find(key, "\"abc\"", now)->status == 304);
  CHECK_FALSE(cache.find({"/fi/contacts", "page=2", Encoding::identity}, "", now));
  CHECK_FALSE(cache.find({"/fi/contacts", "", Encoding::gzip}, "", now));

  auto events = now;
  ++events.of["events"];
  ++events.total;
  CHECK(cache.find(key, "", events));
  auto core = now;
  ++core.of["core"];
  CHECK_FALSE(cache.find(key, "", core));

  cache.keep(key, {"contacts", Stamp::of(now, "contacts")}, page, std::time(nullptr) - 1);
  CHECK_FALSE(cache.find(key, "", now));
}

TEST_CASE("the encoding follows what the client accepts") {
  using namespace routing;
  CHECK(preferredEncoding(std::nullopt) == Encoding::identity);
  CHECK(preferredEncoding("gzip, deflate, br") == Encoding::brotli);
  CHECK(preferredEncoding("gzip") == Encoding::gzip);
  CHECK(preferredEncoding("br;q=0, gzip;q=0.5") == Encoding::gzip);
}

TEST_CASE("a JSON body arrives as the fields of a form") {
  Headers headers;
  headers.set("Content-Type", "application/json; charset=utf-8");
  const auto fields =
      routing::parseForm(headers, R"({"name": {"fi": "Apu", "sv": null}, "count": 3, "on": true, "off": false,
                                      "tags": ["a", "b"]})", "/tmp").fields;
  CHECK(fields.text("name_fi") == "Apu");
  CHECK(fields.text("name_sv").empty());
  CHECK(fields.text("count") == "3");
  CHECK(fields.text("on") == "1");
  CHECK(fields.text("off").empty());
  CHECK(fields.every("tags") == std::vector<std::string_view>{"a", "b"});
  CHECK_THROWS_AS(routing::parseForm(headers, "{\"name\": ", "/tmp"), RequestError);
  CHECK_THROWS_AS(routing::parseForm(headers, "\xff", "/tmp"), RequestError);
}

TEST_CASE("a JSON body of very many brackets does no harm") {
  Headers headers;
  headers.set("Content-Type", "application/json");
  const std::string deep = std::string(30'000, '[') + std::string(30'000, ']');
  CHECK(routing::parseForm(headers, deep, "/tmp").fields.all().empty());
  std::string nested = "1";
  for (int i = 0; i < 10'000; ++i) nested = "{\"a\":" + nested + "}";
  CHECK_THROWS_AS(routing::parseForm(headers, nested, "/tmp"), RequestError);
}
