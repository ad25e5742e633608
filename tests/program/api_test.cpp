// The API as programs use it: with access tokens that the command makes, over real connections.
#include <catch2/catch.hpp>

#include "demo_site.h"
#include "route_table.h"

namespace toimela::program_tests {
namespace {

using nlohmann::json;

/// A token as `toimela token create` prints it; empty when it makes none.
std::string makeToken(const DemoSite& site, const std::string& email,
                      const std::vector<std::string>& scopes, const std::string& name = "test") {
  std::vector<std::string> words{"token", "create", "--email", email, "--name", name, "--scope"};
  words.insert(words.end(), scopes.begin(), scopes.end());
  const Ended ended = runToEnd(words, site.settings());
  INFO(ended.err);
  CHECK(ended.code == 0);
  return ended.out.substr(0, ended.out.find('\n'));
}

/// A program with a token; it has no cookies and names no origin.
class Program {
 public:
  Program(const Server& server, std::string token) : browser_(server), token_(std::move(token)) {}

  Answer get(const std::string& path, FormFields headers = {}) {
    return send("GET", path, "", std::move(headers));
  }
  Answer send(const std::string& method, const std::string& path, const std::string& body,
              FormFields headers = {}) {
    headers.emplace_back("Authorization", "Bearer " + token_);
    if (!body.empty()) headers.emplace_back("Content-Type", "application/json");
    return browser_.send(method, path, headers, body);
  }
  Browser& browser() { return browser_; }

 private:
  Browser browser_;
  std::string token_;
};

json problemOf(const Answer& answer) {
  INFO(answer.body);
  REQUIRE(answer.header("Content-Type") == "application/problem+json");
  const json problem = json::parse(answer.body);
  CHECK(problem.at("status") == answer.status);
  CHECK_FALSE(problem.at("title").get<std::string>().empty());
  return problem;
}


TEST_CASE("a token from the command line speaks for its owner and is noted as used", "[api]") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Backstage backstage(site);
    const Account& admin = site.account("national_admin");
    const std::string token = makeToken(site, admin.email, {"core:read"});
    CHECK(token.rfind("toimela_", 0) == 0);
    CHECK(backstage.number("SELECT COUNT(*) FROM core_token WHERE last_used_on IS NULL") == 1);
    Server server(site.settings());
    const Answer answer = Program(server, token).get("/api/v1/me");
    REQUIRE(answer.status == 200);
    const json me = json::parse(answer.body);
    CHECK(me.at("email") == admin.email);
    CHECK(me.at("token").at("scopes") == json::array({"core:read"}));
    CHECK(me.at("grants").size() >= 1);
    CHECK(backstage.number("SELECT COUNT(*) FROM core_token WHERE last_used_on IS NULL") == 0);
    CHECK(answer.header("Cache-Control") == "no-store");
    CHECK(answer.every("Set-Cookie").empty());
    CHECK(server.log().find(token) == std::string::npos);
    CHECK(server.stop() == 0);
  }
}

TEST_CASE("a token out of scope, a wrong, an expired and a revoked one are each told apart from "
          "none at all",
          "[api]") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Backstage backstage(site);
    const std::string email = site.account("national_admin").email;
    Server server(site.settings());

    const Answer none = Browser(server).get("/api/v1/people");
    CHECK(none.status == 401);
    CHECK(none.header("WWW-Authenticate") == "Bearer realm=\"toimela\"");
    CHECK_FALSE(problemOf(none).contains("error"));

    Program reader(server, makeToken(site, email, {"core:read"}, "reader"));
    CHECK(reader.get("/api/v1/people").status == 200);
    const Answer narrow = reader.send("POST", "/api/v1/organisations", "{}");
    CHECK(narrow.status == 403);
    CHECK(narrow.header("WWW-Authenticate").find("insufficient_scope") != std::string::npos);
    CHECK(problemOf(narrow).at("error") == "insufficient_scope");
    CHECK(problemOf(narrow).at("scope") == "core:write");
    // Also where anybody else may read.
    CHECK(problemOf(reader.get("/api/v1/contacts/networks")).at("scope") == "contacts:read");

    const auto dead = [&](Program& program) {
      for (const std::string path : {"/api/v1/me", "/api/v1/regions"}) {
        const Answer answer = program.get(path);
        CHECK(answer.status == 401);
        CHECK(answer.header("WWW-Authenticate").find("error=\"invalid_token\"") !=
              std::string::npos);
        CHECK(problemOf(answer).at("error") == "invalid_token");
      }
    };
    Program wrong(server, "toimela_" + std::string(32, 'A'));
    dead(wrong);
    Program empty(server, "");
    dead(empty);

    Program soon(server, makeToken(site, email, {"core:read"}, "soon"));
    CHECK(soon.get("/api/v1/me").status == 200);
    backstage.run("UPDATE core_token SET expires_at = 1 WHERE name = 'soon'");
    dead(soon);

    Program revoked(server, makeToken(site, email, {"core:read"}, "revoked"));
    CHECK(revoked.get("/api/v1/me").status == 200);
    const std::string id = backstage.text("SELECT public_id FROM core_token WHERE name = 'revoked'");
    Browser owner = backstage.signedIn(server, site.account("national_admin"));
    Browser stranger = backstage.signedIn(server, site.account("regional_admin"));
    CHECK(stranger.post("/fi/account/tokens/" + id + "/revoke").status == 404);
    CHECK(revoked.get("/api/v1/me").status == 200);
    CHECK(owner.post("/fi/account/tokens/" + id + "/revoke").status == 303);
    dead(revoked);
    CHECK(reader.get("/api/v1/me").status == 200);
    CHECK(server.stop() == 0);
  }
}

