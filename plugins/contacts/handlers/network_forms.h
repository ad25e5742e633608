// Adding and editing networks.
#pragma once

#include <vector>

#include "domain/network.h"
#include "toimela/directory.h"
#include "toimela/host.h"

namespace toimela::contacts::handlers {

Response newNetwork(const Request& request, Host& host);
Response addNetwork(const Request& request, Host& host);
Response editNetwork(const Request& request, Host& host);
Response saveNetwork(const Request& request, Host& host);

/// A network with the people who could coordinate it: its members and its coordinator.
struct Candidates {
  Network network;
  std::vector<Person> people;
};
Candidates coordinatorsFor(ReadTx& tx, const Request& request);

}  // namespace toimela::contacts::handlers
