// Who may do what, cell by cell: every route that the program lists, for everybody there is.
//
// What is expected is worked out here by a small model that reads only `toimela routes --json`,
// `toimela roles --json` and the grants below; nothing of the program's own rule is used.
#include <catch2/catch.hpp>
#include <iostream>

#include "authorisation_stage.h"

namespace toimela::program_tests {
namespace {

using nlohmann::json;

enum class Expected { allowed, signInFirst, denied };

class Model {
 public:
  explicit Model(json roles) : roles_(std::move(roles)) {}

  /// The form of the roles page as it stands.
  FormFields rolesForm() const {
    FormFields fields;
    for (const auto& [permission, holders] : roles_.items()) {
      fields.emplace_back("shown", permission);
      for (const std::string role : holders) fields.emplace_back("allow", permission + ":" + role);
    }
    return fields;
  }

  Expected decide(const ListedRoute& route, const Somebody& who, const Place& place) const {
    if (route.rule == "anyone") return Expected::allowed;
    if (who.person == 0) return Expected::signInFirst;
    // A board is for the network's own people, whom no permission names; of everybody here only the
    // coordinator is one, and wrote what is on it. Words are changed by their writer alone.
    if (isOfBoard(route)) {
      if (place.owner == who.person) return Expected::allowed;
      if (route.pattern.ends_with("/edit")) return Expected::denied;
      return holdsAt(who, place, "contacts.board.moderate", false) ? Expected::allowed
                                                                    : Expected::denied;
    }
    if (route.rule == "signed in") return Expected::allowed;
    if (route.orOwner && place.owner == who.person) return Expected::allowed;
    return holdsAt(who, place, route.permission, route.anywhere) ? Expected::allowed
                                                                 : Expected::denied;
  }

 private:
  static bool isOfBoard(const ListedRoute& route) {
    return route.pattern.find("/{network}/board") != std::string::npos ||
           route.pattern.find("/{network}/posts") != std::string::npos;
  }
  bool holdsAt(const Somebody& who, const Place& place, const std::string& permission,
               bool anywhere) const {
    return std::any_of(who.roles.begin(), who.roles.end(), [&](const HeldRole& held) {
      const bool reaches = (held.region.empty() || held.region == place.region) &&
                           (held.organisation.empty() || held.organisation == place.organisation);
      return (anywhere || reaches) && holds(held.role, permission);
    });
  }
  bool holds(const std::string& role, const std::string& permission) const {
    const json& holders = roles_.at(permission);
    return std::find(holders.begin(), holders.end(), role) != holders.end();
  }
  json roles_;
};

/// What the program did, in the words of the model.
Expected observed(const ListedRoute& route, const Answer& answer) {
  if (answer.status == 401) return Expected::signInFirst;
  if (answer.status == 403) return Expected::denied;
  const bool isPageRead = route.method == "GET" && route.localised;
  if (isPageRead && answer.status == 303 &&
      answer.header("Location").rfind("/fi/sign-in?next=", 0) == 0)
    return Expected::signInFirst;
  return Expected::allowed;
}

const char* word(Expected expected) {
  return expected == Expected::allowed  ? "allowed"
         : expected == Expected::denied ? "denied"
                                        : "told to sign in";
}

/// What keeps an allowed request from changing what the next cells stand on. Most forms are refused
/// without their fields; these would do something.
FormFields harmlessFields(const ListedRoute& route, const Model& model) {
  if (route.pattern == "/admin/roles") return model.rolesForm();
  if (route.pattern == "/admin/regions/{region}/plugins/{plugin}") return {{"enabled", "1"}};
  return {};
}

/// Tokens of everybody for every scope, and for every scope but one.
class Tokens {
 public:
  Tokens(Backstage& backstage, const std::vector<ListedRoute>& routes) : backstage_(backstage) {
    for (const ListedRoute& route : routes)
      if (route.isApi()) scopes_.insert(route.scope());
  }
  const std::string& full(std::int64_t person) { return made(person, "all", ""); }
  const std::string& without(std::int64_t person, const std::string& scope) {
    return made(person, "all but " + scope, scope);
  }

 private:
  const std::string& made(std::int64_t person, const std::string& name, const std::string& left) {
    auto [found, isNew] = tokens_.try_emplace({person, name});
    if (isNew) {
      std::vector<std::string> scopes;
      for (const std::string& scope : scopes_)
        if (scope != left) scopes.push_back(scope);
      found->second = backstage_.token(person, scopes, name);
    }
    return found->second;
  }

