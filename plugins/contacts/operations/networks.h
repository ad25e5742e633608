// Changes of networks: each checks its rule, saves and leaves its audit entry in one transaction.
#pragma once

#include "domain/network.h"
#include "toimela/data.h"

namespace toimela::contacts::operations {

/// Adds the network and makes the actor its coordinator.
NetworkId addNetwork(WriteTx& tx, Network network);

enum class Saved { yes, stale };
/// Saves the network unless someone else changed it after it was read.
Saved saveNetwork(WriteTx& tx, const Network& network);

/// Ends the places of an erased person in every network, for good.
void forgetPerson(WriteTx& tx, PersonId person);

}  // namespace toimela::contacts::operations
