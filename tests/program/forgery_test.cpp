// Requests that another site makes a browser send, against every route that changes something.
#include <catch2/catch.hpp>

#include "route_examples.h"

namespace toimela::program_tests {
namespace {

/// The whole form as a forger would send it, with the token or none.
std::string bodyWith(const std::string& token) {
  FormFields fields{{"enabled", "0"},
                    {"availability", "unavailable"},
                    {"email", "a@b.example"},
                    {"password", "x"}};
  if (!token.empty()) fields.insert(fields.begin(), {"csrf", token});
  return formEncoded(fields);
}

TEST_CASE("no route that changes something takes a request that a page of ours did not send") {
  for (const DemoSite& site : demoSites()) {
    Backstage backstage(site);
    Server server(site.settings());
    auto values = exampleValues(backstage);
    addBoardExamples(backstage, values, backstage.idOf(site.account("national_admin").email));
    addEventExamples(backstage, values, backstage.idOf(site.account("national_admin").email));
    const auto ofPublications = withPublication(backstage, values);
    const auto ofCards = withCards(backstage, values);
    Browser admin = backstage.signedIn(server, site.account("national_admin"));
    Browser other = backstage.signedIn(server, site.account("regional_admin"));
    Browser visitor(server), otherVisitor(server);
    const std::string port = std::to_string(server.endpoint().port);
    const std::string type = "application/x-www-form-urlencoded";
    const auto changes = [&] {
      return backstage.number("SELECT COUNT(*) FROM core_audit") +
             backstage.number("SELECT COUNT(*) FROM core_session");
    };
    other.csrf(), otherVisitor.csrf(), visitor.csrf();
    const auto before = changes();
    int checked = 0;
    for (const ListedRoute& route : listedRoutes(site.settings())) {
      if (route.isSafe()) continue;
      INFO(route.title() << " on " << site.kind());
      // Where the address itself has a secret, no page comes before (RFC 8058). Harvesters may ask by
      // POST (OAI-PMH 2.0, section 3.1.1.2), which changes nothing.
      if (!route.csrf && (route.pattern.ends_with("/{token}") || route.pattern == "/oai")) continue;
      CHECK(route.csrf);
      const std::string path = route.path(route.plugin == "publications" ? ofPublications
                                          : route.plugin == "trendcards" ? ofCards
                                                                         : values);
      for (const bool isAnonymous : {false, true}) {
        if (isAnonymous && route.rule != "anyone") continue;
        Browser& browser = isAnonymous ? visitor : admin;
        const std::string own = browser.csrf(), origin = browser.origin();
        std::string spoilt = own;
        spoilt[spoilt.size() / 2] = spoilt[spoilt.size() / 2] == 'A' ? 'B' : 'A';
        const auto refused = [&](const std::string& what, const FormFields& headers,
                                 const std::string& token) {
          INFO(what << (isAnonymous ? " by a visitor" : " by the administrator"));
          FormFields all{{"Content-Type", type}};
          all.insert(all.end(), headers.begin(), headers.end());
          CHECK(browser.send(route.method, path, all, bodyWith(token)).status == 403);
          ++checked;
        };
        refused("no token", {{"Origin", origin}}, "");
        refused("a token that was changed", {{"Origin", origin}}, spoilt);
        refused("a shortened token", {{"Origin", origin}}, own.substr(0, own.size() / 2));
        refused("another person's token", {{"Origin", origin}}, other.csrf());
        refused("another visitor's token", {{"Origin", origin}}, otherVisitor.csrf());
        refused("a token in the header that is none", {{"Origin", origin}, {"X-CSRF-Token", "x"}},
                own);
        refused("no Origin", {}, own);
        // On a page it is nothing: there the cookies count, and with them the token of the form.
        if (!route.isApi()) refused("an access token beside cookies", {{"Authorization", "Bearer toimela_x"}}, "");
        for (const std::string& foreign :
             {std::string("null"), std::string("https://evil.example"), "https://127.0.0.1:" + port,
              std::string("http://127.0.0.1"), "http://127.0.0.1:" + port + ".evil.example",
              "http://evil.example/" + origin, "http://127.0.0.1:1" + port, std::string()})
          refused("Origin " + foreign, {{"Origin", foreign}}, own);
      }
    }
    CHECK(checked > 300);
    CHECK(changes() == before);
    // The right token and Origin are all that was missing.
    CHECK(admin.post("/fi/admin/regions/pirkanmaa/plugins/contacts", {{"enabled", "0"}}).status ==
          303);
    CHECK(server.stop() == 0);
  }
}

TEST_CASE("where the address of the service is set, no other host that a client names is its origin") {
  const DemoSite site = demoSite();
  Backstage backstage(site);
  Server server(site.settings({{"base_url", "http://toimela.example"}}));
  Browser admin = backstage.signedIn(server, site.account("national_admin"));
  const std::string path = "/fi/admin/regions/pirkanmaa/plugins/contacts";
  // A name of the attacker's that leads to this machine (DNS rebinding): Host and Origin agree.
  CHECK(admin.from("http://evil.example").post(path, {{"enabled", "0"}}).status == 403);
  CHECK(admin.from("http://toimela.example").post(path, {{"enabled", "0"}}).status == 303);
}

TEST_CASE("what only reads takes no other method in disguise") {
  const DemoSite site = demoSite();
  Backstage backstage(site);
  Server server(site.settings());
  Browser admin = backstage.signedIn(server, site.account("national_admin"));
  const auto before = backstage.number("SELECT COUNT(*) FROM core_audit");
  // The fields of a form in the address of a GET, and the tricks of other frameworks.
  CHECK(admin
            .get("/fi/admin/regions/pirkanmaa/plugins/contacts?enabled=0&csrf=" +
                 percentEncoded(admin.csrf()))
            .status == 405);
  CHECK(admin.get("/fi/admin/plugins?_method=POST&availability=unavailable").status == 200);
  CHECK(admin.send("GET", "/fi/sign-out", {{"X-HTTP-Method-Override", "POST"}}, "").status == 405);
  CHECK(admin.send("HEAD", "/fi/sign-out", {}, "").status == 405);
  CHECK(admin.get("/fi/account").status == 200);
  CHECK(backstage.number("SELECT COUNT(*) FROM core_audit") == before);
}

}  // namespace
}  // namespace toimela::program_tests
