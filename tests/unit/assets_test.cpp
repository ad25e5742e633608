#include "pages/assets.h"

#include <zlib.h>

#include <catch2/catch.hpp>

#include "scratch_folder.h"

using namespace toimela;
using toimela::pages::Assets;
using toimela::testing::complaintOf;
using toimela::testing::ScratchFolder;

namespace {

Headers asking(const std::string& codings, const std::string& known = "") {
  Headers headers;
  if (!codings.empty()) headers.set("Accept-Encoding", codings);
  if (!known.empty()) headers.set("If-None-Match", known);
  return headers;
}

std::string bodyOf(const Response& response) {
  const auto* shared = std::get_if<std::shared_ptr<const std::string>>(&response.body);
  return shared ? **shared : std::get<std::string>(response.body);
}

std::string header(const Response& response, std::string_view name) {
  return std::string(response.headers.find(name).value_or("none"));
}

std::string gunzip(const std::string& data) {
  z_stream stream{};
  REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
  std::string out(1 << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(data.data()));
  stream.avail_in = static_cast<uInt>(data.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(inflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

const std::string kCss(5000, 'a');

}  // namespace

TEST_CASE("an asset has its fingerprint in the name, which changes with what is in it") {
  ScratchFolder one, other;
  one.write("app.css", "a{}").write("icons/home.svg", "<svg/>");
  other.write("app.css", "b{}");
  Assets first, second;
  first.add("core", one.path());
  second.add("", other.path());
  const std::string& address = first.address("app.css");
  CHECK(address.size() == std::string("/assets/app.0123456789ab.css").size());
  CHECK(address.starts_with("/assets/app."));
  CHECK(address.ends_with(".css"));
  CHECK(address != second.address("app.css"));
  CHECK(first.address("icons/home.svg").starts_with("/assets/icons/home."));
  CHECK_THROWS_AS(first.address("nothing.css"), std::runtime_error);
}

TEST_CASE("the assets of a plugin have its name before theirs") {
  ScratchFolder core, plugin;
  core.write("board.css", "a{}");
  plugin.write("board.css", "b{}");
  Assets assets;
  assets.add("core", core.path());
  assets.add("contacts", plugin.path());
  CHECK(assets.address("contacts/board.css").starts_with("/assets/contacts/board."));
  CHECK(assets.address("board.css") != assets.address("contacts/board.css"));
}

TEST_CASE("a client gets the smallest coding that it takes") {
  ScratchFolder folder;
  folder.write("app.css", kCss).write("font.woff2", kCss);
  Assets assets;
  assets.add("core", folder.path());
  const auto served = [&](const std::string& codings) {
    return assets.serve(assets.address("app.css"), asking(codings));
  };

  const Response best = served("gzip, deflate, br");
  CHECK(header(best, "Content-Encoding") == "br");
  CHECK(bodyOf(best).size() < bodyOf(served("gzip")).size());
  const Response older = served("gzip;q=0.8, deflate");
  CHECK(header(older, "Content-Encoding") == "gzip");
  CHECK(gunzip(bodyOf(older)) == kCss);
  CHECK(header(served("BR"), "Content-Encoding") == "br");
  CHECK(header(served("*"), "Content-Encoding") == "br");
  CHECK(header(served("br;q=0, *"), "Content-Encoding") == "gzip");
  for (const char* codings : {"", "identity", "br;q=0", "br;q=0.000, gzip; q=0", "brotli"}) {
    CAPTURE(codings);
    CHECK(header(served(codings), "Content-Encoding") == "none");
    CHECK(bodyOf(served(codings)) == kCss);
  }
  CHECK(header(assets.serve(assets.address("font.woff2"), asking("br, gzip")),
               "Content-Encoding") == "none");
}

TEST_CASE("an asset may be kept for a year, and only as what it says it is") {
  ScratchFolder folder;
  folder.write("app.css", kCss);
  Assets assets;
  assets.add("core", folder.path());
  const Response response = assets.serve(assets.address("app.css"), asking("br"));
  CHECK(response.status == 200);
  CHECK(header(response, "Content-Type") == "text/css; charset=utf-8");
  CHECK(header(response, "Cache-Control") == "public, max-age=31536000, immutable");
  CHECK(header(response, "Vary") == "Accept-Encoding");
  CHECK(header(response, "X-Content-Type-Options") == "nosniff");
}

TEST_CASE("a client that has the asset already is told so, for each coding apart") {
  ScratchFolder folder;
  folder.write("app.css", kCss);
  Assets assets;
  assets.add("core", folder.path());
  const std::string& address = assets.address("app.css");
  const std::string plain = header(assets.serve(address, asking("")), "ETag");
  const std::string small = header(assets.serve(address, asking("br")), "ETag");
  CHECK(plain != small);
  CHECK(plain.starts_with("\""));

  const Response same = assets.serve(address, asking("br", "\"x\", " + small));
  CHECK(same.status == 304);
  CHECK(bodyOf(same).empty());
  CHECK(header(same, "ETag") == small);
  CHECK(assets.serve(address, asking("br", "W/" + small)).status == 304);
  CHECK(assets.serve(address, asking("br", "*")).status == 304);
  CHECK(assets.serve(address, asking("br", plain)).status == 200);
}

TEST_CASE("an address that no asset has is not found") {
  ScratchFolder folder;
  folder.write("app.css", kCss).write("secret.key", "x").write(".hidden.css", "x");
  Assets assets;
  assets.add("core", folder.path());
  for (const char* path : {"/assets/app.css", "/assets/app.000000000000.css", "/assets/",
                           "/assets/../app.css", "", "/assets/secret.key"}) {
    CHECK(assets.serve(path, asking("br")).status == 404);
  }
  CHECK_THROWS_AS(assets.address("secret.key"), std::runtime_error);
  CHECK_THROWS_AS(assets.address(".hidden.css"), std::runtime_error);
}

TEST_CASE("style sheets and manifests refer to the fingerprinted addresses") {
  ScratchFolder folder;
  folder.write("fonts/a.woff2", "font").write("icon.png", "icon");
  folder.write("css/app.css",
               "a{src:url(../fonts/a.woff2) format('woff2')}b{src:url( \"../fonts/a.woff2#x\" )}"
               "c{background:url(data:image/png;base64,AAAA)}d{background:url('data:image/"
               "svg+xml,<svg a=\"(1)\"/>')}"
               "e{fill:url(#f)}");
  folder.write("site.webmanifest", R"({"name":"icon","icons":[{"src":"icon.png"}]})");
  Assets assets;
  assets.add("core", folder.path());
  const std::string font = assets.address("fonts/a.woff2");
  CHECK(bodyOf(assets.serve(assets.address("css/app.css"), asking(""))) ==
        "a{src:url(\"" + font + "\") format('woff2')}b{src:url(\"" + font +
            "#x\")}"
            "c{background:url(data:image/png;base64,AAAA)}d{background:url('data:image/"
            "svg+xml,<svg a=\"(1)\"/>')}"
            "e{fill:url(#f)}");
  CHECK(bodyOf(assets.serve(assets.address("site.webmanifest"), asking(""))) ==
        R"({"name":"icon","icons":[{"src":")" + assets.address("icon.png") + R"("}]})");
}

TEST_CASE("a style sheet that refers to nothing, or to another site, is refused by name") {
  for (const char* css : {"a{src:url(no.woff2)}", "a{src:url(https://example.org/a.woff2)}",
                          "a{src:url(../../x)}", "a{src:url(x"}) {
    CAPTURE(css);
    ScratchFolder folder;
    folder.write("app.css", css);
    Assets assets;
    CHECK(complaintOf([&] { assets.add("core", folder.path()); }).find("app.css: ") !=
          std::string::npos);
  }
}

TEST_CASE("the integrity value is the SHA-384 of the file") {
  ScratchFolder folder;
  folder.write("app.js", "");
  Assets assets;
  assets.add("core", folder.path());
  CHECK(assets.integrity("app.js") ==
        "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb");
}