  Backstage& backstage_;
  std::set<std::string> scopes_;
  std::map<std::pair<std::int64_t, std::string>, std::string> tokens_;
};

Answer byToken(Server& server, const ListedRoute& route, const std::string& path,
               const std::string& token) {
  return Browser(server).send(
      route.method, path,
      {{"Authorization", "Bearer " + token}, {"Content-Type", "application/json"}},
      route.isSafe() ? "" : "{}");
}

/// A program with a token is let in where its owner is, and nowhere when the token lacks the scope.
int checkByToken(Server& server, Tokens& tokens, const Model& model,
                 const ListedRoute& route, const std::string& path, const Place& place,
                 const Somebody& who) {
  const Expected expected = model.decide(route, who, place);
  const Answer answer = byToken(server, route, path, tokens.full(who.person));
  const Expected seen = observed(route, answer);
  INFO("by token expected to be " << word(expected) << ", was " << word(seen) << " with "
                                  << answer.status << ": " << answer.body);
  CHECK(answer.status != 0);
  CHECK(answer.status < 500);
  CHECK(seen == expected);
  const Answer narrow = byToken(server, route, path, tokens.without(who.person, route.scope()));
  CHECK(narrow.status == 403);
  CHECK(narrow.has("insufficient_scope"));
  return 2;
}

/// What somebody with a browser is answered.
Answer asked(Stage& stage, Server& server, const Model& model, const ListedRoute& route,
             const std::string& path, const Somebody& who) {
  // A session of its own for every cell: some routes end sessions.
  Browser browser = who.person ? stage.backstage().signedIn(server, who.person) : Browser(server);
  return route.isSafe() ? browser.send(route.method, path, {}, "")
                        : browser.postAs(route.method, path, harmlessFields(route, model));
}

int checkMatrix(const DemoSite& site, Stage& stage, Server& server) {
  const auto routes = listedRoutes(site.settings());
  const Ended roles = runToEnd({"roles", "--json"}, site.settings());
  REQUIRE(roles.code == 0);
  const Model model(json::parse(roles.out));
  Tokens tokens(stage.backstage(), routes);
  int cells = 0;
  for (const ListedRoute& route : routes) {
    for (const auto& [pattern, place] : stage.paths(route)) {
      bool isThere = false;
      for (const Somebody& who : stage.everybody()) {
        const std::string path = stage.fresh(pattern);
        INFO(route.method << " " << path << " by " << who.name << " on " << site.kind());
        const Answer answer = asked(stage, server, model, route, path, who);
        const Expected expected = model.decide(route, who, place);
        const Expected seen = observed(route, answer);
        INFO("expected to be " << word(expected) << ", was " << word(seen) << " with "
                               << answer.status);
        CHECK(answer.status != 0);
        CHECK(answer.status < 500);
        CHECK(seen == expected);
        isThere =
            isThere || (seen == Expected::allowed && answer.status != 404 && answer.status != 405);
        ++cells;
        if (route.isApi() && who.person)
          cells += checkByToken(server, tokens, model, route, path, place, who);
      }
      // A cell says little of a thing that is not there for anybody.
      INFO(route.title() << " at " << pattern);
      CHECK((isThere || leaves(route) || route.has("session") || route.has("file*") || route.has("file") ||
             route.has("token") || route.has("key") || route.has("code") || route.has("upload") ||
             route.has("collection") || route.pattern.ends_with("/image")));
    }
  }
  return cells;
}

TEST_CASE("every route lets in exactly those whom its rule names, wherever their role is held") {
  for (const DemoSite& site : demoSites()) {
    Stage stage(site);
    Server server(site.settings());
    const int cells = checkMatrix(site, stage, server);
    std::cout << "authorisation: " << cells << " cells checked on " << site.kind() << '\n';
    CHECK(cells > 500);
    CHECK(server.stop() == 0);
  }
}

TEST_CASE(
    "a permission that is given to another role and taken from one is followed by every route") {
  const DemoSite site = demoSite();
  Stage stage(site);
  for (const std::string change :
       {"'contacts.network.add', 'member', 1", "'contacts.member.edit', 'contact_person', 0",
        "'core.organisation.edit', 'organisation_rep', 0", "'core.audit.view', 'member', 1",
        "'core.plugin.switch', 'contact_person', 1"})
    stage.backstage().run("INSERT INTO core_permission_role (permission, role, allowed) VALUES (" +
                          change + ")");
  Server server(site.settings());
  const int cells = checkMatrix(site, stage, server);
  CHECK(cells > 500);
}

TEST_CASE("a disabled person is a stranger at once, in every open session") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Backstage backstage(site);
    Server server(site.settings());
    const auto person = backstage.person("soon");
    backstage.grant(person, "contact_person", "06", "");
    Browser first = backstage.signedIn(server, person), second = backstage.signedIn(server, person);
    CHECK(first.get("/fi/account").status == 200);
    Browser admin = backstage.signedIn(server, site.account("national_admin"));
    CHECK(admin.post("/fi/admin/people/" + std::to_string(person) + "/disable").status == 303);
    CHECK(first.get("/fi/account").status == 303);
    CHECK(second.get("/fi/account").status == 303);
    CHECK(admin.post("/fi/admin/people/" + std::to_string(person) + "/enable").status == 303);
    CHECK(first.get("/fi/account").status == 303);  // a session once dead stays dead