TEST_CASE("the token of somebody whose account is closed or erased is dead at once", "[api]") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Backstage backstage(site);
    Server server(site.settings());
    for (const std::string column : {"disabled_at", "erased_at"}) {
      const auto person = backstage.person("soon" + column);
      Program program(server,
                      makeToken(site, "soon" + column + "@test.example", {"core:read"}));
      CHECK(program.get("/api/v1/me").status == 200);
      backstage.run("UPDATE core_person SET " + column + " = 1 WHERE id = " +
                    std::to_string(person));
      CHECK(program.get("/api/v1/me").status == 401);
    }
    // Who may not use one gets none.
    const Ended refused = runToEnd({"token", "create", "--email", "soondisabled_at@test.example",
                                    "--name", "second", "--scope", "core:read"},
                                   site.settings());
    CHECK(refused.code == 1);
    CHECK(refused.out.empty());
    CHECK(server.stop() == 0);
  }
}

TEST_CASE("a token's rights are those of its owner today", "[api]") {
  const DemoSite site = demoSite();
  Backstage backstage(site);
  Server server(site.settings());
  backstage.person("plain");
  Program program(server, makeToken(site, "plain@test.example", {"core:read", "core:write"}));
  CHECK(program.get("/api/v1/me").status == 200);
  const Answer refused = program.get("/api/v1/people");
  CHECK(refused.status == 403);
  CHECK_FALSE(problemOf(refused).contains("error"));
  backstage.grant(backstage.idOf("plain@test.example"), "regional_admin", "06", "");
  CHECK(program.get("/api/v1/people").status == 200);
}

TEST_CASE("a program writes without a form token, and its cookies count for nothing", "[api]") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Backstage backstage(site);
    Server server(site.settings());
    const Account& admin = site.account("national_admin");
    Program writer(server, makeToken(site, admin.email, {"core:read", "core:write"}));
    const Answer made = writer.send(
        "POST", "/api/v1/organisations",
        R"({"region":"lappi","name":{"fi":"Ohjelman yhdistys","sv":"Programmets förening"},)"
        R"("sector":"association","businessId":"9999999-2"})",
        {{"Origin", "https://evil.example"}});
    INFO(made.body);
    REQUIRE(made.status == 201);
    const std::string path = made.header("Location");
    json stored = json::parse(writer.get(path).body);
    CHECK(stored.at("name").at("sv") == "Programmets förening");
    CHECK(stored.at("businessId") == "9999999-2");
    CHECK(stored.at("region") == "19");
    CHECK(json::parse(made.body) == stored);
    CHECK(backstage.number("SELECT COUNT(*) FROM core_audit WHERE action = 'core.organisation.add' "
                           "AND person_id = " +
                           std::to_string(backstage.idOf(admin.email))) == 1);

    // A browser's session does not lend its rights to a token, and not to a wrong one either.
    const auto nobody = backstage.person("nobody");
    Program weak(server, makeToken(site, "nobody@test.example", {"core:read", "core:write"}, "w"));
    weak.browser().setCookie("toimela", backstage.session(backstage.idOf(admin.email)));
    CHECK(json::parse(weak.get("/api/v1/me").body).at("id") == std::to_string(nobody));
    CHECK(weak.get("/api/v1/people").status == 403);
    Program wrong(server, "toimela_wrong");
    wrong.browser().setCookie("toimela", backstage.session(backstage.idOf(admin.email)));
    CHECK(wrong.get("/api/v1/me").status == 401);
    // Without a token the same browser is who it is, and must show its form token to write.
    CHECK(weak.browser().get("/api/v1/people").status == 200);
    CHECK(weak.browser()
              .send("POST", "/api/v1/organisations", {{"Content-Type", "application/json"}}, "{}")
              .status == 403);
    CHECK(server.stop() == 0);
  }
}

