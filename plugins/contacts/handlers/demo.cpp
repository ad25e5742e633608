#include "handlers/demo.h"

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "domain/member.h"
#include "domain/network.h"
#include "domain/profile.h"
#include "handlers/demo_life.h"
#include "store/members.h"
#include "store/networks.h"
#include "store/people.h"
#include "store/profiles.h"
#include "toimela/directory.h"

namespace toimela::contacts::handlers {

namespace {

using Json = nlohmann::json;

constexpr int kAllOrganisations = 100'000;

Json readFile(const std::string& path) {
  std::ifstream file(path);
  return Json::parse(file);
}

LocalText readText(const Json& json) {
  return {json.at("fi").get<std::string>(), json.at("sv").get<std::string>(),
          json.at("en").get<std::string>()};
}

std::optional<RegionCode> readRegion(const Json& json) {
  return json.is_null() ? std::nullopt : RegionCode::parse(json.get<std::string>());
}

std::optional<Date> readDate(const Json& json) {
  return json.is_null() ? std::nullopt : Date::parse(json.get<std::string>());
}

Profile profileOf(const Json& json) {
  Profile profile{.expertise = json.at("expertise").get<std::vector<std::string>>(),
                  .languages = json.at("languages").get<std::vector<std::string>>(),
                  .targetGroups = json.at("targetGroups").get<std::vector<std::string>>(),
                  .help = readText(json.at("help")),
                  .levels = {parseLevel(json.at("email").get<std::string>()).value(),
                             parseLevel(json.at("phone").get<std::string>()).value()}};
  return profile;
}

/// Puts what the files say into the database, once for a transaction.
class DemoWriter {
 public:
  DemoWriter(WriteTx& tx, std::map<std::string, Network>& networks)
      : tx_(tx), networks_(networks) {
    for (const Organisation& o : directory::listOrganisations(tx, {}, kAllOrganisations, 0))
      organisations_.emplace(o.name.fi, o.id);
  }

  void add(const Json& json) {
    Network network{.name = readText(json.at("name")),
                    .purpose = readText(json.at("purpose")),
                    .kind = parseNetworkKind(json.at("kind").get<std::string>()).value(),
                    .region = readRegion(json.at("region")),
                    .coordinator = personOf(json.at("coordinator"))};
    network.id = store::insertNetwork(tx_, network);
    networks_.insert_or_assign(json.at("key").get<std::string>(), network);
    for (const Json& member : json.at("members")) addMember(network, member);
  }

  void addProfile(const Json& json) {
    const PersonId person = personOf(json.at("person"));
    if (!store::saveProfile(tx_, person, profileOf(json))) throw std::runtime_error("an example profile comes twice");
    store::indexPerson(tx_, person);
  }

  /// The names that the other files use.
  DemoNames names() {
    return {.network = [this](const std::string& key) { return networks_.at(key); },
            .person = [this](const std::string& email) { return personOf(email); },
            .organisation = [this](const std::string& name) { return organisations_.at(name); }};
  }

 private:
  void addMember(const Network& network, const Json& json) {
    store::insertMember(
        tx_, network.id,
        {.person = personOf(json.at("person")),
         .organisation = organisations_.at(json.at("organisation").get<std::string>()),
         .role = parseMemberRole(json.at("role").get<std::string>()).value(),
         .region = memberRegion(network, readRegion(json.at("region"))),
         .period = {readDate(json.at("from")).value(), readDate(json.at("to"))}});
  }

  PersonId personOf(const Json& email) {
    return directory::findPerson(tx_, EmailAddress::parse(email.get<std::string>()).value())
        .value()
        .id;
  }

  WriteTx& tx_;
  std::map<std::string, Network>& networks_;  ///< by the key that the files use
  std::map<std::string, OrganisationId> organisations_;
};

}  // namespace

void loadDemo(Host& host, const std::string& folder) {
  const Json networks = readFile(folder + "/networks.json");
  const Json profiles = readFile(folder + "/profiles.json");
  const Json life = readFile(folder + "/life.json");
  std::map<std::string, Network> known;
  host.writeAs({}, [&](WriteTx& tx) {
    known.clear();  // a lost race runs this again
    DemoWriter writer(tx, known);
    for (const Json& network : networks) writer.add(network);
    for (const Json& profile : profiles) writer.addProfile(profile);
    addDemoLife(tx, life, writer.names());
    tx.audit({.action = "contacts.demo.load", .object = "core.plugin:contacts"});
  });
  // Each by the hand of who sends it, as their name stands on it.
  for (const Json& invited : life.at("invited")) {
    const auto inviter = EmailAddress::parse(invited.at("by").get<std::string>()).value();
    const auto person =
        host.read([&](ReadTx& tx) { return directory::findPerson(tx, inviter).value().id; });
    host.writeAs(person, [&](WriteTx& tx) {
      DemoWriter writer(tx, known);
      addDemoInvitation(tx, host, invited, writer.names());
    });
  }
}

}  // namespace toimela::contacts::handlers
