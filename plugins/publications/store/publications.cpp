#include "store/publications.h"

#include <algorithm>

#include "store/id_list.h"
#include "store/stored.h"

namespace toimela::publications::store {

namespace {

#define SELECT_PUBLICATION                                                                                        \
  "SELECT id, kind, state, region, title_fi, title_sv, title_en, abstract_fi, abstract_sv, abstract_en, publisher, " \
  "issued, language, isbn, issn, identifier, licence, project, embargo, withdrawn_why, created_at, "               \
  "changed_at, published_at, revision, short_code FROM publications_publication WHERE "
constexpr Sql kFind{"publications.publication.find", SELECT_PUBLICATION "removed_at IS NULL AND " PUBLICATIONS_ONE_OF("id"),
                    SELECT_PUBLICATION "removed_at IS NULL AND " PUBLICATIONS_ANY_OF("id")};
#undef SELECT_PUBLICATION
// SQLite has one writer at a time, which is lock enough.
constexpr Sql kLock{"publications.publication.lock", "SELECT id FROM publications_publication WHERE id = :id",
                    "SELECT id FROM publications_publication WHERE id = :id FOR UPDATE"};
#define SELECT_CONTRIBUTOR "SELECT publication_id, role, name, orcid FROM publications_contributor WHERE "
constexpr Sql kContributors{
    "publications.contributor.of_publication",
    SELECT_CONTRIBUTOR PUBLICATIONS_ONE_OF("publication_id") "ORDER BY publication_id, position",
    SELECT_CONTRIBUTOR PUBLICATIONS_ANY_OF("publication_id") "ORDER BY publication_id, position"};
#undef SELECT_CONTRIBUTOR
#define SELECT_SUBJECT "SELECT publication_id, is_free, word FROM publications_subject WHERE "
constexpr Sql kSubjectsOf{"publications.subject.of_publication",
                          SELECT_SUBJECT PUBLICATIONS_ONE_OF("publication_id") "ORDER BY publication_id, position",
                          SELECT_SUBJECT PUBLICATIONS_ANY_OF("publication_id") "ORDER BY publication_id, position"};
#undef SELECT_SUBJECT
#define SELECT_RELATION "SELECT publication_id, relation, target FROM publications_relation WHERE "
constexpr Sql kRelationsOf{"publications.relation.of_publication",
                           SELECT_RELATION PUBLICATIONS_ONE_OF("publication_id") "ORDER BY publication_id, relation",
                           SELECT_RELATION PUBLICATIONS_ANY_OF("publication_id") "ORDER BY publication_id, relation"};
#undef SELECT_RELATION
#define SELECT_PLACEMENT                                                                     \
  "SELECT l.publication_id, l.series_id, l.issue FROM publications_placement l "            \
  "JOIN publications_series s ON s.id = l.series_id WHERE "
#define IN_ORDER "ORDER BY l.publication_id, s.is_collection, l.series_id"
constexpr Sql kPlacementsOf{"publications.placement.of_publication",
                            SELECT_PLACEMENT PUBLICATIONS_ONE_OF("l.publication_id") IN_ORDER,
                            SELECT_PLACEMENT PUBLICATIONS_ANY_OF("l.publication_id") IN_ORDER};
#undef SELECT_PLACEMENT
#undef IN_ORDER
constexpr Sql kByCode{"publications.publication.by_code",
                      "SELECT id FROM publications_publication WHERE short_code = :code"};
constexpr Sql kSame{"publications.publication.same",
                    "SELECT id FROM publications_publication WHERE state <> 'withdrawn' AND removed_at IS NULL AND "
                    "(identifier = CAST(:identifier AS TEXT) OR isbn = CAST(:isbn AS TEXT) OR "
                    "(CAST(:identifier AS TEXT) IS NULL AND CAST(:isbn AS TEXT) IS NULL AND issued = :issued "
                    "AND title_fi = :fi AND title_sv = :sv AND title_en = :en)) ORDER BY id LIMIT 1"};

// Of the nation, or of a region where the plugin is on.
#define IS_PUBLIC                                                                     \
  "p.state = 'published' AND (p.region IS NULL OR p.region IN "                      \
  "(SELECT a.region FROM core_plugin_active a WHERE a.plugin = 'publications')) "
#define IS_WANTED                                                                                         \
  "AND (CAST(:region AS TEXT) IS NULL OR p.region = CAST(:region AS TEXT)) "                             \
  "AND (CAST(:kind AS TEXT) IS NULL OR p.kind = CAST(:kind AS TEXT)) "                                   \
  "AND (CAST(:language AS TEXT) IS NULL OR p.language = CAST(:language AS TEXT)) "                       \
  "AND (CAST(:year AS TEXT) IS NULL OR SUBSTR(p.issued, 1, 4) = CAST(:year AS TEXT)) "                   \
  "AND (CAST(:project AS TEXT) IS NULL OR p.project = CAST(:project AS TEXT)) "                          \
  "AND (CAST(:subject AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM publications_subject s "                 \
  "WHERE s.publication_id = p.id AND s.word = CAST(:subject AS TEXT))) "                                 \
  "AND (CAST(:series AS BIGINT) IS NULL OR EXISTS (SELECT 1 FROM publications_placement l "              \
  "WHERE l.publication_id = p.id AND l.series_id = CAST(:series AS BIGINT))) "
constexpr Sql kList{"publications.publication.list",
                    "SELECT p.id FROM publications_publication p WHERE " IS_PUBLIC IS_WANTED
                    "AND (CAST(:issued AS TEXT) IS NULL OR p.issued < CAST(:issued AS TEXT) "
                    "OR (p.issued = CAST(:issued AS TEXT) AND p.id < CAST(:id AS BIGINT))) "
                    "ORDER BY p.issued DESC, p.id DESC LIMIT :limit"};
constexpr Sql kCount{"publications.publication.count",
                     "SELECT CAST(COUNT(*) AS BIGINT) FROM publications_publication p WHERE " IS_PUBLIC IS_WANTED};
constexpr Sql kCountBySeries{"publications.publication.count_by_series",
                             "SELECT l.series_id, CAST(COUNT(*) AS BIGINT) FROM publications_placement l "
                             "JOIN publications_publication p ON p.id = l.publication_id WHERE " IS_PUBLIC
                             "GROUP BY l.series_id"};
constexpr Sql kStretches{"publications.publication.stretches",
                         "SELECT p.id / CAST(:size AS BIGINT), MAX(p.changed_at) FROM publications_publication p "
                         "WHERE " IS_PUBLIC "GROUP BY 1 ORDER BY 1"};
constexpr Sql kStretch{"publications.publication.stretch",
                       "SELECT p.id, p.changed_at FROM publications_publication p WHERE p.id >= CAST(:from AS BIGINT) "
                       "AND p.id < CAST(:until AS BIGINT) AND " IS_PUBLIC "ORDER BY p.id"};
constexpr Sql kNewest{"publications.publication.newest",
                      "SELECT p.id FROM publications_publication p WHERE " IS_PUBLIC IS_WANTED
                      "ORDER BY p.published_at DESC, p.id DESC LIMIT :limit"};
constexpr Sql kPublicAfter{"publications.publication.public_after",
                           "SELECT p.id FROM publications_publication p WHERE p.id > :after AND " IS_PUBLIC
                           "ORDER BY p.id LIMIT :limit"};
constexpr Sql kYears{"publications.publication.years",
                     "SELECT DISTINCT SUBSTR(p.issued, 1, 4) FROM publications_publication p WHERE " IS_PUBLIC
                     "AND (CAST(:region AS TEXT) IS NULL OR p.region = CAST(:region AS TEXT)) ORDER BY 1 DESC"};
constexpr Sql kLanguagesOf{"publications.publication.languages",
                           "SELECT DISTINCT p.language FROM publications_publication p WHERE " IS_PUBLIC
                           "AND (CAST(:region AS TEXT) IS NULL OR p.region = CAST(:region AS TEXT)) ORDER BY 1"};
constexpr Sql kProjects{"publications.publication.projects",
                        "SELECT DISTINCT p.project FROM publications_publication p WHERE " IS_PUBLIC
                        "AND p.project <> '' AND (CAST(:region AS TEXT) IS NULL OR p.region = CAST(:region AS TEXT)) "
                        "ORDER BY 1"};
#undef IS_PUBLIC
#undef IS_WANTED

// Codes of regions are digits.
#define IS_IN_WORK(regions)                                                                                    \
  "state <> 'published' AND removed_at IS NULL AND (CAST(:state AS TEXT) IS NULL OR state = CAST(:state AS TEXT)) "                  \
  "AND ((region IS NULL AND CAST(:nation AS INTEGER) = 1) OR region " regions ") "
#define ONE_OF_REGIONS "IN (SELECT value FROM json_each('[\"' || replace(CAST(:regions AS TEXT), ' ', '\",\"') || '\"]'))"
#define ANY_OF_REGIONS "= ANY(string_to_array(CAST(:regions AS TEXT), ' '))"
#define LATEST_FIRST "ORDER BY changed_at DESC, id DESC LIMIT :limit"
#define FROM_PUBLICATION " FROM publications_publication WHERE "
constexpr Sql kInWork{"publications.publication.in_work",
                      "SELECT id" FROM_PUBLICATION IS_IN_WORK(ONE_OF_REGIONS) LATEST_FIRST,
                      "SELECT id" FROM_PUBLICATION IS_IN_WORK(ANY_OF_REGIONS) LATEST_FIRST};
constexpr Sql kCountInWork{"publications.publication.count_in_work",
                           "SELECT CAST(COUNT(*) AS BIGINT)" FROM_PUBLICATION IS_IN_WORK(ONE_OF_REGIONS),
                           "SELECT CAST(COUNT(*) AS BIGINT)" FROM_PUBLICATION IS_IN_WORK(ANY_OF_REGIONS)};
#undef IS_IN_WORK
#undef ONE_OF_REGIONS
#undef ANY_OF_REGIONS
#undef LATEST_FIRST
#undef FROM_PUBLICATION
constexpr Sql kOpened{"publications.publication.opened_between",
                      "SELECT id FROM publications_publication WHERE state = 'published' "
                      "AND embargo >= :from AND embargo <= :until ORDER BY id"};
constexpr Sql kAllAfter{"publications.publication.all_after",
                        "SELECT id FROM publications_publication WHERE id > :after ORDER BY id LIMIT :limit"};
constexpr Sql kCreatedBy{"publications.publication.created_by",
                         "SELECT id FROM publications_publication WHERE created_by = :person ORDER BY id"};

constexpr Sql kInsert{
    "publications.publication.insert",
    "INSERT INTO publications_publication (short_code, kind, state, region, title_fi, title_sv, title_en, "
    "abstract_fi, abstract_sv, abstract_en, publisher, issued, language, isbn, issn, identifier, licence, "
    "project, embargo, withdrawn_why, created_by, created_at, changed_at, published_at, revision) "
    "VALUES (:code, :kind, :state, :region, :title_fi, :title_sv, :title_en, :abstract_fi, :abstract_sv, "
    ":abstract_en, :publisher, :issued, :language, :isbn, :issn, :identifier, :licence, :project, :embargo, "
    ":why, :created_by, :created_at, :changed_at, :published_at, 1) RETURNING id"};
constexpr Sql kUpdate{
    "publications.publication.update",
    "UPDATE publications_publication SET kind = :kind, state = :state, title_fi = :title_fi, "
    "title_sv = :title_sv, title_en = :title_en, abstract_fi = :abstract_fi, abstract_sv = :abstract_sv, "
    "abstract_en = :abstract_en, publisher = :publisher, issued = :issued, language = :language, isbn = :isbn, "
    "issn = :issn, identifier = :identifier, licence = :licence, project = :project, embargo = :embargo, "
    "withdrawn_why = :why, changed_at = :changed_at, published_at = :published_at, revision = revision + 1 "
    "WHERE id = :id AND revision = :revision AND removed_at IS NULL"};
constexpr Sql kTouch{"publications.publication.touch",
                     "UPDATE publications_publication SET changed_at = :at WHERE id = :id"};
constexpr Sql kRemove{"publications.publication.remove",
                      "UPDATE publications_publication SET removed_at = :at, revision = revision + 1 "
                      "WHERE id = :id AND published_at IS NULL AND removed_at IS NULL"};
constexpr Sql kRestore{"publications.publication.restore",
                       "UPDATE publications_publication SET removed_at = NULL, revision = revision + 1 "
                       "WHERE id = :id AND revision = :revision AND removed_at IS NOT NULL"};
constexpr Sql kRemoved{"publications.publication.removed",
                       "SELECT id FROM publications_publication WHERE removed_at < :before ORDER BY id"};
constexpr Sql kClear{"publications.publication.clear",
                     "DELETE FROM publications_publication WHERE id = :id AND published_at IS NULL"};
constexpr Sql kForget{"publications.publication.forget",
                      "UPDATE publications_publication SET created_by = NULL WHERE created_by = :person"};
constexpr Sql kForgetVersions{"publications.version.forget",
                              "UPDATE publications_version SET created_by = NULL WHERE created_by = :person"};
constexpr Sql kForgetArticles{"publications.article.forget",
                              "UPDATE publications_article SET created_by = NULL WHERE created_by = :person"};

constexpr Sql kAddContributor{"publications.contributor.insert",
                              "INSERT INTO publications_contributor (publication_id, position, role, name, orcid) "
                              "VALUES (:id, :position, :role, :name, :orcid)"};
constexpr Sql kAddSubject{"publications.subject.insert",
                          "INSERT INTO publications_subject (publication_id, position, is_free, word) "
                          "VALUES (:id, :position, :is_free, :word)"};
constexpr Sql kAddRelation{"publications.relation.insert",
                           "INSERT INTO publications_relation (publication_id, relation, target) "
                           "VALUES (:id, :relation, :target)"};
constexpr Sql kAddPlacement{"publications.placement.insert",
                            "INSERT INTO publications_placement (series_id, publication_id, issue) "
                            "VALUES (:series, :id, :issue)"};
constexpr Sql kClearContributors{"publications.contributor.clear",
                                 "DELETE FROM publications_contributor WHERE publication_id = :id"};
constexpr Sql kClearSubjects{"publications.subject.clear",
                             "DELETE FROM publications_subject WHERE publication_id = :id"};
constexpr Sql kClearRelations{"publications.relation.clear",
                              "DELETE FROM publications_relation WHERE publication_id = :id"};
constexpr Sql kClearPlacements{"publications.placement.clear",
                               "DELETE FROM publications_placement WHERE publication_id = :id"};

void clearLists(WriteTx& tx, PublicationId id) {
  for (const Sql* sql : {&kClearContributors, &kClearSubjects, &kClearRelations, &kClearPlacements}) tx.run(*sql, id);
}

void insertLists(WriteTx& tx, PublicationId id, const Publication& p) {
  std::int64_t position = 0;
  for (const Contributor& each : p.contributors)
    tx.run(kAddContributor, id, ++position, each.role, each.name, each.orcid);
  position = 0;
  for (const std::string& subject : p.subjects) tx.run(kAddSubject, id, ++position, false, subject);
  for (const std::string& keyword : p.keywords) tx.run(kAddSubject, id, ++position, true, keyword);
  for (const Related& each : p.relations) tx.run(kAddRelation, id, each.relation, each.target);
  for (const Placement& each : p.placements) tx.run(kAddPlacement, each.series, id, each.issue);
}

std::vector<std::string> texts(ReadTx& tx, const Sql& sql, std::optional<RegionCode> region) {
  return tx.all(sql, [](std::string text) { return text; }, region);
}
PublicationId asId(PublicationId id) { return id; }
/// "06 19"
std::string regionList(const std::vector<RegionCode>& regions) {
  std::string list;
  for (const RegionCode region : regions) list.append(list.empty() ? "" : " ").append(region.text());
  return list;
}

}  // namespace

void lock(WriteTx& tx, PublicationId id) {
  tx.first(kLock, [](PublicationId found) { return found; }, id);
}

std::vector<Publication> findAll(ReadTx& tx, const std::vector<PublicationId>& ids) {
  if (ids.empty()) return {};
  std::map<PublicationId, Publication> found;
  tx.each(
      kFind,
      [&](PublicationId id, Kind kind, State state, std::optional<RegionCode> region, std::string titleFi,
          std::string titleSv, std::string titleEn, std::string abstractFi, std::string abstractSv,
          std::string abstractEn, std::string publisher, Issued issued, std::string language, std::optional<Isbn> isbn,
          std::optional<Issn> issn, std::optional<Link> identifier, Licence licence, std::string project,
          std::optional<Date> embargo, std::string why, Instant createdAt, Instant changedAt,
          std::optional<Instant> publishedAt, std::int64_t revision, std::string shortCode) {
        Publication& p = found[id];
        p.id = id;
        p.shortCode = std::move(shortCode);
        p.kind = kind;
        p.state = state;
        p.region = region;
        p.title = {std::move(titleFi), std::move(titleSv), std::move(titleEn)};
        p.abstract = {std::move(abstractFi), std::move(abstractSv), std::move(abstractEn)};
        p.publisher = std::move(publisher);
        p.issued = std::move(issued);
        p.language = std::move(language);
        p.isbn = std::move(isbn);
        p.issn = std::move(issn);
        p.identifier = std::move(identifier);
        p.licence = licence;
        p.project = std::move(project);
        p.embargo = embargo;
        p.withdrawnWhy = std::move(why);
        p.createdAt = createdAt;
        p.changedAt = changedAt;
        p.publishedAt = publishedAt;
        p.revision = revision;
      },
      idList(ids));
  if (found.empty()) return {};
  std::vector<PublicationId> there;
  for (const auto& each : found) there.push_back(each.first);
  const std::string list = idList(there);
  tx.each(
      kContributors,
      [&](PublicationId id, Credit role, std::string name, std::optional<Orcid> orcid) {
        found[id].contributors.push_back({role, std::move(name), std::move(orcid)});
      },
      list);
  tx.each(
      kSubjectsOf,
      [&](PublicationId id, bool isFree, std::string word) {
        (isFree ? found[id].keywords : found[id].subjects).push_back(std::move(word));
      },
      list);
  tx.each(
      kRelationsOf,
      [&](PublicationId id, Relation relation, Link target) {
        found[id].relations.push_back({relation, std::move(target)});
      },
      list);
  tx.each(
      kPlacementsOf,
      [&](PublicationId id, SeriesId series, std::string issue) {
        found[id].placements.push_back({series, std::move(issue)});
      },
      list);
  std::vector<Publication> all;
  for (const PublicationId id : ids)
    if (auto each = found.extract(id)) all.push_back(std::move(each.mapped()));
  return all;
}

std::optional<Publication> find(ReadTx& tx, PublicationId id) {
  auto found = findAll(tx, {id});
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::optional<PublicationId> findByCode(ReadTx& tx, const std::string& shortCode) {
  return tx.first(kByCode, asId, shortCode);
}

std::optional<PublicationId> findSame(ReadTx& tx, const Publication& p) {
  return tx.first(kSame, asId, p.identifier, p.isbn, p.issued, p.title.fi, p.title.sv, p.title.en);
}

std::vector<PublicationId> listPublic(ReadTx& tx, const Filter& f, const std::optional<Place>& after, int limit) {
  return tx.all(kList, asId, f.region, f.kind, f.language, f.year, f.project, f.subject, f.series,
                after ? std::optional(after->issued) : std::nullopt, after ? after->id : PublicationId{0}, limit);
}
std::int64_t countPublic(ReadTx& tx, const Filter& f) {
  return tx.value<std::int64_t>(kCount, f.region, f.kind, f.language, f.year, f.project, f.subject, f.series);
}
std::map<SeriesId, std::int64_t> countBySeries(ReadTx& tx) {
  std::map<SeriesId, std::int64_t> counts;
  tx.each(kCountBySeries, [&](SeriesId series, std::int64_t count) { counts.emplace(series, count); });
  return counts;
}
std::vector<Stretch> stretches(ReadTx& tx, std::int64_t size) {
  return tx.all(kStretches, [](std::int64_t number, Instant changed) { return Stretch{number, changed}; }, size);
}
std::vector<Change> stretch(ReadTx& tx, std::int64_t number, std::int64_t size) {
  return tx.all(kStretch, [](PublicationId id, Instant at) { return Change{id, at}; }, number * size, (number + 1) * size);
}
std::vector<PublicationId> newest(ReadTx& tx, const Filter& f, int limit) {
  return tx.all(kNewest, asId, f.region, f.kind, f.language, f.year, f.project, f.subject, f.series, limit);
}
std::vector<PublicationId> publicAfter(ReadTx& tx, PublicationId after, int limit) {
  return tx.all(kPublicAfter, asId, after, limit);
}

std::vector<PublicationId> inWork(ReadTx& tx, const Work& work, int limit) {
  return tx.all(kInWork, asId, work.state, work.nation, regionList(work.regions), limit);
}
std::int64_t countInWork(ReadTx& tx, const Work& work) {
  return tx.value<std::int64_t>(kCountInWork, work.state, work.nation, regionList(work.regions));
}
std::vector<PublicationId> openedBetween(ReadTx& tx, Date from, Date until) { return tx.all(kOpened, asId, from, until); }
std::vector<PublicationId> allAfter(ReadTx& tx, PublicationId after, int limit) {
  return tx.all(kAllAfter, asId, after, limit);
}

Facets facets(ReadTx& tx, std::optional<RegionCode> region) {
  return {texts(tx, kYears, region), texts(tx, kLanguagesOf, region), texts(tx, kProjects, region)};
}

PublicationId insert(WriteTx& tx, const Publication& p) {
  const auto id = tx.insert<PublicationId>(
      kInsert, p.shortCode, p.kind, p.state, p.region, p.title.fi, p.title.sv, p.title.en, p.abstract.fi,
      p.abstract.sv, p.abstract.en, p.publisher, p.issued, p.language, p.isbn, p.issn, p.identifier, p.licence,
      p.project, p.embargo, p.withdrawnWhy, tx.actor(), tx.time(), datestamp(tx.time()), p.publishedAt);
  insertLists(tx, id, p);
  return id;
}

bool update(WriteTx& tx, const Publication& p) {
  const bool isSaved =
      tx.run(kUpdate, p.kind, p.state, p.title.fi, p.title.sv, p.title.en, p.abstract.fi, p.abstract.sv,
             p.abstract.en, p.publisher, p.issued, p.language, p.isbn, p.issn, p.identifier, p.licence, p.project,
             p.embargo, p.withdrawnWhy, datestamp(tx.time()), p.publishedAt, p.id, p.revision) == 1;
  if (!isSaved) return false;
  clearLists(tx, p.id);
  insertLists(tx, p.id, p);
  return true;
}

void removeDraft(WriteTx& tx, PublicationId id) { tx.run(kRemove, tx.time(), id); }
bool restoreDraft(WriteTx& tx, PublicationId id, std::int64_t revision) { return tx.run(kRestore, id, revision) == 1; }
void clearDrafts(WriteTx& tx, Instant before) {
  for (const PublicationId id : tx.all(kRemoved, asId, before)) {
    clearLists(tx, id);
    tx.run(kClear, id);
  }
}

void touch(WriteTx& tx, PublicationId id) { tx.run(kTouch, datestamp(tx.time()), id); }

void forgetPerson(WriteTx& tx, PersonId person) {
  for (const Sql* sql : {&kForget, &kForgetVersions, &kForgetArticles}) tx.run(*sql, person);
}

std::vector<PublicationId> createdBy(ReadTx& tx, PersonId person) { return tx.all(kCreatedBy, asId, person); }

Instant datestamp(Instant at) {
  return Instant{std::chrono::ceil<std::chrono::seconds>(at.time_since_epoch())};
}

}  // namespace toimela::publications::store
