// Networks and members as the API shows them. Ids are texts: clients must not count with them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/network.h"
#include "store/members.h"
#include "store/networks.h"
#include "view/networks.h"

namespace toimela::contacts::view {

/// A page of a list; `next` is what to ask as `after` for the one that follows, or null.
std::string networksJson(const std::vector<store::NetworkSummary>& networks,
                         std::optional<NetworkId> next);
std::string networkJson(const Network& network, const store::Counts& counts);
/// People whom the reader may not see stand there without a name.
std::string membersJson(const std::vector<store::MemberRow>& members, const Reader& reader,
                        std::optional<MemberId> next);
/// Everything that networks know of one person.
std::string personJson(const std::vector<store::Membership>& memberships,
                       const std::vector<Network>& coordinated);

}  // namespace toimela::contacts::view
