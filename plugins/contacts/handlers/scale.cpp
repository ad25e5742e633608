#include "handlers/scale.h"

#include <array>
#include <map>
#include <stdexcept>
#include <string>

#include "domain/member.h"
#include "domain/profile.h"
#include "store/members.h"
#include "store/networks.h"
#include "store/people.h"
#include "store/profiles.h"

namespace toimela::contacts::handlers {

namespace {

constexpr std::int64_t kNetworksARegion = 10;
constexpr int kMostNetworks = 1'000;
constexpr std::int64_t kContactPersonEvery = 8, kProfileEvery = 3;
constexpr std::array<std::string_view, 16> kKnown{
    "tuettu työ",     "työhönvalmennus", "nuorten työpajat", "hankesuunnittelu",
    "selkokieli",     "vertaistuki",     "palveluohjaus",    "kotoutuminen",
    "uraohjaus",      "digituki",        "verkostotyö",      "yrittäjyysneuvonta",
    "vapaaehtoistyö", "ryhmänohjaus",    "saavutettavuus",   "työnantajayhteistyö"};

/// The networks that are there, by region and number; added when the first of their people comes.
class Networks {
 public:
  explicit Networks(WriteTx& tx) : tx_(tx) {
    for (const Network& network : store::searchNetworks(tx, "laajuus", kMostNetworks))
      known_.emplace(network.name.fi, network.id);
  }
  NetworkId of(RegionCode region, std::int64_t number) {
    const std::string name = "Laajuus " + region.text() + "-" + std::to_string(number);
    if (const auto found = known_.find(name); found != known_.end()) return found->second;
    const auto id = store::insertNetwork(tx_, {.name = {.fi = name},
                                               .purpose = {},
                                               .kind = NetworkKind::regional,
                                               .region = region});
    return known_.emplace(name, id).first->second;
  }

 private:
  WriteTx& tx_;
  std::map<std::string, NetworkId> known_;
};

Profile profileOf(std::int64_t number) {
  const auto index = static_cast<std::size_t>(number);
  return {.expertise = {std::string(kKnown[index % kKnown.size()]),
                        std::string(kKnown[index / 7 % kKnown.size()])},
          .languages = {std::string(kSpokenLanguages[index % 3])},
          .targetGroups = {std::string(kTargetGroups[index % kTargetGroups.size()])}};
}

}  // namespace

void addToScale(WriteTx& tx, const ScaleBatch& batch) {
  Networks networks(tx);
  const Date since = Date::of(tx.time()).plusDays(-300);
  for (const auto& one : batch.people) {
    if (one.number % kProfileEvery == 0 && !store::saveProfile(tx, one.person, profileOf(one.number)))
      throw std::runtime_error("somebody new has a profile already");
    store::insertMember(tx, networks.of(one.region, one.number % kNetworksARegion),
                        {.person = one.person,
                         .organisation = one.organisation,
                         .role = one.number % kContactPersonEvery == 0 ? MemberRole::contactPerson
                                                                       : MemberRole::member,
                         .region = one.region,
                         .period = {since, std::nullopt}});
  }
}

}  // namespace toimela::contacts::handlers
