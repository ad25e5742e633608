#include <catch2/catch.hpp>

#include "plugins/contributions.h"
#include "plugins/declarations.h"
#include "plugins/dependency_order.h"

using namespace toimela;
using namespace toimela::plugins;
using Catch::Matchers::Contains;

namespace {

Response answer(const Request&, Host&) { return Response::text(200, "here"); }

/// What the entry point of the plugin under test does; an entry point is a plain function.
std::function<void(Registry&)> registering;
void entryPoint(Registry& registry) { registering(registry); }

void contributeAs(Contributions& contributions, const std::string& plugin,
                  std::function<void(Registry&)> what) {
  registering = std::move(what);
  contribute(contributions, {.name = plugin, .version = "1"}, entryPoint);
}

/// Why a lone plugin named contacts is refused; empty when it is not.
std::string refusal(std::function<void(Registry&)> what, const std::string& plugin = "contacts") {
  Contributions contributions;
  try {
    contributeAs(contributions, plugin, std::move(what));
  } catch (const std::invalid_argument& e) {
    CHECK(contributions.plugins.empty());
    CHECK(contributions.routes.empty());
    CHECK(contributions.permissions.empty());
    CHECK(contributions.services.empty());
    return e.what();
  }
  return "";
}

std::string refusedRoute(Route route, const std::string& plugin = "contacts") {
  return refusal([&](Registry& registry) { registry.routes({route}); }, plugin);
}

PermissionSpec permission(std::string_view name) {
  return {Permission{name}, {Role::regionalAdmin}, std::string(name) + ".label"};
}

struct Moved {
  static constexpr std::string_view kName = "contacts.moved";
};
struct Book {
  static constexpr std::string_view kName = "contacts.book";
};
struct Stray {
  static constexpr std::string_view kName = "elsewhere.book";
};

}  // namespace

TEST_CASE("a plugin contributes of every kind, and all of it carries its name") {
  Contributions all;
  contributeAs(all, "contacts", [](Registry& r) {
    r.permissions({permission("contacts.member.edit")});
    r.routes({get("/regions/{region}/contacts", answer).anyone().cached(),
              post("/contacts/{id}", answer).needs({"contacts.member.edit"})});
    r.navigation({.path = "/contacts",
                  .labelKey = "contacts.nav",
                  .permission = {{"contacts.member.edit"}}});
    r.tile({.templateName = "tile", .fill = [](const Request&, Host&, View&) { return true; }});
    r.settings({{Field::text("greeting", "contacts.greeting"), "hello"}});
    r.job({.name = "digest", .run = [](Host&, const JobTurn&) {}});
    r.command({.name = "import", .run = [](Host&, const std::vector<std::string>&) { return 0; }});
    r.personalData({"contacts",
                    [](ReadTx&, PersonId) { return "{}"; },
                    [](WriteTx&, PersonId) {},
                    {"contacts_member.person_id"}});
    r.search({.kind = "network",
              .labelKey = "contacts.network",
              .list = [](ReadTx&, std::int64_t, int) { return std::vector<std::int64_t>{}; },
              .read = [](ReadTx&, const std::vector<std::int64_t>&) {
                return std::vector<search::Document>{};
              }});
    r.demo([](Host&, const std::string&) {});
    r.on<Moved>([](WriteTx&, const Moved&) {});
    r.provide(std::make_shared<Book>());
  });
  REQUIRE(all.find("contacts"));
  CHECK(all.routes.size() == 2);
  CHECK(all.routes[0].plugin == "contacts");
  CHECK(all.permissions.size() == 1);
  CHECK(all.navigation.size() == 1);
  CHECK(all.tiles.size() == 1);
  CHECK(all.settings.size() == 1);
  CHECK(all.jobs.size() == 1);
  CHECK(all.commands.size() == 1);
  CHECK(all.personalData.size() == 1);
  CHECK(all.search.size() == 1);
  CHECK(all.demos.size() == 1);
  REQUIRE(all.subscriptions.size() == 1);
  CHECK(all.subscriptions[0].event == "contacts.moved");
  CHECK(all.services.count("contacts.book") == 1);
}

TEST_CASE("core contributes room by room, at any address") {
  Contributions all;
  contributeAs(all, "core", [](Registry& r) {
    r.routes(
        {get("/", answer).anyone(), get("/admin/plugins", answer).needs({"core.plugin.switch"})});
  });
  contributeAs(all, "core", [](Registry& r) { r.permissions({permission("core.plugin.switch")}); });
  CHECK(all.plugins.size() == 1);
  CHECK(all.routes.size() == 2);
}

