// Networks over a year: counts and names of networks, never people.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "domain/network.h"
#include "toimela/data.h"

namespace toimela::contacts::store {

/// Of a region count those who speak for it; of the nation all in networks of the nation and of the regions
/// where the plugin is on.
struct YearSize {
  std::int64_t networks = 0, people = 0, organisations = 0;
};
/// How many there were on a day; networks that had somebody.
YearSize sizeOn(ReadTx& tx, std::optional<RegionCode> region, Date day);
std::map<NetworkKind, std::int64_t> kindsOn(ReadTx& tx, std::optional<RegionCode> region, Date day);
/// Places that began from one day to the other, both included.
std::int64_t joinedBetween(ReadTx& tx, std::optional<RegionCode> region, Date from, Date to);
/// Places whose last day was from one day to the other, both included.
std::int64_t leftBetween(ReadTx& tx, std::optional<RegionCode> region, Date from, Date to);

struct NetworkName {
  NetworkId id;
  LocalText name;
};
/// Networks that had somebody on that day, by name.
std::vector<NetworkName> networksOn(ReadTx& tx, std::optional<RegionCode> region, Date day, int limit);

}  // namespace toimela::contacts::store
