// The short way for pages that are kept for anonymous visitors.
#include "wire_rig.h"

using namespace toimela;
using namespace toimela::wire;
using namespace toimela::wire::testing;

namespace {

bool isPage(const RequestHead& head) {
  return isSafe(head.method) && head.path.substr(0, 5) == "/page" && !head.headers->has("Cookie");
}

}  // namespace

TEST_CASE("a kept page is answered without a worker", "[wire]") {
  Rig rig;
  Gate gate;
  rig.options.workers = 1;
  rig.application.isCacheable = isPage;
  rig.application.lookUp = [kept = page("kept page")](const RequestHead& head) {
    return head.path == "/page" ? kept : nullptr;
  };
  rig.application.onRequest = [&](const WireRequest& request) {
    if (request.path == "/wait") gate.pass();
    return Response::text(200, "made for " + request.path);
  };
  const Running running = rig.start();
  Client blocker = rig.connect();
  blocker.send(get("/wait"));
  REQUIRE(gate.awaitArrivals(1));  // the only worker is taken now

  Client client = rig.connect();
  client.send(get("/page"));
  const Reply reply = client.receive();
  CHECK(reply.status == 200);
  CHECK(reply.body == "kept page");
  CHECK(reply.headers.has("Date"));
  client.send("HEAD /page HTTP/1.1\r\nHost: a\r\n\r\n" + get("/page"));
  CHECK(client.receive(true).headers.find("Content-Length") == "9");
  CHECK(client.receive().body == "kept page");
  CHECK(rig.server->counters().cacheHits == 3);
  gate.open();
  CHECK(blocker.receive().body == "made for /wait");

  client.send(get("/page", "Cookie: a=b\r\n") + get("/page-missing"));
  CHECK(client.receive().body == "made for /page");
  CHECK(client.receive().body == "made for /page-missing");
  CHECK(rig.server->counters().cacheHits == 3);
  CHECK(rig.server->counters().requests == 6);

  client.send("GET /page HTTP/1.0\r\n\r\n");
  CHECK(client.receive().headers.find("Connection") == "close");
  CHECK(client.seesEnd());
}

TEST_CASE("a kept answer may have another status", "[wire]") {
  Rig rig;
  rig.application.isCacheable = isPage;
  auto kept = std::make_shared<CachedResponse>(*page("gone"));
  kept->status = 410;
  rig.application.lookUp = [kept](const RequestHead&) { return kept; };
  const Running running = rig.start();
  Client client = rig.connect();
  client.send(get("/page"));
  const Reply reply = client.receive();
  CHECK(reply.status == 410);
  CHECK(reply.body == "gone");
}

TEST_CASE("a large kept page reaches a slow reader whole", "[wire]") {
  Rig rig;
  std::string body;
  for (int i = 0; i < 8'000'000; ++i) body += static_cast<char>('a' + i % 19);
  rig.application.isCacheable = isPage;
  rig.application.lookUp = [kept = page(body)](const RequestHead&) { return kept; };
  const Running running = rig.start();
  Client client = rig.connect(8192);
  client.send(get("/page") + get("/page"));
  CHECK(client.receive().body == body);
  CHECK(client.receive().body == body);
}

TEST_CASE(
    "no page older than the request is given, also when freshening takes time on another thread",
    "[wire]") {
  Rig rig;
  std::mutex mutex;
  std::vector<std::function<void()>> asked;
  std::atomic<int> version{1};
  std::atomic<int> keptVersion{0};
  rig.application.isCacheable = isPage;
  rig.application.onFreshen = [&](std::function<void()> ready) {
    const std::lock_guard lock(mutex);
    asked.push_back(std::move(ready));
  };
  rig.application.lookUp = [&](const RequestHead&) {
    return page("version " + std::to_string(keptVersion));
  };
  const Running running = rig.start();
  const auto freshen = [&] {
    REQUIRE(eventually([&] {
      const std::lock_guard lock(mutex);
      return !asked.empty();
    }));
    std::vector<std::function<void()>> now;
    {
      const std::lock_guard lock(mutex);
      now.swap(asked);
    }
    keptVersion = version.load();
    std::thread other([&] {
      for (const auto& ready : now) {
        ready();
        ready();  // a second call must do no harm
      }
    });
    other.join();
  };
  Client client = rig.connect();
  client.send(get("/page"));
  pollfd answered{client.fd(), POLLIN, 0};
  CHECK(::poll(&answered, 1, 50) == 0);
  freshen();
  CHECK(client.receive().body == "version 1");

  // A later request asks anew.
  version = 2;
  client.send(get("/page"));
  freshen();
  CHECK(client.receive().body == "version 2");

  // Pipelined requests that had come when freshen() was called share it.
  version = 3;
  client.send(get("/page") + get("/page") + get("/page"));
  freshen();
  for (int i = 0; i < 3; ++i) CHECK(client.receive().body == "version 3");
  CHECK(asked.empty());

  // One that comes while an earlier one waits is not answered by the earlier one's freshness.
  client.send(get("/page"));
  REQUIRE(eventually([&] {
    const std::lock_guard lock(mutex);
    return asked.size() == 1;
  }));
  client.send(get("/page"));
  freshen();
  CHECK(client.receive().body == "version 3");
  version = 4;
  freshen();
  CHECK(client.receive().body == "version 4");
}

