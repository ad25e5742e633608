// What people come for, over HTTP, on both databases.
#include <catch2/catch.hpp>

#include "demo_site.h"

namespace toimela::program_tests {
namespace {

using nlohmann::json;

/// Without what differs from request to request: tokens, references, the address itself.
std::string withoutTokens(std::string page) {
  for (const std::string mark : {"name=\"csrf\" value=\"", "name=\"email\" value=\""})
    for (auto at = page.find(mark); at != std::string::npos; at = page.find(mark, at)) {
      at += mark.size();
      page.erase(at, page.find('"', at) - at);
    }
  return page;
}

std::string networkOf(Backstage& backstage, const std::string& region) {
  return backstage.text("SELECT CAST(MIN(id) AS TEXT) FROM contacts_network WHERE region = '" +
                        region + "'");
}

FormFields memberFields(Backstage& backstage, const std::string& region) {
  return {{"email", "uusi.jasen@test.example"},
          {"given_name", "Uusi"},
          {"family_name", "Jäsen"},
          {"organisation",
           backstage.text("SELECT CAST(MIN(id) AS TEXT) FROM core_organisation WHERE region = '" +
                          region + "'")},
          {"role", "member"},
          {"from", "2025-01-01"},
          {"to", ""}};
}

TEST_CASE("a visitor reads the home page in the language of the address") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Server server(site.settings());
    for (const std::string language : {"fi", "sv", "en"}) {
      const Answer page = Browser(server).get("/" + language);
      CHECK(page.status == 200);
      CHECK(page.has("<html lang=\"" + language + "\">"));
      CHECK(page.header("Content-Type") == "text/html; charset=utf-8");
      for (const std::string other : {"fi", "sv", "en"})
        CHECK(page.has("hreflang=\"" + other + "\""));
    }
    // An address without a language leads to the one that the reader prefers.
    CHECK(Browser(server).get("/").header("Location") == "/fi");
    CHECK(Browser(server).get("/", {{{"Accept-Language", "sv-FI, fi;q=0.8"}}}).header("Location") ==
          "/sv");
    CHECK(Browser(server)
              .get("/organisations?q=a", {{{"Accept-Language", "en"}}})
              .header("Location") == "/en/organisations?q=a");
    CHECK(server.stop() == 0);
  }
}

TEST_CASE("a visitor finds the networks of a region and the organisations in it") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Backstage backstage(site);
    Server server(site.settings());
    const std::string name =
        backstage.text("SELECT name_fi FROM contacts_network WHERE region = '06' ORDER BY id");
    const std::string person = backstage.text(
        "SELECT p.email FROM contacts_member m JOIN core_person p ON p.id = m.person_id"
        " JOIN contacts_network n ON n.id = m.network_id WHERE n.region = '06' ORDER BY p.id");
    Browser visitor(server);
    CHECK(visitor.get("/fi/regions/pirkanmaa").status == 200);
    const Answer region = visitor.get("/fi/regions/pirkanmaa/contacts");
    CHECK(region.status == 200);
    CHECK(htmlDecoded(region.body).find(name) != std::string::npos);
    const Answer network = visitor.get("/fi/contacts/networks/" + networkOf(backstage, "06"));
    CHECK(network.status == 200);
    CHECK(htmlDecoded(network.body).find(name) != std::string::npos);
    // Addresses are for people who are signed in.
    CHECK_FALSE(region.has(person));
    CHECK_FALSE(network.has("@example.org"));
    const Answer organisations = visitor.get("/sv/organisations?region=pirkanmaa");
    CHECK(organisations.status == 200);
    CHECK(organisations.has("/sv/organisations/"));
    CHECK(server.stop() == 0);
  }
}

