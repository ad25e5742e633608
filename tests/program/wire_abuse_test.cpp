// Bytes that no browser sends, against the running program. The wire room's own tests go deeper.
#include <catch2/catch.hpp>

#include "demo_site.h"

namespace toimela::program_tests {
namespace {

using namespace std::string_literals;

std::string chunked(const std::string& rest) {
  return "POST /fi/sign-in HTTP/1.1\r\nHost: a\r\n" + rest;
}

TEST_CASE("no form of smuggling gets a second request past the first") {
  const DemoSite site = demoSite();
  Server server(site.settings());
  // Behind each first request lies one that must never be answered.
  const std::string smuggled = "GET /fi/organisations HTTP/1.1\r\nHost: a\r\n\r\n";
  for (const std::string& bytes : {
           chunked("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
           chunked("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"),
           chunked("Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcde"),
           chunked("Content-Length: 5, 5\r\n\r\nabcde"),
           chunked("Content-Length: +5\r\n\r\nabcde"),
           chunked("Content-Length: 0x5\r\n\r\nabcde"),
           chunked("Content-Length: -1\r\n\r\n"),
           chunked("Content-Length: 99999999999999999999\r\n\r\n"),
           chunked("Content-Length : 5\r\n\r\nabcde"),
           chunked(" Content-Length: 5\r\n\r\nabcde"),
           chunked("Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
           chunked("Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
           chunked("Transfer-Encoding: \x0b"
                   "chunked\r\n\r\n0\r\n\r\n"),
           chunked("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
           chunked("X: a\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
           chunked("Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nabc\r\n0\r\n\r\n"),
           chunked("Transfer-Encoding: chunked\r\n\r\n5\nabcde\r\n0\r\n\r\n"),
           chunked("Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n"),
           std::string("GET /fi HTTP/1.1\nHost: a\n\n"),
           std::string("GET /fi HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
           std::string("GET /fi HTTP/1.1\r\nHost: a b\r\n\r\n"),
           "GET /fi HTTP/1.1\r\nHost: a\r\nX: a\0z\r\n\r\n"s,
           "GET /fi\0 HTTP/1.1\r\nHost: a\r\n\r\n"s,
           std::string("GET /fi  HTTP/1.1\r\nHost: a\r\n\r\n"),
           std::string("GET\t/fi HTTP/1.1\r\nHost: a\r\n\r\n"),
           std::string("GET fi HTTP/1.1\r\nHost: a\r\n\r\n"),
           std::string("GET /fi HTTP/1.1\r\nHost: a\r\nNoColon\r\n\r\n"),
           std::string("GET /fi HTTP/1.1\r\nHost: a\r\nBad Name: x\r\n\r\n"),
           "\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03\r\n\r\n"s,
       }) {
    INFO(bytes);
    Wire wire(server.endpoint());
    REQUIRE(wire.write(bytes + smuggled));
    const Answer answer = wire.read();
    CHECK(answer.status >= 400);
    CHECK(answer.status < 600);
    CHECK(answer.header("Connection") == "close");
    CHECK(wire.ended());
  }
  CHECK(Browser(server).get("/fi").status == 200);
}

TEST_CASE("requests in one packet are answered one after another, each with its own page") {
  const DemoSite site = demoSite();
  Server server(site.settings());
  Wire wire(server.endpoint());
  std::string bytes;
  for (const std::string path :
       {"/fi", "/sv/organisations", "/healthz", "/en/nothing", "/api/v1/regions"})
    bytes += "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
  bytes += "POST /fi/sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nx=1";
  bytes +=
      "POST /fi/sign-in HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
      "chunked\r\n\r\n3\r\nx=1\r\n0\r\n\r\n";
  bytes +=
      "HEAD /fi HTTP/1.1\r\nHost: a\r\n\r\nGET /fi HTTP/1.1\r\nHost: a\r\nConnection: "
      "close\r\n\r\n";
  REQUIRE(wire.write(bytes));
  CHECK(wire.read().has("lang=\"fi\""));
  CHECK(wire.read().has("lang=\"sv\""));
  CHECK(wire.read().body == "ok\n");
  CHECK(wire.read().status == 404);
  CHECK(wire.read().header("Content-Type").rfind("application/json", 0) == 0);
  CHECK(wire.read().status == 403);
  CHECK(wire.read().status == 403);
  CHECK(wire.read(true).status == 200);
  CHECK(wire.read().status == 200);
  CHECK(wire.ended());
}

TEST_CASE("a page is the same page kept or new, packed or not, by HEAD or GET") {
  const DemoSite site = demoSite();
  Server server(site.settings());
  for (const std::string path : {"/fi", "/fi/organisations", "/fi/contacts", "/api/v1/regions"}) {
    INFO(path);
    const Answer fresh = Browser(server).get(path), kept = Browser(server).get(path);
    CHECK(fresh.status == 200);
    CHECK(fresh.body == kept.body);
    CHECK(fresh.header("ETag") == kept.header("ETag"));
    const Answer head = Browser(server).send("HEAD", path, {}, "");
    CHECK(head.status == 200);
    CHECK(head.header("Content-Length") == std::to_string(kept.body.size()));
    CHECK(head.header("ETag") == kept.header("ETag"));
    for (const std::string coding :
         {"gzip", "br", "gzip;q=0", "br;q=0, gzip", "br;q=0.0, gzip;q=0.5", "identity", "x, y"}) {
      INFO(coding);
      const FormFields accepts{{"Accept-Encoding", coding}};
      for (int again = 0; again < 2; ++again) {
        const Answer packed = Browser(server).get(path, {accepts});
        const std::string used = packed.header("Content-Encoding");
        CHECK(packed.status == 200);
        CHECK((used.empty() || coding.find(used) != std::string::npos));
        if (coding == "gzip;q=0") CHECK(used.empty());
        if (coding.find("br;q=0") == 0) CHECK(used != "br");
        // Bodies that differ must not share a tag.
        CHECK((packed.body == kept.body) == (packed.header("ETag") == kept.header("ETag")));
        auto conditional = accepts;
        conditional.emplace_back("If-None-Match", packed.header("ETag"));
        const Answer same = Browser(server).get(path, {conditional});
        CHECK(same.status == 304);
        CHECK(same.body.empty());
        CHECK(same.header("ETag") == packed.header("ETag"));
      }
    }
    CHECK(Browser(server).get(path, {{{"If-None-Match", "\"other\""}}}).status == 200);
  }
  CHECK(server.stop() == 0);
}

TEST_CASE(
    "what is too large is refused, and a body that never comes is not waited for with a worker") {
  const DemoSite site = demoSite();
  Server server(site.settings({{"workers", "1"}}));
  const auto status = [&](const std::string& bytes) {
    Wire wire(server.endpoint());
    wire.write(bytes);
    return wire.read().status;
  };
  CHECK(status("GET /fi HTTP/1.1\r\nHost: a\r\nCookie: " + std::string(100'000, 'c') +
               "\r\n\r\n") == 431);
  std::string many = "GET /fi HTTP/1.1\r\nHost: a\r\n";
  for (int i = 0; i < 1'000; ++i) many += "A: b\r\n";
  CHECK(status(many + "\r\n") == 431);
  CHECK(status("POST /fi/sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n") ==
        413);
  CHECK(
      status("POST /fi/sign-in HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n20000\r\n" +
             std::string(0x20000, 'x') + "\r\n0\r\n\r\n") == 413);
  CHECK(status("POST /fi/sign-in HTTP/1.1\r\nHost: a\r\nExpect: 200-maybe\r\nContent-Length: "
               "3\r\n\r\n") == 417);
  std::string fields;
  for (int i = 0; i < 3'000; ++i) fields += "a=1&";
  CHECK(status("POST /fi/sign-in HTTP/1.1\r\nHost: a\r\nContent-Type: "
               "application/x-www-form-urlencoded\r\nContent-Length: " +
               std::to_string(fields.size()) + "\r\n\r\n" + fields) == 400);
  // Files are taken from people who may be known; nobody else fills the disk with them.
  const std::string file(100'000, 'x'), upload =
      "POST /fi/contacts/networks/1/board/new HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\n"
      "Content-Length: 100000\r\n";
  CHECK(status(upload + "\r\n" + file) == 413);
  CHECK(status(upload + "Cookie: toimela=x; __Host-toimela=x\r\n\r\n" + file) == 401);

  // Two hundred who stop in the middle of a head or a body: the only worker is not theirs.
  std::vector<std::unique_ptr<Wire>> slow;
  for (int i = 0; i < 200; ++i) {
    slow.push_back(std::make_unique<Wire>(server.endpoint()));
    REQUIRE(slow.back()->write(
        i % 2 ? "GET /fi HTTP/1.1\r\nHost: a\r\nX-Slow: "
              : "POST /fi/sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nabc"));
  }
  for (int i = 0; i < 20; ++i) CHECK(Browser(server).get("/fi/account").status == 303);
  // The rest of one of the heads, much later, is still welcome.
  REQUIRE(slow[1]->write("done\r\n\r\n"));
  CHECK(slow[1]->read().status == 200);
  slow.clear();
  CHECK(Browser(server).get("/fi/account").status == 303);
  CHECK(server.stop() == 0);
}

TEST_CASE("after random bytes on many connections the program still serves") {
  const DemoSite site = demoSite();
  Server server(site.settings());
  std::uint32_t seed = 20'260'101;
  const auto next = [&] { return seed = seed * 1'664'525u + 1'013'904'223u, seed >> 8; };
  const std::string whole =
      "POST /fi/contacts/networks/1/members/new?x=%41 HTTP/1.1\r\nHost: a\r\nCookie: toimela=x\r\n"
      "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 60\r\n\r\n"
      "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nx\r\n--b--\r\n";
  for (int round = 0; round < 500; ++round) {
    std::string bytes = whole;
    const auto changes = 1 + next() % 4;
    for (std::uint32_t i = 0; i < changes; ++i) {
      const auto at = next() % bytes.size();
      switch (next() % 4) {
        case 0:
          bytes[at] = static_cast<char>(next());
          break;
        case 1:
          bytes.erase(at, 1 + next() % 20);
          break;
        case 2:
          bytes.insert(at, std::string(1 + next() % 20, static_cast<char>(next())));
          break;
        default:
          bytes.insert(at, bytes.substr(next() % bytes.size(), next() % 40));
      }
      if (bytes.empty()) break;
    }
    Wire wire(server.endpoint());
    wire.write(bytes);
    wire.endWriting();
    INFO("round " << round << ": " << bytes);
    const Answer answer = wire.read();
    CHECK((answer.status == 0 || (answer.status >= 200 && answer.status != 500)));
  }
  CHECK(server.running());
  CHECK(Browser(server).get("/fi").status == 200);
  CHECK(server.stop() == 0);
}

}  // namespace
}  // namespace toimela::program_tests
