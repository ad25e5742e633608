// The things that a path names; a request for one that is not there ends with 404.
#pragma once

#include "domain/network.h"
#include "store/members.h"
#include "toimela/data.h"
#include "toimela/host.h"

namespace toimela::contacts::handlers {

Network requireNetwork(ReadTx& tx, const Request& request);
/// A member of that very network.
store::MemberRow requireMember(ReadTx& tx, const Request& request, const Network& network);
/// The region named by {region}.
const Region& requireRegion(const Request& request, const Host& host);

}  // namespace toimela::contacts::handlers