TEST_CASE("a token opens no page", "[api]") {
  const DemoSite site = demoSite();
  Server server(site.settings());
  Program program(server, makeToken(site, site.account("national_admin").email,
                                    {"core:read", "core:write"}));
  for (const std::string path : {"/fi/account", "/fi/admin/people", "/fi/account/tokens"}) {
    const Answer answer = program.get(path);
    CHECK(answer.status == 303);
    CHECK(answer.header("Location").rfind("/fi/sign-in", 0) == 0);
  }
  CHECK(program.send("POST", "/fi/account/tokens", "{}").status >= 400);
}

TEST_CASE("what a token is answered is kept for nobody else", "[api]") {
  const DemoSite site = demoSite();
  Server server(site.settings());
  const std::string path = "/api/v1/contacts/networks";
  CHECK(Browser(server).get(path).status == 200);
  CHECK(Browser(server).get(path).status == 200);  // from the page cache
  Program out(server, makeToken(site, site.account("national_admin").email, {"core:read"}));
  CHECK(out.get(path).status == 403);
  CHECK(out.get(path, {{"If-None-Match", "*"}}).status == 403);
  const Answer kept = Browser(server).get(path);
  CHECK(kept.status == 200);
  CHECK(kept.header("Vary").find("Authorization") != std::string::npos);
  Program in(server, makeToken(site, site.account("national_admin").email, {"contacts:read"}, "in"));
  CHECK(in.get(path).header("Cache-Control") == "no-store");
}

TEST_CASE("an organisation is changed by who has read its newest revision", "[api]") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Server server(site.settings());
    Program writer(server, makeToken(site, site.account("national_admin").email,
                                     {"core:read", "core:write"}));
    const std::string path = "/api/v1/organisations/1";
    const json before = json::parse(writer.get(path).body);
    const std::int64_t revision = before.at("revision");

    // What was read can be sent back as it is, with a change.
    json changed = before;
    changed["website"] = "https://ohjelma.example";
    const Answer saved = writer.send("PUT", path, changed.dump());
    INFO(saved.body);
    REQUIRE(saved.status == 200);
    json after = json::parse(saved.body);
    CHECK(after.at("revision") == revision + 1);
    CHECK(after.at("website") == "https://ohjelma.example");
    after["website"] = before.at("website");
    after["revision"] = before.at("revision");
    CHECK(after == before);

    const Answer stale = writer.send("PUT", path, changed.dump());
    CHECK(stale.status == 409);
    CHECK(problemOf(stale).at("errors")[0].at("field") == "revision");
    CHECK(json::parse(writer.get(path).body).at("revision") == revision + 1);

    const Answer blind = writer.send("PUT", path, R"({"name":{"fi":"X"},"sector":"association"})");
    CHECK(blind.status == 422);
    CHECK(problemOf(blind).at("errors")[0].at("field") == "revision");
    CHECK(server.stop() == 0);
  }
}

