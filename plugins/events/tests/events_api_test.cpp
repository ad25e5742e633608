// Events, their programme and their people's places as programs change them.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "requests.h"
#include "store/questions.h"
#include "visit.h"

using namespace toimela;
using namespace toimela::events;
using testing::bodyOf;
using testing::locationOf;
using Json = nlohmann::json;

namespace {

struct Program : Visit {
  explicit Program(const testing::FreshDatabase& database)
      : Visit(database),
        oona(site.signedIn(site.person("Oona", "Organisoija", {{Role::contactPerson, kPirkanmaa, {}}}))) {}

  Response send(Method method, const std::string& path, const Json& body = nullptr, const std::string& key = {}) {
    Headers headers;
    if (!key.empty()) headers.set("Idempotency-Key", key);
    return testing::sendBody(oona, method, "/api/v1/events" + path, body.is_null() ? "" : body.dump(), headers);
  }
  static Json json(const Response& response) { return Json::parse(bodyOf(response)); }

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
      CHECK(locationOf(made) == "/api/v1/events" + path);
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
      // At another address the same key is another one.
      const Json part{{"title", {{"fi", "Työpaja"}}}, {"startsAt", "2030-05-20T07:00:00Z"}, {"endsAt", "2030-05-20T08:00:00Z"}};
      CHECK(p.send(Method::post, path + "/sessions", part, "k1").status == 201);
      CHECK(p.send(Method::post, path + "/sessions", part, "k1").status == 200);
      CHECK(p.json(p.oona.get("/api/v1/events" + path + "/sessions")).at("items").size() == 1);

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
      CHECK(p.json(p.oona.get(locationOf(made))).at("capacity") == 4);
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

TEST_CASE("a program answers what an event asks, by the same rules as the form", "[events][api]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Program p(database);
      const EventId id = p.addEvent(exampleEvent(5));
      p.host().writeAs(std::nullopt, [&](WriteTx& tx) {
        tx.unaudited("example");
        Question diet{.key = "diet", .kind = QuestionKind::choice, .label = {"Ruokavalio", "", ""}, .isRequired = true};
        diet.options = {{"vegan", {"Vegaani", "", ""}}, {"other", {"Muu", "", ""}}};
        store::insertQuestion(tx, id, diet);
        Question which{.key = "which", .label = {"Mikä?", "", ""}, .isRequired = true};
        which.condition = {"diet", "other"};
        store::insertQuestion(tx, id, which);
        store::insertQuestion(tx, id, Question{.key = "bus", .askedOf = AskedOf::registration,
                                               .kind = QuestionKind::consent, .label = {"Tulemme bussilla", "", ""}});
      });
      const std::string path = "/" + id.text();
      const auto questions = p.json(p.oona.get("/api/v1/events" + path)).at("questions");
      REQUIRE(questions.size() == 3);
      CHECK(questions[1].at("condition") == Json{{"key", "diet"}, {"value", "other"}});

      const auto refused = [&](const Json& answers) {
        const auto answer = p.send(Method::post, path + "/registrations",
                                   {{"participants", {{{"name", "Aino Esimerkki"}, {"answers", answers}}}}});
        INFO(bodyOf(answer));
        REQUIRE(answer.status == 422);
        return fieldsOf(answer);
      };
      using Names = std::vector<std::string>;
      CHECK(refused(Json::object()) == Names{"participants0AnswersDiet"});
      CHECK(refused({{"diet", "fish"}}) == Names{"participants0AnswersDiet"});
      CHECK(refused({{"diet", "other"}}) == Names{"participants0AnswersWhich"});

      const auto made = p.send(Method::post, path + "/registrations",
                               {{"answers", {{"bus", "1"}}},
                                {"participants", {{{"name", "Aino Esimerkki"},
                                                   {"answers", {{"diet", "vegan"}, {"which", "left out"}}}}}}});
      INFO(bodyOf(made));
      REQUIRE(made.status == 201);
      CHECK(p.json(made).at("answers") == Json{{"bus", {"1"}}});
      CHECK(p.json(made).at("participants")[0].at("answers") == Json{{"diet", {"vegan"}}});
      CHECK(p.json(p.oona.get("/api/v1/events" + path + "/participants")).at("items")[0].at("answers") ==
            Json{{"diet", {"vegan"}}});
    }
  }
}

TEST_CASE("a program adds links to the materials and says who organises too", "[events][api]") {
  Program p(testing::databases().front());
  const EventId id = p.addEvent(exampleEvent(5));
  const std::string path = "/" + id.text();
  const Json link{{"title", {{"fi", "Tallenne"}}}, {"link", "https://video.example.org/1"}, {"audience", "participants"}};
  Json unsafe = link;
  unsafe["link"] = "javascript:alert(1)";
  CHECK(fieldsOf(p.send(Method::post, path + "/materials", unsafe)) == std::vector<std::string>{"link"});
  const auto made = p.send(Method::post, path + "/materials", link);
  INFO(bodyOf(made));
  REQUIRE(made.status == 201);
  const std::string material = p.json(made).at("id");
  CHECK(p.json(p.oona.get("/api/v1/events" + path)).at("materials").size() == 1);
  // It is for those who have a place.
  CHECK(p.json(p.site.visitor().get("/api/v1/events" + path)).at("materials").empty());
  CHECK(p.send(Method::del, path + "/materials/" + material).status == 204);
  CHECK(p.send(Method::del, path + "/materials/" + material).status == 404);

  CHECK(fieldsOf(p.send(Method::put, path + "/co-organisers", {{"regions", {"99"}}})) ==
        std::vector<std::string>{"regions"});
  CHECK(fieldsOf(p.send(Method::put, path + "/co-organisers", {{"organisations", {"987654"}}})) ==
        std::vector<std::string>{"organisations"});
  CHECK(p.json(p.send(Method::put, path + "/co-organisers", Json{{"regions", Json::array()}})).at("coOrganisers").at("regions").empty());
}

TEST_CASE("whom an event is shared with can neither share it on nor make it theirs", "[events][api]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Program owner(database);
      const auto made = owner.send(Method::post, "", wish());
      REQUIRE(made.status == 201);
      const std::string path = "/" + owner.json(made).at("id").get<std::string>();
      REQUIRE(owner.send(Method::put, path + "/co-organisers", {{"regions", {"01"}}}).status == 200);
      const auto partner = owner.site.organisation("Tuki ry", "01");

      const auto keeper = owner.oona;
      owner.oona = owner.site.signedIn(owner.site.person("Uuno", "Uusimaa", {{Role::contactPerson, region("01"), {}}}));
      CHECK(owner.send(Method::put, path + "/co-organisers", {{"regions", {"18"}}}).status == 403);
      Json changed = owner.json(owner.send(Method::get, path));
      changed["organiser"] = partner.text();
      const auto refused = owner.send(Method::put, path, changed);
      CHECK(refused.status == 422);
      CHECK_THAT(bodyOf(refused), Catch::Matchers::Contains("omistaja"));
      changed["organiser"] = nullptr;
      changed["title"]["fi"] = "Yhteinen päivä";
      CHECK(owner.send(Method::put, path, changed).status == 200);

      owner.oona = keeper;
      changed = owner.json(owner.send(Method::get, path));
      CHECK(changed.at("organiser").is_null());
      CHECK(changed.at("title").at("fi") == "Yhteinen päivä");
      changed["organiser"] = partner.text();
      CHECK(owner.send(Method::put, path, changed).status == 200);
    }
  }
}
