// The life of connections and requests: order, reuse, bodies, limits, stopping.
#include <sys/resource.h>
#include <sys/stat.h>

#include <ctime>
#include <filesystem>
#include <fstream>

#include "wire_rig.h"

using namespace toimela;
using namespace toimela::wire;
using namespace toimela::wire::testing;

namespace {

std::string readFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string post(const std::string& target, const std::string& body, const std::string& more = "") {
  return "POST " + target +
         " HTTP/1.1\r\nHost: example.fi\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n" + more + "\r\n" + body;
}

}  // namespace

TEST_CASE("a connection serves one request after another", "[wire]") {
  Rig rig;
  const Running running = rig.start();
  Client client = rig.connect();
  for (int i = 0; i < 50; ++i) {
    REQUIRE(client.send(get("/" + std::to_string(i))));
    const Reply reply = client.receive();
    REQUIRE(reply.status == 200);
    REQUIRE(reply.body == "GET /" + std::to_string(i));
    REQUIRE_FALSE(reply.headers.has("Connection"));
    REQUIRE(reply.headers.find("Date")->size() ==
            std::string("Sun, 06 Nov 1994 08:49:37 GMT").size());
  }
  CHECK(rig.server->counters().accepted == 1);
  CHECK(rig.server->counters().requests == 50);
}

TEST_CASE("pipelined requests are answered in their order", "[wire]") {
  Rig rig;
  rig.application.onRequest = [](const WireRequest& request) {
    // The earlier ones take longer: order must not come from luck.
    if (request.path == "/0") std::this_thread::sleep_for(20ms);
    return Response::text(200, request.path + std::get<std::string>(request.body));
  };
  const Running running = rig.start();
  Client client = rig.connect();
  std::string all;
  for (int i = 0; i < 300; ++i) {
    all += i % 3 == 0 ? post("/" + std::to_string(i), "body") : get("/" + std::to_string(i));
  }
  REQUIRE(client.send(all));
  for (int i = 0; i < 300; ++i) {
    REQUIRE(client.receive().body == "/" + std::to_string(i) + (i % 3 == 0 ? "body" : ""));
  }
}

TEST_CASE("HEAD has the header fields of GET and no body", "[wire]") {
  Rig rig;
  const Running running = rig.start();
  Client client = rig.connect();
  client.send("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n" + get("/b"));
  const Reply head = client.receive(true);
  CHECK(head.status == 200);
  CHECK(head.headers.find("Content-Length") == std::to_string(std::string("HEAD /a").size()));
  CHECK(client.receive().body == "GET /b");
}

TEST_CASE("204 and 304 have no body and no length", "[wire]") {
  Rig rig;
  rig.application.onRequest = [](const WireRequest& request) {
    Response response = Response::text(request.path == "/204" ? 204 : 304, "must not be sent");
    return response;
  };
  const Running running = rig.start();
  Client client = rig.connect();
  client.send(get("/204") + get("/304"));
  for (const int status : {204, 304}) {
    const Reply reply = client.receive();
    CHECK(reply.status == status);
    CHECK_FALSE(reply.headers.has("Content-Length"));
  }
  CHECK_FALSE(client.hasBytes());
}

TEST_CASE("the handler learns who asked", "[wire]") {
  Rig rig;
  rig.application.onRequest = [](const WireRequest& request) {
    return Response::text(200, request.peer + (request.secure ? " secure" : " plain"));
  };
  const Running running = rig.start();
  Client client = rig.connect();
  client.send(get("/"));
  CHECK(client.receive().body == "127.0.0.1 plain");
}

TEST_CASE("a response that would break its own header becomes a 500", "[wire]") {
  Rig rig;
  rig.application.onRequest = [](const WireRequest& request) {
    Response response = Response::text(200, "secret");
    if (request.path == "/status") response.status = 99;
    if (request.path == "/file") response.body = FileBody{"/nonexistent/file", 0, 5};
    if (request.path == "/folder") response.body = FileBody{"/", 0, 0};
    if (request.path == "/stream") response.body = StreamBody{};
    if (request.path == "/split") {
      response.headers.set("X-A", "harmless");
      // What Headers refuses can still get in through a reference that was cast.
      const_cast<std::string&>(response.headers.all().back().second) = "a\r\nSet-Cookie: b=c";
    }
    return response;
  };
  const Running running = rig.start();
  Client client = rig.connect();
  for (const char* path : {"/status", "/file", "/folder", "/stream", "/split"}) {
    client.send(get(path));
    const Reply reply = client.receive();
    CHECK(reply.status == 500);
    CHECK(reply.body == "refused 500");
    CHECK_FALSE(reply.headers.has("Set-Cookie"));
  }
}

