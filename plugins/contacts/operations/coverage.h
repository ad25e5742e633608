// Changes about coverage: what a network wants of its regions, and who still has their place.
#pragma once

#include "domain/coverage.h"
#include "domain/network.h"
#include "operations/networks.h"
#include "toimela/data.h"

namespace toimela::contacts::operations {

/// Follows the coverage by this rule from now on. A rule that was new when it was read has the
/// revision 0.
Saved saveCoverageRule(WriteTx& tx, const Network& network, const CoverageRule& rule);
/// Stops following it.
void removeCoverageRule(WriteTx& tx, const Network& network);
/// Notes that the member still has the place.
void confirmMember(WriteTx& tx, const Network& network, const Member& member);

}  // namespace toimela::contacts::operations