    // A session that outlived the disabling somehow counts for nothing, nor does the password.
    const Account& account = site.account("contact_person");
    const std::string id = std::to_string(backstage.idOf(account.email));
    Browser left = backstage.signedIn(server, account);
    CHECK(left.get("/fi/account").status == 200);
    backstage.run("UPDATE core_person SET disabled_at = 1 WHERE id = " + id);
    CHECK(left.get("/fi/account").status == 303);
    CHECK(Browser(server).signIn(account.email, account.password).status == 422);
    backstage.run("UPDATE core_person SET disabled_at = NULL WHERE id = " + id);
    CHECK(left.get("/fi/account").status == 200);
    backstage.run("UPDATE core_session SET last_seen_at = 1 WHERE person_id = " + id);
    CHECK(left.get("/fi/account").status == 303);
    CHECK(server.stop() == 0);
  }
}

TEST_CASE("nobody raises themselves or others above their own role") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Backstage backstage(site);
    Server server(site.settings());
    const auto admin = backstage.person("regional");
    backstage.grant(admin, "regional_admin", "06", "");
    const auto friendOfTheirs = backstage.person("friend");
    backstage.grant(friendOfTheirs, "member", "06", "");
    Browser browser = backstage.signedIn(server, admin);
    const auto grants = [&] { return backstage.number("SELECT COUNT(*) FROM core_grant"); };
    const auto before = grants();
    for (const auto person : {admin, friendOfTheirs}) {
      const std::string path = "/fi/admin/people/" + std::to_string(person) + "/grants";
      for (const auto& [role, place] :
           std::vector<std::pair<std::string, std::string>>{{"national_admin", "nation"},
                                                            {"member", "nation"},
                                                            {"regional_admin", "region:06"},
                                                            {"contact_person", "region:19"},
                                                            {"regional_admin", "region:19"},
                                                            {"national_admin", "region:06"},
                                                            {"organisation_rep", "region:06"},
                                                            {"contact_person", "organisation:1"},
                                                            {"superuser", "nation"}}) {
        INFO(role << " at " << place);
        const Answer answer = browser.post(
            path,
            {{"role", role}, {"place", place}, {"valid_from", "2025-01-01"}, {"valid_to", ""}});
        CHECK((answer.status == 422 || answer.status == 403 || answer.status == 404));
        CHECK(grants() == before);
      }
    }
    // What is within reach is given.
    const Answer given =
        browser.post("/fi/admin/people/" + std::to_string(friendOfTheirs) + "/grants",
                     {{"role", "contact_person"},
                      {"place", "region:06"},
                      {"valid_from", "2025-01-01"},
                      {"valid_to", ""}});
    CHECK(given.status == 303);
    CHECK(grants() == before + 1);
    // And the roles of their betters are not theirs to take.
    const auto nation = backstage.idOf(site.account("national_admin").email);
    const std::string theirs = backstage.text(
        "SELECT CAST(MIN(id) AS TEXT) FROM core_grant WHERE role = 'national_admin'");
    const auto ended =
        browser.post("/fi/admin/people/" + std::to_string(nation) + "/grants/" + theirs + "/end")
            .status;
    CHECK((ended == 403 || ended == 404));
    const auto disabled =
        browser.post("/fi/admin/people/" + std::to_string(nation) + "/disable").status;
    CHECK((disabled == 403 || disabled == 404));
    CHECK(server.stop() == 0);
  }
}

