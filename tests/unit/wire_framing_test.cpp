// What a request may look like on the wire, and what is refused before anyone interprets it.
#include "wire_rig.h"

using namespace toimela;
using namespace toimela::wire;
using namespace toimela::wire::testing;

namespace {

struct Refused {
  const char* what;
  std::string bytes;
  int status;
};

const std::string kHost = "Host: example.fi\r\n";
const std::string kPost = "POST /a HTTP/1.1\r\n" + kHost;

std::vector<Refused> refusedRequests() {
  const std::string nul("\0", 1);
  return {
      {"both a length and chunked coding",
       kPost + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"chunked coding and then a length",
       kPost + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n", 400},
      {"two different lengths", kPost + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400},
      {"the same length twice", kPost + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400},
      {"a list of lengths", kPost + "Content-Length: 3, 3\r\n\r\nabc", 400},
      {"a signed length", kPost + "Content-Length: +3\r\n\r\nabc", 400},
      {"a negative length", kPost + "Content-Length: -3\r\n\r\nabc", 400},
      {"a hexadecimal length", kPost + "Content-Length: 0x3\r\n\r\nabc", 400},
      {"an empty length", kPost + "Content-Length: \r\n\r\nabc", 400},
      {"a length with a space inside", kPost + "Content-Length: 1 1\r\n\r\nabc", 400},
      {"a length beyond 64 bits", kPost + "Content-Length: 99999999999999999999999\r\n\r\nabc",
       400},
      {"another transfer coding", kPost + "Transfer-Encoding: gzip\r\n\r\n", 501},
      {"chunked after another coding", kPost + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
       501},
      {"chunked twice in one field", kPost + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
       501},
      {"chunked twice in two fields",
       kPost + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"an unknown coding in a second field",
       kPost + "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"a coding that only looks like chunked",
       kPost + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 501},
      {"chunked in quotes", kPost + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n", 501},
      {"chunked coding in HTTP/1.0",
       "POST /a HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"a chunked name hidden by a space", kPost + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
       400},
      {"a vertical tab before chunked", kPost + "Transfer-Encoding: \vchunked\r\n\r\n0\r\n\r\n",
       400},
      {"a bare LF after the request line", "GET /a HTTP/1.1\nHost: example.fi\r\n\r\n", 400},
      {"a bare LF after a field", "GET /a HTTP/1.1\r\nHost: example.fi\n\r\n", 400},
      {"bare LFs only", "GET /a HTTP/1.1\nHost: example.fi\n\n", 400},
      {"a bare CR in a value", "GET /a HTTP/1.1\r\nHost: example.fi\r\nX: a\rb\r\n\r\n", 400},
      {"a folded line", "GET /a HTTP/1.1\r\nHost: example.fi\r\nX: a\r\n b\r\n\r\n", 400},
      {"a line folded with a tab", "GET /a HTTP/1.1\r\nHost: example.fi\r\nX: a\r\n\tb\r\n\r\n",
       400},
      {"a space before the first field", "GET /a HTTP/1.1\r\n Host: example.fi\r\n\r\n", 400},
      {"a space before the colon", "GET /a HTTP/1.1\r\nHost : example.fi\r\n\r\n", 400},
      {"a line without a colon", "GET /a HTTP/1.1\r\nHost: example.fi\r\nnonsense\r\n\r\n", 400},
      {"a field without a name", "GET /a HTTP/1.1\r\nHost: example.fi\r\n: a\r\n\r\n", 400},
      {"a NUL in a value", "GET /a HTTP/1.1\r\nHost: example.fi\r\nX: a" + nul + "b\r\n\r\n", 400},
      {"a NUL in a name", "GET /a HTTP/1.1\r\nHost: example.fi\r\nX" + nul + ": b\r\n\r\n", 400},
      {"a control character in a value", "GET /a HTTP/1.1\r\nHost: example.fi\r\nX: a\x01\r\n\r\n",
       400},
      {"no Host", "GET /a HTTP/1.1\r\nX: a\r\n\r\n", 400},
      {"two Hosts", "GET /a HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400},
      {"an empty Host", "GET /a HTTP/1.1\r\nHost:\r\n\r\n", 400},
      {"a Host with a path", "GET /a HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
      {"a Host with user information", "GET /a HTTP/1.1\r\nHost: a@b\r\n\r\n", 400},
      {"a target without a slash", "GET a HTTP/1.1\r\n" + kHost + "\r\n", 400},
      {"another scheme in the target", "GET ftp://example.fi/a HTTP/1.1\r\n" + kHost + "\r\n", 400},
      {"user information in the target", "GET http://a@example.fi/a HTTP/1.1\r\n" + kHost + "\r\n",
       400},
      {"no host in an absolute target", "GET http:///a HTTP/1.1\r\n" + kHost + "\r\n", 400},
      {"a star as target", "GET * HTTP/1.1\r\n" + kHost + "\r\n", 400},
      {"a fragment in the target", "GET /a#b HTTP/1.1\r\n" + kHost + "\r\n", 400},
      {"a byte outside ASCII in the target", "GET /\xc3\xa4 HTTP/1.1\r\n" + kHost + "\r\n", 400},
      {"a space in the target", "GET /a b HTTP/1.1\r\n" + kHost + "\r\n", 400},
      {"two spaces after the method", "GET  /a HTTP/1.1\r\n" + kHost + "\r\n", 400},
      {"a request line without a version", "GET /a\r\n" + kHost + "\r\n", 400},
      {"a version in small letters", "GET /a http/1.1\r\n" + kHost + "\r\n", 400},
      {"a space after the version", "GET /a HTTP/1.1 \r\n" + kHost + "\r\n", 400},
      {"two empty lines in front", "\r\n\r\nGET /a HTTP/1.1\r\n" + kHost + "\r\n", 400},
      {"HTTP/2 in clear", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
      {"HTTP/1.2", "GET /a HTTP/1.2\r\n" + kHost + "\r\n", 505},
      {"HTTP/0.9 by number", "GET /a HTTP/0.9\r\n" + kHost + "\r\n", 505},
      {"an unknown method", "BREW /a HTTP/1.1\r\n" + kHost + "\r\n", 501},
      {"a method in small letters", "get /a HTTP/1.1\r\n" + kHost + "\r\n", 501},
      {"TRACE", "TRACE /a HTTP/1.1\r\n" + kHost + "\r\n", 501},
      {"CONNECT", "CONNECT example.fi:443 HTTP/1.1\r\n" + kHost + "\r\n", 501},
      {"OPTIONS", "OPTIONS /a HTTP/1.1\r\n" + kHost + "\r\n", 405},
      {"an expectation that is not known", kPost + "Expect: 200-ok\r\nContent-Length: 1\r\n\r\na",
       417},
      {"a target that is too long",
       "GET /" + std::string(9000, 'a') + " HTTP/1.1\r\n" + kHost + "\r\n", 414},
      {"a request line without an end", "GET /" + std::string(20000, 'a'), 414},
      {"a head that is too long",
       "GET /a HTTP/1.1\r\n" + kHost + "X: " + std::string(20000, 'a') + "\r\n\r\n", 431},
      {"a head without an end", "GET /a HTTP/1.1\r\n" + kHost + "X: " + std::string(20000, 'a'),
       431},
      {"too many fields",
       "GET /a HTTP/1.1\r\n" + kHost +
           [] {
             std::string fields;
             for (int i = 0; i < 100; ++i) fields += "X: a\r\n";
             return fields;
           }() +
           "\r\n",
       431},
      {"a chunk size that is not a number", kPost + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
       400},
      {"a chunk size with a prefix",
       kPost + "Transfer-Encoding: chunked\r\n\r\n0x3\r\nabc\r\n0\r\n\r\n", 400},
      {"a negative chunk size", kPost + "Transfer-Encoding: chunked\r\n\r\n-3\r\nabc\r\n0\r\n\r\n",
       400},
      {"an empty chunk size", kPost + "Transfer-Encoding: chunked\r\n\r\n\r\nabc\r\n0\r\n\r\n",
       400},
      {"a space before a chunk size",
       kPost + "Transfer-Encoding: chunked\r\n\r\n 3\r\nabc\r\n0\r\n\r\n", 400},
      {"a chunk size beyond 64 bits",
       kPost + "Transfer-Encoding: chunked\r\n\r\n11111111111111113\r\nabc\r\n", 400},
      {"a bare LF after a chunk size",
       kPost + "Transfer-Encoding: chunked\r\n\r\n3\nabc\r\n0\r\n\r\n", 400},
      {"a bare LF after a chunk", kPost + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\n0\r\n\r\n",
       400},
      {"a chunk longer than it said",
       kPost + "Transfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n", 400},
      {"a bare LF in a chunk extension",
       kPost + "Transfer-Encoding: chunked\r\n\r\n3;a\nb\r\nabc\r\n0\r\n\r\n", 400},
      {"endless chunk extensions",
       kPost + "Transfer-Encoding: chunked\r\n\r\n3;" + std::string(20000, 'a'), 400},
      {"endless trailers",
       kPost + "Transfer-Encoding: chunked\r\n\r\n0\r\nX: " + std::string(20000, 'a'), 400},
      {"a bare LF in the trailers", kPost + "Transfer-Encoding: chunked\r\n\r\n0\r\nX: a\n\r\n",
       400},
  };
}

}  // namespace

TEST_CASE(
    "a request that two readers could understand in two ways is refused and ends the connection",
    "[wire]") {
  std::atomic<int> handled{0};
  Rig rig;
  rig.application.onRequest = [&](const WireRequest&) {
    ++handled;
    return Response::text(200, "handled");
  };
  const Running running = rig.start();
  for (const Refused& refused : refusedRequests()) {
    DYNAMIC_SECTION(refused.what) {
      // Whole, and with a smuggled request behind it that must never be seen.
      Client client = rig.connect();
      client.send(refused.bytes + get("/smuggled"));
      const Reply reply = client.receive();
      CHECK(reply.status == refused.status);
      CHECK(reply.complete);
      CHECK(reply.headers.find("Connection") == "close");
      client.endWriting();
      CHECK(client.seesEnd());

      // Byte by byte the verdict is the same.
      if (refused.bytes.size() < 400) {
        Client slow = rig.connect();
        for (const char c : refused.bytes) {
          if (!slow.send(std::string_view(&c, 1))) break;
        }
        CHECK(slow.receive().status == refused.status);
      }
      CHECK(handled == 0);
      CHECK(rig.server->counters().refused >= 1);
    }
  }
}

TEST_CASE("the refusal of OPTIONS names the methods that are served", "[wire]") {
  Rig rig;
  const Running running = rig.start();
  Client client = rig.connect();
  client.send("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");
  const Reply reply = client.receive();
  CHECK(reply.status == 405);
  CHECK(reply.headers.find("Allow") == "GET, HEAD, POST, PUT, PATCH, DELETE");
}

TEST_CASE("unusual but clear requests are served", "[wire]") {
  Rig rig;
  rig.application.onRequest = [](const WireRequest& request) {
    const auto* text = std::get_if<std::string>(&request.body);
    return Response::text(200, std::string(name(request.method)) + "|" + request.path + "|" +
                                   request.query + "|" +
                                   std::string(request.headers.find("host").value_or("-")) + "|" +
                                   (text != nullptr ? *text : "file"));
  };
  const Running running = rig.start();
  Client client = rig.connect();

  SECTION("one empty line before the request") {
    client.send("\r\n" + get("/a"));
    CHECK(client.receive().body == "GET|/a||example.fi|");
  }
  SECTION("an absolute target overrules Host") {
    client.send("GET http://other.fi:8080/a?b=c HTTP/1.1\r\nHost: example.fi\r\n\r\n");
    CHECK(client.receive().body == "GET|/a|b=c|other.fi:8080|");
  }
  SECTION("an absolute target without a path") {
    client.send("GET HTTPS://other.fi?x HTTP/1.1\r\nHost: example.fi\r\n\r\n");
    CHECK(client.receive().body == "GET|/|x|other.fi|");
  }
  SECTION("field names in any case, values with spaces around") {
    client.send("GET /a HTTP/1.1\r\nhOSt:  \texample.fi \t\r\n\r\n");
    CHECK(client.receive().body == "GET|/a||example.fi|");
  }
  SECTION("chunks with extensions and trailers") {
    client.send(
        "PUT /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n"
        "3;x=\"y\"\r\nabc\r\n00A;z\r\n0123456789\r\n0;last\r\nX-Trailer: dropped\r\nY: z\r\n\r\n");
    CHECK(client.receive().body == "PUT|/a||a|abc0123456789");
    client.send(get("/next"));
    CHECK(client.receive().body == "GET|/next||example.fi|");
  }
  SECTION("chunks byte by byte") {
    const std::string request =
        "PATCH /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
        "chunked\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n";
    for (const char c : request) REQUIRE(client.send(std::string_view(&c, 1)));
    CHECK(client.receive().body == "PATCH|/a||a|abcd");
  }
  SECTION("a body with a length, and DELETE") {
    client.send("DELETE /a? HTTP/1.1\r\nHost: a\r\nContent-Length: 003\r\n\r\nabc");
    CHECK(client.receive().body == "DELETE|/a||a|abc");
  }
  SECTION("HTTP/1.0 without Host, closed after the answer even if it asks to stay") {
    client.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    const Reply reply = client.receive();
    CHECK(reply.body == "GET|/a||-|");
    CHECK(reply.headers.find("Connection") == "close");
    CHECK(client.seesEnd());
  }
  SECTION("a client that has ended its direction still gets its answer") {
    client.send(get("/a"));
    client.endWriting();
    CHECK(client.receive().body == "GET|/a||example.fi|");
    CHECK(client.seesEnd());
  }
  SECTION("Connection: close") {
    client.send(get("/a", "Connection: close\r\n"));
    CHECK(client.receive().headers.find("Connection") == "close");
    CHECK(client.seesEnd());
  }
}
