// Claims in the database.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "claims/claim.h"

namespace toimela::claims {

std::optional<Claim> findClaim(ReadTx& tx, ClaimId id);
/// The newest first.
std::vector<Claim> claimsOf(ReadTx& tx, PersonId person);
/// Of the regions, or of all without any; open ones the oldest first, decided ones the newest first.
std::vector<Claim> listClaims(ReadTx& tx, bool open, const std::vector<RegionCode>& regions, bool everywhere,
                              int limit);
/// Open ones by id, for lists that are read page by page.
std::vector<Claim> openClaimsAfter(ReadTx& tx, ClaimId after, const std::vector<RegionCode>& regions,
                                   bool everywhere, int limit);
std::int64_t countOpen(ReadTx& tx, const std::vector<RegionCode>& regions, bool everywhere);

/// Nothing when the person has an open claim for the organisation already.
std::optional<ClaimId> insertClaim(WriteTx& tx, const Claim& claim);
/// Ends an open claim; false when it is not open any more. `organisation` is what came of it.
bool endClaim(WriteTx& tx, ClaimId id, State state, std::string_view reason,
              std::optional<OrganisationId> organisation = {});
void forgetClaims(WriteTx& tx, PersonId person);
/// For routes with {claim}: the region that decides; 404 when there is none.
ScopeResolver claimScope();

}  // namespace toimela::claims
