#include "store/publications.h"

#include <algorithm>

#include "store/stored.h"

namespace toimela::publications::store {

namespace {

#define COLUMNS                                                                                              \
  "kind, state, region, title_fi, title_sv, title_en, abstract_fi, abstract_sv, abstract_en, publisher, "   \
  "issued, language, isbn, issn, identifier, licence, project, embargo, withdrawn_why, created_at, "         \
  "changed_at, published_at, revision, short_code "
constexpr Sql kFind{"publications.publication.find",
                    "SELECT " COLUMNS "FROM publications_publication WHERE id = :id"};
#undef COLUMNS
// SQLite has one writer at a time, which is lock enough.
constexpr Sql kLock{"publications.publication.lock", "SELECT id FROM publications_publication WHERE id = :id",
                    "SELECT id FROM publications_publication WHERE id = :id FOR UPDATE"};
constexpr Sql kContributors{"publications.contributor.of_publication",
                            "SELECT role, name, orcid FROM publications_contributor "
                            "WHERE publication_id = :id ORDER BY position"};
constexpr Sql kSubjectsOf{"publications.subject.of_publication",
                          "SELECT is_free, word FROM publications_subject "
                          "WHERE publication_id = :id ORDER BY position"};
constexpr Sql kRelationsOf{"publications.relation.of_publication",
                           "SELECT relation, target FROM publications_relation "
                           "WHERE publication_id = :id ORDER BY relation"};
constexpr Sql kPlacementsOf{"publications.placement.of_publication",
                            "SELECT l.series_id, l.issue FROM publications_placement l "
                            "JOIN publications_series s ON s.id = l.series_id "
                            "WHERE l.publication_id = :id ORDER BY s.is_collection, l.series_id"};
constexpr Sql kByCode{"publications.publication.by_code",
                      "SELECT id FROM publications_publication WHERE short_code = :code"};
constexpr Sql kSame{"publications.publication.same",
                    "SELECT id FROM publications_publication WHERE state <> 'withdrawn' AND "
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

constexpr Sql kInWork{"publications.publication.in_work",
                      "SELECT id FROM publications_publication WHERE state <> 'published' AND "
                      "(region = CAST(:region AS TEXT) OR (region IS NULL AND CAST(:region AS TEXT) IS NULL)) "
                      "ORDER BY changed_at DESC, id DESC LIMIT :limit"};
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
    "WHERE id = :id AND revision = :revision"};
constexpr Sql kTouch{"publications.publication.touch",
                     "UPDATE publications_publication SET changed_at = :at WHERE id = :id"};
constexpr Sql kRemove{"publications.publication.remove",
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

}  // namespace

void lock(WriteTx& tx, PublicationId id) {
  tx.first(kLock, [](PublicationId found) { return found; }, id);
}

std::optional<Publication> find(ReadTx& tx, PublicationId id) {
  auto found = tx.first(
      kFind,
      [id](Kind kind, State state, std::optional<RegionCode> region, std::string titleFi, std::string titleSv,
           std::string titleEn, std::string abstractFi, std::string abstractSv, std::string abstractEn,
           std::string publisher, Issued issued, std::string language, std::optional<Isbn> isbn,
           std::optional<Issn> issn, std::optional<Link> identifier, Licence licence, std::string project,
           std::optional<Date> embargo, std::string why, Instant createdAt, Instant changedAt,
           std::optional<Instant> publishedAt, std::int64_t revision, std::string shortCode) {
        Publication p;
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
        return p;
      },
      id);
  if (!found) return std::nullopt;
  found->contributors = tx.all(
      kContributors,
      [](Credit role, std::string name, std::optional<Orcid> orcid) {
        return Contributor{role, std::move(name), std::move(orcid)};
      },
      id);
  tx.each(
      kSubjectsOf,
      [&](bool isFree, std::string word) {
        (isFree ? found->keywords : found->subjects).push_back(std::move(word));
      },
      id);
  found->relations = tx.all(
      kRelationsOf, [](Relation relation, Link target) { return Related{relation, std::move(target)}; }, id);
  found->placements = tx.all(
      kPlacementsOf, [](SeriesId series, std::string issue) { return Placement{series, std::move(issue)}; }, id);
  return found;
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
std::vector<PublicationId> newest(ReadTx& tx, const Filter& f, int limit) {
  return tx.all(kNewest, asId, f.region, f.kind, f.language, f.year, f.project, f.subject, f.series, limit);
}
std::vector<PublicationId> publicAfter(ReadTx& tx, PublicationId after, int limit) {
  return tx.all(kPublicAfter, asId, after, limit);
}

std::vector<PublicationId> inWork(ReadTx& tx, const std::vector<RegionCode>& regions, bool nation, int limit) {
  std::vector<PublicationId> ids;
  const auto add = [&](std::optional<RegionCode> region) {
    for (const PublicationId id : tx.all(kInWork, asId, region, limit)) ids.push_back(id);
  };
  if (nation) add(std::nullopt);
  for (const RegionCode region : regions) add(region);
  if (std::ssize(ids) > limit) ids.resize(static_cast<std::size_t>(limit));
  return ids;
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

void removeDraft(WriteTx& tx, PublicationId id) {
  clearLists(tx, id);
  tx.run(kRemove, id);
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