TEST_CASE("what the application says about framing is not believed", "[wire]") {
  Rig rig;
  rig.application.onRequest = [](const WireRequest&) {
    Response response = Response::text(200, "abc");
    response.headers.set("Content-Length", "999");
    response.headers.set("Transfer-Encoding", "chunked");
    response.headers.set("Connection", "close");
    return response;
  };
  const Running running = rig.start();
  Client client = rig.connect();
  for (int i = 0; i < 2; ++i) {
    client.send(get("/"));
    const Reply reply = client.receive();
    CHECK(reply.body == "abc");
    CHECK_FALSE(reply.headers.has("Transfer-Encoding"));
  }
}

// ---- bodies

TEST_CASE("a large body waits in a private file that goes with the request", "[wire]") {
  Rig rig;
  std::string path;
  std::string content;
  mode_t mode = 0;
  rig.application.onRequest = [&](const WireRequest& request) {
    if (std::holds_alternative<std::string>(request.body)) return Response::text(200, "memory");
    const auto& file = *std::get<std::shared_ptr<const SpooledFile>>(request.body);
    struct stat facts {};
    ::stat(file.path().c_str(), &facts);
    mode = facts.st_mode & 07777;
    path = file.path();
    content = readFile(path);
    return Response::text(200, std::to_string(file.size()));
  };
  rig.options.spoolAbove = 1000;
  const Running running = rig.start();
  Client client = rig.connect();
  client.send(post("/", std::string(1000, 'a')));
  CHECK(client.receive().body == "memory");

  std::string body;
  for (int i = 0; i < 60000; ++i) body += static_cast<char>('a' + i % 26);
  SECTION("with a length") { client.send(post("/", body)); }
  SECTION("in chunks") {
    std::string chunks = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (std::size_t i = 0; i < body.size(); i += 600)
      chunks += "258\r\n" + body.substr(i, 600) + "\r\n";
    client.send(chunks + "0\r\n\r\n");
  }
  CHECK(client.receive().body == "60000");
  CHECK(content == body);
  CHECK(mode == 0600);
  CHECK(path.rfind(rig.spool.path(), 0) == 0);
  CHECK(eventually([&] { return rig.spool.files() == 0; }));
}

TEST_CASE("a body whose client goes away leaves no file behind", "[wire]") {
  Rig rig;
  rig.options.spoolAbove = 1000;
  const Running running = rig.start();
  {
    Client client = rig.connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n" +
                std::string(50000, 'a'));
    REQUIRE(eventually([&] { return rig.spool.files() == 1; }));
  }
  CHECK(eventually([&] { return rig.spool.files() == 0; }));
}

TEST_CASE("a body that can not be kept is refused with 503", "[wire]") {
  Rig rig;
  rig.options.spoolAbove = 10;
  rig.options.spoolFolder = "/nonexistent";
  const Running running = rig.start();
  Client client = rig.connect();
  client.send(post("/", std::string(100, 'a')));
  CHECK(client.receive().status == 503);
}

TEST_CASE("a body that is too large is refused by its length before it is read", "[wire]") {
  Rig rig;
  rig.application.largestBody = 1000;
  const Running running = rig.start();
  Client client = rig.connect();
  client.send("POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n");
  const Reply reply = client.receive();
  CHECK(reply.status == 413);
  CHECK(reply.body == "refused 413 /form");
  CHECK(reply.headers.find("Connection") == "close");

  Client exact = rig.connect();
  exact.send(post("/form", std::string(1000, 'a')));
  CHECK(exact.receive().status == 200);
}

TEST_CASE("a chunked body is refused as soon as it is too large", "[wire]") {
  Rig rig;
  rig.application.largestBody = 1000;
  const Running running = rig.start();
  Client client = rig.connect();
  client.send("POST /form HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n" +
              std::string(1000, 'a') + "\r\n1\r\na");
  const Reply reply = client.receive();
  CHECK(reply.status == 413);
  CHECK(reply.body == "refused 413 /form");
}

