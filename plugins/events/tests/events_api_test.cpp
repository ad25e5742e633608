// Events, their programme and their people's places as programs change them.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "visit.h"

using namespace toimela;
using namespace toimela::events;
using testing::bodyOf;
using Json = nlohmann::json;

namespace {

struct Program : Visit {
  explicit Program(const testing::FreshDatabase& database)
      : Visit(database),
        oona(site.signedIn(site.person("Oona", "Organisoija", {{Role::contactPerson, kPirkanmaa, {}}}))) {}

  Response send(Method method, const std::string& path, const Json& body = nullptr, const std::string& key = {}) {
    Headers headers;
    headers.set("Origin", "http://toimela.test");
    headers.set("X-CSRF-Token", oona.csrf());
    if (!body.is_null()) headers.set("Content-Type", "application/json");
    if (!key.empty()) headers.set("Idempotency-Key", key);
    return oona.send(method, "/api/v1/events" + path, headers, body.is_null() ? "" : body.dump());
  }
  static Json json(const Response& response) { return Json::parse(bodyOf(response)); }
  static std::string locationOf(const Response& response) {
    return std::string(response.headers.find("Location").value_or(""));
  }

  testing::Visitor oona;
};

Json wish() {
  return {{"title", {{"fi", "Järjestöpäivä"}, {"sv", "Föreningsdag"}}},
          {"kind", "network"},
          {"visibility", "everyone"},
          {"attendance", "on_site"},
          {"place", {{"fi", "Kirjasto"}}},
          {"startsAt", "2030-05-20T06:00:00Z"},
          {"endsAt", "2030-05-20T15:00:00+03:00"},
          {"capacity", 10},
          {"waitingList", true},
          {"region", "pirkanmaa"}};
}

std::vector<std::string> fieldsOf(const Response& response) {
  std::vector<std::string> fields;
  const Json problem = Program::json(response);
  for (const Json& error : problem.at("errors")) fields.push_back(error.at("field"));
  return fields;
}

}  // namespace

TEST_CASE("a program makes an event, publishes it and calls it off", "[events][api]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Program p(database);
      const auto made = p.send(Method::post, "", wish(), "k1");
      INFO(bodyOf(made));
      REQUIRE(made.status == 201);
      auto event = p.json(made);
      const std::string path = "/" + event.at("id").get<std::string>();
      CHECK(p.locationOf(made) == "/api/v1/events" + path);
      CHECK(event.at("status") == "draft");
      CHECK(event.at("startsAt") == "2030-05-20T06:00:00Z");
      CHECK(event.at("endsAt") == "2030-05-20T12:00:00Z");
      CHECK(event.at("region") == "06");
      CHECK(event.at("retentionDays") == 90);
      CHECK(event.at("waitingList") == true);

      const auto again = p.send(Method::post, "", wish(), "k1");
      CHECK(again.status == 200);
      CHECK(p.json(again).at("id") == event.at("id"));
      CHECK(p.send(Method::post, "", wish(), "k2").status == 201);

      // What was read can be changed and sent back as it is.
      event["title"]["en"] = "Day of associations";
      event["capacity"] = 12;
      event["retentionDays"] = 30;
      const auto saved = p.send(Method::put, path, event);
      INFO(bodyOf(saved));
      REQUIRE(saved.status == 200);
      CHECK(p.json(saved).at("title").at("en") == "Day of associations");
      CHECK(p.json(saved).at("capacity") == 12);
      CHECK(p.json(saved).at("retentionDays") == 30);
      CHECK(p.json(saved).at("startsAt") == "2030-05-20T06:00:00Z");
      CHECK(p.send(Method::put, path, event).status == 409);

      CHECK(p.site.visitor().get("/api/v1/events" + path).status == 404);
      CHECK(p.json(p.send(Method::post, path + "/publish")).at("status") == "published");
      CHECK(p.send(Method::post, path + "/publish").status == 409);
      CHECK(p.json(p.site.visitor().get("/api/v1/events" + path)).at("onlineLink").is_null());
      CHECK(p.json(p.send(Method::post, path + "/cancel", {{"reason", "Sairaus"}})).at("status") == "cancelled");
      CHECK(p.send(Method::post, path + "/cancel", {{"reason", "Sairaus"}}).status == 409);
    }
  }
}

