// Bodies that are not one piece of memory: files, streams, events.
#include <fstream>

#include "toimela/streams.h"
#include "wire_rig.h"

using namespace toimela;
using namespace toimela::wire;
using namespace toimela::wire::testing;

namespace {

std::shared_ptr<const std::string> frame(const std::string& data) {
  return std::make_shared<const std::string>("data: " + data + "\n\n");
}

Response eventStream(const std::string& topic, const std::string& first = "") {
  Response response;
  response.body = EventStreamBody{topic, first};
  return response;
}

}  // namespace

TEST_CASE("a file is sent whole or in part", "[wire]") {
  Rig rig;
  const std::string path = rig.spool.path() + "/file";
  std::string content;
  for (int i = 0; i < 3'000'000; ++i) content += static_cast<char>('a' + i % 23);
  std::ofstream(path) << content;
  rig.application.onRequest = [&](const WireRequest& request) {
    Response response;
    if (request.path == "/whole") response.body = FileBody{path, 0, content.size()};
    if (request.path == "/end") response.body = FileBody{path, 10, 0};
    if (request.path == "/part") response.body = FileBody{path, 1000, 5};
    if (request.path == "/beyond") response.body = FileBody{path, content.size() - 1, 2};
    return response;
  };
  const Running running = rig.start();
  Client client = rig.connect();
  client.send(get("/whole") + get("/end") + get("/part") +
              "HEAD /whole HTTP/1.1\r\nHost: a\r\n\r\n" + get("/beyond"));
  CHECK(client.receive().body == content);
  CHECK(client.receive().body == content.substr(10));
  CHECK(client.receive().body == content.substr(1000, 5));
  CHECK(client.receive(true).headers.find("Content-Length") == std::to_string(content.size()));
  CHECK(client.receive().status == 500);
}

TEST_CASE("a stream is sent in chunks and the connection serves on", "[wire]") {
  Rig rig;
  rig.application.onRequest = [](const WireRequest&) {
    Response response;
    response.body = StreamBody{[i = 0](std::string& piece) mutable {
      piece = std::to_string(i) + ",";
      return ++i < 20000;
    }};
    return response;
  };
  const Running running = rig.start();
  std::string expected;
  for (int i = 0; i < 20000; ++i) expected += std::to_string(i) + ",";
  Client client = rig.connect();
  for (int i = 0; i < 2; ++i) {
    client.send(get("/"));
    const Reply reply = client.receive();
    CHECK(reply.headers.find("Transfer-Encoding") == "chunked");
    CHECK_FALSE(reply.headers.has("Content-Length"));
    CHECK(reply.complete);
    CHECK(reply.body == expected);
  }
  client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(client.receive(true).headers.find("Transfer-Encoding") == "chunked");

  Client old = rig.connect();
  old.send("GET / HTTP/1.0\r\n\r\n");
  const Reply reply = old.receive();
  CHECK_FALSE(reply.headers.has("Transfer-Encoding"));
  CHECK(reply.headers.find("Connection") == "close");
  CHECK(reply.complete);
  CHECK(reply.body == expected);
}

TEST_CASE("a slow stream's pieces go out as they are made", "[wire]") {
  Rig rig;
  Gate gate;
  rig.application.onRequest = [&](const WireRequest&) {
    Response response;
    response.body = StreamBody{[&, i = 0](std::string& piece) mutable {
      if (++i == 2) gate.pass();
      std::this_thread::sleep_for(i == 1 ? 10ms : 0ms);
      piece = "piece" + std::to_string(i);
      return i < 3;
    }};
    return response;
  };
  const Running running = rig.start();
  Client client = rig.connect();
  client.send(get("/"));
  CHECK(client.await("piece1"));
  gate.open();
  CHECK(client.receive().body == "piece1piece2piece3");
}

TEST_CASE("a stream is not made faster than it is read", "[wire]") {
  Rig rig;
  std::atomic<std::size_t> made{0};
  rig.application.onRequest = [&](const WireRequest&) {
    Response response;
    response.body = StreamBody{[&](std::string& piece) {
      piece.assign(64 * 1024, 'x');
      made += piece.size();
      return true;
    }};
    return response;
  };
  const Running running = rig.start();
  Client client = rig.connect(16 * 1024);
  client.send(get("/"));
  // Production stops when the buffers of the two kernels are full.
  std::size_t before;
  REQUIRE(eventually([&] {
    before = made;
    std::this_thread::sleep_for(100ms);
    return before > 0 && made == before;
  }));
  CHECK(before < 16 * 1024 * 1024);
  char bytes[65536];
  while (made == before) REQUIRE(::recv(client.fd(), bytes, sizeof bytes, 0) > 0);
  CHECK(made > before);
}