TEST_CASE("a refusal reaches a client that is still sending", "[wire]") {
  Rig rig;
  rig.application.largestBody = 1000;
  const Running running = rig.start();
  Client client = rig.connect();
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000\r\n\r\n");
  client.send(std::string(4000000, 'a'));
  CHECK(client.receive().status == 413);
}

TEST_CASE("a client that asks first is told to continue only when its body is welcome", "[wire]") {
  Rig rig;
  rig.application.largestBody = 1000;
  rig.application.onRequest = [](const WireRequest& request) {
    return Response::text(200, std::get<std::string>(request.body));
  };
  const Running running = rig.start();
  Client client = rig.connect();
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
  CHECK(client.receive().status == 100);
  client.send("abc");
  const Reply reply = client.receive();
  CHECK(reply.status == 200);
  CHECK(reply.body == "abc");
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3000\r\nExpect: 100-continue\r\n\r\n");
  CHECK(client.receive().status == 413);
}

// ---- many clients

TEST_CASE("a full queue answers 503 at once and the connection lives on", "[wire]") {
  Rig rig;
  Gate gate;
  rig.application.onRequest = [&](const WireRequest& request) {
    if (request.path == "/wait") gate.pass();
    return Response::text(200, "done");
  };
  rig.options.workers = 1;
  rig.options.queue = 2;
  const Running running = rig.start();
  std::vector<Client> waiting;
  waiting.push_back(rig.connect());
  waiting.back().send(get("/wait"));
  REQUIRE(gate.awaitArrivals(1));
  for (int i = 0; i < 2; ++i) {
    waiting.push_back(rig.connect());
    waiting.back().send(get("/queued"));
  }
  REQUIRE(eventually([&] { return rig.server->counters().queued == 2; }));
  CHECK(rig.server->counters().busy == 1);

  Client refused = rig.connect();
  refused.send(post("/form", "abc"));
  const Reply reply = refused.receive();
  CHECK(reply.status == 503);
  CHECK(reply.body == "refused 503 /form");
  CHECK(reply.headers.has("Retry-After"));
  CHECK_FALSE(reply.headers.has("Connection"));

  gate.open();
  for (Client& client : waiting) CHECK(client.receive().body == "done");
  refused.send(get("/again"));
  CHECK(refused.receive().body == "done");
}

TEST_CASE("thousands of idle connections hold no worker and stay usable", "[wire]") {
  constexpr int kIdle = 2500;
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = std::max<rlim_t>(files.rlim_cur, 2 * kIdle + 200);
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &files) == 0);
  Rig rig;
  rig.options.workers = 1;
  const Running running = rig.start();
  std::vector<Client> idle;
  for (int i = 0; i < kIdle; ++i) {
    idle.push_back(rig.connect());
    // Every other one has been served once; some are in the middle of a head.
    if (i % 2 == 0) {
      idle.back().send(get("/first"));
      REQUIRE(idle.back().receive().status == 200);
    }
    if (i % 10 == 1) idle.back().send("GET /half HTTP/1.1\r\n");
  }
  REQUIRE(eventually([&] { return rig.server->counters().connections == kIdle; }));
  Client client = rig.connect();
  client.send(get("/new"));
  CHECK(client.receive().body == "GET /new");
  for (int i = 0; i < kIdle; i += 100) {
    idle[static_cast<std::size_t>(i)].send(get("/again"));
    CHECK(idle[static_cast<std::size_t>(i)].receive().body == "GET /again");
  }
  idle.clear();
  CHECK(eventually([&] { return rig.server->counters().connections == 1; }));
}

TEST_CASE("when there are too many connections the longest idle one makes room", "[wire]") {
  Rig rig;
  rig.options.maxConnections = 3;
  const Running running = rig.start();
  const auto millisecond = [] { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::steady_clock::now()); };
  std::vector<Client> clients;
  for (int i = 0; i < 3; ++i) {
    clients.push_back(rig.connect());
    clients.back().send(get("/"));
    REQUIRE(clients.back().receive().status == 200);
    // The server counts in milliseconds: the next one becomes idle in a later one.
    REQUIRE(eventually([&, served = millisecond()] { return millisecond() > served; }));
  }
  Client more = rig.connect();
  more.send(get("/more"));
  CHECK(more.receive().body == "GET /more");
  CHECK(clients[0].seesEnd());
  clients[1].send(get("/still"));
  CHECK(clients[1].receive().body == "GET /still");
}

