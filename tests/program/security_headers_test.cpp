// What every answer carries, whatever kind of answer it is, and what cookies look like.
#include <catch2/catch.hpp>

#include "route_examples.h"

namespace toimela::program_tests {
namespace {

/// What every answer carries, files and streams as well as pages.
std::string complaintsOfAny(const Answer& answer, bool isHttps) {
  std::string list;
  const auto demand = [&](bool holds, const std::string& what) {
    if (!holds) list += "\n  " + what;
  };
  const std::string csp = answer.header("Content-Security-Policy"), referrer = answer.header("Referrer-Policy");
  demand(csp.rfind("default-src 'none'", 0) == 0, "CSP without default-src 'none'");
  demand(csp.find("frame-ancestors 'none'") != std::string::npos, "CSP without frame-ancestors 'none'");
  for (const std::string unsafe : {"unsafe-eval", "script-src *", "default-src *"})
    demand(csp.find(unsafe) == std::string::npos, "CSP with " + unsafe);
  demand(answer.header("X-Content-Type-Options") == "nosniff", "no nosniff");
  demand(answer.header("X-Frame-Options") == "DENY", "no X-Frame-Options");
  demand(referrer == "same-origin" || referrer == "no-referrer", "Referrer-Policy " + referrer);
  demand(answer.header("Cross-Origin-Opener-Policy") == "same-origin", "no COOP");
  demand(answer.header("Cross-Origin-Resource-Policy") == "same-origin", "no CORP");
  demand(answer.header("Cross-Origin-Embedder-Policy") == "require-corp", "no COEP");
  demand(!answer.header("Permissions-Policy").empty(), "no Permissions-Policy");
  demand(answer.header("Access-Control-Allow-Origin").empty(), "open to other origins");
  demand(answer.header("Strict-Transport-Security") == (isHttps ? "max-age=31536000; includeSubDomains" : ""), "HSTS");
  return list;
}

/// What is missing or wrong in the headers of an answer; empty when nothing is.
std::string complaints(const Answer& answer, bool isPrivate, bool isHttps) {
  std::string list;
  const auto demand = [&](bool holds, const std::string& what) {
    if (!holds) list += "\n  " + what;
  };
  const std::string csp = answer.header("Content-Security-Policy");
  demand(csp.rfind("default-src 'none'", 0) == 0, "CSP without default-src 'none'");
  for (const std::string directive :
       {"frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"})
    demand(csp.find(directive) != std::string::npos, "CSP without " + directive);
  for (const std::string unsafe : {"unsafe", "*", "data:", "http:", "https:", "blob:"})
    demand(csp.find(unsafe) == std::string::npos, "CSP with " + unsafe);
  demand(answer.header("X-Content-Type-Options") == "nosniff", "no nosniff");
  demand(answer.header("X-Frame-Options") == "DENY", "no X-Frame-Options");
  const std::string referrer = answer.header("Referrer-Policy");
  demand(referrer == "same-origin" || referrer == "no-referrer", "Referrer-Policy " + referrer);
  demand(answer.header("Cross-Origin-Opener-Policy") == "same-origin", "no COOP");
  demand(answer.header("Cross-Origin-Resource-Policy") == "same-origin", "no CORP");
  demand(answer.header("Cross-Origin-Embedder-Policy") == "require-corp", "no COEP");
  demand(!answer.header("Permissions-Policy").empty(), "no Permissions-Policy");
  demand(answer.header("Server").empty() && answer.header("X-Powered-By").empty(),
         "tells what it is made of");
  demand(!answer.header("Date").empty(), "no Date");
  const std::string hsts = answer.header("Strict-Transport-Security");
  if (isHttps)
    demand(hsts == "max-age=31536000; includeSubDomains", "HSTS '" + hsts + "'");
  else
    demand(hsts.empty(), "HSTS over http");
  if (isPrivate)
    demand(answer.header("Cache-Control") == "no-store",
           "private but Cache-Control " + answer.header("Cache-Control"));
  if (!answer.body.empty()) demand(!answer.header("Content-Type").empty(), "a body of no type");
  for (const std::string name : {"Content-Security-Policy", "X-Content-Type-Options",
                                 "Cache-Control", "Content-Type", "Content-Length"})
    demand(answer.every(name).size() <= 1, name + " twice");
  if (answer.header("Content-Type").rfind("text/html", 0) == 0) {
    for (const std::string inlined :
         {"<style", " style=\"", " onclick=", " onload=", "javascript:", "<script>"})
      demand(answer.body.find(inlined) == std::string::npos, "a page with " + inlined);
    for (auto at = answer.body.find("<script"); at != std::string::npos;
         at = answer.body.find("<script", at + 1))
      // A data block is no script: no browser runs it.
      demand(answer.body.compare(at, 13, "<script src=\"") == 0 ||
                 answer.body.compare(at, 35, "<script type=\"application/ld+json\">") == 0,
             "a script without src");
  }
  return list;
}

TEST_CASE("every page of every route carries the headers that browsers protect with") {
  for (const std::string base : {"", "https://toimela.example"}) {
    const DemoSite site = demoSite();
    Backstage backstage(site);
    Server server(site.settings({{"base_url", base}, {"log_level", "debug"}}));
    const bool isHttps = !base.empty();
    Browser visitor(server), admin(server);
    admin.setCookie(isHttps ? "__Host-toimela" : "toimela",
                    backstage.session(backstage.idOf(site.account("national_admin").email)));
    if (isHttps) visitor.from(base), admin.from(base);
    auto values = exampleValues(backstage);
    addBoardExamples(backstage, values, backstage.idOf(site.account("national_admin").email));
    addEventExamples(backstage, values, backstage.idOf(site.account("national_admin").email));
    const auto ofPublications = withPublication(backstage, values);
    const auto ofCards = withCards(backstage, values);
    int pages = 0;
    for (const ListedRoute& route : listedRoutes(site.settings())) {
      if (!route.isSafe()) continue;
      const std::string path = route.path(route.plugin == "publications" ? ofPublications
                                          : route.plugin == "trendcards" ? ofCards
                                                                         : values);
      INFO(path << " with base URL '" << base << "'");
      // Made for frames of other sites: nothing in it runs or is sent anywhere.
      if (route.pattern.ends_with("/embed")) {
        const Answer framed = visitor.get(path);
        const std::string csp = framed.header("Content-Security-Policy");
        CHECK(csp.rfind("default-src 'none'", 0) == 0);
        CHECK(csp.find("form-action 'none'; frame-ancestors *") != std::string::npos);
        CHECK(csp.find("script-src") == std::string::npos);
        CHECK(framed.body.find("<script") == std::string::npos);
        CHECK(framed.header("Set-Cookie").empty());
        CHECK(framed.header("X-Content-Type-Options") == "nosniff");
        continue;
      }
      const Answer anonymous = visitor.get(path), signedIn = admin.get(path);
      // A file to take along, or shown by itself: nothing in it runs.
      if (!anonymous.header("Content-Disposition").empty()) {
        CHECK(complaintsOfAny(anonymous, isHttps) == "");
        CHECK(complaintsOfAny(signedIn, isHttps) == "");
        continue;
      }
      CHECK(complaints(anonymous, !route.cached && route.localised, isHttps) == "");
      CHECK(complaints(signedIn, route.localised, isHttps) == "");
      CHECK(signedIn.status != 0);
      // 409: only drafts are edited; 410: a link of a mail that is used up; 422: a paper without its choices.
      CHECK((signedIn.status < 400 || signedIn.status == 404 || signedIn.status == 409 ||
             signedIn.status == 410 || signedIn.status == 422));
      // A cached page differs by who asks, and a proxy must know.
      if (route.cached && anonymous.status == 200)
        CHECK(anonymous.header("Cache-Control") == "no-cache");
      // And once more as it is kept, and as one who has it already is told.
      if (route.cached && anonymous.status == 200) {
        CHECK(complaints(visitor.get(path), false, isHttps) == "");
        const std::string tag = anonymous.header("ETag");
        CHECK(complaintsOfAny(visitor.get(path, {{{"If-None-Match", tag}}}), isHttps) == "");
      }
      ++pages;
    }
    CHECK(pages > 30);
    CHECK(server.stop() == 0);
  }
}

TEST_CASE("errors carry the same headers as pages, also those that the program never heard of") {
  for (const std::string base : {"", "https://toimela.example"}) {
    const bool isHttps = !base.empty();
    const DemoSite site = demoSite();
    Backstage backstage(site);
    Server server(site.settings({{"base_url", base}}));
    Browser member(server);
    member.setCookie(isHttps ? "__Host-toimela" : "toimela",
                     backstage.session(backstage.idOf(site.account("member").email)));
    if (isHttps) member.from(base);
    const auto sound = [&](int status, const Answer& answer) {
      INFO("status " << status);
      CHECK(answer.status == status);
      CHECK(complaints(answer, true, isHttps) == "");
    };
    sound(404, member.get("/fi/nothing"));
    sound(404, Browser(server).get("/api/v1/nothing"));
    sound(403, member.get("/fi/admin/audit"));
    sound(403, member.send("POST", "/fi/sign-out", {}, ""));
    sound(401, Browser(server).send("POST", "/fi/account", {}, ""));
    sound(303, Browser(server).get("/fi/account"));
    sound(302, Browser(server).get("/"));
    sound(405, member.send("PUT", "/fi/account", {}, ""));
    sound(422, Browser(server)
                   .from(isHttps ? base : Browser(server).origin())
                   .post("/fi/sign-in", {{"email", "x"}}));

    const auto raw = [&](const std::string& bytes) {
      Wire wire(server.endpoint());
      wire.write(bytes);
      return wire.read();
    };
    sound(400, raw("GET / HTTP/1.1\r\n\r\n"));
    sound(400, raw("NONSENSE\r\n\r\n"));
    sound(413, raw("POST /fi/sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n"));
    sound(431, raw("GET /fi HTTP/1.1\r\nHost: a\r\nX: " + std::string(40'000, 'x') + "\r\n\r\n"));
    sound(414, raw("GET /" + std::string(9'000, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n"));
    sound(501, raw("BREW /fi HTTP/1.1\r\nHost: a\r\n\r\n"));
    sound(505, raw("GET /fi HTTP/2.0\r\nHost: a\r\n\r\n"));
    CHECK(server.stop() == 0);
  }
}

TEST_CASE("streams, files of the service and answers without a body carry the headers as well") {
  for (const std::string base : {"", "https://toimela.example"}) {
    const bool isHttps = !base.empty();
    const DemoSite site = demoSite();
    Backstage backstage(site);
    Server server(site.settings({{"base_url", base}, {"rate_read", "40"}}));
    const auto values = withCardSession(backstage, exampleValues(backstage));
    Browser admin(server);
    admin.setCookie(isHttps ? "__Host-toimela" : "toimela",
                    backstage.session(backstage.idOf(site.account("national_admin").email)));
    const std::string session = "/fi/trendcards/sessions/" + values.at("session");
    // It is over: no stream, and nobody is to ask again.
    const Answer none = admin.get(session + "/events");
    CHECK(none.status == 204);
    CHECK(complaintsOfAny(none, isHttps) == "");
    backstage.run("UPDATE trendcards_session SET ended_at = NULL WHERE id = " + values.at("session"));
    Wire stream(server.endpoint());
    REQUIRE(stream.write(admin.request("GET", session + "/events", {}, "")));
    REQUIRE(stream.await("\n\r\n"));
    const std::string head = stream.buffer();
    CHECK(head.find("Content-Type: text/event-stream") != std::string::npos);
    for (const std::string field : {"Content-Security-Policy: default-src 'none'", "X-Content-Type-Options: nosniff",
                                    "Cross-Origin-Opener-Policy: same-origin", "Cross-Origin-Resource-Policy: same-origin",
                                    "Permissions-Policy: ", "Referrer-Policy: same-origin", "Cache-Control: no-store"})
      CHECK(head.find("\r\n" + field) != std::string::npos);
    CHECK((head.find("\r\nStrict-Transport-Security: ") != std::string::npos) == isHttps);

    const Answer page = Browser(server).get("/fi");
    const auto at = page.body.find("/assets/");
    REQUIRE(at != std::string::npos);
    const Answer asset = Browser(server).get(page.body.substr(at, page.body.find('"', at) - at));
    CHECK(asset.status == 200);
    CHECK(complaintsOfAny(asset, isHttps) == "");
    CHECK(complaintsOfAny(Browser(server).get("/healthz"), isHttps) == "");

    Answer hasty;
    for (int i = 0; i < 60 && hasty.status != 429; ++i) hasty = Browser(server).get("/fi/sign-in");
    CHECK(hasty.status == 429);
    CHECK(complaints(hasty, true, isHttps) == "");
    CHECK(server.stop() == 0);
  }
}

TEST_CASE(
    "an error inside the program shows a reference that the log explains, and nothing of its "
    "innards") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Backstage backstage(site);
    Server server(site.settings());
    backstage.run("ALTER TABLE contacts_member RENAME TO contacts_gone");
    const Answer broken = Browser(server).get("/fi/contacts");
    CHECK(broken.status == 500);
    CHECK(complaints(broken, true, false) == "");
    CHECK_FALSE(broken.has("contacts_member"));
    CHECK_FALSE(broken.has("SELECT"));
    const auto at = broken.body.find("<code>");
    REQUIRE(at != std::string::npos);
    const std::string reference =
        broken.body.substr(at + 6, broken.body.find('<', at + 6) - at - 6);
    CHECK(reference.size() == 10);
    CHECK(server.log().find("reference=\"" + reference + "\"") != std::string::npos);
    const Answer problem = Browser(server).get("/api/v1/contacts/networks");
    CHECK(problem.status == 500);
    CHECK(problem.header("Content-Type") == "application/problem+json");
    CHECK_FALSE(problem.has("contacts_member"));
    // Everything that is not this plugin's goes on, also the pages where it only has a box.
    CHECK(Browser(server).get("/fi").status == 200);
    CHECK(Browser(server).get("/fi/regions/pirkanmaa").status == 200);
    CHECK(Browser(server).get("/fi/organisations").status == 200);
    CHECK(backstage.signedIn(server, site.account("national_admin")).get("/fi/dashboard").status ==
          200);
    CHECK(server.stop() == 0);
  }
}

std::string attributesOf(const Answer& answer, const std::string& name) {
  for (const std::string& cookie : answer.every("Set-Cookie"))
    if (cookie.rfind(name + "=", 0) == 0) return cookie.substr(cookie.find(';'));
  return "(no cookie " + name + ")";
}

TEST_CASE("cookies are for the service alone, and over https bound to its host") {
  for (const bool isHttps : {false, true}) {
    const DemoSite site = demoSite();
    const std::string base = isHttps ? "https://toimela.example" : "";
    Server server(site.settings({{"base_url", base}}));
    Browser person(server);
    if (isHttps) person.from(base);
    const std::string prefix = isHttps ? "__Host-" : "", secure = isHttps ? "; Secure" : "";
    const Answer form = person.get("/fi/sign-in");
    CHECK(attributesOf(form, prefix + "toimela-visitor") ==
          "; Path=/; HttpOnly; SameSite=Lax" + secure);
    const Account& account = site.account("regional_admin");
    const Answer welcome = person.signIn(account.email, account.password);
    REQUIRE(welcome.status == 303);
    CHECK(attributesOf(welcome, prefix + "toimela") ==
          "; Path=/; Max-Age=1209600; HttpOnly; SameSite=Lax" + secure);
    CHECK(person.cookies().at(prefix + "toimela").size() >= 22);
    const Answer saved =
        person.post("/fi/admin/regions/pirkanmaa/plugins/contacts", {{"enabled", "1"}});
    REQUIRE(saved.status == 303);
    CHECK(attributesOf(saved, prefix + "toimela-flash") ==
          "; Path=/; Max-Age=60; HttpOnly; SameSite=Lax" + secure);
    const Answer goodbye = person.post("/fi/sign-out");
    CHECK(attributesOf(goodbye, prefix + "toimela") ==
          "; Path=/; Max-Age=0; HttpOnly; SameSite=Lax" + secure);
    CHECK(goodbye.header("Clear-Site-Data") == "\"cache\"");
    // A cached page of a visitor sets no cookie at all.
    CHECK(Browser(server).get("/fi").every("Set-Cookie").empty());
    if (isHttps) {
      // A cookie without the prefix, which a neighbouring host could have planted, counts for
      // nothing.
      Browser planted(server);
      planted.from(base).setCookie("toimela", Backstage(site).session(1));
      CHECK(planted.get("/fi/account").status == 303);
    }
    CHECK(server.stop() == 0);
  }
}

TEST_CASE("a page kept for visitors is never one that was made for somebody") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Backstage backstage(site);
    Server server(site.settings());
    const auto contact = backstage.person("tarkka");
    backstage.grant(contact, "contact_person", "06", "");
    Browser person = backstage.signedIn(server, contact);
    const std::string network =
        "/fi/contacts/networks/" +
        backstage.text("SELECT CAST(MIN(id) AS TEXT) FROM contacts_network WHERE region = '06'");
    // First by somebody who may see addresses, so that a careless cache would keep them.
    for (int round = 0; round < 3; ++round) {
      CHECK(person.get(network).has("@example.org"));
      const Answer anonymous = Browser(server).get(network);
      CHECK_FALSE(anonymous.has("@example.org"));
      CHECK_FALSE(anonymous.has("Test tarkka"));
      std::string vary;
      for (const std::string& value : anonymous.every("Vary")) vary += value + ",";
      CHECK(vary.find("Cookie") != std::string::npos);
    }
    Browser flashed(server);
    flashed.setCookie("toimela-flash", "contacts.flash.member_added");
    CHECK(flashed.get(network).has("notice--success"));
    CHECK_FALSE(Browser(server).get(network).has("notice--success"));
    // Host is the visitor's to invent: what is kept must not be built of it.
    const Answer invented = Browser(server).from("http://evil.example").get("/fi/organisations");
    const Answer next = Browser(server).get("/fi/organisations");
    CHECK_FALSE(next.has("evil.example"));
    CHECK(invented.status == 200);
    CHECK(server.stop() == 0);
  }
}

}  // namespace
}  // namespace toimela::program_tests