TEST_CASE("a page asked for behind a change on the same connection shows the change", "[wire]") {
  Rig rig;
  std::atomic<int> stored{1};
  int kept = 0;
  std::atomic<int> freshened{0};
  rig.application.isCacheable = isPage;
  rig.application.onFreshen = [&](const std::function<void()>& ready) {
    ++freshened;
    kept = stored;
    ready();
  };
  rig.application.lookUp = [&](const RequestHead&) {
    return page("version " + std::to_string(kept));
  };
  rig.application.onRequest = [&](const WireRequest&) {
    ++stored;
    return Response::text(200, "changed");
  };
  const Running running = rig.start();
  Client client = rig.connect();
  client.send(get("/page") + "POST /change HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n" +
              get("/page"));
  CHECK(client.receive().body == "version 1");
  CHECK(client.receive().body == "changed");
  CHECK(client.receive().body == "version 2");
  CHECK(freshened == 2);
}

TEST_CASE("requests whose page can't be freshened are handled", "[wire]") {
  Rig rig;
  rig.application.isCacheable = isPage;
  rig.application.onFreshen = [](const std::function<void()>&) {
    throw std::runtime_error("no database");
  };
  rig.application.lookUp = [](const RequestHead&) { return page("stale"); };
  rig.application.onRequest = [](const WireRequest&) { return Response::text(200, "handled"); };
  const Running running = rig.start();
  Client client = rig.connect();
  client.send(get("/page"));
  CHECK(client.receive().body == "handled");
}

TEST_CASE("many clients ask for kept pages while freshness comes from another thread", "[wire]") {
  Rig rig;
  rig.options.loops = 2;
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::function<void()>> asked;
  bool done = false;
  rig.application.isCacheable = isPage;
  rig.application.onFreshen = [&](std::function<void()> ready) {
    const std::lock_guard lock(mutex);
    asked.push_back(std::move(ready));
    changed.notify_one();
  };
  rig.application.lookUp = [kept = page("kept")](const RequestHead& head) {
    return head.path == "/page" ? kept : nullptr;
  };
  std::thread freshener([&] {
    std::unique_lock lock(mutex);
    for (;;) {
      changed.wait(lock, [&] { return done || !asked.empty(); });
      if (asked.empty()) return;
      std::vector<std::function<void()>> now;
      now.swap(asked);
      lock.unlock();
      for (const auto& ready : now) ready();
      lock.lock();
    }
  });
  const Running running = rig.start();
  std::atomic<int> right{0};
  std::vector<std::thread> readers;
  for (int r = 0; r < 4; ++r) {
    readers.emplace_back([&] {
      std::vector<Client> clients;
      for (int i = 0; i < 10; ++i) clients.push_back(rig.connect());
      for (int round = 0; round < 50; ++round) {
        for (Client& client : clients) client.send(get("/page") + get("/page-other"));
        for (Client& client : clients) {
          if (client.receive().body == "kept") ++right;
          if (client.receive().body == "GET /page-other") ++right;
        }
      }
    });
  }
  for (std::thread& reader : readers) reader.join();
  CHECK(right == 4 * 10 * 50 * 2);
  rig.server->stop();
  {
    const std::lock_guard lock(mutex);
    done = true;
    changed.notify_one();
  }
  freshener.join();
}

TEST_CASE("freshness that comes after the server has gone harms nobody", "[wire]") {
  std::function<void()> late;
  {
    Rig rig;
    rig.options.drain = 50ms;
    std::atomic<bool> called{false};
    rig.application.isCacheable = isPage;
    rig.application.onFreshen = [&](std::function<void()> ready) {
      late = std::move(ready);
      called = true;
    };
    const Running running = rig.start();
    Client client = rig.connect();
    client.send(get("/page"));
    REQUIRE(eventually([&] { return called.load(); }));
    rig.server->stop();
    rig.server.reset();
    CHECK(client.seesEnd());
  }
  CHECK_NOTHROW(late());
}
