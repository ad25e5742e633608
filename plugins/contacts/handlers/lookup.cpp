#include "handlers/lookup.h"

#include "store/networks.h"

namespace toimela::contacts::handlers {

Network requireNetwork(ReadTx& tx, const Request& request) {
  auto id = request.parameters.id<NetworkId>("network");
  auto network = id ? store::findNetwork(tx, *id) : std::nullopt;
  if (!network) throw NotFound();
  return std::move(*network);
}

store::MemberRow requireMember(ReadTx& tx, const Request& request, const Network& network) {
  auto id = request.parameters.id<MemberId>("member");
  auto member = id ? store::findMember(tx, network.id, *id) : std::nullopt;
  if (!member) throw NotFound();
  return std::move(*member);
}

const Region& requireRegion(const Request& request, const Host& host) {
  const Region* region = request.region ? host.region(*request.region) : nullptr;
  if (!region) throw NotFound();
  return *region;
}

}  // namespace toimela::contacts::handlers
