// Networks in the database.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/network.h"
#include "toimela/data.h"

namespace toimela::contacts::store {

std::optional<Network> findNetwork(ReadTx& tx, NetworkId id);

/// A network as a list shows it, with how many are in it today.
struct NetworkSummary {
  NetworkId id;
  LocalText name;
  NetworkKind kind;
  std::optional<RegionCode> region;
  std::int64_t people;
  std::int64_t organisations;
};

/// Lists leave out the networks of regions where the plugin is off.
struct Page {
  int limit;
  int offset = 0;
};
std::vector<NetworkSummary> listNetworks(ReadTx& tx, std::optional<NetworkKind> kind, Page page,
                                         Date today);
std::int64_t countNetworks(ReadTx& tx, std::optional<NetworkKind> kind);
/// The region's own networks, and the national ones that somebody represents there.
std::vector<NetworkSummary> networksOfRegion(ReadTx& tx, RegionCode region, Date today);
/// Networks that the person coordinates or belongs to.
std::vector<NetworkSummary> networksOfPerson(ReadTx& tx, PersonId person, Date today);
std::vector<Network> networksCoordinatedBy(ReadTx& tx, PersonId person);
/// Another network with how many of its people today are in the first one too.
struct RelatedNetwork {
  NetworkId id;
  LocalText name;
  std::optional<RegionCode> region;
  std::int64_t shared;
};
/// Those that share most people first.
std::vector<RelatedNetwork> relatedNetworks(ReadTx& tx, NetworkId id, int limit, Date today);
/// By id, after `after`: for paging with a cursor.
std::vector<NetworkSummary> networksAfter(ReadTx& tx, NetworkId after, int limit, Date today);

/// Networks whose name has the words in this order, in any language.
std::vector<Network> searchNetworks(ReadTx& tx, const std::string& words, int limit);

NetworkId insertNetwork(WriteTx& tx, const Network& network);
/// Saves the network if it still has the revision it was read with; false when it has another.
[[nodiscard]] bool updateNetwork(WriteTx& tx, const Network& network);
/// Leaves every network that the person coordinates without a coordinator.
void releaseCoordinator(WriteTx& tx, PersonId person);
/// Makes other changes of this network's members wait until the transaction ends, so that a rule
/// checked against its members still holds when the change is committed. False: no such network.
[[nodiscard]] bool lockNetwork(WriteTx& tx, NetworkId id);

}  // namespace toimela::contacts::store