TEST_CASE("a stream that fails is seen to be incomplete", "[wire]") {
  Rig rig;
  rig.application.onRequest = [](const WireRequest&) {
    Response response;
    response.body = StreamBody{[i = 0](std::string& piece) mutable -> bool {
      if (i++ == 1) throw std::runtime_error("the database has gone");
      std::this_thread::sleep_for(10ms);
      piece = "first";
      return true;
    }};
    return response;
  };
  const Running running = rig.start();
  Client client = rig.connect();
  client.send(get("/"));
  const Reply reply = client.receive();
  CHECK(reply.status == 200);
  CHECK(reply.body == "first");
  CHECK_FALSE(reply.complete);

  Client old = rig.connect();
  old.send("GET / HTTP/1.0\r\n\r\n");
  CHECK_FALSE(old.receive().complete);
  CHECK(eventually(
      [&] { return rig.server->counters().connections == (old.close(), client.close(), 0); }));
}

TEST_CASE("the source of a stream is let go when its reader leaves", "[wire]") {
  Rig rig;
  auto source = std::make_shared<int>(0);
  std::weak_ptr<int> watched = source;
  rig.application.onRequest = [&](const WireRequest&) {
    Response response;
    response.body = StreamBody{[held = std::move(source)](std::string& piece) {
      piece.assign(100'000, 'x');
      return true;
    }};
    return response;
  };
  const Running running = rig.start();
  {
    Client client = rig.connect();
    client.send(get("/"));
    REQUIRE(client.await("xxxx"));
  }
  CHECK(eventually([&] { return watched.expired(); }));
}

TEST_CASE("events reach every subscriber of their topic and nobody else", "[wire]") {
  Rig rig;
  rig.options.loops = GENERATE(1, 2);
  rig.options.workers = 1;
  rig.application.onRequest = [](const WireRequest& request) {
    return eventStream(request.path, "data: hello\n\n");
  };
  const Running running = rig.start();
  std::vector<Client> board;
  for (int i = 0; i < 20; ++i) {
    board.push_back(rig.connect());
    board.back().send(get("/board"));
    REQUIRE(board.back().await("data: hello\n\n"));
  }
  Client other = rig.connect();
  other.send(get("/other"));
  REQUIRE(other.await("\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n"));
  CHECK(eventually([&] { return rig.server->counters().eventStreams == 21; }));
  // The client may hear the head before the worker is counted as free again.
  CHECK(eventually([&] { return rig.server->counters().busy == 0; }));

  board[3].close();
  board[7].close();
  CHECK(eventually([&] { return rig.server->counters().eventStreams == 19; }));
  for (int i = 0; i < 5; ++i) rig.server->publish("/board", frame(std::to_string(i)));
  rig.server->publish("/nobody", frame("lost"));
  rig.server->publish("/other", frame("for others"));
  for (std::size_t i = 0; i < board.size(); ++i) {
    if (i == 3 || i == 7) continue;
    CHECK(board[i].await("data: 0\n\ndata: 1\n\ndata: 2\n\ndata: 3\n\ndata: 4\n\n"));
  }
  CHECK(other.await("data: for others\n\n"));
  const std::string heard = other.takeReceived();
  CHECK(heard.find("data: 0") == std::string::npos);
  CHECK(heard.find("lost") == std::string::npos);
}

TEST_CASE("an event stream without events is kept alive by comments", "[wire]") {
  Rig rig;
  rig.options.eventPing = 1200ms;
  rig.options.keepAlive = rig.options.headerDeadline = rig.options.sendStall = 1s;
  rig.application.onRequest = [](const WireRequest&) { return eventStream("t"); };
  const Running running = rig.start();
  Client client = rig.connect();
  client.send(get("/"));
  CHECK(client.await(": \n\n: \n\n"));
  CHECK(rig.server->counters().eventStreams == 1);
}

TEST_CASE("a subscriber that does not keep up is closed, the others are not", "[wire]") {
  Rig rig;
  rig.application.onRequest = [](const WireRequest&) {
    return eventStream("t", "data: hello\n\n");
  };
  const Running running = rig.start();
  Client stuck = rig.connect(4096);
  Client quick = rig.connect();
  for (Client* client : {&stuck, &quick}) {
    client->send(get("/"));
    REQUIRE(client->await("hello"));
  }
  const auto large =
      std::make_shared<const std::string>("data: " + std::string(60'000, 'x') + "\n\n");
  std::string drained;
  REQUIRE(eventually([&] {
    rig.server->publish("t", large);
    // The quick one reads as it comes.
    char bytes[65536];
    while (::recv(quick.fd(), bytes, sizeof bytes, MSG_DONTWAIT) > 0) {
    }
    return rig.server->counters().eventStreams == 1;
  }));
  rig.server->publish("t", frame("after"));
  CHECK(quick.await("data: after\n\n"));
}

TEST_CASE("stopping ends the event streams", "[wire]") {
  Rig rig;
  rig.application.onRequest = [](const WireRequest&) {
    return eventStream("t", "data: hello\n\n");
  };
  const Running running = rig.start();
  Client client = rig.connect();
  client.send(get("/"));
  REQUIRE(client.await("hello\n\n"));
  rig.server->stop();
  client.receiveAll();
  CHECK(rig.server->counters().eventStreams == 0);
  rig.server->publish("t", frame("nobody hears"));
}

TEST_CASE("HEAD on an event stream does not open one", "[wire]") {
  Rig rig;
  rig.application.onRequest = [](const WireRequest& request) {
    return request.path == "/events" ? eventStream("t") : Response::text(200, "next");
  };
  const Running running = rig.start();
  Client client = rig.connect();
  client.send("HEAD /events HTTP/1.1\r\nHost: a\r\n\r\n" + get("/next"));
  CHECK(client.receive(true).headers.find("Content-Type") == "text/event-stream");
  CHECK(client.receive().body == "next");
  CHECK(rig.server->counters().eventStreams == 0);
}

TEST_CASE("streams use half of the connections and the other half serves pages", "[wire]") {
  Rig rig;
  rig.options.maxConnections = 10;
  rig.application.onRequest = [](const WireRequest& request) {
    return request.path == "/page" ? Response::text(200, "a page") : eventStream("t", "data: hello\n\n");
  };
  const Running running = rig.start();
  std::vector<Client> listeners;
  for (int i = 0; i < 5; ++i) {
    listeners.push_back(rig.connect());
    listeners.back().send(get("/events"));
    REQUIRE(listeners.back().await("hello"));
  }
  Client late = rig.connect();
  late.send(get("/events") + get("/page"));
  const Reply refused = late.receive();
  CHECK(refused.status == 503);
  CHECK(refused.headers.has("Retry-After"));
  CHECK(late.receive().body == "a page");
  for (int i = 0; i < 8; ++i) {
    Client visitor = rig.connect();
    visitor.send(get("/page"));
    CHECK(visitor.receive().body == "a page");
  }
  CHECK(rig.server->counters().eventStreams == 5);
  // Who leaves makes room.
  listeners.back().close();
  CHECK(eventually([&] { return rig.server->counters().eventStreams == 4; }));
  late.send(get("/events"));
  CHECK(late.await("hello"));
}

TEST_CASE("of one reader the newest streams stay, and nobody is told who reads", "[wire]") {
  Rig rig;
  rig.options.streamsOfOneReader = 2;
  rig.application.onRequest = [](const WireRequest& request) {
    Response response = eventStream("t", "data: hello\n\n");
    if (request.path != "/nobody") response.headers.set(streams::kReaderField, request.path);
    return response;
  };
  const Running running = rig.start();
  std::vector<Client> mine;
  const auto open = [&](const std::string& path) {
    Client client = rig.connect();
    client.send(get(path));
    REQUIRE(client.await("hello"));
    return client;
  };
  Client other = open("/other");
  Client nobody = open("/nobody"), neither = open("/nobody"), norI = open("/nobody");
  for (int i = 0; i < 5; ++i) mine.push_back(open("/me"));
  CHECK(eventually([&] { return rig.server->counters().eventStreams == 6; }));
  rig.server->publish("t", frame("news"));
  for (int i = 0; i < 3; ++i) CHECK_THAT(mine[i].receiveAll(), !Catch::Contains("news"));
  for (Client* client : {&mine[3], &mine[4], &other, &nobody, &neither, &norI}) CHECK(client->await("news"));
  CHECK_THAT(mine[4].takeReceived(), !Catch::Contains("Toimela") && !Catch::Contains("/me"));
}

TEST_CASE("a stream ends when its source says so, after what was said before", "[wire]") {
  Rig rig;
  rig.application.onRequest = [](const WireRequest& request) {
    return eventStream(request.path, "data: hello\n\n");
  };
  const Running running = rig.start();
  Client here = rig.connect(), elsewhere = rig.connect();
  here.send(get("/here"));
  elsewhere.send(get("/elsewhere"));
  REQUIRE(here.await("hello"));
  REQUIRE(elsewhere.await("hello"));
  rig.server->publish("/here", frame("it is over"));
  rig.server->publish("/here", std::make_shared<const std::string>());
  CHECK_THAT(here.receiveAll(), Catch::Contains("data: it is over\n\n"));
  CHECK(rig.server->counters().eventStreams == 1);
  rig.server->publish("/here", frame("nobody hears"));
  rig.server->publish("/elsewhere", frame("still here"));
  CHECK(elsewhere.await("still here"));
}

TEST_CASE("a stream ends at its time, without anybody saying so", "[wire]") {
  Rig rig;
  rig.options.eventPing = 30ms;
  rig.application.onRequest = [](const WireRequest& request) {
    const Instant until = now() + (request.path == "/soon" ? 100ms : std::chrono::milliseconds(1h));
    return streams::open("t", "data: hello\n\n", until);
  };
  const Running running = rig.start();
  Client soon = rig.connect(), later = rig.connect();
  soon.send(get("/soon"));
  later.send(get("/later"));
  CHECK_THAT(soon.receiveAll(), Catch::Contains("hello") && !Catch::Contains("Toimela"));
  rig.server->publish("t", frame("still here"));
  CHECK(later.await("still here"));
}