TEST_CASE("an address that is nothing is answered with a 404 in words") {
  const DemoSite site = demoSite();
  Server server(site.settings());
  Browser visitor(server);
  for (const std::string path :
       {"/fi/regions/atlantis", "/fi/regions/atlantis/contacts", "/fi/nothing",
        "/fi/contacts/nothing", "/fi/contacts/networks/999999", "/fi/contacts/networks/0",
        "/fi/contacts/networks/-1", "/fi/contacts/networks/1x",
        "/fi/contacts/networks/99999999999999999999", "/fi/organisations/999999",
        "/fi/organisations/abc", "/xx/organisations", "/fi/fi/organisations", "/fi/healthz",
        "/assets/nothing.css", "/assets/../web/templates/layout.mustache",
        "/assets/%2e%2e/%2e%2e/db/migrations/0001_core.sql", "/fi//organisations",
        "/fi/organisations/"}) {
    INFO(path);
    const Answer answer = visitor.get(path);
    CHECK(answer.status == 404);
    if (std::string(path).rfind("/fi", 0) == 0) CHECK(answer.has("<html lang=\"fi\">"));
  }
  const Answer wrongMethod = visitor.send("DELETE", "/fi/organisations", {}, "");
  CHECK(wrongMethod.status == 405);
  CHECK(wrongMethod.header("Allow").find("GET") != std::string::npos);
  for (const std::string path :
       {"/api/v1/nothing", "/api/v1/organisations/999999", "/api/v1/contacts/networks/999999"}) {
    INFO(path);
    const Answer answer = visitor.get(path);
    CHECK(answer.status == 404);
    REQUIRE(answer.header("Content-Type") == "application/problem+json");
    const json problem = json::parse(answer.body);
    CHECK(problem.at("status") == 404);
    CHECK(problem.at("type") == "about:blank");
    CHECK_FALSE(problem.at("title").get<std::string>().empty());
    CHECK_FALSE(problem.at("reference").get<std::string>().empty());
  }
  CHECK(visitor.get("/api/v1/organisations?limit=abc").status == 400);
}

TEST_CASE("a person signs in, stays signed in, and is nobody after signing out") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Server server(site.settings());
    const Account& account = site.account("regional_admin");
    Browser person(server);
    CHECK(person.get("/fi/dashboard").header("Location") == "/fi/sign-in?next=/fi/dashboard");
    const std::string asVisitor = person.csrf();

    const Answer welcome = person.signIn(account.email, account.password);
    REQUIRE(welcome.status == 303);
    CHECK(welcome.header("Location") == "/fi/dashboard");
    CHECK(person.get("/fi/dashboard").status == 200);
    CHECK(person.get("/en/account").has(account.email));
    // What was shown before signing in is worth nothing after it.
    CHECK(person.csrf() != asVisitor);

    Browser thief(server);
    thief.setCookie("toimela", person.cookies().at("toimela"));
    CHECK(thief.get("/fi/account").status == 200);
    const Answer goodbye = person.post("/fi/sign-out");
    CHECK(goodbye.status == 303);
    CHECK_FALSE(person.isSignedIn());
    CHECK(thief.get("/fi/account").status == 303);
    CHECK(server.stop() == 0);
  }
}

TEST_CASE("a sign-in goes on to the page that was asked for, and to no other site") {
  const DemoSite site = demoSite();
  Server server(site.settings());
  const Account& account = site.account("national_admin");
  const auto landing = [&](const std::string& next) {
    Browser person(server);
    const Answer form = person.get("/fi/sign-in?next=" + percentEncoded(next));
    const std::string kept = valueAfter(form.body, "name=\"next\"");
    return person
        .post("/fi/sign-in",
              {{"email", account.email}, {"password", account.password}, {"next", kept}})
        .header("Location");
  };
  CHECK(landing("/fi/admin/audit?region=pirkanmaa") == "/fi/admin/audit?region=pirkanmaa");
  for (const std::string elsewhere :
       {"https://evil.example", "//evil.example", "/\\evil.example", "/fi//evil.example",
        "javascript:alert(1)", "/fi/sign-out", "/\tevil", "/fi/%0d%0aSet-Cookie:x=1"}) {
    INFO(elsewhere);
    const std::string location = landing(elsewhere);
    // Signed in and taken to a page of ours, or refused for characters that no address has.
    CHECK((location.empty() || location.rfind("/fi/", 0) == 0));
    CHECK(location.rfind("/fi//", 0) == std::string::npos);
    CHECK(location.find("sign-out") == std::string::npos);
  }
}

