// Nobody is waited for without an end.
#include <fstream>

#include "wire/deadlines.h"
#include "wire_rig.h"

using namespace toimela;
using namespace toimela::wire;
using namespace toimela::wire::testing;

TEST_CASE("a slow header is cut off after the deadline, however steadily it trickles", "[wire]") {
  Rig rig;
  rig.options.headerDeadline = 150ms;
  const Running running = rig.start();
  Client client = rig.connect();
  const auto begin = std::chrono::steady_clock::now();
  client.send("GET / HTTP/1.1\r\nHost: a\r\nX: ");
  pollfd answered{client.fd(), POLLIN, 0};
  while (::poll(&answered, 1, 5) == 0) REQUIRE(client.send("a"));
  const Reply reply = client.receive();
  CHECK(reply.status == 408);
  CHECK(reply.headers.find("Connection") == "close");
  CHECK(std::chrono::steady_clock::now() - begin >= 140ms);
}

TEST_CASE("the header deadline begins anew with each request", "[wire]") {
  Rig rig;
  rig.options.headerDeadline = 1s;  // no thread is kept waiting that long between two halves of a head
  const Running running = rig.start();
  Client client = rig.connect();
  for (int i = 0; i < 2; ++i) {
    client.send("GET / HTTP/1.1\r\n");
    client.send("Host: a\r\n\r\n");
    REQUIRE(client.receive().status == 200);
    // When a header that began later is late, this connection's first one would be, too.
    Client other = rig.connect();
    other.send("GET / HTTP/1.1\r\n");
    REQUIRE(other.receive().status == 408);
  }
}

TEST_CASE("a body that stalls is cut off", "[wire]") {
  Rig rig;
  rig.options.bodyStall = 100ms;
  const Running running = rig.start();
  const char* framing =
      GENERATE("Content-Length: 10\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\na\r\nabc");
  Client client = rig.connect();
  client.send(std::string("POST /form HTTP/1.1\r\nHost: a\r\n") + framing);
  const Reply reply = client.receive();
  CHECK(reply.status == 408);
  CHECK(reply.body == "refused 408 /form");
}

TEST_CASE("a body that never stalls but crawls is cut off", "[wire]") {
  Rig rig;
  rig.options.rateGrace = 200ms;
  rig.options.bodyMinRate = 10'000;
  const Running running = rig.start();
  Client client = rig.connect();
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
  pollfd answered{client.fd(), POLLIN, 0};
  while (::poll(&answered, 1, 5) == 0) REQUIRE(client.send("a"));
  CHECK(client.receive().status == 408);
}

TEST_CASE("a reader that takes nothing is closed", "[wire]") {
  Rig rig;
  rig.options.sendStall = 150ms;
  const std::string file = rig.spool.path() + "/large";
  rig.application.onRequest = [&](const WireRequest& request) {
    Response response = Response::text(200, std::string(32 * 1024 * 1024, 'x'));
    if (request.path == "/file") response.body = FileBody{file, 0, 32 * 1024 * 1024};
    return response;
  };
  {
    std::ofstream out(file);
    out << std::string(32 * 1024 * 1024, 'x');
  }
  const Running running = rig.start();
  Client client = rig.connect(4096);
  client.send(get(GENERATE("/memory", "/file")));
  REQUIRE(eventually([&] { return rig.server->counters().requests == 1; }));
  CHECK(eventually([&] { return rig.server->counters().connections == 0; }));
}

TEST_CASE("a slow but steady reader gets all of it", "[wire]") {
  Rig rig;
  rig.options.sendStall = 1s;
  const std::string body(32 * 1024 * 1024, 'x');
  rig.application.onRequest = [&](const WireRequest&) { return Response::text(200, body); };
  const Running running = rig.start();
  Client client = rig.connect(16 * 1024);
  client.send(get("/"));
  Client other = rig.connect(16 * 1024);
  other.send(get("/"));
  REQUIRE(eventually([&] { return rig.server->counters().connections == 2; }));
  std::string received;
  char bytes[64 * 1024];
  std::size_t head = std::string::npos;  // where the body begins, once it is known
  bool isOtherLeft = false;
  while (head == std::string::npos || received.size() < head + body.size()) {
    const ssize_t got = ::recv(client.fd(), bytes, sizeof bytes, 0);
    REQUIRE(got > 0);
    received.append(bytes, static_cast<std::size_t>(got));
    if (const auto blank = received.find("\r\n\r\n"); head == std::string::npos && blank != std::string::npos)
      head = blank + 4;
    // Slow until another one, who takes nothing, was given up.
    isOtherLeft = isOtherLeft || rig.server->counters().connections == 1;
    if (!isOtherLeft) std::this_thread::sleep_for(5ms);
  }
  CHECK(isOtherLeft);
  CHECK(received.substr(head) == body);
}