/// Where a region has switched a plugin off, what belongs there is not there for anybody: neither for
/// whose it is nor for who holds every permission.
bool isHidden(Stage& stage, Server& server, const Model& model, const ListedRoute& route) {
  for (const auto& [path, place] : stage.paths(route))
    for (const std::size_t who : {kCoordinator, kNationalAdmin})
      if (place.region == "06" && asked(stage, server, model, route, stage.real(route, stage.fresh(path)),
                                        stage.everybody().at(who))
                                          .status != 404)
        return false;
  return true;
}

/// A demonstration where Pirkanmaa has switched every plugin off.
class SwitchedOff {
 public:
  SwitchedOff() : site_(demoSite()), stage_(site_) {
    stage_.addFiles();
    for (const std::string plugin : {"trendcards", "publications", "events", "contacts"}) {
      const Ended ended =
          runToEnd({"plugin", "disable", plugin, "--region", "pirkanmaa"}, site_.settings());
      if (ended.code != 0) throw std::runtime_error(ended.err);
    }
    start();
  }
  void start() { server_ = std::make_unique<Server>(site_.settings()); }
  const DemoSite& site() const { return site_; }
  Stage& stage() { return stage_; }
  Server& server() { return *server_; }

 private:
  DemoSite site_;
  Stage stage_;
  std::unique_ptr<Server> server_;
};

Model modelOf(const DemoSite& site) {
  const Ended roles = runToEnd({"roles", "--json"}, site.settings());
  if (roles.code != 0) throw std::runtime_error(roles.err);
  return Model(json::parse(roles.out));
}

TEST_CASE("nothing of a region is there for anybody where the region has switched its plugin off") {
  SwitchedOff off;
  const Model model = modelOf(off.site());
  int checked = 0;
  for (const ListedRoute& route : listedRoutes(off.site().settings())) {
    if (route.plugin == "core" || (!route.scoped && !route.has("region"))) continue;
    INFO(route.title());
    CHECK(isHidden(off.stage(), off.server(), model, route));
    ++checked;
  }
  CHECK(checked > 200);
}

// What scripts/mutants runs against a program from which it can take single rules away.

/// What can be taken from a route, by the names that scripts/mutants.d/rules.inc knows.
std::vector<std::string> rulesOf(const ListedRoute& route) {
  std::vector<std::string> kinds;
  const bool isPermission = !route.permission.empty();
  if (route.rule != "anyone") kinds.push_back("rule");
  if (isPermission) kinds.push_back("permission");
  if (isPermission && !route.anywhere) kinds.push_back("place");
  if (route.orOwner) kinds.push_back("owner");
  if (route.scoped) kinds.push_back("scope");
  if (route.csrf) kinds.push_back("csrf");
  return kinds;
}

/// Why a rule can go without anybody noticing; empty for those that must be noticed.
std::string reasonToSurvive(const std::string& kind, const ListedRoute& route) {
  const bool isPermission = kind == "permission" || kind == "place";
  const auto is = [&](std::string_view pattern) { return route.pattern == pattern; };
  if (isPermission && (is("/contacts/networks/{network}/board/announce") ||
                       is("/contacts/networks/{network}/board/{post}/pin")))
    return "the board asks once more who moderates";
  if (isPermission && route.method == "POST" && is("/publications/{publication}/remove"))
    return "the archive asks once more who may change a draft";
  if (kind == "scope" && is("/organisations/{organisation}/represent"))
    return "everybody who has signed in may ask to represent any organisation";
  return {};
}

/// One rule away at a time, in a program that runs.
class Taking {
 public:
  explicit Taking(fs::path file) : file_(std::move(file)) { away(); }
  void away(const std::string& what = "") {
    const fs::path next = file_.string() + ".next";
    writeFile(next, what);
    fs::rename(next, file_);
  }

 private:
  fs::path file_;
};

class Mutants {
 public:
  explicit Mutants(Taking& taking) : taking_(taking), site_(demoSite()), stage_(site_) {
    // Permissions that regions hold, too, or nobody could tell "here" from "anywhere".
    const Ended roles = runToEnd({"roles", "--json"}, site_.settings());
    const json declared = json::parse(roles.out);
    for (const auto& [permission, holders] : declared.items())
      stage_.backstage().run("INSERT INTO core_permission_role (permission, role, allowed) VALUES ('" +
                             permission + "', 'regional_admin', 1)");
    model_.emplace(modelOf(site_));
    offModel_.emplace(modelOf(off_.site()));
    server_ = std::make_unique<Server>(site_.settings());
  }

