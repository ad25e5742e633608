// What the one who asks may see and do here: for showing or hiding; the routes' rules guard.
#pragma once

#include <vector>

#include "domain/network.h"
#include "domain/visibility.h"
#include "store/members.h"
#include "toimela/host.h"
#include "view/networks.h"

namespace toimela::contacts::handlers {

view::Reader readerOf(const Request& request, Host& host, const Network& network,
                      const std::vector<store::MemberRow>& current);

/// Towards the contact persons of a region, whatever networks they are of.
view::Reader readerOf(const Request& request, Host& host, RegionCode region);

/// How the one who asks stands to people and networks all over the country.
Acquaintance acquaintanceOf(const Request& request, Host& host, ReadTx& tx);
Acquaintance acquaintanceOf(const Actor& actor, Host& host, ReadTx& tx);

/// May the one who asks enter the board of the network?
bool readsBoard(const Request& request, Host& host, const Network& network,
                const std::vector<store::MemberRow>& current);

/// Where the actor may add a network.
struct Places {
  std::vector<Region> regions;
  bool nation = false;

  bool any() const { return nation || !regions.empty(); }
};
Places placesToAdd(const Request& request, Host& host);

}  // namespace toimela::contacts::handlers
