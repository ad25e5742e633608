#include "store/parts.h"

#include "store/id_list.h"
#include "store/stored.h"

namespace toimela::publications::store {

namespace {

#define SELECT_PART \
  "SELECT publication_id, id, role, label, is_accessible FROM publications_part WHERE removed_at IS NULL AND "
constexpr Sql kParts{"publications.part.of_publication",
                     SELECT_PART PUBLICATIONS_ONE_OF("publication_id") "ORDER BY publication_id, position, id",
                     SELECT_PART PUBLICATIONS_ANY_OF("publication_id") "ORDER BY publication_id, position, id"};
#undef SELECT_PART
#define SELECT_VERSION                                                                                        \
  "SELECT p.publication_id, v.part_id, v.number, v.file_id, f.name, f.type, f.size, v.note, v.created_at "   \
  "FROM publications_version v JOIN publications_part p ON p.id = v.part_id "                                \
  "JOIN core_file f ON f.id = v.file_id WHERE p.removed_at IS NULL AND "
constexpr Sql kVersions{"publications.version.of_publication",
                        SELECT_VERSION PUBLICATIONS_ONE_OF("p.publication_id") "ORDER BY v.part_id, v.number DESC",
                        SELECT_VERSION PUBLICATIONS_ANY_OF("p.publication_id") "ORDER BY v.part_id, v.number DESC"};
#undef SELECT_VERSION
constexpr Sql kInsert{"publications.part.insert",
                      "INSERT INTO publications_part (publication_id, position, role, label, is_accessible) "
                      "SELECT CAST(:publication AS BIGINT), COALESCE(MAX(position), 0) + 1, CAST(:role AS TEXT), "
                      "CAST(:label AS TEXT), CAST(:accessible AS INTEGER) FROM publications_part "
                      "WHERE publication_id = CAST(:publication AS BIGINT) RETURNING id"};
constexpr Sql kUpdate{"publications.part.update",
                      "UPDATE publications_part SET role = :role, label = :label, is_accessible = :accessible "
                      "WHERE id = :id AND publication_id = :publication AND removed_at IS NULL"};
constexpr Sql kAddVersion{"publications.version.insert",
                          "INSERT INTO publications_version (part_id, number, file_id, note, created_at, created_by) "
                          "SELECT CAST(:part AS BIGINT), COALESCE(MAX(number), 0) + 1, CAST(:file AS BIGINT), "
                          "CAST(:note AS TEXT), CAST(:at AS BIGINT), CAST(:actor AS BIGINT) "
                          "FROM publications_version WHERE part_id = CAST(:part AS BIGINT)"};
constexpr Sql kRemove{"publications.part.remove",
                      "UPDATE publications_part SET removed_at = :at WHERE id = :part AND removed_at IS NULL"};
constexpr Sql kRestore{"publications.part.restore",
                       "UPDATE publications_part SET removed_at = NULL WHERE id = :id AND publication_id = :publication "
                       "AND removed_at IS NOT NULL"};
constexpr Sql kRemoved{"publications.part.removed",
                       "SELECT id FROM publications_part WHERE removed_at < :before OR publication_id IN "
                       "(SELECT p.id FROM publications_publication p WHERE p.removed_at < :before) ORDER BY id"};
constexpr Sql kClearVersions{"publications.version.clear",
                             "DELETE FROM publications_version WHERE part_id = :part RETURNING file_id"};
constexpr Sql kClear{"publications.part.clear", "DELETE FROM publications_part WHERE id = :part"};

constexpr Sql kWith{"publications.version.publications_with",
                    "SELECT DISTINCT p.publication_id FROM publications_version v "
                    "JOIN publications_part p ON p.id = v.part_id WHERE v.file_id = :file"};

constexpr Sql kInaccessible{
    "publications.publication.inaccessible",
    "SELECT CAST(COUNT(*) AS BIGINT) FROM publications_publication p WHERE p.state = 'published' "
    "AND EXISTS (SELECT 1 FROM publications_part m WHERE m.publication_id = p.id AND m.role = 'main' "
    "AND m.is_accessible = 0 AND m.removed_at IS NULL) "
    "AND NOT EXISTS (SELECT 1 FROM publications_part a WHERE a.publication_id = p.id AND a.role = 'alternative' "
    "AND a.removed_at IS NULL)"};

constexpr Sql kAddDownloads{"publications.download.add",
                            "INSERT INTO publications_download (publication_id, day, count) "
                            "VALUES (:publication, :day, :count) ON CONFLICT (publication_id, day) "
                            "DO UPDATE SET count = publications_download.count + excluded.count"};
constexpr Sql kTotal{"publications.download.total",
                     "SELECT CAST(COALESCE(SUM(count), 0) AS BIGINT) FROM publications_download "
                     "WHERE publication_id = :publication"};
constexpr Sql kByMonth{
    "publications.download.by_month",
    "SELECT SUBSTR(d.day, 1, 7), CAST(SUM(d.count) AS BIGINT) FROM publications_download d "
    "JOIN publications_publication p ON p.id = d.publication_id "
    "WHERE (CAST(:publication AS BIGINT) IS NULL OR d.publication_id = CAST(:publication AS BIGINT)) "
    "AND (CAST(:region AS TEXT) IS NULL OR p.region = CAST(:region AS TEXT)) "
    "GROUP BY SUBSTR(d.day, 1, 7) ORDER BY 1"};
constexpr Sql kByPublication{
    "publications.download.by_publication",
    "SELECT CAST(d.publication_id AS TEXT), CAST(SUM(d.count) AS BIGINT) FROM publications_download d "
    "JOIN publications_publication p ON p.id = d.publication_id "
    "WHERE (CAST(:region AS TEXT) IS NULL OR p.region = CAST(:region AS TEXT)) "
    "GROUP BY d.publication_id ORDER BY 2 DESC, d.publication_id LIMIT :limit"};
constexpr Sql kByRegion{"publications.download.by_region",
                        "SELECT COALESCE(p.region, ''), CAST(SUM(d.count) AS BIGINT) "
                        "FROM publications_download d JOIN publications_publication p ON p.id = d.publication_id "
                        "GROUP BY COALESCE(p.region, '') ORDER BY 1"};

Counted counted(std::string key, std::int64_t count) { return {std::move(key), count}; }

}  // namespace

std::map<PublicationId, std::vector<Part>> partsOfAll(ReadTx& tx, const std::vector<PublicationId>& publications) {
  std::map<PublicationId, std::vector<Part>> parts;
  if (publications.empty()) return parts;
  const std::string list = idList(publications);
  tx.each(
      kParts,
      [&](PublicationId publication, PartId id, PartRole role, std::string label, bool isAccessible) {
        parts[publication].push_back({id, role, std::move(label), isAccessible, {}});
      },
      list);
  if (parts.empty()) return parts;
  tx.each(
      kVersions,
      [&](PublicationId publication, PartId part, std::int64_t number, FileId file, std::string name, std::string type,
          std::int64_t size, std::string note, Instant at) {
        for (Part& each : parts[publication])
          if (each.id == part)
            each.versions.push_back({number, file, std::move(name), std::move(type),
                                     static_cast<std::uint64_t>(size), std::move(note), at});
      },
      list);
  return parts;
}

std::vector<Part> partsOf(ReadTx& tx, PublicationId publication) {
  return std::move(partsOfAll(tx, {publication})[publication]);
}

PartId insertPart(WriteTx& tx, PublicationId publication, const Part& part) {
  return tx.insert<PartId>(kInsert, publication, part.role, part.label, part.isAccessible);
}
bool updatePart(WriteTx& tx, PublicationId publication, const Part& part) {
  return tx.run(kUpdate, part.role, part.label, part.isAccessible, part.id, publication) == 1;
}
void addVersion(WriteTx& tx, PartId part, FileId file, const std::string& note) {
  tx.run(kAddVersion, part, file, note, tx.time(), tx.actor());
}
void removePart(WriteTx& tx, PartId part) { tx.run(kRemove, tx.time(), part); }
bool restorePart(WriteTx& tx, PublicationId publication, PartId part) { return tx.run(kRestore, part, publication) == 1; }
std::vector<FileId> clearParts(WriteTx& tx, Instant before) {
  std::vector<FileId> files;
  for (const PartId part : tx.all(kRemoved, [](PartId id) { return id; }, before)) {
    for (const FileId file : tx.all(kClearVersions, [](FileId id) { return id; }, part)) files.push_back(file);
    tx.run(kClear, part);
  }
  return files;
}

std::vector<PublicationId> publicationsWith(ReadTx& tx, FileId file) {
  return tx.all(kWith, [](PublicationId id) { return id; }, file);
}

std::int64_t ArchiveForAll::inaccessible(ReadTx& tx) { return tx.value<std::int64_t>(kInaccessible); }

void addDownloads(WriteTx& tx, PublicationId publication, const std::string& day, std::int64_t count) {
  tx.run(kAddDownloads, publication, day, count);
}
std::int64_t downloadsOf(ReadTx& tx, PublicationId publication) {
  return tx.value<std::int64_t>(kTotal, publication);
}
std::vector<Counted> downloadsByMonth(ReadTx& tx, std::optional<PublicationId> publication,
                                      std::optional<RegionCode> region) {
  return tx.all(kByMonth, counted, publication, region);
}
std::vector<Counted> downloadsByPublication(ReadTx& tx, std::optional<RegionCode> region, int limit) {
  return tx.all(kByPublication, counted, region, limit);
}
std::vector<Counted> downloadsByRegion(ReadTx& tx) { return tx.all(kByRegion, counted); }

}  // namespace toimela::publications::store