TEST_CASE("when all connections are busy a new client waits until one ends", "[wire]") {
  Rig rig;
  Gate gate;
  rig.application.onRequest = [&](const WireRequest& request) {
    if (request.path == "/wait") gate.pass();
    return Response::text(200, request.path);
  };
  rig.options.maxConnections = 1;
  const Running running = rig.start();
  Client busy = rig.connect();
  busy.send(get("/wait", "Connection: close\r\n"));
  REQUIRE(gate.awaitArrivals(1));
  Client next = rig.connect();
  next.send(get("/next"));
  pollfd waits{next.fd(), POLLIN, 0};
  CHECK(::poll(&waits, 1, 50) == 0);
  gate.open();
  CHECK(busy.receive().body == "/wait");
  busy.close();
  CHECK(next.receive().body == "/next");
}

TEST_CASE("a client that waits for room is let in when another becomes idle", "[wire]") {
  Rig rig;
  Gate gate;
  rig.application.onRequest = [&](const WireRequest& request) {
    if (request.path == "/wait") gate.pass();
    return Response::text(200, request.path);
  };
  rig.options.maxConnections = 1;
  const Running running = rig.start();
  Client busy = rig.connect();
  busy.send(get("/wait"));
  REQUIRE(gate.awaitArrivals(1));
  Client next = rig.connect();
  next.send(get("/next"));
  pollfd waits{next.fd(), POLLIN, 0};
  CHECK(::poll(&waits, 1, 50) == 0);
  gate.open();
  CHECK(busy.receive().body == "/wait");
  CHECK(next.receive().body == "/next");
  CHECK(busy.seesEnd());
}

TEST_CASE("running out of file descriptors neither spins nor loses the caller", "[wire]") {
  Rig rig;
  const Running running = rig.start();
  rlimit before{};
  ::getrlimit(RLIMIT_NOFILE, &before);
  Client client = rig.connect();
  client.send(get("/first", "Connection: close\r\n"));
  REQUIRE(client.receive().status == 200);
  client.close();
  REQUIRE(eventually([&] { return rig.server->counters().connections == 0; }));

  std::vector<int> taken{::dup(0)};
  const rlimit few{static_cast<rlim_t>(taken.back() + 20), before.rlim_max};
  ::setrlimit(RLIMIT_NOFILE, &few);
  for (int fd = ::dup(0); fd >= 0; fd = ::dup(0)) taken.push_back(fd);
  ::close(taken.back());
  taken.pop_back();
  Client caller = rig.connect();  // takes the last one: there is none for the server's end
  caller.send(get("/caller"));
  const std::clock_t spent = std::clock();
  pollfd waits{caller.fd(), POLLIN, 0};
  CHECK(::poll(&waits, 1, 300) == 0);
  CHECK(std::clock() - spent < CLOCKS_PER_SEC / 10);
  for (const int fd : taken) ::close(fd);
  ::setrlimit(RLIMIT_NOFILE, &before);
  CHECK(caller.receive().body == "GET /caller");
}

TEST_CASE("when file descriptors run out, an idle connection makes room", "[wire]") {
  Rig rig;
  const Running running = rig.start();
  Client idle = rig.connect();
  idle.send(get("/idle"));
  REQUIRE(idle.receive().status == 200);
  rlimit before{};
  ::getrlimit(RLIMIT_NOFILE, &before);
  std::vector<int> taken{::dup(0)};
  const rlimit few{static_cast<rlim_t>(taken.back() + 20), before.rlim_max};
  ::setrlimit(RLIMIT_NOFILE, &few);
  for (int fd = ::dup(0); fd >= 0; fd = ::dup(0)) taken.push_back(fd);
  ::close(taken.back());
  taken.pop_back();
  Client caller = rig.connect();
  caller.send(get("/caller"));
  CHECK(caller.receive().body == "GET /caller");
  CHECK(idle.seesEnd());
  for (const int fd : taken) ::close(fd);
  ::setrlimit(RLIMIT_NOFILE, &before);
}

TEST_CASE("several loops share the work of one port", "[wire]") {
  Rig rig;
  rig.options.loops = 3;
  const Running running = rig.start();
  std::vector<Client> clients;
  for (int i = 0; i < 60; ++i) {
    clients.push_back(rig.connect());
    clients.back().send(get("/" + std::to_string(i)));
  }
  for (int i = 0; i < 60; ++i) {
    CHECK(clients[static_cast<std::size_t>(i)].receive().body == "GET /" + std::to_string(i));
  }
  CHECK(rig.server->counters().accepted == 60);
}

