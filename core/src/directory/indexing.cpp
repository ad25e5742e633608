#include "directory/indexing.h"

#include "toimela/words.h"
#include "words/version.h"

namespace toimela::directory {

namespace {

constexpr std::int64_t kBatch = 1'000;

constexpr Sql kOrganisationsMissing{
    "directory.indexing.organisations",
    "SELECT o.id, o.name_fi, o.name_sv, o.name_en, o.business_id, o.register_number, o.sector,"
    " o.region FROM core_organisation o WHERE o.id > :after AND NOT EXISTS"
    " (SELECT 1 FROM core_name n WHERE n.kind = 'organisation' AND n.object = o.id"
    " AND n.version = :version) ORDER BY o.id LIMIT :limit"};
constexpr Sql kPeopleMissing{
    "directory.indexing.people",
    "SELECT p.id, p.given_name, p.family_name, p.email, p.phone, p.language FROM core_person p"
    " WHERE p.id > :after AND p.erased_at IS NULL AND NOT EXISTS"
    " (SELECT 1 FROM core_name n WHERE n.kind = 'person' AND n.object = p.id"
    " AND n.version = :version) ORDER BY p.id LIMIT :limit"};

constexpr Sql kIdsAfter{"directory.indexing.ids",
                        "SELECT id FROM core_organisation WHERE id > :after ORDER BY id LIMIT :limit"};
#define SELECT_FOUND                                                                       \
  "SELECT id, name_fi, name_sv, name_en, business_id, register_number, sector, region,"    \
  " summary_fi, summary_sv, summary_en FROM core_organisation WHERE id"
constexpr Sql kFound{"directory.indexing.found",
                     SELECT_FOUND " IN (SELECT value FROM json_each('[' || CAST(:ids AS TEXT) || ']'))",
                     SELECT_FOUND " = ANY(CAST(string_to_array(CAST(:ids AS TEXT), ',') AS BIGINT[]))"};
#undef SELECT_FOUND

std::vector<search::Document> documentsOf(ReadTx& tx, const std::vector<std::int64_t>& ids) {
  return tx.all(
      kFound,
      [](OrganisationId id, std::string fi, std::string sv, std::string en,
         std::optional<BusinessId> businessId, std::string registerNumber, Sector sector,
         RegionCode region, std::string summaryFi, std::string summarySv, std::string summaryEn) {
        const std::string numbers = (businessId ? businessId->text() + " " : "") + registerNumber;
        return search::Document{
            .id = id.value,
            .title = {std::move(fi), std::move(sv), std::move(en)},
            .keywords = {.fi = numbers, .sv = {}, .en = {}},
            .text = {std::move(summaryFi), std::move(summarySv), std::move(summaryEn)},
            .path = "/organisations/" + id.text(),
            .region = region,
            .date = {},
            .type = std::string(code(sector)),
            .project = {},
            .audience = search::Audience::everyone()};
      },
      words::idList(ids));
}

std::vector<Organisation> organisationsMissing(ReadTx& tx, std::int64_t after) {
  return tx.all(
      kOrganisationsMissing,
      [](OrganisationId id, std::string fi, std::string sv, std::string en,
         std::optional<BusinessId> businessId, std::string registerNumber, Sector sector,
         RegionCode region) {
        return Organisation{.id = id,
                            .name = {std::move(fi), std::move(sv), std::move(en)},
                            .businessId = std::move(businessId),
                            .registerNumber = std::move(registerNumber),
                            .sector = sector,
                            .region = region,
                            .municipality = {},
                            .website = {},
                            .summary = {}};
      },
      after, words::kVersion, kBatch);
}

std::vector<Person> peopleMissing(ReadTx& tx, std::int64_t after) {
  return tx.all(
      kPeopleMissing,
      [](PersonId id, std::string givenName, std::string familyName, EmailAddress email,
         std::string phone, Locale language) {
        return Person{id, std::move(givenName), std::move(familyName), std::move(email),
                      std::move(phone), language};
      },
      after, words::kVersion, kBatch);
}

/// Batch by batch, so that others who write do not wait for all of it.
template <class Missing>
void indexAll(data::Database& database, Missing missing) {
  for (std::int64_t after = 0;;) {
    const auto batch = database.get([&](ReadTx& tx) { return missing(tx, after); });
    if (batch.empty()) return;
    database.write({}, [&](WriteTx& tx) {
      for (const auto& one : batch) index(tx, one);
      tx.unaudited("the index of words follows what it is made of");
    });
    after = batch.back().id.value;
  }
}

}  // namespace

std::vector<std::string> marksOf(std::optional<RegionCode> region, std::optional<Sector> sector) {
  std::vector<std::string> marks;
  if (region) marks.push_back("r" + region->text());
  if (sector) marks.push_back("s" + std::string(code(*sector)));
  return marks;
}

void index(WriteTx& tx, const Organisation& organisation) {
  words::put(tx, {.kind = std::string(kOrganisationKind),
                  .id = organisation.id.value,
                  .name = organisation.name,
                  .texts = {organisation.businessId ? organisation.businessId->text() : "",
                            organisation.registerNumber},
                  .marks = marksOf(organisation.region, organisation.sector)});
  search::changed(tx, kOrganisationKind, organisation.id.value);
}

void index(WriteTx& tx, const Person& person) {
  words::put(tx, {.kind = std::string(kPersonKind),
                  .id = person.id.value,
                  .name = {.fi = person.familyName + " " + person.givenName, .sv = {}, .en = {}},
                  .texts = {person.email.text()},
                  .marks = {}});
}

search::Source organisationSource() {
  return {.kind = std::string(kOrganisationKind),
          .labelKey = "words.search.organisations",
          .typeLabels = "directory.sector.",
          .list =
              [](ReadTx& tx, std::int64_t after, int limit) {
                return tx.all(kIdsAfter, [](std::int64_t id) { return id; }, after, limit);
              },
          .read = documentsOf};
}

void indexMissing(data::Database& database) {
  indexAll(database, organisationsMissing);
  indexAll(database, peopleMissing);
}

}  // namespace toimela::directory
