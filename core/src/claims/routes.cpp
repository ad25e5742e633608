// Every route, permission and link of the claims room.
#include "claims/claim_store.h"
#include "claims/handlers.h"
#include "toimela/directory.h"

namespace toimela::claims {

void contribute(Registry& registry) {
  registry.permissions({{kDecide, {Role::nationalAdmin, Role::regionalAdmin}, "claim.permission.decide"}});
  registry.routes({
      get("/organisations/register", showRegister).signedIn().described("The form that proposes a new organisation"),
      post("/organisations/register", submitRegister).signedIn().described("Proposes a new organisation"),
      get("/organisations/{organisation}/represent", showRepresent)
          .signedIn().at(directory::organisationScope()).described("The form that asks to represent an organisation"),
      post("/organisations/{organisation}/represent", submitRepresent)
          .signedIn().at(directory::organisationScope()).described("Asks to represent an organisation"),
      get("/account/organisations", showOwnOrganisations)
          .signedIn().described("The reader's organisations, and what they asked for"),
      post("/account/organisations/{organisation}/leave", leaveOrganisation)
          .signedIn().described("Ends one's own place in an organisation"),
      post("/account/claims/{claim}/withdraw", withdrawClaim).signedIn().described("Takes back what one asked for"),

      get("/admin/claims", listClaimsPage).needs(kDecide).anywhere().described("What people ask of the region"),
      get("/admin/claims/{claim}", showClaim).needs(kDecide).at(claimScope()).described("One claim, to decide"),
      post("/admin/claims/{claim}/approve", approveClaim)
          .needs(kDecide).at(claimScope()).described("Makes the applicant the organisation's representative"),
      post("/admin/claims/{claim}/decline", declineClaim)
          .needs(kDecide).at(claimScope()).described("Declines with a reason"),

      get("/api/v1/claims", claimsAsJson).needs(kDecide).anywhere().paged("Claim").described("Open claims within reach, by id"),
      get("/api/v1/claims/{claim}", claimAsJson).needs(kDecide).at(claimScope()).answers("Claim").described("One claim"),
      post("/api/v1/claims/{claim}/approve", apiApprove)
          .needs(kDecide).at(claimScope()).rate(RateClass::write).answers("Claim")
          .described("Makes the applicant the organisation's representative"),
      post("/api/v1/claims/{claim}/decline", apiDecline)
          .needs(kDecide).at(claimScope()).rate(RateClass::write).takes("ClaimDecline").answers("Claim")
          .described("Declines a claim with a reason"),
  });
  describeSchemas(registry);
  registry.navigation({"/account/organisations", "claim.own.title", std::nullopt, 10});
  registry.navigation({"/admin/claims", "claim.list.title", kDecide, 25});
  registry.tile({Tile::Place::dashboard, "tile_claims", fillWaitingTile, 10});
  registry.personalData(personalData());
}

}  // namespace toimela::claims