TEST_CASE("a wrong password and an unknown account look the same, and take the same time") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Server server(site.settings());
    const std::string known = site.account("national_admin").email;
    std::vector<double> ofKnown, ofUnknown;
    Answer knownPage, unknownPage;
    for (int round = 0; round < 9; ++round) {
      const auto timed = [&](const std::string& email, std::vector<double>& times) {
        Browser guesser(server);
        guesser.csrf();
        const auto start = std::chrono::steady_clock::now();
        Answer answer = guesser.signIn(email, "Not the password 7");
        times.push_back(
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
        return answer;
      };
      // Interleaved, so that a busy machine is busy for both.
      knownPage = timed(known, ofKnown);
      unknownPage = timed("nobody" + std::to_string(round) + "@example.org", ofUnknown);
      REQUIRE(knownPage.status == 422);
      REQUIRE(unknownPage.status == 422);
    }
    CHECK(withoutTokens(knownPage.body) == withoutTokens(unknownPage.body));
    CHECK_FALSE(knownPage.has("Not the password"));
    // Whatever else this machine does makes a guess slower, never quicker.
    const double quickKnown = *std::ranges::min_element(ofKnown), quickUnknown = *std::ranges::min_element(ofUnknown);
    const double ratio = quickKnown / quickUnknown;
    INFO("known " << quickKnown << " s, unknown " << quickUnknown << " s");
    CHECK(ratio < 2);
    CHECK(ratio > 0.5);
    // Enough guesses and the guesser waits, known account or not; the same words for both.
    Browser guesser(server);
    const auto untilThrottled = [&](const std::string& email) {
      Answer answer;
      for (int guess = 0; guess < 12 && answer.status != 429; ++guess)
        answer = guesser.signIn(email, "Wrong again 77");
      return answer;
    };
    const Answer first = untilThrottled(known), second = untilThrottled("nobody@example.org");
    CHECK(first.status == 429);
    CHECK(second.status == 429);
    CHECK_FALSE(first.header("Retry-After").empty());
    CHECK(withoutTokens(first.body) == withoutTokens(second.body));
    CHECK(server.stop() == 0);
  }
}

TEST_CASE("a new password needs the old one, and ends every other session") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Server server(site.settings());
    const Account& account = site.account("organisation_rep");
    Browser here(server), elsewhere(server);
    REQUIRE(here.signIn(account.email, account.password).status == 303);
    REQUIRE(elsewhere.signIn(account.email, account.password).status == 303);
    const std::string before = here.cookies().at("toimela");
    const auto change = [&](const std::string& current, const std::string& wished) {
      return here
          .post("/fi/account/password", {{"current_password", current}, {"new_password", wished}})
          .status;
    };
    const std::string wished = "Kolme kuusta mäellä 8";
    CHECK(change("Not the old one 1", wished) == 422);
    for (const std::string weak : {"short", "salasana1234", "password12345", "000000000000"}) {
      INFO(weak);
      CHECK(change(account.password, weak) == 422);
    }
    CHECK(change(account.password, account.email) == 422);
    CHECK(elsewhere.get("/fi/account").status == 200);

    CHECK(change(account.password, wished) == 303);
    CHECK(here.get("/fi/account").status == 200);
    CHECK(here.cookies().at("toimela") != before);
    CHECK(elsewhere.get("/fi/account").status == 303);
    Browser thief(server);
    thief.setCookie("toimela", before);
    CHECK(thief.get("/fi/account").status == 303);
    CHECK(Browser(server).signIn(account.email, account.password).status == 422);
    CHECK(Browser(server).signIn(account.email, wished).status == 303);
    CHECK(server.stop() == 0);
  }
}

TEST_CASE("a plugin is taken from the nation, emptied after being named, and comes back empty") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Backstage backstage(site);
    Server server(site.settings());
    Browser admin = backstage.signedIn(server, site.account("national_admin"));
    const auto rows = [&] {
      return backstage.number("SELECT COUNT(*) FROM contacts_network") +
             backstage.number("SELECT COUNT(*) FROM contacts_member");
    };
    const auto people = backstage.number("SELECT COUNT(*) FROM core_person");
    const auto before = rows();
    const std::string region = "/fi/regions/pirkanmaa/contacts";
    // Not while it is in use.
    CHECK(admin.post("/fi/admin/plugins/contacts/purge", {{"name", "contacts"}}).status == 422);
    CHECK(rows() == before);
    CHECK(admin.post("/fi/admin/plugins/contacts", {{"availability", "unavailable"}}).status ==
          303);
    for (const std::string& page :
         {region, std::string("/sv/contacts"), std::string("/api/v1/contacts/networks")}) {
      INFO(page);
      CHECK(Browser(server).get(page).status == 404);
      CHECK(admin.get(page).status == 404);
    }
    CHECK_FALSE(Browser(server).get("/fi").has("/fi/contacts"));
    CHECK(Browser(server).get("/fi/search?q=verkosto").status == 200);
    CHECK_FALSE(Browser(server).get("/fi/search?q=verkosto").has("/contacts/networks/"));
    CHECK(admin.get("/fi/admin/plugins/contacts/purge").has("contacts_member"));
    CHECK(admin.post("/fi/admin/plugins/contacts/purge", {{"name", "contact"}}).status == 422);
    CHECK(rows() == before);
    CHECK(admin.post("/fi/admin/plugins/contacts/purge", {{"name", "contacts"}}).status == 303);
    CHECK(rows() == 0);
    CHECK(backstage.number("SELECT COUNT(*) FROM core_person") == people);
    CHECK(admin.post("/fi/admin/plugins/contacts", {{"availability", "default_on"}}).status == 303);
    CHECK(Browser(server).get(region).status == 200);
    CHECK(server.stop() == 0);
  }
}

