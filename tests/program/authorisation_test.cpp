// Who may do what, cell by cell: every route that the program lists, for everybody there is.
//
// What is expected is worked out here by a small model that reads only `toimela routes --json`,
// `toimela roles --json` and the grants below; nothing of the program's own rule is used.
#include <catch2/catch.hpp>
#include <iostream>

#include "demo_site.h"
#include "route_table.h"

namespace toimela::program_tests {
namespace {

using nlohmann::json;

struct HeldRole {
  std::string role, region, organisation;
};

struct Somebody {
  std::string name;
  std::int64_t person = 0;  ///< 0: an anonymous visitor
  std::vector<HeldRole> roles;
};

struct Place {
  std::string region, organisation;
  std::int64_t owner = 0;
};

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
    if (route.rule == "signed in") return Expected::allowed;
    if (route.orOwner && place.owner == who.person) return Expected::allowed;
    for (const HeldRole& held : who.roles) {
      const bool reaches = (held.region.empty() || held.region == place.region) &&
                           (held.organisation.empty() || held.organisation == place.organisation);
      if ((route.anywhere || reaches) && holds(held.role, route.permission))
        return Expected::allowed;
    }
    return Expected::denied;
  }

 private:
  bool holds(const std::string& role, const std::string& permission) const {
    const json& holders = roles_.at(permission);
    return std::find(holders.begin(), holders.end(), role) != holders.end();
  }
  json roles_;
};

/// The people and things of the matrix: "own" is Pirkanmaa (06), "other" Lapland (19).
class Stage {
 public:
  explicit Stage(const DemoSite& site) : backstage_(site), site_(site) {
    const auto id = [&](const std::string& what) {
      return backstage_.text("SELECT CAST(MIN(id) AS TEXT) FROM " + what);
    };
    ownOrganisation_ = id("core_organisation WHERE region = '06'");
    const std::string otherOrganisation = id("core_organisation WHERE region = '19'");
    coordinator_ = backstage_.person("coordinator");
    ownNetwork_ = id("contacts_network WHERE region = '06'");
    nationalNetwork_ = id("contacts_network WHERE region IS NULL");
    backstage_.run("UPDATE contacts_network SET coordinator_id = " + std::to_string(coordinator_) +
                   " WHERE id IN (" + ownNetwork_ + ", " + nationalNetwork_ + ")");

    everybody_.push_back({"a visitor", 0, {}});
    add("somebody without a role", {});
    add("the coordinator of the networks", {}, coordinator_);
    add("a national admin", {{"national_admin", "", ""}});
    for (const std::string role : {"regional_admin", "contact_person", "member"}) {
      add(role + " of the region", {{role, "06", ""}});
      add(role + " of another region", {{role, "19", ""}});
    }
    for (const std::string role : {"organisation_rep", "member"}) {
      add(role + " of the organisation", {{role, "", ownOrganisation_}});
      add(role + " of another organisation", {{role, "", otherOrganisation}});
    }
    add("a member of the nation", {{"member", "", ""}});
    add("a contact person elsewhere who represents the organisation",
        {{"contact_person", "19", ""}, {"organisation_rep", "", ownOrganisation_}});
    // Grants that do not hold today are no grants.
    const auto former = add("a former national admin", {});
    backstage_.grant(former, "national_admin", "", "", "2020-01-01", "2024-12-31");
    const auto future = add("a national admin to be", {});
    backstage_.grant(future, "national_admin", "", "", "2099-01-01");
    victim_ = backstage_.person("victim");
    // Many, as every administrator who may ends one.
    for (int i = 0; i < 40; ++i) grants_.push_back(backstage_.grant(victim_, "member", "06", ""));
    message_ = backstage_.insert(
        "INSERT INTO core_outbox (message_id, recipient, recipient_name, language, subject, "
        "body_text, body_html, created_at, "
        "next_attempt_at, attempts, last_error) VALUES ('<1@test.example>', 'a@test.example', '', "
        "'fi', 'S', 'T', '', 0, 0, 0, '') "
        "RETURNING id");
  }