TEST_CASE("what is wrong with an event is said at the field as the body named it", "[events][api]") {
  Program p(testing::databases().front());
  const auto refused = [&](const char* field, const Json& value) {
    Json body = wish();
    body[field] = value;
    const auto answer = p.send(Method::post, "", body);
    INFO(field << " " << bodyOf(answer));
    CHECK(answer.status == 422);
    return answer.status == 422 ? fieldsOf(answer) : std::vector<std::string>{};
  };
  using Names = std::vector<std::string>;
  CHECK(refused("startsAt", "huomenna") == Names{"startsAt"});
  CHECK(refused("endsAt", "2030-05-20T05:00:00Z") == Names{"endsAt"});
  CHECK(refused("kind", "ball") == Names{"kind"});
  CHECK(refused("capacity", 0) == Names{"capacity"});
  CHECK(refused("contactEmail", "ei osoite") == Names{"contactEmail"});
  CHECK(refused("region", "narnia") == Names{"region"});
  CHECK(refused("region", "lappi") == Names{"region"});
  CHECK(refused("region", nullptr) == Names{"region"});
  CHECK(refused("organiser", "999") == Names{""});
  CHECK(p.send(Method::post, "", Json::object({{"region", "06"}})).status == 422);
  CHECK(p.send(Method::post, "", wish(), std::string(300, 'k')).status == 400);
}

TEST_CASE("a program keeps the programme of an event", "[events][api]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Program p(database);
      auto planned = exampleEvent(9);
      planned.startsAt = *parseHelsinkiTime("2030-05-20T09:00");
      planned.endsAt = *parseHelsinkiTime("2030-05-20T15:00");
      const auto event = p.addEvent(planned);
      const std::string path = "/" + event.text() + "/sessions";
      const Json session{{"title", {{"fi", "Työpaja"}}}, {"startsAt", "2030-05-20T07:00:00Z"},
                         {"endsAt", "2030-05-20T08:00:00Z"}, {"chosen", true}, {"capacity", 4}};
      const auto made = p.send(Method::post, path, session, "s1");
      INFO(bodyOf(made));
      REQUIRE(made.status == 201);
      CHECK(p.send(Method::post, path, session, "s1").status == 200);
      const auto id = p.json(made).at("id").get<std::string>();
      CHECK(p.json(p.oona.get(p.locationOf(made))).at("capacity") == 4);
      auto outside = session;
      outside["endsAt"] = "2030-05-20T20:00:00Z";
      CHECK(fieldsOf(p.send(Method::post, path, outside)) == std::vector<std::string>{"startsAt"});
      auto changed = session;
      changed["room"] = "Sali";
      CHECK(p.json(p.send(Method::put, path + "/" + id, changed)).at("room") == "Sali");
      std::get<operations::Registered>(p.submit(event, p.registration(2, {SessionId{std::stoll(id)}})));
      changed["capacity"] = 1;
      CHECK(fieldsOf(p.send(Method::put, path + "/" + id, changed)) == std::vector<std::string>{"capacity"});
      CHECK(p.send(Method::post, path + "/" + id + "/remove", Json::object()).status == 422);
      CHECK(p.send(Method::post, path + "/" + id + "/remove", {{"reason", "Vetäjä estyi"}}).status == 204);
      CHECK(p.send(Method::put, path + "/" + id, session).status == 404);
    }
  }
}

TEST_CASE("a program approves, declines and cancels with a reason, once", "[events][api]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Program p(database);
      auto planned = exampleEvent(2);
      planned.places.approvesFirst = true;
      const auto event = p.addEvent(planned);
      const auto people = p.join(event, 3);
      const auto path = [&](int i, const char* deed) {
        return "/" + event.text() + "/participants/" + people[static_cast<std::size_t>(i)].text() + "/" + deed;
      };
      CHECK(p.json(p.send(Method::post, path(0, "approve"))).at("state") == "confirmed");
      CHECK(p.send(Method::post, path(0, "approve")).status == 409);
      CHECK(fieldsOf(p.send(Method::post, path(1, "decline"), Json::object())) == std::vector<std::string>{"reason"});
      CHECK(p.json(p.send(Method::post, path(1, "decline"), {{"reason", "Muu ala"}})).at("state") == "declined");
      CHECK(p.send(Method::post, path(1, "decline"), {{"reason", "Muu ala"}}).status == 409);
      CHECK(p.json(p.send(Method::post, path(0, "cancel"), {{"reason", "Pyysi itse"}})).at("state") == "cancelled");
      CHECK(p.send(Method::post, path(0, "cancel"), {{"reason", "Pyysi itse"}}).status == 409);
      CHECK(p.stateOf(event, people[2]) == PlaceState::pending);
      CHECK(p.send(Method::post, "/" + event.text() + "/participants/99999/approve").status == 404);
    }
  }
}
