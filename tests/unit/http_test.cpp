#include "toimela/http.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <stdexcept>

using namespace toimela;

TEST_CASE("a header is found whatever case its name is written in", "[http]") {
  Headers headers;
  headers.add("Content-Type", "text/plain");
  CHECK(headers.find("content-TYPE") == "text/plain");
  CHECK_FALSE(headers.has("Content-Typ"));
}

TEST_CASE("set replaces every field of the name and keeps the first one's place", "[http]") {
  Headers headers;
  headers.add("Vary", "Cookie");
  headers.add("Server", "x");
  headers.add("vary", "Accept-Language");
  headers.set("VARY", "Accept");
  REQUIRE(headers.all().size() == 2);
  CHECK(headers.all()[0].second == "Accept");
  headers.remove("server");
  CHECK(headers.all().size() == 1);
}

TEST_CASE("what a user typed can not split a header", "[http]") {
  Headers headers;
  for (const char* value : {"a\r\nSet-Cookie: b", "a\nb", "a\rb", "\x01", "\x7f"}) {
    CHECK_THROWS_AS(headers.set("X-Name", value), std::invalid_argument);
    CHECK_THROWS_AS(headers.add("X-Name", value), std::invalid_argument);
  }
  CHECK_THROWS_AS(headers.set("X-Name", std::string("a\0b", 3)), std::invalid_argument);
  for (const char* name : {"", "X Name", "X:Name", "X\nName", "Nimi\xc3\xa4"}) {
    CHECK_THROWS_AS(headers.set(name, "a"), std::invalid_argument);
  }
  CHECK(headers.all().empty());
  headers.set("X-Name", "tab\tand \xc3\xa4");
  CHECK(headers.has("x-name"));
}

TEST_CASE("a field may come many times", "[http]") {
  Fields fields;
  fields.add("role", "a");
  fields.add("Role", "b");
  fields.add("role", "c");
  CHECK(fields.text("role") == "a");
  CHECK(fields.every("role") == std::vector<std::string_view>{"a", "c"});
  CHECK(fields.text("missing").empty());
  CHECK_FALSE(fields.find("missing").has_value());
}

TEST_CASE("a spooled file goes with its last owner", "[http]") {
  const auto path = std::filesystem::temp_directory_path() / "toimela-spooled-file-test";
  std::ofstream(path) << "content";
  auto first = std::make_shared<const SpooledFile>(path.string(), 7);
  auto second = first;
  first.reset();
  CHECK(std::filesystem::exists(path));
  second.reset();
  CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("a redirect leads with 303 to a path of this service only", "[http]") {
  const Response response = Response::redirect("/haku?q=ty\xc3\xb6 1");
  CHECK(response.status == 303);
  CHECK(response.headers.find("Location") == "/haku?q=ty%C3%B6%201");
  for (const char* location :
       {"", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nSet-Cookie: b=c",
        "/\t/evil.example", "javascript:alert(1)"}) {
    CHECK_THROWS_AS(Response::redirect(location), std::invalid_argument);
  }
}

TEST_CASE("a download keeps its name in any language", "[http]") {
  const auto disposition = [](const char* filename) {
    return std::string(
        *Response::attachment(filename, "text/csv", "a").headers.find("Content-Disposition"));
  };
  CHECK(disposition("report.csv") == "attachment; filename=\"report.csv\"");
  CHECK(disposition("j\xc3\xa4senet.csv") ==
        "attachment; filename=\"jasenet.csv\"; filename*=UTF-8''j%C3%A4senet.csv");
  CHECK(disposition("\xe5\x90\x8d.csv") ==
        "attachment; filename=\"_.csv\"; filename*=UTF-8''%E5%90%8D.csv");
  CHECK(disposition("a\"b\r\n/..\\c.csv") ==
        "attachment; filename=\"a_b___.._c.csv\"; filename*=UTF-8''a%22b___.._c.csv");
  CHECK(disposition("") == "attachment; filename=\"download\"");
}

TEST_CASE("the ready-made responses say what they hold", "[http]") {
  CHECK(Response::text(404, "x").headers.find("Content-Type") == "text/plain; charset=utf-8");
  CHECK(Response::html(200, "x").headers.find("Content-Type") == "text/html; charset=utf-8");
  CHECK(Response::json(200, "{}").headers.find("Content-Type") == "application/json");
  CHECK(Response::noContent().status == 204);
  CHECK(Response::text(404, "x").status == 404);
  CHECK(name(Method::del) == "DELETE");
  CHECK(name(Method::patch) == "PATCH");
}