// ---- stopping

TEST_CASE("stopping ends idle connections at once and lets a running request finish", "[wire]") {
  Rig rig;
  Gate gate;
  rig.application.onRequest = [&](const WireRequest&) {
    gate.pass();
    return Response::text(200, "finished");
  };
  const Running running = rig.start();
  Client idle = rig.connect();
  Client busy = rig.connect();
  busy.send(get("/"));
  REQUIRE(gate.awaitArrivals(1));
  REQUIRE(eventually([&] { return rig.server->counters().connections == 2; }));
  std::thread stopper([&] { rig.server->stop(); });
  CHECK(idle.seesEnd());
  CHECK_THROWS([&] {
    // The port is given up; a client that raced into the backlog is closed.
    Client late = rig.connect();
    if (!late.send(get("/")) || late.receive().status == 0) throw std::runtime_error("closed");
  }());
  gate.open();
  const Reply reply = busy.receive();
  CHECK(reply.body == "finished");
  CHECK(reply.headers.find("Connection") == "close");
  CHECK(busy.seesEnd());
  busy.close();
  stopper.join();
  CHECK(rig.server->counters().connections == 0);
}

TEST_CASE("stopping does not wait for a client longer than the drain time", "[wire]") {
  Rig rig;
  rig.options.drain = 100ms;
  const Running running = rig.start();
  Client half = rig.connect();
  half.send("GET / HTTP/1.1\r\n");
  Client body = rig.connect();
  body.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
  REQUIRE(eventually([&] { return rig.server->counters().connections == 2; }));
  rig.server->stop();
  CHECK(half.seesEnd());
  CHECK(body.seesEnd());
  CHECK(rig.server->counters().connections == 0);
}

TEST_CASE("a server that was never started, or is stopped twice, does no harm", "[wire]") {
  Rig rig;
  rig.server = std::make_unique<Server>(rig.options, rig.application);
  CHECK(rig.server->port() > 0);
  rig.server->stop();
  const Running running = rig.start();
  rig.server->stop();
  rig.server->stop();
}

// ---- where it listens

TEST_CASE("a Unix socket is served, and its file comes and goes", "[wire]") {
  Rig rig;
  const std::string path = rig.spool.path() + "/socket";
  rig.options.listen = "unix:" + path;
  rig.application.onRequest = [](const WireRequest& request) {
    return Response::text(200, "peer [" + request.peer + "]");
  };
  // A socket left by a process that was killed is in the way of nobody.
  {
    const int dead = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.data(), path.size());
    REQUIRE(::bind(dead, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    ::close(dead);
  }
  const Running running = rig.start();
  CHECK(rig.server->port() == 0);
  struct stat facts {};
  REQUIRE(::stat(path.c_str(), &facts) == 0);
  CHECK((facts.st_mode & 07777) == 0660);
  Client client(path);
  client.send(get("/"));
  CHECK(client.receive().body == "peer []");
  CHECK_THROWS_WITH(Server(rig.options, rig.application),
                    Catch::Contains("Cannot listen on unix:"));
  CHECK(std::filesystem::exists(path));
  rig.server.reset();
  CHECK_FALSE(std::filesystem::exists(path));
  std::ofstream(path) << "not a socket";
  CHECK_THROWS_WITH(Server(rig.options, rig.application), Catch::Contains("another file"));
  CHECK(readFile(path) == "not a socket");
}

TEST_CASE("an address that can't be used is told in one line", "[wire]") {
  TestApplication application;
  Options options;
  for (const char* listen :
       {"", "localhost", "127.0.0.1:http", "::1:80", "nowhere.invalid:80", "unix:"}) {
    options.listen = listen;
    CHECK_THROWS_WITH(Server(options, application),
                      (Catch::StartsWith("Cannot listen on ") && !Catch::Contains("\n")));
  }
}

TEST_CASE("a port that another has for itself is refused; a shared one is not", "[wire]") {
  Rig rig;
  rig.options.reusePort = GENERATE(false, true);
  const Running running = rig.start();
  Options second = rig.options;
  second.listen = "127.0.0.1:" + std::to_string(rig.server->port());
  if (rig.options.reusePort) {
    CHECK_NOTHROW(Server(second, rig.application));
  } else {
    CHECK_THROWS_WITH(Server(second, rig.application), Catch::Contains("Address already in use"));
  }
}