TEST_CASE("a route must say who may use it") {
  CHECK_THAT(refusedRoute(get("/contacts", answer)),
             Contains("GET /contacts") && Contains("who may use it"));
  CHECK_THAT(refusedRoute(get("/", answer), "core"), Contains("who may use it"));
}

TEST_CASE("a route needs a handler and a permission that somebody declares") {
  CHECK_THAT(refusedRoute(get("/contacts", nullptr).anyone()), Contains("no handler"));
  CHECK_THAT(refusedRoute(get("/contacts", answer).needs({"contacts.member.edit"})),
             Contains("contacts.member.edit") && Contains("nobody declares"));
}

TEST_CASE("a plugin's addresses carry its name") {
  for (auto pattern :
       {"/contacts", "/contacts/{id}/edit", "/regions/{region}/contacts", "/contacts.atom",
        "/organisations/{organisation}/contacts", "/admin/contacts", "/account/contacts",
        "/admin/regions/{region}/contacts/new", "/api/v1/contacts/{id}",
        "/api/v1/regions/{region}/contacts", "/contacts/files/{path*}"}) {
    INFO(pattern);
    CHECK(refusedRoute(get(pattern, answer).anyone()) == "");
  }
  for (auto pattern : {"/", "/contactsheet", "/networks", "/regions/{region}", "/admin/plugins",
                       "/regions/{other}/contacts", "/api/contacts", "/api/v1/networks"}) {
    INFO(pattern);
    CHECK_THAT(refusedRoute(get(pattern, answer).anyone()),
               Contains("must carry the plugin's name"));
  }
  CHECK(refusedRoute(get("/case-studies/{id}", answer).anyone(), "case_studies") == "");
}

TEST_CASE("a pattern that could never match is refused") {
  for (auto pattern : {"", "contacts", "/contacts/", "/contacts//new", "/contacts/{id}.ics",
                       "/contacts/{}", "/contacts/{Id}", "/contacts/a b", "/contacts/{id}/{id}",
                       "/contacts/{path*}/more", "/fi/contacts", "/contacts/ä"}) {
    INFO(pattern);
    CHECK_THAT(refusedRoute(get(pattern, answer).anyone()), Contains("The pattern"));
  }
}

TEST_CASE("what changes something stays protected from foreign forms") {
  CHECK(refusedRoute(post("/contacts", answer).anyone()) == "");
  CHECK(refusedRoute(get("/contacts", answer).anyone().withoutCsrf()) == "");
  CHECK_THAT(refusedRoute(post("/contacts", answer).anyone().withoutCsrf()),
             Contains("withoutCsrf()"));
  CHECK_THAT(refusedRoute(post("/api/v1/contacts", answer).anyone().withoutCsrf()),
             Contains("withoutCsrf()"));
  CHECK_THAT(refusedRoute(post("/contacts", answer).signedIn().withoutCsrf()),
             Contains("withoutCsrf()"));
  CHECK(refusedRoute(post("/api/v1/contacts", answer).signedIn().withoutCsrf()) == "");
}

TEST_CASE("only what anybody may read is kept for visitors") {
  CHECK_THAT(refusedRoute(get("/contacts", answer).signedIn().cached()), Contains("cached()"));
  CHECK_THAT(refusedRoute(post("/contacts", answer).anyone().cached()), Contains("cached()"));
  CHECK_THAT(refusedRoute(get("/contacts", answer).signedIn().standalone()),
             Contains("standalone()"));
}

TEST_CASE("an owner needs a place to own") {
  auto resolver = [](ReadTx&, const PathParameters&) -> std::optional<Scope> { return Scope{}; };
  auto declared = [](Route route) {
    return refusal([&](Registry& r) {
      r.permissions({permission("contacts.member.edit")});
      r.routes({route});
    });
  };
  CHECK(declared(
            get("/contacts/{id}", answer).needs({"contacts.member.edit"}).at(resolver).orOwner()) ==
        "");
  CHECK_THAT(declared(get("/contacts/{id}", answer).needs({"contacts.member.edit"}).orOwner()),
             Contains("orOwner()"));
  CHECK_THAT(declared(get("/contacts/{id}", answer).signedIn().at(resolver).orOwner()),
             Contains("orOwner()"));
}

TEST_CASE("names carry the plugin's prefix") {
  for (auto name : {"member.edit", "contactsmember.edit", "contacts", "contacts.", "contacts..edit",
                    "contacts.Edit", "contacts.member edit", "core.member.edit"}) {
    INFO(name);
    CHECK_THAT(refusal([&](Registry& r) { r.permissions({permission(name)}); }),
               Contains("must be named"));
  }
  CHECK_THAT(refusal([](Registry& r) { r.provide(std::make_shared<Stray>()); }),
             Contains("must be named"));
}