TEST_CASE("a lock of the nation keeps a region from switching, and says so") {
  const DemoSite site = demoSite();
  Backstage backstage(site);
  Server server(site.settings());
  Browser nation = backstage.signedIn(server, site.account("national_admin"));
  Browser region = backstage.signedIn(server, site.account("regional_admin"));
  const std::string path = "/fi/admin/regions/pirkanmaa/plugins/contacts";
  CHECK(region.post(path, {{"enabled", "0"}}).status == 303);
  CHECK(nation.post("/fi/admin/plugins/contacts", {{"availability", "available"}, {"locked", "1"}})
            .status == 303);
  const Answer refused = region.post(path, {{"enabled", "1"}});
  CHECK(refused.status == 422);
  CHECK(refused.has("notice--error"));
  CHECK(Browser(server).get("/fi/regions/pirkanmaa/contacts").status == 404);
  CHECK(nation.post("/fi/admin/plugins/contacts", {{"availability", "always_on"}}).status == 303);
  CHECK(Browser(server).get("/fi/regions/pirkanmaa/contacts").status == 200);
  CHECK(region.post(path, {{"enabled", "0"}}).status == 422);
  // Another region's switches are not theirs.
  CHECK(region.post("/fi/admin/regions/lappi/plugins/contacts", {{"enabled", "0"}}).status == 403);
}

TEST_CASE("an administrator adds, changes and ends a member of a network") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Backstage backstage(site);
    Server server(site.settings());
    const auto contact = backstage.person("yhteys");
    // Adding without asking is for administrators; coordinators invite.
    backstage.grant(contact, "regional_admin", "06", "");
    Browser person = backstage.signedIn(server, contact);
    Browser reader(server);
    const std::string network = "/fi/contacts/networks/" + networkOf(backstage, "06");
    const auto audits = [&] { return backstage.number("SELECT COUNT(*) FROM core_audit"); };
    const auto before = audits();

    // What is wrong is told and nothing typed is lost.
    auto fields = memberFields(backstage, "06");
    fields[0].second = "not an address";
    const Answer wrong = person.post(network + "/members/new", fields);
    CHECK(wrong.status == 422);
    CHECK(wrong.has("value=\"not an address\""));
    CHECK(wrong.has("value=\"Jäsen\""));
    CHECK(audits() == before);

    fields = memberFields(backstage, "06");
    fields[4].second = "contact_person";
    const Answer added = person.post(network + "/members/new", fields);
    REQUIRE(added.status == 303);
    CHECK(added.header("Location") == network);
    const Answer shown = person.get(network);
    CHECK(shown.has("Uusi Jäsen"));
    CHECK(shown.has("uusi.jasen@test.example"));
    CHECK(shown.has("notice--success"));
    CHECK_FALSE(person.get(network).has("notice--success"));  // said once
    CHECK(reader.get(network).has("Uusi Jäsen"));
    CHECK_FALSE(reader.get(network).has("uusi.jasen@test.example"));

    const std::string member = backstage.text("SELECT CAST(MAX(id) AS TEXT) FROM contacts_member");
    const Answer form = person.get(network + "/members/" + member + "/edit");
    CHECK(form.status == 200);
    fields[5].second = "2025-02-01";
    fields.emplace_back("revision", valueAfter(form.body, "name=\"revision\""));
    CHECK(person.post(network + "/members/" + member + "/edit", fields).status == 303);
    CHECK(backstage.text("SELECT valid_from FROM contacts_member WHERE id = " + member) ==
          "2025-02-01");

    // The same form once more, from a tab that was left open.
    const Answer stale = person.post(network + "/members/" + member + "/edit", fields);
    CHECK(stale.status == 409);
    CHECK(valueAfter(stale.body, "name=\"revision\"") != fields.back().second);

    CHECK(person.get(network + "/members/" + member + "/end").status == 200);
    CHECK(person.post(network + "/members/" + member + "/end").status == 303);
    CHECK(backstage.number(
              "SELECT COUNT(*) FROM contacts_member WHERE valid_to IS NOT NULL AND id = " +
              member) == 1);
    CHECK(audits() == before + 4);  // the person is new, too

    // A network of another region is not hers.
    CHECK(
        person.post("/fi/contacts/networks/" + networkOf(backstage, "19") + "/members/new", fields)
            .status == 403);
    CHECK(server.stop() == 0);
  }
}

