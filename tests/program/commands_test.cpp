// The command line: what every command says of itself, and the exit codes that scripts rely on.
#include <catch2/catch.hpp>

#include "demo_site.h"

namespace toimela::program_tests {
namespace {

constexpr int kDone = 0, kCouldNot = 1, kWrongUse = 2;

using Words = std::vector<std::string>;

Words split(const std::string& line) {
  Words words;
  std::istringstream in(line);
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

/// The commands that the program's own help lists, as far as their lines begin with lower case.
std::vector<Words> listedCommands(const Settings& settings) {
  const Ended help = runToEnd({"--help"}, settings);
  REQUIRE(help.code == kDone);
  std::istringstream lines(help.out);
  std::vector<Words> commands;
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line == "Commands:") inside = true;
    else if (line.empty()) inside = inside && commands.empty();
    else if (inside) {
      Words words;
      for (const std::string& word : split(line.substr(0, 36))) {
        if (word.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") != std::string::npos ||
            word.starts_with("-"))
          break;
        words.push_back(word);
      }
      commands.push_back(words);
    }
  }
  return commands;
}

TEST_CASE("every command explains itself without doing anything", "[commands]") {
  Folder folder;
  const Settings settings{{"data", folder.file("data")}};
  const auto commands = listedCommands(settings);
  CHECK(commands.size() >= 14);
  for (Words words : commands) {
    const std::string name = words.front();
    INFO(name << " --help");
    words.push_back("--help");
    const Ended help = runToEnd(words, settings);
    CHECK(help.code == kDone);
    CHECK(help.out.rfind("Usage:", 0) == 0);
    CHECK(help.out.find("toimela " + name) != std::string::npos);
    CHECK(help.err.empty());
  }
  CHECK_FALSE(fs::exists(folder.file("data/toimela.db")));
}

TEST_CASE("a group of commands lists its own", "[commands]") {
  Folder folder;
  const Settings settings{{"data", folder.file("data")}};
  const Ended help = runToEnd({"plugin", "--help"}, settings);
  CHECK(help.code == kDone);
  for (const std::string name : {"list", "enable", "disable", "set"})
    CHECK(help.out.find("toimela plugin " + name) != std::string::npos);
  const Ended bare = runToEnd({"plugin"}, settings);
  CHECK(bare.code == kWrongUse);
  CHECK(bare.out.empty());
  CHECK(bare.err == help.out);
  CHECK(runToEnd({"help", "plugin", "list"}, settings).out ==
        runToEnd({"plugin", "list", "--help"}, settings).out);
}

TEST_CASE("a wrong use is told as such, with how to use it, and changes nothing", "[commands]") {
  const DemoSite site = demoSite();
  Backstage backstage(site);
  const std::string email = site.account("national_admin").email;
  const auto before = backstage.number("SELECT COUNT(*) FROM core_audit");
  const std::string token = "token create --email " + email + " --name n";
  for (const std::string& line : std::vector<std::string>{
           "serve now", "migrate --everything", "routes --yaml", "roles everybody", "config all",
           "demo --big", "reference", "plugin list everything", "plugin enable", "plugin disable",
           "plugin enable contacts pirkanmaa", "plugin enable contacts --region",
           "plugin set contacts", "plugin set contacts sometimes",
           "plugin set contacts available --lock --unlock", "user create", "user create nobody",
           "user create a@b.example Aino member", "token create", token,
           token + " --scope everything:write", token + " --scope core:read --days 0",
           token + " --scope core:read --days 366", token + " --scope core:read --days week",
           token + " --scope core:read --for ever", "token create --scope core:read --name n",
           "person export", "person erase " + email, "secret renew now", "secret renew --yes --yes", "nonsense",
           "token destroy"}) {
    INFO(line);
    const Ended ended = runToEnd(split(line), site.settings());
    CHECK(ended.code == kWrongUse);
    CHECK(ended.out.empty());
    CHECK_FALSE(ended.err.empty());
    const bool isCommand = line != "nonsense";
    CHECK((ended.err.find("sage: toimela") != std::string::npos ||
           ended.err.find("Usage:\n") != std::string::npos || !isCommand));
  }
  CHECK(runToEnd({}, site.settings()).code == kWrongUse);
  CHECK(runToEnd({"serve", "--workers", "many"}, site.settings()).code == kWrongUse);
  CHECK(backstage.number("SELECT COUNT(*) FROM core_audit") == before);
}

TEST_CASE("what could not be done is told apart from what was wrongly asked", "[commands]") {
  const DemoSite site = demoSite();
  const std::string email = site.account("national_admin").email;
  for (const Words& words : std::vector<Words>{
           {"plugin", "enable", "nothing"},
           {"plugin", "disable", "nothing", "--region", "lappi"},
           {"plugin", "disable", "contacts", "--region", "atlantis"},
           {"plugin", "list", "--region", "atlantis"},
           {"plugin", "set", "nothing", "available"},
           {"user", "create", email, "Aino Kivilehto", "national_admin"},
           {"token", "create", "--email", "nobody@test.example", "--name", "n", "--scope",
            "core:read"},
           {"person", "export", "nobody@test.example"}}) {
    INFO(words[0] << ' ' << words[1] << ' ' << words[2]);
    const Ended ended = runToEnd(words, site.settings());
    CHECK(ended.code == kCouldNot);
    CHECK_FALSE(ended.err.empty());
    CHECK(ended.out.empty());
  }
  for (const std::string command : {"migrate", "roles", "demo", "plugin list"}) {
    INFO(command);
    const Ended ended = runToEnd(
        split(command), site.settings({{"database", "postgresql://nobody@127.0.0.1:1/nowhere"}}));
    CHECK(ended.code == kCouldNot);
    CHECK(ended.err.rfind("toimela: ", 0) == 0);
  }
  // A second token of one name: the first stays.
  const Words token{"token", "create", "--email", email, "--name=twice", "--scope=core:read"};
  CHECK(runToEnd(token, site.settings()).code == kDone);
  CHECK(runToEnd(token, site.settings()).code == kCouldNot);
}

TEST_CASE("plugins are switched from the command line, in the nation and in a region",
          "[commands]") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    const auto run = [&](const std::string& line) { return runToEnd(split(line), site.settings()); };
    CHECK(run("plugin list").out.find("19/19 regions") != std::string::npos);
    CHECK(run("plugin disable contacts --region lappi").code == kDone);
    CHECK(run("plugin list").out.find("18/19 regions") != std::string::npos);
    CHECK(run("plugin list --region lappi").out.find(" off") != std::string::npos);
    CHECK(run("plugin list --region=pirkanmaa").out.find(" on") != std::string::npos);
    CHECK(run("plugin disable contacts").code == kDone);
    CHECK(run("plugin list").out.find("unavailable") != std::string::npos);
    CHECK(run("plugin enable contacts --region lappi").code == kCouldNot);
    CHECK(run("plugin enable contacts").code == kDone);
    CHECK(run("plugin list").out.find("18/19 regions") != std::string::npos);
    CHECK(run("plugin enable contacts --region lappi").code == kDone);
    CHECK(run("plugin set contacts default_on --lock").code == kDone);
    CHECK(run("plugin disable contacts --region lappi").code == kCouldNot);
    CHECK(run("plugin list").out.find("19/19 regions") != std::string::npos);
    CHECK(run("plugin list").out.find("locked") != std::string::npos);
  }
}

