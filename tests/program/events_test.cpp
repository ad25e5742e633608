// Server-sent events: what one process commits reaches the streams that are open in another.
#include <catch2/catch.hpp>
#include <iostream>

#include "demo_site.h"

namespace toimela::program_tests {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

const std::string kPlugins = std::string(TOIMELA_BUILD_FOLDER) + "/tests/program_plugins";

/// A reader of the fixture's stream, on a connection that stays open.
class Listener {
 public:
  explicit Listener(const Server& server) : wire_(server.endpoint()) {
    wire_.write("GET /fi/eventful/stream HTTP/1.1\r\nHost: " + server.endpoint().authority() + "\r\n\r\n");
    opened_ = wire_.await(": open\n\n");
  }
  bool opened() const { return opened_; }
  bool hears(const std::string& text) { return wire_.await("data: " + text + "\n\n"); }
  /// How often the text has been heard by now.
  int times(const std::string& text) {
    int count = 0;
    const std::string frame = "data: " + text + "\n\n";
    for (auto at = wire_.buffer().find(frame); at != std::string::npos;
         at = wire_.buffer().find(frame, at + 1))
      ++count;
    return count;
  }
  void forget() { wire_.buffer().clear(); }

 private:
  Wire wire_;
  bool opened_ = false;
};

bool announce(Browser& browser, const std::string& text) {
  return browser.post("/fi/eventful/announce", {{"text", text}}).status == 200;
}

TEST_CASE("an event committed in one process reaches the streams of every process, once") {
  for (const auto& database : testing::databases()) {
    INFO(database.name);
    Folder data;
    const Settings settings{{"database", database.url}, {"data", data.path().string()}, {"plugins", kPlugins}};
    Server one(settings), two(settings);
    Listener atOne(one), atTwo(two);
    REQUIRE(atOne.opened());
    REQUIRE(atTwo.opened());
    Browser browser(one);
    for (int i = 0; i < 20; ++i) REQUIRE(announce(browser, "event " + std::to_string(i) + "."));
    for (Listener* listener : {&atOne, &atTwo}) {
      for (int i = 0; i < 20; ++i) CHECK(listener->hears("event " + std::to_string(i) + "."));
      for (int i = 0; i < 20; ++i) CHECK(listener->times("event " + std::to_string(i) + ".") == 1);
    }
    CHECK(one.stop() == 0);
    CHECK(two.stop() == 0);
  }
}

TEST_CASE("events of many writers at once all arrive, whatever the order of their commits") {
  for (const auto& database : testing::databases()) {
    INFO(database.name);
    Folder data;
    const Settings settings{{"database", database.url}, {"data", data.path().string()}, {"plugins", kPlugins}};
    Server one(settings), two(settings);
    Listener listener(two);
    REQUIRE(listener.opened());
    std::atomic<int> sent{0};
    std::vector<std::thread> writers;
    for (int writer = 0; writer < 6; ++writer)
      writers.emplace_back([&, writer] {
        Browser browser(writer % 2 ? one : two);
        for (int i = 0; i < 25; ++i)
          sent += announce(browser, std::to_string(writer) + "/" + std::to_string(i) + ".");
      });
    for (std::thread& thread : writers) thread.join();
    REQUIRE(sent == 150);
    for (int writer = 0; writer < 6; ++writer)
      for (int i = 0; i < 25; ++i)
        CHECK(listener.hears(std::to_string(writer) + "/" + std::to_string(i) + "."));
  }
}

TEST_CASE("events committed while the listening connection was lost arrive afterwards") {
  for (const auto& database : testing::databases()) {
    if (database.name != "postgresql") continue;
    Folder data;
    const Settings settings{{"database", database.url}, {"data", data.path().string()}, {"plugins", kPlugins}};
    Server one(settings), two(settings);
    Listener listener(two);
    REQUIRE(listener.opened());
    Browser browser(one);
    for (int round = 0; round < 5; ++round) {
      INFO("round " << round);
      runOnServer(database.url,
                  "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                  "WHERE application_name = 'toimela events' AND datname = current_database()");
      const std::string text = "after the cut " + std::to_string(round) + ".";
      REQUIRE(announce(browser, text));
      CHECK(listener.hears(text));
      CHECK(listener.times(text) == 1);
    }
    CHECK(two.log().find("events wait for the database") != std::string::npos);
  }
}

TEST_CASE("how long an event takes from one process to a stream in another", "[.][measure]") {
  for (const auto& database : testing::databases()) {
    Folder data;
    const Settings settings{{"database", database.url}, {"data", data.path().string()}, {"plugins", kPlugins}};
    Server one(settings), two(settings);
    Listener listener(two);
    REQUIRE(listener.opened());
    Browser browser(one);
    std::vector<double> answered, heard;
    for (int i = 0; i < 500; ++i) {
      const std::string text = "number " + std::to_string(i) + ".";
      const auto begin = Clock::now();
      auto since = [&] { return std::chrono::duration<double, std::milli>(Clock::now() - begin).count(); };
      REQUIRE(announce(browser, text));
      answered.push_back(since());
      REQUIRE(listener.hears(text));
      heard.push_back(since());
      listener.forget();
    }
    std::sort(answered.begin(), answered.end());
    std::sort(heard.begin(), heard.end());
    std::cout << database.name << ", ms from the request: answered median " << answered[250] << " p99 "
              << answered[495] << "; heard median " << heard[250] << " p99 " << heard[495] << '\n';
  }
}

}  // namespace
}  // namespace toimela::program_tests
