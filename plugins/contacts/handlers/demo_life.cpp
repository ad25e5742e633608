#include "handlers/demo_life.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "domain/application.h"
#include "domain/coverage.h"
#include "domain/handover.h"
#include "operations/invitations.h"
#include "store/applications.h"
#include "store/coverage.h"
#include "store/handovers.h"
#include "store/members.h"

namespace toimela::contacts::handlers {

namespace {

using Json = nlohmann::json;

std::string textOf(const Json& json, const char* name) { return json.at(name).get<std::string>(); }

RegionCode regionOf(const Json& json) { return RegionCode::parse(textOf(json, "region")).value(); }

MemberRole roleOf(const Json& json) { return parseMemberRole(textOf(json, "role")).value(); }

void addCoverage(WriteTx& tx, const Json& json, const DemoNames& names) {
  CoverageRule rule{
      .least = json.at("least").get<int>(), .most = json.at("most").get<int>(), .revision = 0};
  for (const auto& code : json.at("excepted"))
    rule.excepted.push_back(RegionCode::parse(code.get<std::string>()).value());
  if (!store::saveCoverageRule(tx, names.network(textOf(json, "network")).id, rule))
    throw std::runtime_error("an example rule of coverage comes twice");
}

void addJoined(WriteTx& tx, const Json& json, const DemoNames& names, Date today) {
  const Network network = names.network(textOf(json, "network"));
  const auto& to = json.at("to");
  store::insertMember(
      tx, network.id,
      {.person = names.person(textOf(json, "person")),
       .organisation = names.organisation(textOf(json, "organisation")),
       .role = roleOf(json),
       .region = memberRegion(network, regionOf(json)),
       .period = {today.plusDays(json.at("from").get<int>()),
                  to.is_null() ? std::nullopt : std::optional{today.plusDays(to.get<int>())}}});
}

void addApplication(WriteTx& tx, const Json& json, const DemoNames& names) {
  const Network network = names.network(textOf(json, "network"));
  const auto id = store::insertApplication(
      tx, {.network = network.id,
           .person = names.person(textOf(json, "person")),
           .organisation = names.organisation(textOf(json, "organisation")),
           .role = roleOf(json),
           .region = memberRegion(network, regionOf(json)),
           .message = textOf(json, "message")});
  const auto state = parseApplicationState(textOf(json, "state")).value();
  if (state != ApplicationState::open &&
      !store::closeApplication(tx, id.value(), state, textOf(json, "reason"), std::nullopt))
    throw std::runtime_error("an example application is not open");
}

MemberId placeOf(ReadTx& tx, NetworkId network, PersonId person, RegionCode region) {
  const auto places = store::membershipsOf(tx, network, person);
  return std::ranges::find(places, region, [](const Member& member) { return member.region; })->id;
}

void addHandover(WriteTx& tx, const Json& json, const DemoNames& names) {
  const NetworkId network = names.network(textOf(json, "network")).id;
  const auto place = [&](const char* who) {
    return placeOf(tx, network, names.person(textOf(json, who)), regionOf(json));
  };
  const MemberId leaver = place("from");
  if (!store::saveNotes(tx, {.member = leaver, .notes = textOf(json, "notes"), .revision = 0}))
    throw std::runtime_error("an example handover comes twice");
  store::noteSuccessor(tx, leaver, place("to"));
}

}  // namespace

void addDemoLife(WriteTx& tx, const Json& life, const DemoNames& names) {
  const Date today = Date::of(tx.time());
  for (const auto& json : life.at("coverage")) addCoverage(tx, json, names);
  for (const auto& json : life.at("joined")) addJoined(tx, json, names, today);
  for (const auto& json : life.at("applications")) addApplication(tx, json, names);
  for (const auto& json : life.at("handovers")) addHandover(tx, json, names);
  for (const auto& json : life.at("seen"))
    for (const auto& person : json.at("people"))
      store::noteSeen(tx, names.person(person.get<std::string>()),
                      today.plusDays(-json.at("days_ago").get<int>()));
}

void addDemoInvitation(WriteTx& tx, Host& host, const Json& invited, const DemoNames& names) {
  const Network network = names.network(textOf(invited, "network"));
  operations::invite(tx, host, network,
                     {.network = network.id,
                      .email = EmailAddress::parse(textOf(invited, "email")).value(),
                      .givenName = textOf(invited, "givenName"),
                      .familyName = textOf(invited, "familyName"),
                      .organisation = names.organisation(textOf(invited, "organisation")),
                      .role = roleOf(invited),
                      .region = regionOf(invited)},
                     parseLocale(textOf(invited, "language")).value());
}

}  // namespace toimela::contacts::handlers
