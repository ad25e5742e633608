// A hall with one network address takes part in a card session; marks collected there lift no other limit,
// and streams of one phone do not pile up.
#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "card_session_examples.h"

namespace toimela::program_tests {
namespace {

using Json = nlohmann::json;

constexpr int kPhones = 60;

struct Hall {
  Hall(const DemoSite& site, const Settings& settings) : backstage(site), server(settings), phone(server) {
    const auto leader = backstage.person("ohjaaja");
    backstage.grant(leader, "contact_person", "06", "");
    lead = {{"Authorization", "Bearer " + backstage.token(leader, {"trendcards:read", "trendcards:write"}, "test")},
            {"Content-Type", "application/json"}};
    const Answer begun = Browser(server).send(
        "POST", "/api/v1/trendcards/sessions", lead,
        Json{{"title", "Sali"}, {"region", "06"}, {"edition", std::to_string(exampleEdition(backstage))},
             {"exercise", "rank"}, {"drawn", 3}, {"ceiling", 500}}.dump());
    INFO(begun.body);
    REQUIRE(begun.status == 201);
    const Json session = Json::parse(begun.body);
    path = "/api/v1/trendcards/sessions/" + session["id"].get<std::string>();
    code = session["code"];
  }
  std::string join() {
    const Answer in = phone.send("POST", "/api/v1/trendcards/join/" + code, {{"Content-Type", "application/json"}}, "{}");
    INFO(in.body);
    REQUIRE(in.status == 200);
    return Json::parse(in.body)["token"];
  }
  int look(const std::string& token) {
    return phone.send("GET", "/api/v1/trendcards/join/" + code, {{"Toimela-Guest", token}}, "").status;
  }
  std::string listening(const std::string& token) {
    return phone.request("GET", "/fi/trendcards/join/" + code + "/events", {{"Toimela-Guest", token}}, "");
  }
  std::int64_t generation() {
    return backstage.number("SELECT CAST(COALESCE(SUM(value), 0) AS BIGINT) FROM core_generation WHERE component = 'trendcards'");
  }

  Backstage backstage;
  Server server;
  Browser phone;
  FormFields lead;
  std::string path, code;
};

TEST_CASE("a hall behind one address takes part, each phone within its own limit, and all within the hall's") {
  const DemoSite site = demoSite();
  Settings settings = site.settings();
  settings["rate_read"] = "8";
  settings["rate_write"] = "8";
  settings["rate_credentials"] = "4";
  const auto begin = std::chrono::steady_clock::now();
  Hall hall(site, settings);
  std::vector<std::string> marks;
  for (int i = 0; i < kPhones; ++i) marks.push_back(hall.join());
  for (const std::string& mark : marks) CHECK(hall.look(mark) == 200);
  // One phone in a hurry waits by itself.
  int looks = 1;
  while (looks < 20 && hall.look(marks[0]) == 200) ++looks;
  CHECK(looks >= 8);
  CHECK(looks <= 8 + (std::chrono::steady_clock::now() - begin) * 8 / 1min);  // that many come back a minute
  CHECK(hall.look(marks[1]) == 200);

  SECTION("the hall as a whole has an end as well") {
    int more = 0;
    for (const std::string& mark : marks)
      for (int i = 0; i < 7; ++i) more += hall.look(mark) == 200 ? 1 : 0;
    CHECK(more > 60);
    CHECK(more < 5 * kPhones);
  }
  SECTION("elsewhere marks lift no limit") {
    int pages = 0, tries = 0;
    for (const std::string& mark : marks) {
      Browser visitor(hall.server);
      const Answer page = visitor.get("/fi/sign-in", {{{"Toimela-Guest", mark}}});
      pages += page.status == 200 ? 1 : 0;
      if (page.status != 200) continue;
      const Answer tried = visitor.post("/fi/sign-in", {{"email", "nobody@example.org"}, {"password", "wrong"}},
                                        {{{"Toimela-Guest", mark}}});
      tries += tried.status == 429 ? 0 : 1;
    }
    // The form is asked for twice, once for its token; and a little comes back while this goes on.
    CHECK(pages >= 4);
    CHECK(pages <= 12);
    CHECK(tries >= 4);
    CHECK(tries <= 7);
  }
}

TEST_CASE("of one phone eight streams stay, and all end with the session") {
  const DemoSite site = demoSite();
  Hall hall(site, site.settings({{"rate_read", "0"}, {"rate_write", "0"}}));
  const std::string mark = hall.join(), other = hall.join();
  std::vector<std::unique_ptr<Wire>> streams;
  const auto listen = [&](const std::string& token) {
    streams.push_back(std::make_unique<Wire>(hall.server.endpoint()));
    REQUIRE(streams.back()->write(hall.listening(token)));
    REQUIRE(streams.back()->await("\"phase\":\"lobby\""));
    CHECK(streams.back()->buffer().find("Toimela-Stream") == std::string::npos);
  };
  listen(other);
  for (int i = 0; i < 10; ++i) listen(mark);
  for (std::size_t i = 1; i <= 2; ++i) {
    streams[i]->buffer().clear();
    CHECK(streams[i]->ended());
  }
  // What guests do leaves the pages that are kept for visitors as they are.
  const auto before = hall.generation();
  hall.join();
  CHECK(hall.generation() == before);

  CHECK(Browser(hall.server).send("POST", hall.path + "/end", hall.lead, "{}").status == 200);
  CHECK(hall.generation() > before);
  for (std::size_t i = 0; i < streams.size(); ++i) {
    if (i == 1 || i == 2) continue;
    CHECK(streams[i]->await("\"over\":true"));
    CHECK_FALSE(streams[i]->await("nothing more"));
    streams[i]->buffer().clear();
    CHECK(streams[i]->ended());
  }
  // Who asks once more is told to stay away.
  Wire again(hall.server.endpoint());
  REQUIRE(again.write(hall.listening(mark)));
  CHECK(again.read().status == 204);
  CHECK(hall.server.stop() == 0);
}

}  // namespace
}  // namespace toimela::program_tests