TEST_CASE("two people edit one organisation and the second is told what the first changed") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Backstage backstage(site);
    Server server(site.settings());
    const std::string id =
        backstage.text("SELECT CAST(MIN(id) AS TEXT) FROM core_organisation WHERE region = '06'");
    const std::string path = "/fi/organisations/" + id + "/edit";
    Browser first = backstage.signedIn(server, site.account("national_admin"));
    Browser second = backstage.signedIn(server, site.account("regional_admin"));
    const std::string revision = valueAfter(second.get(path).body, "name=\"revision\"");
    REQUIRE_FALSE(revision.empty());
    const auto card = [&](const std::string& name, const std::string& website,
                          const std::string& at) {
      return FormFields{
          {"name_fi", name},         {"name_sv", ""},      {"name_en", ""},
          {"sector", "association"}, {"business_id", ""},  {"register_number", "123.456"},
          {"municipality", ""},      {"website", website}, {"summary_fi", ""},
          {"summary_sv", ""},        {"summary_en", ""},   {"revision", at}};
    };
    CHECK(first.post(path, card("Ensimmäinen ry", "https://first.example", revision)).status ==
          303);
    CHECK(Browser(server).get("/fi/organisations/" + id).has("Ensimmäinen ry"));

    const Answer stale = second.post(path, card("Toinen ry", "https://second.example", revision));
    CHECK(stale.status == 409);
    CHECK(stale.has("Ensimmäinen ry"));                                // what the first saved
    CHECK(valueAfter(stale.body, "name=\"name_fi\"") == "Toinen ry");  // what the second typed
    const std::string newer = valueAfter(stale.body, "name=\"revision\"");
    CHECK(newer != revision);
    CHECK(Browser(server).get("/fi/organisations/" + id).has("Ensimmäinen ry"));
    CHECK(second.post(path, card("Toinen ry", "https://second.example", newer)).status == 303);
    CHECK(Browser(server).get("/fi/organisations/" + id).has("Toinen ry"));
    CHECK(server.stop() == 0);
  }
}

TEST_CASE("the description of the API is sound and lists every address of the API") {
  const DemoSite site = demoSite();
  Server server(site.settings());
  const Answer answer = Browser(server).get("/api/v1/openapi.json");
  REQUIRE(answer.status == 200);
  CHECK(answer.header("Content-Type").rfind("application/json", 0) == 0);
  const json document = json::parse(answer.body);
  CHECK(document.at("openapi").get<std::string>().rfind("3.", 0) == 0);
  const Ended routes = runToEnd({"routes", "--json"}, site.settings());
  REQUIRE(routes.code == 0);
  int listed = 0;
  for (const json& route : json::parse(routes.out)) {
    const std::string pattern = route.at("pattern");
    if (pattern.rfind("/api/v1/", 0) != 0) continue;
    std::string method = route.at("method");
    std::transform(method.begin(), method.end(), method.begin(),
                   [](unsigned char c) { return std::tolower(c); });
    INFO(method << " " << pattern);
    REQUIRE(document.at("paths").contains(pattern));
    const json& operation = document.at("paths").at(pattern).at(method);
    CHECK_FALSE(operation.at("summary").get<std::string>().empty());
    for (auto at = pattern.find('{'); at != std::string::npos; at = pattern.find('{', at + 1)) {
      const std::string name = pattern.substr(at + 1, pattern.find('}', at) - at - 1);
      const json& parameters = operation.at("parameters");
      CHECK(std::any_of(parameters.begin(), parameters.end(), [&](const json& p) {
        return p.at("name") == name && p.at("required") == true;
      }));
    }
    ++listed;
  }
  CHECK(listed >= 8);
}