TEST_CASE("every wrong field of a body is named as the client wrote it, and nothing is stored",
          "[api]") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Backstage backstage(site);
    Server server(site.settings());
    Program writer(server, makeToken(site, site.account("national_admin").email,
                                     {"core:read", "core:write"}));
    const auto count = backstage.number("SELECT COUNT(*) FROM core_organisation");
    const auto fieldsOf = [&](const std::string& body) {
      const Answer answer = writer.send("POST", "/api/v1/organisations", body);
      INFO(answer.body);
      CHECK(answer.status == 422);
      std::set<std::string> fields;
      const json problem = problemOf(answer);
      for (const json& error : problem.at("errors")) {
        fields.insert(error.at("field"));
        CHECK_FALSE(error.at("detail").get<std::string>().empty());
      }
      return fields;
    };
    using Names = std::set<std::string>;
    CHECK(fieldsOf("{}") == Names{"region"});
    CHECK(fieldsOf(R"({"region":"atlantis"})") == Names{"region"});
    CHECK(fieldsOf(R"({"region":"06"})") == Names{"name", "sector"});
    CHECK(fieldsOf(R"({"region":"06","name":{"sv":")" + std::string(300, 'x') +
                   R"("},"sector":"guild","businessId":"1234567-8","website":"javascript:void",)"
                   R"("municipality":"999"})") ==
          Names{"name.sv", "sector", "businessId", "website", "municipality"});
    CHECK(fieldsOf(R"({"region":"06","name":{"fi":["a"],"en":{"x":1}},"sector":true})")
              .contains("sector"));
    for (const std::string body :
         {"{", "nonsense", R"({"name":{"a":{"b":{"c":{"d":{"e":1}}}}}})"})
      CHECK(writer.send("POST", "/api/v1/organisations", body).status == 400);
    // A business id that somebody has.
    const std::string taken =
        backstage.text("SELECT MIN(business_id) FROM core_organisation WHERE business_id IS NOT NULL");
    CHECK(fieldsOf(R"({"region":"06","name":{"fi":"A"},"sector":"association","businessId":")" +
                   taken + "\"}") == Names{"businessId"});
    CHECK(backstage.number("SELECT COUNT(*) FROM core_organisation") == count);
    CHECK(server.stop() == 0);
  }
}

TEST_CASE("a plugin is switched by the API in the nation and in a region", "[api]") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Server server(site.settings());
    Program nation(server, makeToken(site, site.account("national_admin").email,
                                     {"core:read", "core:write"}));
    Program region(server, makeToken(site, site.account("regional_admin").email,
                                     {"core:read", "core:write"}));
    const std::string slug = "pirkanmaa";
    const std::string mine = "/api/v1/regions/" + slug + "/plugins/contacts";
    REQUIRE(site.account("regional_admin").scope.find("06") != std::string::npos);

    const json before = json::parse(region.get(mine).body);
    CHECK(before.at("active") == true);
    CHECK(before.at("enabled").is_null());
    const Answer off = region.send("PUT", mine, R"({"enabled":false})");
    INFO(off.body);
    CHECK(off.status == 200);
    CHECK(json::parse(off.body).at("active") == false);
    CHECK(json::parse(off.body).at("enabled") == false);
    CHECK(Browser(server).get("/fi/regions/pirkanmaa/contacts").status == 404);
    CHECK(region.send("PUT", mine, R"({"enabled":true})").status == 200);
    CHECK(Browser(server).get("/fi/regions/pirkanmaa/contacts").status == 200);
    CHECK(region.send("PUT", "/api/v1/regions/lappi/plugins/contacts", R"({"enabled":false})")
              .status == 403);
    CHECK(region.send("PUT", "/api/v1/plugins/contacts", R"({"availability":"available"})")
              .status == 403);

    for (const std::string wrong : {"{}", R"({"enabled":"perhaps"})"}) {
      INFO(wrong);
      const Answer answer = region.send("PUT", mine, wrong);
      CHECK(answer.status == 422);
      CHECK(problemOf(answer).at("errors")[0].at("field") == "enabled");
    }
    const std::string all = "/api/v1/plugins/contacts";
    CHECK(nation.send("PUT", all, R"({"availability":"sometimes","locked":true})").status == 422);
    CHECK(nation.send("PUT", all, R"({"availability":"always_on"})").status == 422);
    const Answer locked = nation.send("PUT", all, R"({"availability":"default_on","locked":true})");
    CHECK(locked.status == 200);
    CHECK(json::parse(locked.body).at("locked") == true);
    const Answer refused = region.send("PUT", mine, R"({"enabled":false})");
    CHECK(refused.status == 409);
    CHECK_FALSE(problemOf(refused).at("errors")[0].at("detail").get<std::string>().empty());
    CHECK(nation.get("/api/v1/plugins/nothing").status == 404);
    CHECK(nation.get("/api/v1/plugins/core").status == 404);
    CHECK(server.stop() == 0);
  }
}

