#include <nlohmann/json.hpp>

#include "claims/claim_store.h"
#include "claims/handlers.h"

namespace toimela::claims {

namespace {

std::string takeOut(ReadTx& tx, PersonId person) {
  auto document = nlohmann::ordered_json::array();
  for (const Claim& claim : claimsOf(tx, person))
    document.push_back({{"organisation", claim.organisation.name.fi},
                        {"title", claim.title},
                        {"message", claim.message},
                        {"state", code(claim.state)},
                        {"reason", claim.reason},
                        {"asked", isoText(claim.createdAt)}});
  return document.dump();
}

}  // namespace

PersonalData personalData() {
  return {"claims", takeOut, forgetClaims,
          {"core_claim.person_id", "core_claim.organisation_id", "core_claim.region",
           "core_claim.state", "core_claim.title", "core_claim.message", "core_claim.reason",
           "core_claim.created_at", "core_claim.decided_at"}};
}

}  // namespace toimela::claims
