// Who and what stands on the stage of the matrix of rights: people with every role in every place, and
// something of each kind behind the addresses of all routes.
#pragma once

#include <cstring>

#include "access/passwords.h"
#include "board_examples.h"
#include "demo_site.h"
#include "event_examples.h"
#include "publication_examples.h"
#include "route_table.h"
#include "trendcards_examples.h"

namespace toimela::program_tests {

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

/// Where they stand among everybody.
inline constexpr std::size_t kCoordinator = 2, kNationalAdmin = 3;

inline bool leaves(const ListedRoute& route) { return route.pattern.ends_with("/leave"); }

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

    for (const std::string& network : {ownNetwork_, nationalNetwork_})
      backstage_.run(
          "INSERT INTO contacts_application (network_id, person_id, organisation_id, role, message, "
          "state, reason, created_at) VALUES (" +
          network + ", " + std::to_string(coordinator_) + ", " + ownOrganisation_ +
          ", 'member', '', 'open', '', 0)");

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
    for (const std::string& network : {ownNetwork_, nationalNetwork_}) {
      posts_[network] = exampleQuestion(backstage_, network, coordinator_);
      comments_[network] = exampleComment(backstage_, posts_[network], coordinator_);
    }
    // Many, as every administrator who may ends one.
    for (int i = 0; i < 40; ++i) grants_.push_back(backstage_.grant(victim_, "member", "06", ""));
    claim_ = backstage_.insert(
        "INSERT INTO core_claim (person_id, organisation_id, region, title, message, name_fi, "
        "name_sv, name_en, register_number, sector, website, summary_fi, summary_sv, summary_en, "
        "state, reason, created_at) VALUES (" +
        std::to_string(coordinator_) +
        ", NULL, '06', 'T', '', 'N', '', '', '', 'association', '', '', '', '', 'open', '', 0) "
        "RETURNING id");
    addEvent();
    message_ = backstage_.insert(
        "INSERT INTO core_outbox (message_id, recipient, recipient_name, language, subject, "
        "body_text, body_html, created_at, "
        "next_attempt_at, attempts, last_error) VALUES ('<1@test.example>', 'a@test.example', '', "
        "'fi', 'S', 'T', '', 0, 0, 0, '') "
        "RETURNING id");
  }

  /// What an event's addresses name; what can be removed has many of its kind.
  void addEvent() {
    addEventExamples(backstage_, event_, coordinator_);
    for (int i = 1; i <= 60; ++i) {
      quotas_.push_back(exampleQuota(backstage_, event_.at("event")));
      questions_.push_back(exampleQuestionOf(backstage_, event_.at("event"), i));
      materials_.push_back(exampleMaterial(backstage_, event_.at("event")));
      articles_.push_back(exampleArticle(backstage_));
      drafts_.push_back(exampleDraft(backstage_).first);
      const auto [holder, part] = exampleDraft(backstage_);
      holders_.push_back(holder);
      parts_.push_back(part);
    }
    std::tie(draft_["publication"], draft_["part"]) = exampleDraft(backstage_);
    publication_ = withPublication(backstage_, {});
    cards_ = withCards(backstage_, {});
    backstage_.run("UPDATE trendcards_order SET person_id = " + std::to_string(coordinator_) + " WHERE id = " +
                   cards_.at("order"));
  }

  const std::vector<Somebody>& everybody() const { return everybody_; }
  Backstage& backstage() { return backstage_; }

  /// A path as it is asked for now: with a grant that nobody has ended yet, and something on the
  /// board that nobody has removed.
  std::string fresh(std::string path) {
    if (const auto at = path.find("GRANT"); at != std::string::npos) {
      path.replace(at, 5, std::to_string(grants_.back()));
      grants_.pop_back();
    }
    for (auto& [mark, left] : {std::pair{"QUOTAX", &quotas_}, std::pair{"QUESTIONX", &questions_},
                              std::pair{"MATERIALX", &materials_}, std::pair{"ARTICLEX", &articles_},
                              std::pair{"DRAFTX", &drafts_}, std::pair{"HOLDERX", &holders_}, std::pair{"PARTX", &parts_}})
      if (const auto at = path.find(mark); at != std::string::npos) {
        path.replace(at, std::strlen(mark), left->back());
        left->pop_back();
      }
    if (const auto at = path.find("ASKEDX"); at != std::string::npos)
      path.replace(at, 6, accountInvitation());
    for (const std::string& network : {ownNetwork_, nationalNetwork_}) {
      if (const std::string mark = "POST" + network + "X"; path.find(mark) != std::string::npos)
        path.replace(path.find(mark), mark.size(),
                     std::to_string(exampleQuestion(backstage_, network, coordinator_)));
      if (const std::string mark = "INVITATION" + network + "X";
          path.find(mark) != std::string::npos)
        path.replace(path.find(mark), mark.size(), invitationTo(network));
      if (const std::string mark = "COMMENT" + network + "X"; path.find(mark) != std::string::npos)
        path.replace(path.find(mark), mark.size(),
                     std::to_string(exampleComment(backstage_, posts_.at(network), coordinator_)));
    }
    return path;
  }

  /// The paths at which a route is tried, with what they belong to.
  std::vector<std::pair<std::string, Place>> paths(const ListedRoute& route) {
    std::vector<Place> places;
    std::vector<std::map<std::string, std::string>> values;
    std::map<std::string, std::string> common{{"organisation", ownOrganisation_},
                                              {"person", std::to_string(victim_)},
                                              {"grant", "GRANT"},
                                              {"plugin", "contacts"},
                                              {"message", std::to_string(message_)},
                                              {"claim", std::to_string(claim_)},
                                              {"invitation", "999999"},
                                              {"session", "nosuchsession"},
                                              {"token", "nosuchtoken"},
                                              {"file", "999999"},
                                              {"file*", "nothing.css"}};
    if (route.pattern.starts_with("/admin/people/invitations/")) common["invitation"] = "ASKEDX";
    if (route.plugin == "events") {
      for (const auto& [name, value] : event_) common[name] = value;
      if (route.pattern.ends_with("/remove")) {
        common["quota"] = "QUOTAX";
        common["question"] = "QUESTIONX";
        common["material"] = "MATERIALX";
      }
    }
    if (route.plugin == "publications") {
      for (const auto& [name, value] : publication_) common[name] = value;
      // Who edits does so before it is published.
      if (route.rule != "anyone")
        for (const auto& [name, value] : draft_) common[name] = value;
      if (route.pattern.ends_with("/articles/{article}/remove")) common["article"] = "ARTICLEX";
      if (route.pattern.ends_with("/{publication}/remove")) common["publication"] = "DRAFTX";
      if (route.pattern.ends_with("/files/{part}/remove")) common["publication"] = "HOLDERX", common["part"] = "PARTX";
    }
    if (route.plugin == "trendcards")
      for (const auto& [name, value] : cards_) common[name] = value;
    // The directory has those who have a place in a network.
    if (route.pattern.find("/contacts/people/{person}") != std::string::npos)
      common["person"] = backstage_.text(
          "SELECT CAST(MIN(person_id) AS TEXT) FROM contacts_member"
          " WHERE role = 'contact_person' AND valid_to IS NULL");
    if (route.has("network")) {
      for (const auto& [network, region] :
           {std::pair{ownNetwork_, "06"}, std::pair{nationalNetwork_, ""}}) {
        auto own = common;
        own["network"] = network;
        const bool removes = route.pattern.ends_with("/remove");
        const bool isOfComment = route.has("comment");
        own["post"] = removes && !isOfComment ? "POST" + network + "X"
                                              : std::to_string(posts_.at(network));
        own["comment"] = removes ? "COMMENT" + network + "X"
                                 : std::to_string(comments_.at(network));
        own["member"] = backstage_.text(
            "SELECT CAST(MIN(id) AS TEXT) FROM contacts_member WHERE network_id = " + network);
        own["invitation"] = "INVITATION" + network + "X";
        own["application"] = backstage_.text(
            "SELECT CAST(MAX(id) AS TEXT) FROM contacts_application WHERE network_id = " + network);
        values.push_back(own);
        places.push_back({region, "", coordinator_});
      }
    } else {
      values.push_back(common);
      values.back()["region"] = "pirkanmaa";
      // Leaving takes roles away, and the other cells need them.
      if (leaves(route)) values.back()["organisation"] = "999999";
      Place place;
      if (route.scoped && (route.has("event") || route.has("registration") || route.has("series")))
        place = {"06", "", route.has("registration") ? coordinator_ : 0};
      else if (route.scoped && (route.plugin == "publications" || route.plugin == "trendcards"))
        place = {"06", "", route.has("order") ? coordinator_ : 0};
      else if (route.scoped && route.has("organisation"))
        place = {"06", ownOrganisation_, 0};
      else if (route.scoped && route.has("claim"))
        place = {"06", "", 0};
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

  /// Files behind the addresses of files, and orders that belong to somebody.
  void addFiles() {
    file_ = std::to_string(backstage_.insert(
        "INSERT INTO core_file (stored_name, name, type, size, sha256, created_at) VALUES ('example', 'e.png', "
        "'image/png', 1, 'example', 0) RETURNING id"));
    backstage_.run("INSERT INTO contacts_attachment (file_id, post_id) VALUES (" + file_ + ", " +
                   std::to_string(posts_.at(ownNetwork_)) + ")");
    backstage_.run("INSERT INTO events_picture (event_id, file_id, alternative_fi, alternative_sv, alternative_en) "
                   "VALUES (" + event_.at("event") + ", " + file_ + ", 'A', '', '')");
    backstage_.run("UPDATE events_material SET link = NULL, file_id = " + file_ + " WHERE id = " + event_.at("material"));
    backstage_.run("INSERT INTO events_answer_file (file_id, registration_id, key, name) VALUES (" + file_ + ", " +
                   event_.at("registration") + ", 'k0', 'e.png')");
    backstage_.run("UPDATE publications_article SET image_id = " + file_ + " WHERE id = " + publication_.at("article"));
  }

  /// A path with the secret and the file that belong there, where the matrix has none.
  std::string real(const ListedRoute& route, std::string path) {
    const auto put = [&](const std::string& mark, const std::string& value) {
      if (const auto at = path.find(mark); at != std::string::npos) path.replace(at, mark.size(), value);
    };
    const std::string secret = backstage_.text("SELECT value FROM core_secret WHERE name = 'form'");
    if (route.plugin == "events" && route.has("registration"))
      put("nosuchtoken", access::hmac(secret, "mark:events:registration:" + event_.at("registration") + ":nonce"));
    if (route.plugin == "trendcards" && route.has("order"))
      put("nosuchtoken", access::hmac(secret, "mark:trendcards:trendcards.order:" + cards_.at("order") + ":x"));
    if (route.has("file")) put("999999", file_);
    return path;
  }

 private:
  /// A place that somebody was asked to take.
  std::string invitationTo(const std::string& network) {
    const std::string email = "invited" + std::to_string(++invited_) + "@test.example";
    return std::to_string(backstage_.insert(
        "INSERT INTO contacts_invitation (network_id, invitation, email, email_key, given_name, "
        "family_name, organisation_id, role, created_at) VALUES (" +
        network + ", 0, '" + email + "', '" + email + "', 'I', 'N', " + ownOrganisation_ +
        ", 'member', 0) RETURNING id"));
  }

  /// Somebody who was asked to make an account.
  std::string accountInvitation() {
    const std::string mark = "asked" + std::to_string(++invited_);
    return std::to_string(backstage_.insert(
        "INSERT INTO core_invitation (token_hash, email, email_key, given_name, family_name, language, reason, "
        "purpose, path, created_at, expires_at) VALUES ('" + mark + "', '" + mark + "@test.example', '" + mark +
        "@test.example', 'A', 'N', 'fi', 'R', 'core.person', '/', 0, 9000000000000) RETURNING id"));
  }

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
  std::int64_t coordinator_ = 0, victim_ = 0, message_ = 0, claim_ = 0;
  std::vector<std::int64_t> grants_;
  std::string file_;
  int invited_ = 0;
  std::map<std::string, std::string> event_;
  std::map<std::string, std::string> publication_, draft_, cards_;
  std::vector<std::string> quotas_, questions_, materials_, articles_, drafts_, holders_, parts_;
  std::map<std::string, std::int64_t> posts_, comments_;
};

}  // namespace toimela::program_tests
