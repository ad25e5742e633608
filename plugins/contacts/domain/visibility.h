// What of a network's people may be shown to whom.
#pragma once

#include <vector>

#include "domain/member.h"
#include "domain/network.h"
#include "toimela/access.h"

namespace toimela::contacts {

/// Contact persons are there to be found: their names are public. Everyone else is a number.
bool isNamePublic(MemberRole role);

/// Every place where the network is at work: its own, and the regions and organisations of its
/// current members. Who may see contact details at one of them sees the network's, because the
/// people of a network work together.
std::vector<Scope> placesOf(const Network& network, const std::vector<Member>& current);

}  // namespace toimela::contacts
