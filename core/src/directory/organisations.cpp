#include "directory/organisations.h"

#include <algorithm>
#include <map>

#include "directory/indexing.h"
#include "toimela/directory_events.h"
#include "toimela/words.h"

namespace toimela::directory {

namespace {

// Bearers of the very name stand among the first of those that begin with it.
constexpr int kMatchesLookedAt = 50;

#define TOIMELA_ORGANISATION                                                            \
  "SELECT id, name_fi, name_sv, name_en, business_id, register_number, sector, region," \
  " municipality, website, summary_fi, summary_sv, summary_en, revision FROM core_organisation"

constexpr Sql kById{"directory.organisation.by_id", TOIMELA_ORGANISATION " WHERE id = :id"};

constexpr Sql kByBusinessId{"directory.organisation.by_business_id",
                            TOIMELA_ORGANISATION " WHERE business_id = :business_id"};

constexpr Sql kByIds{
    "directory.organisation.by_ids",
    TOIMELA_ORGANISATION " WHERE id IN (SELECT value FROM json_each('[' || CAST(:ids AS TEXT) || ']'))",
    TOIMELA_ORGANISATION
    " WHERE id = ANY(CAST(string_to_array(CAST(:ids AS TEXT), ',') AS BIGINT[]))"};

constexpr Sql kCount{"directory.organisation.count",
                     "SELECT CAST(COUNT(*) AS BIGINT) FROM core_organisation"
                     " WHERE CAST(:sector AS TEXT) IS NULL OR sector = :sector"};

constexpr Sql kCountRegion{"directory.organisation.count_region",
                           "SELECT CAST(COUNT(*) AS BIGINT) FROM core_organisation"
                           " WHERE region = :region"
                           " AND (CAST(:sector AS TEXT) IS NULL OR sector = :sector)"};

constexpr Sql kAfter{"directory.organisation.after",
                     TOIMELA_ORGANISATION
                     " WHERE id > :after AND (CAST(:sector AS TEXT) IS NULL OR sector = :sector)"
                     " ORDER BY id LIMIT :limit"};

constexpr Sql kAfterRegion{"directory.organisation.after_region", TOIMELA_ORGANISATION
                           " WHERE region = :region AND id > :after"
                           " AND (CAST(:sector AS TEXT) IS NULL OR sector = :sector)"
                           " ORDER BY id LIMIT :limit"};

constexpr Sql kAdd{
    "directory.organisation.add",
    "INSERT INTO core_organisation (name_fi, name_sv, name_en, business_id,"
    " register_number, sector, region, municipality, website, summary_fi, summary_sv,"
    " summary_en, created_at, revision)"
    " VALUES (:name_fi, :name_sv, :name_en, :business_id, :register_number, :sector,"
    " :region, :municipality, :website, :summary_fi, :summary_sv, :summary_en, :at, 1)"
    " ON CONFLICT (business_id) DO NOTHING RETURNING id"};

constexpr Sql kUpdate{"directory.organisation.update",
                      "UPDATE core_organisation SET name_fi = :name_fi, name_sv = :name_sv,"
                      " name_en = :name_en, business_id = :business_id,"
                      " register_number = :register_number, sector = :sector,"
                      " municipality = :municipality, website = :website, summary_fi = :summary_fi,"
                      " summary_sv = :summary_sv, summary_en = :summary_en, revision = revision + 1"
                      " WHERE id = :id AND revision = :revision"};

// Whoever adds an organisation is waited for, so that the next look sees it: an update has no ON
// CONFLICT. PostgreSQL's only; on SQLite a transaction that writes is alone already.
constexpr Sql kLockBusinessIds{"directory.organisation.lock_business_ids",
                               "LOCK TABLE core_organisation IN SHARE ROW EXCLUSIVE MODE"};

constexpr Sql kScope{"directory.organisation.scope",
                     "SELECT region FROM core_organisation WHERE id = :id"};

#undef TOIMELA_ORGANISATION

Organisation organisation(OrganisationId id, std::string nameFi, std::string nameSv,
                          std::string nameEn, std::optional<BusinessId> businessId,
                          std::string registerNumber, Sector sector, RegionCode region,
                          std::optional<MunicipalityCode> municipality, std::string website,
                          std::string summaryFi, std::string summarySv, std::string summaryEn,
                          std::int64_t revision) {
  return {id,
          {std::move(nameFi), std::move(nameSv), std::move(nameEn)},
          std::move(businessId),
          std::move(registerNumber),
          sector,
          region,
          municipality,
          std::move(website),
          {std::move(summaryFi), std::move(summarySv), std::move(summaryEn)},
          revision};
}

/// In the order of the ids.
std::vector<Organisation> byIds(ReadTx& tx, const std::vector<std::int64_t>& ids) {
  std::vector<Organisation> ordered;
  if (ids.empty()) return ordered;
  std::map<std::int64_t, Organisation> found;
  for (auto& one : tx.all(kByIds, organisation, words::idList(ids)))
    found.emplace(one.id.value, std::move(one));
  for (const auto id : ids)
    if (const auto one = found.find(id); one != found.end())
      ordered.push_back(std::move(one->second));
  return ordered;
}

AuditEntry entry(std::string action, const Organisation& changed, OrganisationId id) {
  return {.action = std::move(action),
          .object = "organisation:" + id.text(),
          .region = changed.region,
          .organisation = id};
}

}  // namespace

std::optional<Organisation> findOrganisation(ReadTx& tx, OrganisationId id) {
  return tx.first(kById, organisation, id);
}

std::optional<Organisation> findOrganisation(ReadTx& tx, const BusinessId& businessId) {
  return tx.first(kByBusinessId, organisation, businessId);
}

std::vector<Organisation> listOrganisations(ReadTx& tx, std::optional<RegionCode> region, int limit,
                                            int offset) {
  return searchOrganisations(tx, {.region = region}, limit, offset);
}

OrganisationPage findOrganisations(ReadTx& tx, const OrganisationFilter& filter, Locale reader,
                                   std::string_view after, int limit) {
  auto found = words::find(tx, {.kind = std::string(kOrganisationKind),
                                .typed = filter.words,
                                .marks = marksOf(filter.region, filter.sector),
                                .locale = reader,
                                .after = std::string(after),
                                .limit = limit});
  return {byIds(tx, found.ids), std::move(found.next), found.count, found.isMore};
}

std::vector<Organisation> searchOrganisations(ReadTx& tx, const OrganisationFilter& filter,
                                              int limit, int offset) {
  auto page = findOrganisations(tx, filter, Locale::fi, "", limit + offset);
  auto& all = page.organisations;
  all.erase(all.begin(), all.begin() + std::min<std::ptrdiff_t>(offset, std::ssize(all)));
  return std::move(all);
}

std::int64_t countOrganisations(ReadTx& tx, const OrganisationFilter& filter) {
  if (!filter.words.empty()) return findOrganisations(tx, filter, Locale::fi, "", 1).count;
  if (filter.region) return tx.value<std::int64_t>(kCountRegion, *filter.region, filter.sector);
  return tx.value<std::int64_t>(kCount, filter.sector);
}

std::vector<Organisation> matchOrganisations(ReadTx& tx, std::string_view typed, int limit) {
  while (typed.ends_with(' ')) typed.remove_suffix(1);
  if (typed.empty()) return {};
  // "name (Y-tunnus)", as lookupText() writes it.
  if (const auto open = typed.rfind('('); typed.ends_with(')') && open != std::string_view::npos)
    if (const auto id = BusinessId::parse(typed.substr(open + 1, typed.size() - open - 2)))
      if (auto found = findOrganisation(tx, *id)) return {std::move(*found)};
  if (const auto id = BusinessId::parse(typed))
    if (auto found = findOrganisation(tx, *id)) return {std::move(*found)};
  // Names that begin with what was typed come first, and so do those that are nothing else.
  auto found = findOrganisations(tx, {.words = std::string(typed), .region = {}, .sector = {}},
                                 Locale::fi, "", std::max(limit, kMatchesLookedAt))
                   .organisations;
  const auto isNamed = [&](const Organisation& one) {
    return one.name.fi == typed || one.name.sv == typed || one.name.en == typed;
  };
  // A full name means its bearer, even where others have it within theirs.
  const auto others = std::stable_partition(found.begin(), found.end(), isNamed);
  if (others != found.begin()) found.erase(others, found.end());
  if (std::ssize(found) > limit) found.resize(static_cast<std::size_t>(limit));
  return found;
}

std::string lookupText(const Organisation& organisation, Locale locale) {
  std::string text = organisation.name.pick(locale).text;
  if (organisation.businessId) text += " (" + organisation.businessId->text() + ")";
  return text;
}

std::vector<Organisation> organisationsAfter(ReadTx& tx, OrganisationId after,
                                             const OrganisationFilter& filter, int limit) {
  if (filter.region)
    return tx.all(kAfterRegion, organisation, *filter.region, after, filter.sector, limit);
  return tx.all(kAfter, organisation, after, filter.sector, limit);
}

std::optional<OrganisationId> addOrganisation(WriteTx& tx, const Organisation& added) {
  const auto id = tx.first(
      kAdd, [](OrganisationId id) { return id; }, added.name.fi, added.name.sv, added.name.en,
      added.businessId, added.registerNumber, added.sector, added.region, added.municipality,
      added.website, added.summary.fi, added.summary.sv, added.summary.en, tx.time());
  if (!id) {
    tx.unaudited("another organisation has the business id");
    return std::nullopt;
  }
  Organisation stored = added;
  stored.id = *id;
  index(tx, stored);
  tx.audit(entry("core.organisation.add", added, *id));
  return id;
}

UpdateOutcome updateOrganisation(WriteTx& tx, const Organisation& changed) {
  const auto stored = findOrganisation(tx, changed.id);
  if (!stored || stored->revision != changed.revision) return UpdateOutcome::stale;
  if (changed.businessId && changed.businessId != stored->businessId) {
    if (tx.dialect() == Dialect::postgresql) tx.run(kLockBusinessIds);
    if (findOrganisation(tx, *changed.businessId)) return UpdateOutcome::taken;
  }
  const auto rows = tx.run(kUpdate, changed.name.fi, changed.name.sv, changed.name.en,
                           changed.businessId, changed.registerNumber, changed.sector,
                           changed.municipality, changed.website, changed.summary.fi,
                           changed.summary.sv, changed.summary.en, changed.id, changed.revision);
  if (rows == 0) return UpdateOutcome::stale;
  index(tx, findOrganisation(tx, changed.id).value());
  tx.audit(entry("core.organisation.edit", changed, changed.id));
  tx.publish(OrganisationChanged{changed.id});
  return UpdateOutcome::saved;
}

ScopeResolver organisationScope() {
  return [](ReadTx& tx, const PathParameters& parameters) -> std::optional<Scope> {
    const auto id = parameters.id<OrganisationId>("organisation");
    if (!id) return std::nullopt;
    return tx.first(
        kScope,
        [&](RegionCode region) {
          return Scope{region, *id, std::nullopt};
        },
        *id);
  };
}

}  // namespace toimela::directory
