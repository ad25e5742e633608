// A card session on two processes, of which one dies in the middle: whoever was on it goes on with the
// other as the same participant, and no vote is lost or counts twice.
#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "card_session_examples.h"

namespace toimela::program_tests {
namespace {

using Json = nlohmann::json;

constexpr int kParticipants = 24, kVotes = 6;

/// One participant's phone: it asks one process, and the other when that does not answer.
class Phone {
 public:
  Phone(std::vector<Endpoint> endpoints, std::string code, int number)
      : endpoints_(std::move(endpoints)), path_("/api/v1/trendcards/join/" + code),
        answers_("/api/v1/trendcards/answers/" + code), at_(number % 2),
        key_("participant-of-the-test-" + std::to_string(number)) {}

  Json join() { return ask("POST", path_, Json::object(), {{"Idempotency-Key", key_}}); }
  /// Ends only when the vote was acknowledged.
  void vote(const std::vector<int>& order) {
    ask("POST", answers_, {{"what", "rank"}, {"ranking", order}}, {{"Toimela-Guest", token_}});
    acknowledged_ = order;
  }
  void setToken(std::string token) { token_ = std::move(token); }
  const std::string& token() const { return token_; }
  const std::vector<int>& acknowledged() const { return acknowledged_; }
  int turns() const { return turns_; }

 private:
  Json ask(const std::string& method, const std::string& path, const Json& body, FormFields headers) {
    headers.emplace_back("Content-Type", "application/json");
    for (int attempt = 0; attempt < 400; ++attempt) {
      const Answer answer = Browser(endpoints_[at_]).send(method, path, headers, body.dump());
      if (answer.status == 200) return Json::parse(answer.body);
      if (answer.status != 0 && answer.status < 500)
        throw std::runtime_error(std::to_string(answer.status) + ": " + answer.body);
      at_ = 1 - at_;
      ++turns_;
      std::this_thread::sleep_for(20ms);
    }
    throw std::runtime_error("nobody answers");
  }

  std::vector<Endpoint> endpoints_;
  std::string path_, answers_;
  std::size_t at_;
  std::string key_, token_;
  std::vector<int> acknowledged_;
  int turns_ = 0;
};

TEST_CASE("one of two processes is killed while people vote; all go on at the other and each vote counts once") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Backstage backstage(site);
    const Settings free = site.settings({{"rate_read", "0"}, {"rate_write", "0"}});
    Server one(free), two(free);
    const auto leader = backstage.person("ohjaaja");
    backstage.grant(leader, "contact_person", "06", "");
    const std::string token = backstage.token(leader, {"trendcards:read", "trendcards:write"}, "test");
    const FormFields lead{{"Authorization", "Bearer " + token}, {"Content-Type", "application/json"}};
    const Answer begun = Browser(two).send(
        "POST", "/api/v1/trendcards/sessions", lead,
        Json{{"title", "Kaksi prosessia"}, {"region", "06"}, {"edition", std::to_string(exampleEdition(backstage))},
             {"exercise", "rank"}, {"drawn", 3}}.dump());
    INFO(begun.body);
    REQUIRE(begun.status == 201);
    const Json session = Json::parse(begun.body);
    const std::string path = "/api/v1/trendcards/sessions/" + session["id"].get<std::string>();

    // The room's screen hears of changes from the process that lives on.
    std::vector<Phone> phones;
    for (int i = 0; i < kParticipants; ++i)
      phones.emplace_back(std::vector<Endpoint>{one.endpoint(), two.endpoint()}, session["code"].get<std::string>(), i);
    std::vector<std::vector<int>> hands(kParticipants);
    for (int i = 0; i < kParticipants; ++i) {
      const Json joined = phones[i].join();
      phones[i].setToken(joined["token"]);
      hands[i] = joined["cards"].get<std::vector<int>>();
      // The answer was lost: the same participant asks again, at the other process.
      CHECK(phones[i].join()["cards"] == joined["cards"]);
    }
    Wire stream(two.endpoint());
    REQUIRE(stream.write(Browser(two).request("GET", "/fi/trendcards/join/" + session["code"].get<std::string>() + "/events",
                                              {{"Toimela-Guest", phones[0].token()}}, "")));
    REQUIRE(stream.await("\"phase\":\"lobby\""));
    CHECK(Browser(one).send("POST", path + "/phase", lead, Json{{"phase", "voting"}}.dump()).status == 200);
    CHECK(stream.await("\"phase\":\"voting\""));

    std::atomic<int> votes{0};
    std::atomic<bool> isKilled{false};
    std::vector<std::string> failures(kParticipants);
    std::vector<std::thread> people;
    for (int i = 0; i < kParticipants; ++i)
      people.emplace_back([&, i] {
        try {
          // However fast they are: everybody votes once more when one of the processes is gone.
          for (int vote = 0, after = 0; vote < kVotes || after == 0; ++vote) {
            if (isKilled) ++after;
            std::rotate(hands[i].begin(), hands[i].begin() + 1, hands[i].end());
            phones[i].vote(hands[i]);
            ++votes;
          }
        } catch (const std::exception& e) {
          failures[i] = e.what();
        }
      });
    CHECK(eventually([&] { return votes > kParticipants; }));
    one.kill();
    isKilled = true;
    for (std::thread& person : people) person.join();
    for (const std::string& failure : failures) CHECK(failure == "");

    // The demonstration has sessions of its own.
    const std::string id = session["id"].get<std::string>(), ours = " WHERE session_id = " + id;
    CHECK(backstage.number("SELECT CAST(COUNT(*) AS BIGINT) FROM trendcards_participant" + ours) == kParticipants);
    CHECK(backstage.number("SELECT CAST(participants AS BIGINT) FROM trendcards_session WHERE id = " + id) == kParticipants);
    CHECK(backstage.number("SELECT CAST(COUNT(*) AS BIGINT) FROM trendcards_ranked" + ours) == 3 * kParticipants);
    int turned = 0;
    for (Phone& phone : phones) turned += phone.turns();
    CHECK(turned > 0);
    const auto stored = backstage.texts(
        "SELECT CAST(card_number AS TEXT) FROM trendcards_ranked r" + ours +
        " ORDER BY participant_id, position");
    REQUIRE(stored.size() == 3 * kParticipants);
    for (int i = 0; i < kParticipants; ++i)
      for (int place = 0; place < 3; ++place)
        CHECK(stored[3 * i + place] == std::to_string(phones[i].acknowledged()[place]));

    // The facilitator goes on at the other process, and everybody there hears it.
    CHECK(Browser(two).send("POST", path + "/end", lead, "{}").status == 200);
    CHECK(stream.await("\"over\":true"));
    CHECK(two.stop() == 0);
  }
}

}  // namespace
}  // namespace toimela::program_tests