namespace {
struct Shared {
  static constexpr std::string_view kName = "toimela.groups";
};
}  // namespace

TEST_CASE("an interface of the kit is provided by whichever plugin keeps such things") {
  Contributions all;
  contributeAs(all, "contacts", [](Registry& r) { r.provide(std::make_shared<Shared>()); });
  CHECK(all.services.count("toimela.groups") == 1);
  CHECK(all.serviceOwners.at("toimela.groups") == "contacts");
}

TEST_CASE("a job has one word for a name, to which the host adds the plugin's") {
  auto refusedJob = [](std::string name, std::chrono::seconds every) {
    return refusal([&](Registry& r) {
      r.job({.name = name, .every = every, .run = [](Host&, const JobTurn&) {}});
    });
  };
  CHECK(refusedJob("digest", std::chrono::hours(1)) == "");
  CHECK_THAT(refusedJob("contacts.digest", std::chrono::hours(1)), Contains("one lower-case word"));
  CHECK_THAT(refusedJob("", std::chrono::hours(1)), Contains("one lower-case word"));
  CHECK_THAT(refusedJob("digest", std::chrono::seconds(0)), Contains("interval"));
}

TEST_CASE("the same thing is not declared twice") {
  CHECK_THAT(refusal([](Registry& r) {
               r.permissions({permission("contacts.a.b"), permission("contacts.a.b")});
             }),
             Contains("'contacts.a.b' is declared twice"));
  CHECK_THAT(refusal([](Registry& r) {
               r.routes({get("/contacts/{id}", answer).anyone(),
                         get("/contacts/{network}", answer).anyone()});
             }),
             Contains("'GET /contacts/{}' is declared twice"));
  CHECK(refusal([](Registry& r) {
          r.routes({get("/contacts/{id}", answer).anyone(), get("/contacts/new", answer).anyone(),
                    post("/contacts/{id}", answer).anyone()});
        }) == "");
  CHECK_THAT(refusal([](Registry& r) {
               auto run = [](Host&, const JobTurn&) {};
               r.job({.name = "digest", .run = run});
               r.job({.name = "digest", .run = run});
             }),
             Contains("declared twice"));
  CHECK_THAT(refusal([](Registry& r) {
               r.settings({{Field::text("a", "contacts.a"), ""}});
               r.settings({{Field::flag("a", "contacts.a"), ""}});
             }),
             Contains("declared twice"));
  CHECK_THAT(refusal([](Registry& r) {
               r.provide(std::make_shared<Book>());
               r.provide(std::make_shared<Book>());
             }),
             Contains("'contacts.book' is declared twice"));
}

TEST_CASE("a later plugin can not take what an earlier one has") {
  Contributions all;
  contributeAs(all, "core", [](Registry& r) {
    r.routes({get("/admin/contacts", answer).anyone(), get("/sign-in", answer).anyone()});
    r.command(
        {.name = "user add", .run = [](Host&, const std::vector<std::string>&) { return 0; }});
  });
  CHECK_THROWS_WITH(
      contributeAs(all, "contacts",
                   [](Registry& r) { r.routes({get("/admin/contacts", answer).anyone()}); }),
      Contains("declared twice"));
  for (auto name : {"admin", "sign_in", "user", "core2", "api", "assets"}) {
    INFO(name);
    if (std::string(name) == "core2")
      CHECK_NOTHROW(contributeAs(all, name, [](Registry&) {}));
    else
      CHECK_THROWS_WITH(contributeAs(all, name, [](Registry&) {}), Contains("used by the core"));
  }
}

TEST_CASE("settings have defaults that they would accept themselves") {
  auto refusedSetting = [](Field field, std::string value) {
    return refusal([&](Registry& r) { r.settings({{field, value}}); });
  };
  CHECK(refusedSetting(Field::number("most", "contacts.most", 1, 10), "5") == "");
  CHECK(refusedSetting(Field::flag("open", "contacts.open"), "1") == "");
  CHECK(refusedSetting(Field::choice("order", "contacts.order", {{"name", "contacts.by_name"}}),
                       "name") == "");
  CHECK_THAT(refusedSetting(Field::number("most", "contacts.most", 1, 10), "11"),
             Contains("'most'"));
  CHECK_THAT(refusedSetting(Field::number("most", "contacts.most", 1, 10), "five"),
             Contains("'most'"));
  CHECK_THAT(refusedSetting(Field::flag("open", "contacts.open"), "yes"), Contains("'open'"));
  CHECK_THAT(refusedSetting(Field::choice("order", "contacts.order", {{"name", "k"}}), "age"),
             Contains("'order'"));
  CHECK_THAT(refusedSetting(Field::text("Greeting!", "contacts.greeting"), ""),
             Contains("lower-case"));
  CHECK_THAT(refusedSetting(Field::password("secret", "contacts.secret"), ""),
             Contains("'secret'"));
}

