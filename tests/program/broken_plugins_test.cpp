// Plugins that are broken, each in its own way, and one that was built elsewhere.
#include <catch2/catch.hpp>

#include "demo_site.h"
#include "route_table.h"

namespace toimela::program_tests {
namespace {

const fs::path kBuilt = fs::path(TOIMELA_BUILD_FOLDER) / "lib" / "toimela" / "plugins";
const fs::path kFixtures = fs::path(TOIMELA_BUILD_FOLDER) / "tests" / "plugins";

/// The built plugins in a folder of their own, to put others beside.
class PluginFolder {
 public:
  PluginFolder() {
    for (const auto& plugin : fs::directory_iterator(kBuilt)) link(plugin.path());
  }
  void link(const fs::path& plugin) {
    fs::create_directory_symlink(plugin, folder_.path() / plugin.filename());
  }
  /// The fixture with nothing wrong, to spoil its files.
  fs::path good() {
    const fs::path place = folder_.path() / "good";
    fs::create_directories(place);
    fs::copy_file(kFixtures / "good" / "plugin.so", place / "plugin.so");
    return place;
  }
  std::string path() const { return folder_.path().string(); }

 private:
  Folder folder_;
};

void checkTheRestIsWell(Server& server, Backstage& backstage, const DemoSite& site) {
  CHECK(Browser(server).get("/fi").status == 200);
  CHECK(Browser(server).get("/fi/regions/pirkanmaa/contacts").status == 200);
  CHECK(backstage.signedIn(server, site.account("national_admin")).get("/fi/dashboard").status ==
        200);
}

TEST_CASE(
    "plugins that can not be loaded harm only themselves and are shown to the administrator") {
  const DemoSite site = demoSite();
  PluginFolder plugins;
  std::vector<std::string> broken;
  for (const auto& fixture : fs::directory_iterator(kFixtures)) {
    plugins.link(fixture.path());
    const std::string name = fixture.path().filename();
    if (name != "good" && name != "leaning" && fs::exists(fixture.path() / "plugin.so"))
      broken.push_back(name);
  }
  REQUIRE(broken.size() >= 8);
  Backstage backstage(site);
  Server server(site.settings({{"plugins", plugins.path()}}));
  checkTheRestIsWell(server, backstage, site);
  CHECK(Browser(server).get("/fi/good").body == "good");
  CHECK(Browser(server).get("/fi/undeclared").status == 404);
  const Answer page =
      backstage.signedIn(server, site.account("national_admin")).get("/fi/admin/plugins");
  CHECK(page.status == 200);
  for (const std::string& name : broken) {
    INFO(name);
    CHECK(page.has(name));
    CHECK(server.log().find("plugin=\"" + name + "\"") != std::string::npos);
  }
  CHECK(page.has("no greetings left"));  // what the plugin threw
  CHECK(server.stop() == 0);
}

TEST_CASE("a plugin whose files are not sound is put out of use and named, and the rest serves") {
  struct Spoilt {
    const char* what;
    std::map<std::string, std::string> files;
  };
  const std::string texts = "{\"good.title\": \"Hyvä\"}";
  const std::map<std::string, std::string> sound{
      {"locales/fi.json", texts}, {"locales/sv.json", texts}, {"locales/en.json", texts}};
  const auto with = [&](std::map<std::string, std::string> files) {
    files.insert(sound.begin(), sound.end());
    return files;
  };
  for (const Spoilt& spoilt : std::vector<Spoilt>{
           {"a section that is never closed",
            with({{"templates/page.mustache", "{{#open}}<p>x</p>"}})},
           {"a text that does not exist",
            with({{"templates/page.mustache", "<p>{{t good.nothing}}</p>"}})},
           {"a partial that does not exist",
            with({{"templates/page.mustache", "<p>{{> nothing}}</p>"}})},
           {"an asset that does not exist",
            with({{"templates/page.mustache", "<img src=\"{{asset nothing.png}}\" alt=\"\">"}})},
           {"an unescaped tag", with({{"templates/page.mustache", "<p>{{{name}}}</p>"}})},
           {"a script in a page", with({{"templates/page.mustache", "<script>alert(1)</script>"}})},
           {"an attribute without quotes",
            with({{"templates/page.mustache", "<p class={{name}}>x</p>"}})},
           {"words that are no JSON", with({{"locales/fi.json", "{\"good.title\": "}})},
           {"a word in one language only", with({{"locales/sv.json", "{}"}})},
           {"a word of another plugin",
            with({{"locales/fi.json",
                   "{\"contacts.navigation\": \"X\", \"good.title\": \"Hyvä\"}"}})},
           {"a message that is no message",
            with({{"locales/fi.json", "{\"good.title\": \"{count, plural, one {x}\"}"}})},
           {"a migration that fails",
            with({{"migrations/0001_initial.sql",
                   "CREATE TABLE good_thing (id ${ID}); CREATE TABEL x (y)"}})},
           {"a migration of tables that are not its own",
            with({{"migrations/0001_initial.sql", "CREATE TABLE contacts_thing (id ${ID})"}})},
           {"a migration that is misnamed",
            with({{"migrations/first.sql", "CREATE TABLE good_thing (id ${ID})"}})},
           {"a migration that is missing",
            with({{"migrations/0002_second.sql", "CREATE TABLE good_thing (id ${ID})"}})},
       }) {
    for (const DemoSite& site : demoSites()) {
      if (site.kind() != "sqlite" &&
          std::string(spoilt.what).find("migration") == std::string::npos)
        continue;
      INFO(spoilt.what << " on " << site.kind());
      PluginFolder plugins;
      const fs::path good = plugins.good();
      for (const auto& [name, text] : spoilt.files) writeFile(good / name, text);
      std::unique_ptr<Server> server;
      REQUIRE_NOTHROW(server =
                          std::make_unique<Server>(site.settings({{"plugins", plugins.path()}})));
      Backstage backstage(site);
      checkTheRestIsWell(*server, backstage, site);
      CHECK(Browser(*server).get("/fi/good").status == 404);
      const Answer page =
          backstage.signedIn(*server, site.account("national_admin")).get("/fi/admin/plugins");
      CHECK(page.has("good"));
      CHECK(server->log().find("plugin=\"good\"") != std::string::npos);
      CHECK(backstage.number(site.kind() == "sqlite"
                                 ? "SELECT COUNT(*) FROM sqlite_master WHERE name IN "
                                   "('good_thing', 'contacts_thing')"
                                 : "SELECT COUNT(*) FROM information_schema.tables WHERE "
                                   "table_name IN ('good_thing', 'contacts_thing')") == 0);
      CHECK(server->stop() == 0);
      // Mended, it works with the next start.
      for (const auto& [name, text] : spoilt.files) fs::remove(good / name);
      Server mended(site.settings({{"plugins", plugins.path()}}));
      CHECK(Browser(mended).get("/fi/good").body == "good");
      CHECK(mended.stop() == 0);
    }
  }
}

TEST_CASE("a plugin that is taken away takes its pages with it and keeps its data") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Backstage backstage(site);
    const auto networks = backstage.number("SELECT COUNT(*) FROM contacts_network");
    Folder none;
    {
      Server server(site.settings({{"plugins", none.path().string()}}));
      CHECK(Browser(server).get("/fi").status == 200);
      CHECK_FALSE(Browser(server).get("/fi").has("/contacts"));
      CHECK(Browser(server).get("/fi/regions/pirkanmaa/contacts").status == 404);
      CHECK(backstage.signedIn(server, site.account("national_admin"))
                .get("/fi/admin/plugins")
                .status == 200);
      CHECK(server.stop() == 0);
    }
    Server server(site.settings());
    CHECK(Browser(server).get("/fi/regions/pirkanmaa/contacts").status == 200);
    CHECK(backstage.number("SELECT COUNT(*) FROM contacts_network") == networks);
    CHECK(server.stop() == 0);
  }
}

