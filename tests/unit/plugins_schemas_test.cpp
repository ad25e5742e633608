#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "host/open_api.h"
#include "plugins/contributions.h"
#include "plugins/schemas.h"

using namespace toimela;
using namespace toimela::plugins;
using Catch::Matchers::Contains;
using nlohmann::json;

namespace {

Response answer(const Request&, Host&) { return Response::text(200, "here"); }

std::function<void(Registry&)> registering;
void entryPoint(Registry& registry) { registering(registry); }

void contributeAs(Contributions& all, const std::string& plugin,
                  std::function<void(Registry&)> what) {
  registering = std::move(what);
  contribute(all, {.name = plugin, .version = "1"}, entryPoint);
}

/// Why a plugin is refused beside a core that gives "Id"; empty when it is not.
std::string refusal(std::function<void(Registry&)> what, const std::string& plugin = "contacts") {
  Contributions all;
  contributeAs(all, "core", [](Registry& r) { r.schema("Id", R"({"type":"string"})"); });
  try {
    contributeAs(all, plugin, std::move(what));
  } catch (const std::invalid_argument& e) {
    CHECK(all.schemas.size() == 1);
    return e.what();
  }
  return "";
}

}  // namespace

TEST_CASE("a plugin's schemas carry its name and may refer to each other and to the core's",
          "[schemas]") {
  CHECK(refusal([](Registry& r) {
          r.schema("ContactsNetwork", R"({"properties":{"id":{"$ref":"#/components/schemas/Id"}}})");
          r.schema("ContactsNetworks",
                   R"({"type":"array","items":{"$ref":"#/components/schemas/ContactsNetwork"}})");
          r.routes({get("/api/v1/contacts/networks", answer).anyone().answers("ContactsNetworks")});
        }) == "");
  CHECK(refusal([](Registry& r) { r.schema("CaseStudiesOne", "{}"); }, "case_studies") == "");
  for (const std::string name : {"Network", "contactsNetwork", "Contacts_Network", "", "Contacts Network"})
    CHECK_THAT(refusal([&](Registry& r) { r.schema(name, "{}"); }), Contains("must be named"));
}

TEST_CASE("a schema that does not parse, is there twice or points nowhere is refused",
          "[schemas]") {
  for (const std::string text : {"", "{", "[]", "5", "nonsense"})
    CHECK_THAT(refusal([&](Registry& r) { r.schema("ContactsOne", text); }),
               Contains("ContactsOne") && Contains("not a JSON object"));
  CHECK_THAT(refusal([](Registry& r) {
               r.schema("ContactsOne", "{}");
               r.schema("ContactsOne", "{}");
             }),
             Contains("declared twice"));
  for (const std::string reference :
       {"#/components/schemas/ContactsTwo", "https://elsewhere.example/schema", "Id"})
    CHECK_THAT(refusal([&](Registry& r) {
                 r.schema("ContactsOne", R"({"items":{"$ref":")" + reference + "\"}}");
               }),
               Contains(reference) && Contains("nobody gives"));
  CHECK_THAT(refusal([](Registry& r) {
               r.routes({get("/api/v1/contacts", answer).anyone().answers("ContactsMissing")});
             }),
             Contains("GET /api/v1/contacts") && Contains("ContactsMissing"));
  CHECK_THAT(refusal([](Registry& r) {
               r.routes({post("/api/v1/contacts", answer).signedIn().takes("ContactsMissing")});
             }),
             Contains("ContactsMissing"));
}

TEST_CASE("the core's rooms refer to each other and are looked at together", "[schemas]") {
  Contributions all;
  contributeAs(all, "core", [](Registry& r) {
    r.schema("Person", R"({"items":{"$ref":"#/components/schemas/Grant"}})");
  });
  CHECK_THROWS_WITH(checkSchemaReferences(all), Contains("Grant"));
  contributeAs(all, "core", [](Registry& r) { r.schema("Grant", "{}"); });
  CHECK_NOTHROW(checkSchemaReferences(all));
}

TEST_CASE("a withdrawn plugin takes its schemas along", "[schemas]") {
  Contributions all;
  contributeAs(all, "contacts", [](Registry& r) { r.schema("ContactsOne", "{}"); });
  CHECK(all.schemas.size() == 1);
  withdraw(all, "contacts", "broken");
  CHECK(all.schemas.empty());
}

TEST_CASE("the description says of each route what it reads, takes, answers and demands",
          "[schemas]") {
  Contributions all;
  contributeAs(all, "core", host::describeSharedSchemas);
  contributeAs(all, "contacts", [](Registry& r) {
    r.permissions({{{"contacts.member.edit"}, {Role::regionalAdmin}, "label"}});
    r.schema("ContactsMember", R"({"type":"object"})");
    r.schema("ContactsWish", R"({"type":"object"})");
    r.schema("ContactsList", R"({"properties":{"items":{},"next":{"type":["string","null"]}}})");
    r.routes({
        get("/api/v1/contacts/members", answer).anyone().paged("ContactsMember").reads("q", "Words"),
        get("/api/v1/contacts/others", answer).signedIn().answers("ContactsList"),
        post("/api/v1/contacts/members", answer)
            .needs({"contacts.member.edit"})
            .takes("ContactsWish")
            .creates("ContactsMember"),
        del("/api/v1/contacts/members/{member}", answer).signedIn(),
        get("/contacts", answer).anyone(),
    });
  });
  const json document = json::parse(host::describeApi(all, "https://toimela.example"));
  CHECK(document.at("servers")[0].at("url") == "https://toimela.example");
  CHECK(document.at("paths").size() == 3);
  const auto at = [&](const std::string& pointer) {
    INFO(pointer);
    return document.at(json::json_pointer(pointer));
  };
  const std::string members = "/paths/~1api~1v1~1contacts~1members";
  CHECK(at(members + "/get/parameters/0/name") == "q");
  CHECK(at(members + "/get/parameters").size() == 3);
  CHECK(at("/paths/~1api~1v1~1contacts~1others/get/parameters").size() == 2);
  CHECK(at(members + "/get/responses/200/content/application~1json/schema/properties/items/items/$ref") ==
        "#/components/schemas/ContactsMember");
  CHECK(at(members + "/get/security") == json::parse(R"([{},{"bearer":["contacts:read"]}])"));
  CHECK(at(members + "/post/security") == json::parse(R"([{"bearer":["contacts:write"]}])"));
  CHECK(at(members + "/post/requestBody/content/application~1json/schema/$ref") ==
        "#/components/schemas/ContactsWish");
  CHECK(at(members + "/post/responses").contains("201"));
  CHECK(at(members + "/post/responses").contains("422"));
  CHECK(at(members + "~1{member}/delete/parameters/0/required") == true);
  CHECK(at(members + "~1{member}/delete/responses").contains("404"));
  CHECK(at("/components/schemas").contains("Problem"));
  CHECK_THAT(at("/components/securitySchemes/bearer/description").get<std::string>(),
             Contains("`contacts:write`"));
}