  const std::vector<Somebody>& everybody() const { return everybody_; }
  Backstage& backstage() { return backstage_; }

  /// A path as it is asked for now: with a grant that nobody has ended yet.
  std::string fresh(std::string path) {
    if (const auto at = path.find("GRANT"); at != std::string::npos) {
      path.replace(at, 5, std::to_string(grants_.back()));
      grants_.pop_back();
    }
    return path;
  }

  /// The paths at which a route is tried, with what they belong to.
  std::vector<std::pair<std::string, Place>> paths(const ListedRoute& route) {
    std::vector<Place> places;
    std::vector<std::map<std::string, std::string>> values;
    const std::map<std::string, std::string> common{{"organisation", ownOrganisation_},
                                                    {"person", std::to_string(victim_)},
                                                    {"grant", "GRANT"},
                                                    {"plugin", "contacts"},
                                                    {"message", std::to_string(message_)},
                                                    {"session", "nosuchsession"},
                                                    {"file*", "nothing.css"}};
    if (route.has("network")) {
      for (const auto& [network, region] :
           {std::pair{ownNetwork_, "06"}, std::pair{nationalNetwork_, ""}}) {
        auto own = common;
        own["network"] = network;
        own["member"] = backstage_.text(
            "SELECT CAST(MIN(id) AS TEXT) FROM contacts_member WHERE network_id = " + network);
        values.push_back(own);
        places.push_back({region, "", coordinator_});
      }
    } else {
      values.push_back(common);
      values.back()["region"] = "pirkanmaa";
      Place place;
      if (route.scoped && route.has("organisation"))
        place = {"06", ownOrganisation_, 0};
      else if (route.scoped)
        throw std::runtime_error("the matrix does not know where " + route.title() + " belongs");
      else if (route.has("region"))
        place = {"06", "", 0};
      places.push_back(place);
    }
    std::vector<std::pair<std::string, Place>> result;
    for (std::size_t i = 0; i < places.size(); ++i)
      result.emplace_back(route.path(values[i]), places[i]);
    return result;
  }

 private:
  std::int64_t add(const std::string& name, std::vector<HeldRole> roles, std::int64_t person = 0) {
    if (person == 0) person = backstage_.person("p" + std::to_string(everybody_.size()));
    for (const HeldRole& held : roles)
      backstage_.grant(person, held.role, held.region, held.organisation);
    everybody_.push_back({name, person, std::move(roles)});
    return person;
  }

  Backstage backstage_;
  const DemoSite& site_;
  std::vector<Somebody> everybody_;
  std::string ownOrganisation_, ownNetwork_, nationalNetwork_;
  std::int64_t coordinator_ = 0, victim_ = 0, message_ = 0;
  std::vector<std::int64_t> grants_;
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

int checkMatrix(const DemoSite& site, Stage& stage, Server& server) {
  const auto routes = listedRoutes(site.settings());
  const Ended roles = runToEnd({"roles", "--json"}, site.settings());
  REQUIRE(roles.code == 0);
  const Model model(json::parse(roles.out));
  int cells = 0;
  for (const ListedRoute& route : routes) {
    for (const auto& [pattern, place] : stage.paths(route)) {
      bool isThere = false;
      for (const Somebody& who : stage.everybody()) {
        const std::string path = stage.fresh(pattern);
        INFO(route.method << " " << path << " by " << who.name << " on " << site.kind());
        // A session of its own for every cell: some routes end sessions.
        Browser browser =
            who.person ? stage.backstage().signedIn(server, who.person) : Browser(server);
        const Answer answer =
            route.isSafe() ? browser.send(route.method, path, {}, "")
                           : browser.postAs(route.method, path, harmlessFields(route, model));
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
      }
      // A cell says little of a thing that is not there for anybody.
      INFO(route.title() << " at " << pattern);
      CHECK((isThere || route.has("session") || route.has("file*")));
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

}  // namespace
}  // namespace toimela::program_tests