TEST_CASE("a reader that crawls is closed", "[wire]") {
  Rig rig;
  rig.options.sendStall = 5s;
  rig.options.rateGrace = 200ms;
  rig.options.sendMinRate = 100'000'000;
  rig.application.onRequest = [&](const WireRequest&) {
    return Response::text(200, std::string(32 * 1024 * 1024, 'x'));
  };
  const Running running = rig.start();
  Client client = rig.connect(4096);
  client.send(get("/"));
  char bytes[64 * 1024];
  ssize_t got;
  std::size_t all = 0;
  while ((got = ::recv(client.fd(), bytes, sizeof bytes, 0)) > 0) {
    all += static_cast<std::size_t>(got);
    std::this_thread::sleep_for(5ms);
  }
  CHECK(all < 32 * 1024 * 1024);
}

TEST_CASE("an idle connection is closed without a word", "[wire]") {
  Rig rig;
  rig.options.keepAlive = 500ms;
  const Running running = rig.start();
  Client silent = rig.connect();
  Client served = rig.connect();
  served.send(get("/"));
  REQUIRE(served.receive().status == 200);
  CHECK(served.seesEnd());
  CHECK(silent.seesEnd());
}

TEST_CASE("a handler may take longer than any deadline of the client", "[wire]") {
  Rig rig;
  Gate gate;
  rig.options.keepAlive = rig.options.headerDeadline = rig.options.bodyStall =
      rig.options.sendStall = 500ms;
  rig.application.onRequest = [&](const WireRequest& request) {
    if (request.path == "/wait") gate.pass();
    return Response::text(200, "late");
  };
  const Running running = rig.start();
  Client client = rig.connect();
  client.send(get("/wait"));
  Client idle = rig.connect();
  CHECK(idle.seesEnd());  // all the deadlines have passed now
  gate.open();
  CHECK(client.receive().body == "late");
}

TEST_CASE("a client that does not leave after its last response is not waited for long", "[wire]") {
  Rig rig;
  rig.options.linger = 100ms;
  const Running running = rig.start();
  Client client = rig.connect();
  client.send(get("/", "Connection: close\r\n"));
  CHECK(client.receive().status == 200);
  CHECK(eventually([&] { return rig.server->counters().connections == 0; }));
}

TEST_CASE("the timer wheel calls each deadline once, when it is due and not before", "[wire]") {
  Millis now = 1'000'000;
  Deadlines deadlines(now);
  std::vector<Deadlines::Entry> entries(2000);
  std::vector<Millis> wanted(entries.size());
  const auto indexOf = [&](Deadlines::Entry& entry) {
    return static_cast<std::size_t>(&entry - entries.data());
  };
  for (std::size_t i = 0; i < entries.size(); ++i) {
    wanted[i] = now + 1 + (i * 7919) % 100'000;  // also far beyond the wheel's horizon
    deadlines.set(entries[i], wanted[i]);
  }
  for (std::size_t i = 0; i < entries.size(); i += 5) deadlines.set(entries[i], wanted[i] += 3000);
  for (std::size_t i = 1; i < entries.size(); i += 5) {
    deadlines.set(entries[i], wanted[i] = now + 1 + (wanted[i] - now) / 2);
  }
  for (std::size_t i = 2; i < entries.size(); i += 5) deadlines.set(entries[i], wanted[i] = kNever);
  std::vector<int> calls(entries.size());
  int wrong = 0;
  while (now < 1'000'000 + 110'000) {
    const int wait = deadlines.wait(now);
    if (wait < 0) break;
    now += static_cast<Millis>(std::max(wait, 1));
    deadlines.expire(now, [&](Deadlines::Entry& entry) {
      const std::size_t i = indexOf(entry);
      ++calls[i];
      if (now < wanted[i] || now > wanted[i] + 32) ++wrong;
    });
  }
  CHECK(wrong == 0);
  CHECK(deadlines.wait(now) == -1);
  for (std::size_t i = 0; i < entries.size(); ++i)
    REQUIRE(calls[i] == (wanted[i] == kNever ? 0 : 1));
}

TEST_CASE("the timer wheel survives a leap over its whole circumference", "[wire]") {
  Deadlines deadlines(0);
  Deadlines::Entry near;
  Deadlines::Entry far;
  deadlines.set(near, 100);
  deadlines.set(far, 500'000);
  std::vector<Deadlines::Entry*> called;
  deadlines.expire(400'000, [&](Deadlines::Entry& entry) { called.push_back(&entry); });
  CHECK(called == std::vector<Deadlines::Entry*>{&near});
  deadlines.expire(600'000, [&](Deadlines::Entry& entry) { called.push_back(&entry); });
  CHECK(called == std::vector<Deadlines::Entry*>{&near, &far});
}