TEST_CASE("a list of the API is read page by page, each item once") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Backstage backstage(site);
    Server server(site.settings());
    std::vector<std::string> seen;
    std::string next = "/api/v1/organisations?limit=7";
    while (!next.empty()) {
      const Answer answer = Browser(server).get(next);
      REQUIRE(answer.status == 200);
      const json page = json::parse(answer.body);
      CHECK(page.at("items").size() <= 7);
      for (const json& item : page.at("items")) seen.push_back(item.at("id"));
      next = page.at("next").is_null()
                 ? ""
                 : "/api/v1/organisations?limit=7&after=" + page.at("next").get<std::string>();
      CHECK_FALSE(answer.has("@example.org"));
      REQUIRE(seen.size() < 1000);
    }
    CHECK(static_cast<std::int64_t>(seen.size()) ==
          backstage.number("SELECT COUNT(*) FROM core_organisation"));
    CHECK(std::set<std::string>(seen.begin(), seen.end()).size() == seen.size());
    CHECK(server.stop() == 0);
  }
}

TEST_CASE("a search finds capital and small letters alike, those with dots and rings too") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Backstage backstage(site);
    backstage.run("UPDATE core_organisation SET name_fi = 'Äänekosken ÖLJY Åland' WHERE id = 1");
    backstage.run("UPDATE contacts_network SET name_fi = 'Äänekosken ÖLJY Åland' WHERE id = 1");
    backstage.run("UPDATE core_person SET family_name = 'Äänekosken ÖLJY Åland' WHERE id = 1");
    // Who writes past the program has the index of words made anew at the next start.
    backstage.run("DELETE FROM core_name WHERE object = 1");
    Server server(site.settings());
    Browser admin = backstage.signedIn(server, site.account("national_admin"));
    for (const std::string words :
         {"Äänekosken ÖLJY", "äänekosken öljy", "ÄÄNEKOSKEN", "öljy", "Åland", "åland", "ÅLAND"}) {
      INFO(words);
      const std::string query = "?q=" + percentEncoded(words);
      CHECK(Browser(server).get("/fi/organisations" + query).has("href=\"/fi/organisations/1\""));
      // The index follows a moment later.
      CHECK(eventually([&] { return Browser(server).get("/fi/search" + query).has("href=\"/fi/contacts/networks/1\""); }));
      CHECK(admin.get("/fi/admin/people" + query).has("href=\"/fi/admin/people/1\""));
    }
    CHECK(server.stop() == 0);
  }
}

TEST_CASE("a long search is cut between letters") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Backstage backstage(site);
    Server server(site.settings());
    Browser admin = backstage.signedIn(server, site.account("national_admin"));
    std::string letters;
    for (int i = 0; i < 200; ++i) letters += "ä";
    for (const std::string& words : {letters, "x" + letters}) {
      CHECK(Browser(server).get("/fi/organisations?q=" + percentEncoded(words)).status == 200);
      CHECK(Browser(server).get("/fi/search?q=" + percentEncoded(words)).status == 200);
      CHECK(Browser(server).get("/api/v1/search?q=" + percentEncoded(words)).status == 200);
      CHECK(admin.get("/fi/admin/people?q=" + percentEncoded(words)).status == 200);
    }
    CHECK(server.stop() == 0);
  }
}

TEST_CASE("what LIKE takes for its own is searched for as text") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Backstage backstage(site);
    Server server(site.settings());
    Browser admin = backstage.signedIn(server, site.account("national_admin"));
    for (const std::string words :
         {"%", "_", "!", "!%", "\\", "x%x", "%%%%%%%%%%%%%%%%%%%%%%%%%%"}) {
      INFO(words);
      const std::string query = "?q=" + percentEncoded(words);
      CHECK_FALSE(
          Browser(server).get("/fi/organisations" + query).has("href=\"/fi/organisations/1\""));
      CHECK_FALSE(Browser(server).get("/fi/search" + query).has("/contacts/networks/"));
      CHECK_FALSE(admin.get("/fi/admin/people" + query).has("href=\"/fi/admin/people/1\""));
    }
    CHECK(server.stop() == 0);
  }
}

}  // namespace
}  // namespace toimela::program_tests