TEST_CASE("a region is opened like another one by the API, and not by its own administrator",
          "[api]") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Server server(site.settings());
    Program nation(server, makeToken(site, site.account("national_admin").email,
                                     {"core:read", "core:write"}));
    Program region(server, makeToken(site, site.account("regional_admin").email,
                                     {"core:read", "core:write"}));
    const std::string path = "/api/v1/regions/kainuu/open";
    REQUIRE(nation.send("PUT", "/api/v1/regions/kainuu/plugins/publications", R"({"enabled":false})")
                .status == 200);
    CHECK(region.send("POST", "/api/v1/regions/pirkanmaa/open", R"({"from":"18"})").status == 403);
    for (const std::string wrong : {"{}", R"({"from":"99"})", R"({"from":"18"})"}) {
      INFO(wrong);
      const Answer answer = nation.send("POST", path, wrong);
      CHECK(answer.status == 422);
      CHECK(problemOf(answer).at("errors")[0].at("field") == "from");
    }
    const Answer done =
        nation.send("POST", path, R"({"from":"06","welcome":{"fi":"Tervetuloa Kainuuseen"}})");
    INFO(done.body);
    REQUIRE(done.status == 200);
    const json opening = json::parse(done.body);
    CHECK(opening.at("region") == "18");
    CHECK(opening.at("switchedOn") == json::array({"publications"}));
    CHECK(opening.at("switchedOff").empty());
    CHECK(opening.at("left").empty());
    CHECK(Browser(server).get("/fi/regions/kainuu").has("Tervetuloa Kainuuseen"));
    // Without a word of it the greeting stays.
    CHECK(nation.send("POST", path, R"({"from":"06"})").status == 200);
    CHECK(Browser(server).get("/fi/regions/kainuu").has("Tervetuloa Kainuuseen"));
    CHECK(server.stop() == 0);
  }
}

TEST_CASE("people are listed as far as the owner of the token reaches", "[api]") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Backstage backstage(site);
    Server server(site.settings());
    const auto ids = [&](const std::string& email, const std::string& query) {
      Program program(server, makeToken(site, email, {"core:read"}, "n" + query));
      std::set<std::string> found;
      std::string next = "/api/v1/people?limit=5" + query;
      while (!next.empty()) {
        const json page = json::parse(program.get(next).body);
        for (const json& item : page.at("items")) CHECK(found.insert(item.at("id")).second);
        next = page.at("next").is_null() ? ""
                                         : "/api/v1/people?limit=5" + query + "&after=" +
                                               page.at("next").get<std::string>();
      }
      return found;
    };
    const auto all = ids(site.account("national_admin").email, "");
    CHECK(static_cast<std::int64_t>(all.size()) ==
          backstage.number("SELECT COUNT(*) FROM core_person WHERE erased_at IS NULL"));
    const auto some = ids(site.account("regional_admin").email, "");
    CHECK(some.size() < all.size());
    CHECK(some.size() > 1);
    Program region(server, makeToken(site, site.account("regional_admin").email, {"core:read"}));
    for (const std::string& id : all)
      CHECK(region.get("/api/v1/people/" + id).status == (some.contains(id) ? 200 : 404));
    const auto one = ids(site.account("national_admin").email,
                         "&q=" + percentEncoded(site.account("national_admin").email));
    CHECK(one.size() == 1);
    CHECK(server.stop() == 0);
  }
}

TEST_CASE("today's municipalities are listed by code and by region", "[api]") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Server server(site.settings());
    std::vector<std::string> codes;
    std::string next = "/api/v1/municipalities?limit=200";
    while (!next.empty()) {
      const json page = json::parse(Browser(server).get(next).body);
      for (const json& item : page.at("items")) codes.push_back(item.at("code"));
      next = page.at("next").is_null()
                 ? ""
                 : "/api/v1/municipalities?limit=200&after=" + page.at("next").get<std::string>();
    }
    CHECK(codes.size() == 308);  // Statistics Finland, 2025
    CHECK(std::is_sorted(codes.begin(), codes.end()));
    const json lapland =
        json::parse(Browser(server).get("/api/v1/municipalities?region=lappi&limit=200").body);
    CHECK(lapland.at("items").size() == 21);
    for (const json& item : lapland.at("items")) CHECK(item.at("region") == "19");
    CHECK(json::parse(Browser(server).get("/api/v1/regions/lappi").body).at("code") == "19");
    CHECK(server.stop() == 0);
  }
}

}  // namespace
}  // namespace toimela::program_tests