TEST_CASE("a plugin built outside the tree serves its page in the program", "[slow]") {
  // The script ends by printing the folder of the plugin, which --keep leaves for us.
  Child check({"/bin/bash", std::string(TOIMELA_SOURCE_FOLDER) + "/tests/outside/check",
               TOIMELA_BUILD_FOLDER, "--keep"},
              {});
  const bool ended = eventually([&] { return !check.running(); }, 300s);
  REQUIRE(ended);
  INFO(check.out() << check.err());
  REQUIRE(check.wait() == 0);
  std::string last, line;
  for (std::istringstream lines(check.out()); std::getline(lines, line);)
    if (!line.empty()) last = line;
  const fs::path plugin = last;
  REQUIRE(fs::exists(plugin / "plugin.so"));
  // …/build/lib/toimela/plugins/outside_sample, beside …/prefix
  struct Work {
    fs::path path;
    ~Work() { fs::remove_all(path); }
  } const kept{plugin.parent_path().parent_path().parent_path().parent_path().parent_path()};
  const fs::path& work = kept.path;
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Backstage backstage(site);
    // As installed: nothing of the tree is used, not even the program.
    Server server(site.settings({{"share", ""}, {"plugins", ""}}), {},
                  (work / "prefix/bin/toimela").string());
    const auto routes = nlohmann::json::parse([&] {
      Child list({(work / "prefix/bin/toimela").string(), "routes", "--json"}, site.settings());
      list.wait();
      return list.out();
    }());
    int served = 0;
    for (const auto& route : routes) {
      if (route.at("plugin") != "outside_sample" || route.at("method") != "GET") continue;
      std::string path = route.at("pattern");
      if (const auto at = path.find("{region}"); at != std::string::npos)
        path.replace(at, 8, "pirkanmaa");
      if (path.find('{') != std::string::npos) continue;
      INFO(path);
      CHECK(backstage.signedIn(server, site.account("national_admin")).get("/fi" + path).status ==
            200);
      ++served;
    }
    CHECK(served > 0);
    CHECK(Browser(server).get("/fi/regions/pirkanmaa/contacts").status == 200);
    CHECK(server.stop() == 0);
  }
}

}  // namespace
}  // namespace toimela::program_tests