TEST_CASE("personal data can be taken out and erased, and names its own tables") {
  auto exporter = [](ReadTx&, PersonId) { return std::string("{}"); };
  auto eraser = [](WriteTx&, PersonId) {};
  auto refusedData = [](PersonalData data) {
    return refusal([&](Registry& r) { r.personalData(data); });
  };
  CHECK(refusedData({"members", exporter, eraser, {"contacts_member.name"}}) == "");
  CHECK_THAT(refusedData({"members", exporter, nullptr, {}}), Contains("erased"));
  CHECK_THAT(refusedData({"members", exporter, eraser, {"core_person.email"}}),
             Contains("core_person.email"));
  CHECK_THAT(refusedData({"members", exporter, eraser, {"contacts_member"}}),
             Contains("contacts_member"));
}

TEST_CASE("a plugin that throws while it registers leaves nothing behind") {
  Contributions all;
  CHECK_THROWS_AS(contributeAs(all, "contacts",
                               [](Registry& r) {
                                 r.permissions({permission("contacts.a.b")});
                                 r.provide(std::make_shared<Book>());
                                 throw std::runtime_error("half-way");
                               }),
                  std::runtime_error);
  CHECK(all.plugins.empty());
  CHECK(all.permissions.empty());
  CHECK(all.services.empty());
}

TEST_CASE("what turns out broken later is taken back, with all that needs it") {
  Contributions all;
  contributeAs(all, "core", [](Registry& r) { r.routes({get("/", answer).anyone()}); });
  contributeAs(all, "contacts", [](Registry& r) {
    r.routes({get("/contacts", answer).anyone()});
    r.provide(std::make_shared<Book>());
  });
  registering = [](Registry& r) { r.routes({get("/events", answer).anyone()}); };
  contribute(all, {.name = "events", .dependencies = {"contacts"}}, entryPoint);
  contributeAs(all, "surveys", [](Registry& r) { r.routes({get("/surveys", answer).anyone()}); });

  withdraw(all, "contacts", "Its template is wrong.");
  CHECK(all.find("contacts")->problem == "Its template is wrong.");
  CHECK_THAT(all.find("events")->problem, Contains("'contacts'"));
  CHECK(all.find("surveys")->usable());
  REQUIRE(all.routes.size() == 2);
  CHECK(all.routes[0].plugin == "core");
  CHECK(all.routes[1].plugin == "surveys");
  CHECK(all.services.empty());
  CHECK(all.plugins[1].name == "surveys");
}

namespace {
std::vector<std::string> orderOf(std::vector<Plugin> plugins) {
  std::vector<std::string> names;
  for (const Plugin& plugin : inDependencyOrder(std::move(plugins)))
    names.push_back(plugin.name + (plugin.usable() ? "" : ": " + plugin.problem));
  return names;
}
}  // namespace

TEST_CASE("plugins come after what they depend on") {
  using Names = std::vector<std::string>;
  CHECK(orderOf({}) == Names{});
  CHECK(orderOf({{.name = "a", .dependencies = {"c"}},
                 {.name = "b"},
                 {.name = "c", .dependencies = {"core"}}}) == Names{"c", "a", "b"});
}

TEST_CASE("a circle of plugins is broken as a whole, and told as it runs") {
  const auto names = orderOf({{.name = "a", .dependencies = {"b"}},
                              {.name = "b", .dependencies = {"c"}},
                              {.name = "c", .dependencies = {"a"}},
                              {.name = "d", .dependencies = {"a"}},
                              {.name = "e"},
                              {.name = "f", .dependencies = {"f"}}});
  REQUIRE(names.size() == 6);
  CHECK(names[0] == "e");
  const std::string all = Catch::StringMaker<std::vector<std::string>>::convert(names);
  CHECK_THAT(all, Contains("a: It depends on itself: a → b → c → a."));
  CHECK_THAT(all, Contains("b: It depends on itself: a → b → c → a."));
  CHECK_THAT(all, Contains("d: It needs the plugin 'a', which can not be used."));
  CHECK_THAT(all, Contains("f: It depends on itself: f → f."));
}