  std::vector<ListedRoute> routes() const { return listedRoutes(site_.settings()); }

  /// Who notices; empty when nobody does.
  std::string killerOf(const std::string& kind, const ListedRoute& route) {
    taking_.away(kind + " " + route.method + " " + route.pattern);
    std::string killer = kind == "csrf" ? byForgery(route) : byMatrix(route);
    if (killer.empty() && kind == "scope" && route.plugin != "core") killer = bySwitch(route);
    taking_.away();
    if (!server_->running()) server_ = std::make_unique<Server>(site_.settings());
    if (!off_.server().running()) off_.start();
    return killer;
  }

 private:
  std::string byMatrix(const ListedRoute& route) {
    for (const auto& [pattern, place] : stage_.paths(route))
      for (const Somebody& who : stage_.everybody()) {
        const Expected expected = model_->decide(route, who, place);
        const std::string path = stage_.fresh(pattern);
        const Answer answer = asked(stage_, *server_, *model_, route, path, who);
        if (answer.status != 0 && answer.status < 500 && observed(route, answer) == expected) continue;
        // The rule in its place again, the same must be as it should: or the mutant was not the reason.
        if (!server_->running()) return "the end of the program";
        taking_.away();
        const Answer again = asked(stage_, *server_, *model_, route, stage_.fresh(pattern), who);
        return observed(route, again) == expected && again.status < 500 ? who.name : "";
      }
    return "";
  }

  std::string bySwitch(const ListedRoute& route) {
    if (isHidden(off_.stage(), off_.server(), *offModel_, route)) return "";
    taking_.away();
    return isHidden(off_.stage(), off_.server(), *offModel_, route) ? "a region that switched it off" : "";
  }

  std::string byForgery(const ListedRoute& route) {
    const auto [pattern, place] = stage_.paths(route).front();
    // Somebody whom the handler lets in: what is refused is the forgery.
    const auto who = std::find_if(stage_.everybody().begin(), stage_.everybody().end(), [&](const Somebody& each) {
      return (each.person != 0 || route.rule == "anyone") && model_->decide(route, each, place) == Expected::allowed;
    });
    const auto status = [&] {
      const std::string path = stage_.fresh(pattern);
      Browser browser = who->person == 0 ? Browser(*server_) : stage_.backstage().signedIn(*server_, who->person);
      return browser
          .send(route.method, path, {{"Content-Type", "application/x-www-form-urlencoded"}},
                formEncoded(harmlessFields(route, *model_)))
          .status;
    };
    if (status() == 403) return "";
    taking_.away();
    return status() == 403 ? "another site" : "";
  }

  Taking& taking_;
  DemoSite site_;
  Stage stage_;
  SwitchedOff off_;
  std::optional<Model> model_, offModel_;
  std::unique_ptr<Server> server_;
};

TEST_CASE("whichever rule of a route is taken away, somebody notices", "[.][mutants]") {
  const char* file = std::getenv("MUTANT_FILE");
  if (!file) FAIL("scripts/mutants runs this, with a program that can do without single rules");
  const char* only = std::getenv("MUTANT_ROUTES");
  Taking taking(file);
  Mutants mutants(taking);
  int killed = 0, wrong = 0;
  for (const ListedRoute& route : mutants.routes())
    for (const std::string& kind : rulesOf(route)) {
      if (only && (kind + " " + route.title()).find(only) == std::string::npos) continue;
      const std::string killer = mutants.killerOf(kind, route), reason = reasonToSurvive(kind, route);
      killed += !killer.empty();
      // A reason that is none any more is as wrong as a rule that nobody misses.
      const bool isWrong = killer.empty() == reason.empty();
      wrong += isWrong;
      std::cout << (isWrong ? "survived" : killer.empty() ? "spared" : "killed") << '\t' << kind << '\t'
                << route.title() << '\t' << (killer.empty() ? reason : killer) << std::endl;
    }
  CHECK(wrong == 0);
  CHECK(killed > 0);
}

}  // namespace
}  // namespace toimela::program_tests
