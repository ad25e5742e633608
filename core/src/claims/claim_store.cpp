#include "claims/claim_store.h"

#include <algorithm>

namespace toimela::claims {

namespace {

// An organisation that is in the directory is shown as it is there.
#define TOIMELA_CLAIM                                                                             \
  "SELECT c.id, c.person_id, c.organisation_id, COALESCE(o.name_fi, c.name_fi),"                  \
  " COALESCE(o.name_sv, c.name_sv), COALESCE(o.name_en, c.name_en),"                              \
  " CASE WHEN o.id IS NULL THEN c.business_id ELSE o.business_id END,"                            \
  " COALESCE(o.register_number, c.register_number), COALESCE(o.sector, c.sector),"                \
  " COALESCE(o.region, c.region), CASE WHEN o.id IS NULL THEN c.municipality ELSE o.municipality" \
  " END, COALESCE(o.website, c.website), c.summary_fi, c.summary_sv, c.summary_en, c.title,"      \
  " c.message, c.state, c.reason, c.created_at, c.decided_at"                                     \
  " FROM core_claim c LEFT JOIN core_organisation o ON o.id = c.organisation_id"

constexpr Sql kFind{"core.claim.find", TOIMELA_CLAIM " WHERE c.id = :id"};
constexpr Sql kOfPerson{"core.claim.of_person", TOIMELA_CLAIM " WHERE c.person_id = :person ORDER BY c.id DESC"};
constexpr Sql kOpen{"core.claim.open", TOIMELA_CLAIM " WHERE c.state = 'open' ORDER BY c.id LIMIT :limit"};
constexpr Sql kDecided{"core.claim.decided",
                       TOIMELA_CLAIM " WHERE c.state IN ('approved', 'declined')"
                                     " ORDER BY c.decided_at DESC, c.id DESC LIMIT :limit"};
constexpr Sql kOpenIn{"core.claim.open_in",
                      TOIMELA_CLAIM " WHERE c.state = 'open' AND c.region = :region ORDER BY c.id LIMIT :limit"};
constexpr Sql kDecidedIn{"core.claim.decided_in",
                         TOIMELA_CLAIM " WHERE c.state IN ('approved', 'declined') AND c.region = :region"
                                       " ORDER BY c.decided_at DESC, c.id DESC LIMIT :limit"};
constexpr Sql kOpenAfter{"core.claim.open_after",
                         TOIMELA_CLAIM " WHERE c.state = 'open' AND c.id > :after"
                                       " AND (CAST(:region AS TEXT) IS NULL OR c.region = :region)"
                                       " ORDER BY c.id LIMIT :limit"};
#undef TOIMELA_CLAIM

constexpr Sql kCountOpen{"core.claim.count_open",
                         "SELECT region, CAST(COUNT(*) AS BIGINT) FROM core_claim WHERE state = 'open' GROUP BY region"};
constexpr Sql kInsert{
    "core.claim.insert",
    "INSERT INTO core_claim (person_id, organisation_id, region, title, message, name_fi, name_sv, name_en,"
    " business_id, register_number, sector, municipality, website, summary_fi, summary_sv, summary_en, state,"
    " reason, created_at) VALUES (:person, :organisation, :region, :title, :message, :name_fi, :name_sv, :name_en,"
    " :business_id, :register_number, :sector, :municipality, :website, :summary_fi, :summary_sv, :summary_en,"
    " 'open', '', :at) ON CONFLICT (person_id, organisation_id) WHERE state = 'open' DO NOTHING RETURNING id"};
constexpr Sql kEnd{"core.claim.end",
                   "UPDATE core_claim SET state = :state, reason = :reason, decided_at = :at,"
                   " organisation_id = COALESCE(CAST(:organisation AS BIGINT), organisation_id)"
                   " WHERE id = :id AND state = 'open'"};
// The organisation's part is no personal data and may be in the directory by now; the words are.
constexpr Sql kForget{"core.claim.forget",
                      "UPDATE core_claim SET title = '', message = '', reason = '',"
                      " state = CASE WHEN state = 'open' THEN 'withdrawn' ELSE state END"
                      " WHERE person_id = :person"};
constexpr Sql kScope{"core.claim.scope", "SELECT region FROM core_claim WHERE id = :id"};

Claim claimOf(ClaimId id, PersonId person, std::optional<OrganisationId> organisation, std::string nameFi,
              std::string nameSv, std::string nameEn, std::optional<BusinessId> businessId,
              std::string registerNumber, Sector sector, RegionCode region,
              std::optional<MunicipalityCode> municipality, std::string website, std::string summaryFi,
              std::string summarySv, std::string summaryEn, std::string title, std::string message, State state,
              std::string reason, Instant createdAt, std::optional<Instant> decidedAt) {
  return {.id = id,
          .person = person,
          .organisation = {.id = organisation.value_or(OrganisationId{}),
                           .name = {std::move(nameFi), std::move(nameSv), std::move(nameEn)},
                           .businessId = std::move(businessId),
                           .registerNumber = std::move(registerNumber),
                           .sector = sector,
                           .region = region,
                           .municipality = municipality,
                           .website = std::move(website),
                           .summary = {std::move(summaryFi), std::move(summarySv), std::move(summaryEn)}},
          .title = std::move(title),
          .message = std::move(message),
          .state = state,
          .reason = std::move(reason),
          .createdAt = createdAt,
          .decidedAt = decidedAt};
}

}  // namespace

std::optional<Claim> findClaim(ReadTx& tx, ClaimId id) { return tx.first(kFind, claimOf, id); }

std::vector<Claim> claimsOf(ReadTx& tx, PersonId person) { return tx.all(kOfPerson, claimOf, person); }

std::vector<Claim> listClaims(ReadTx& tx, bool open, const std::vector<RegionCode>& regions, bool everywhere,
                              int limit) {
  if (everywhere) return tx.all(open ? kOpen : kDecided, claimOf, limit);
  std::vector<Claim> all;
  for (const RegionCode& region : regions) {
    auto some = tx.all(open ? kOpenIn : kDecidedIn, claimOf, region, limit);
    std::ranges::move(some, std::back_inserter(all));
  }
  std::ranges::sort(all, [&](const Claim& a, const Claim& b) {
    return open ? a.id < b.id : std::tie(a.decidedAt, a.id) > std::tie(b.decidedAt, b.id);
  });
  if (all.size() > static_cast<std::size_t>(limit)) all.erase(all.begin() + limit, all.end());
  return all;
}

std::vector<Claim> openClaimsAfter(ReadTx& tx, ClaimId after, const std::vector<RegionCode>& regions,
                                   bool everywhere, int limit) {
  if (everywhere) return tx.all(kOpenAfter, claimOf, after, std::optional<RegionCode>(), limit);
  std::vector<Claim> all;
  for (const RegionCode& region : regions) {
    auto some = tx.all(kOpenAfter, claimOf, after, std::optional(region), limit);
    std::ranges::move(some, std::back_inserter(all));
  }
  std::ranges::sort(all, {}, &Claim::id);
  if (all.size() > static_cast<std::size_t>(limit)) all.erase(all.begin() + limit, all.end());
  return all;
}

std::int64_t countOpen(ReadTx& tx, const std::vector<RegionCode>& regions, bool everywhere) {
  std::int64_t count = 0;
  tx.each(kCountOpen, [&](RegionCode region, std::int64_t claims) {
    if (everywhere || std::ranges::find(regions, region) != regions.end()) count += claims;
  });
  return count;
}

std::optional<ClaimId> insertClaim(WriteTx& tx, const Claim& claim) {
  const Organisation& proposed = claim.organisation;
  return tx.first(
      kInsert, [](ClaimId id) { return id; }, claim.person,
      claim.isNew() ? std::nullopt : std::optional(proposed.id), proposed.region, claim.title, claim.message,
      proposed.name.fi, proposed.name.sv, proposed.name.en, proposed.businessId, proposed.registerNumber,
      proposed.sector, proposed.municipality, proposed.website, proposed.summary.fi, proposed.summary.sv,
      proposed.summary.en, tx.time());
}

bool endClaim(WriteTx& tx, ClaimId id, State state, std::string_view reason,
              std::optional<OrganisationId> organisation) {
  return tx.run(kEnd, state, reason, tx.time(), organisation, id) == 1;
}

void forgetClaims(WriteTx& tx, PersonId person) { tx.run(kForget, person); }

ScopeResolver claimScope() {
  return [](ReadTx& tx, const PathParameters& parameters) -> std::optional<Scope> {
    const auto id = parameters.id<ClaimId>("claim");
    if (!id) return std::nullopt;
    return tx.first(
        kScope, [](RegionCode region) { return Scope{region, std::nullopt, std::nullopt}; }, *id);
  };
}

}  // namespace toimela::claims