TEST_CASE("a new secret of the service is made when it is meant, and what was sealed with the old one goes",
          "[commands]") {
  const DemoSite site = demoSite();
  Backstage backstage(site);
  const std::string owner = backstage.text(
      "SELECT CAST(id AS TEXT) FROM core_person WHERE email_key = '" + site.account("contact_person").email + "'");
  backstage.run("INSERT INTO core_second_factor (person_id, sealed_secret, created_at, confirmed_at, last_step)"
                " VALUES (" + owner + ", 'sealed', 1, 1, 0)");
  const auto secret = [&] { return backstage.text("SELECT value FROM core_secret WHERE name = 'form'"); };
  const auto factors = [&] { return backstage.number("SELECT CAST(COUNT(*) AS BIGINT) FROM core_second_factor"); };
  const auto mails = [&] { return backstage.number("SELECT CAST(COUNT(*) AS BIGINT) FROM core_outbox"); };
  const std::string old = secret();
  const auto before = mails();

  const Ended asked = runToEnd({"secret", "renew"}, site.settings());
  CHECK(asked.code == 0);
  CHECK(asked.out.find("1 second factor") != std::string::npos);
  CHECK(secret() == old);
  CHECK(factors() == 1);

  const Ended done = runToEnd({"secret", "renew", "--yes"}, site.settings());
  CHECK(done.code == 0);
  CHECK(secret() != old);
  CHECK(secret().size() == old.size());
  CHECK(done.out.find(secret()) == std::string::npos);
  CHECK(factors() == 0);
  CHECK(backstage.number("SELECT CAST(COUNT(*) AS BIGINT) FROM core_audit WHERE action IN"
                         " ('core.service_secret.renewed', 'core.second_factor.reset')") == 2);
  CHECK(mails() == before + 1);
}

TEST_CASE("a token is printed alone, so that a script can take it", "[commands]") {
  const DemoSite site = demoSite();
  const Ended ended = runToEnd({"token", "create", "--email", site.account("regional_admin").email,
                                "--name", "Kuukausiraportti", "--scope", "core:read",
                                "contacts:read", "--days", "7"},
                               site.settings());
  REQUIRE(ended.code == kDone);
  CHECK(ended.out.rfind("toimela_", 0) == 0);
  CHECK(ended.out.find('\n') + 1 == ended.out.size());
  Backstage backstage(site);
  CHECK(backstage.text("SELECT scopes FROM core_token") == "core:read contacts:read");
  CHECK(backstage.number("SELECT expires_at - created_at FROM core_token") == 7LL * 86'400'000);
  CHECK(backstage.text("SELECT token_hash FROM core_token").find(ended.out.substr(8, 20)) ==
        std::string::npos);
}

}  // namespace
}  // namespace toimela::program_tests
