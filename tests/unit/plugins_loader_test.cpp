// Loads the plugins of tests/fixtures/plugins from where they were built.
#include <catch2/catch.hpp>

#include "plugins/contributions.h"

using namespace toimela;
using namespace toimela::plugins;
using Catch::Matchers::Contains;

namespace {

Contributions loaded() {
  Contributions contributions;
  loadPlugins(contributions, TOIMELA_BUILD_FOLDER "/tests/plugins");
  return contributions;
}

std::string problemOf(const Contributions& contributions, const std::string& name) {
  const Plugin* plugin = contributions.find(name);
  REQUIRE(plugin);
  return plugin->problem;
}

}  // namespace

TEST_CASE("plugins that work are loaded in the order of their dependencies") {
  const Contributions all = loaded();
  REQUIRE(all.plugins.size() >= 2);
  CHECK(all.plugins[0].name == "good");
  CHECK(all.plugins[0].version == "1.2.3");
  CHECK(all.plugins[0].usable());
  CHECK(all.plugins[1].name == "leaning");
  CHECK(all.plugins[1].usable());
  CHECK(all.plugins[1].dependencies == std::vector<std::string>{"good", "core"});
  REQUIRE(all.routes.size() == 1);
  CHECK(all.routes[0].plugin == "good");
  CHECK(all.services.count("good.greeting") == 1);
  REQUIRE(all.permissions.size() == 1);
  CHECK(all.permissions[0].what.permission.name == "leaning.thing.view");
}

TEST_CASE("each broken plugin says in a sentence what is wrong, and harms nobody else") {
  const Contributions all = loaded();
  CHECK_THAT(problemOf(all, "wrong_version"), Contains("version 2 of the plugin interface"));
  CHECK_THAT(problemOf(all, "wrong_build"), Contains("toimela-1 another-compiler"));
  CHECK_THAT(problemOf(all, "wrong_name"), Contains("calls itself 'somebody_else'"));
  CHECK_THAT(problemOf(all, "missing_symbol"), Contains("aFunctionThatIsNowhere"));
  CHECK_THAT(problemOf(all, "no_descriptor"), Contains("does not export 'toimela_plugin'"));
  CHECK_THAT(problemOf(all, "not_a_library"), Contains("can not be loaded"));
  CHECK_THAT(problemOf(all, "throwing"), Contains("no greetings left"));
  CHECK_THAT(problemOf(all, "undeclared"),
             Contains("GET /undeclared") && Contains("who may use it"));
  CHECK_THAT(problemOf(all, "Wrong-Folder"), Contains("folder must be named"));
  CHECK_THAT(problemOf(all, "lost"), Contains("'nowhere', which is not installed"));
  CHECK_THAT(problemOf(all, "leaning_on_throwing"), Contains("'throwing', which can not be used"));
  CHECK(all.plugins.size() == 14);
}

TEST_CASE("a plugin built with other headers of the kit is refused before any of it runs") {
  const std::string problem = problemOf(loaded(), "older_kit");
  CHECK_THAT(problem, Contains("with 'toimela-1 gcc-") && Contains("kit-0123456789abcdef'; this program with"));
  CHECK_THAT(problem, Contains("Build it anew"));
}

TEST_CASE("a folder without a library is no plugin, and no folder is no plugins") {
  CHECK_FALSE(loaded().find("nothing_here"));
  Contributions none;
  loadPlugins(none, "/a/folder/that/is/nowhere");
  CHECK(none.plugins.empty());
}
