// Changes of claims: each checks its rule, saves, leaves its audit entry and its mail in one
// transaction.
#pragma once

#include <string>
#include <variant>

#include "claims/claim.h"
#include "host/core_host.h"

namespace toimela::claims {

/// Another organisation has the proposed business id.
struct BusinessIdTaken {
  Organisation other;
};
using AskOutcome = std::variant<ClaimId, AskProblem, BusinessIdTaken>;
AskOutcome ask(WriteTx& tx, const Claim& claim);

/// False when it is not the person's, or not open any more.
bool withdraw(WriteTx& tx, PersonId person, ClaimId id);

struct Decided {
  OrganisationId organisation;
};
/// Somebody decided, or the applicant withdrew, a moment ago.
struct NotOpen {};
using ApproveOutcome = std::variant<Decided, NotOpen, BusinessIdTaken>;
/// Adds a proposed organisation, notes the membership and makes the person its representative.
ApproveOutcome approve(WriteTx& tx, CoreHost& host, ClaimId id);
/// False when it is not open any more.
bool decline(WriteTx& tx, CoreHost& host, ClaimId id, const std::string& reason);

/// Ends the person's place in an organisation and their right to speak for it, as of yesterday.
/// False when they had neither.
bool leave(WriteTx& tx, PersonId person, OrganisationId organisation);

}  // namespace toimela::claims
