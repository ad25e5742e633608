#include "store/networks.h"

#include "store/finding.h"
#include "store/stored.h"

namespace toimela::contacts::store {

namespace {

#define SELECT_NETWORK                                                                        \
  "SELECT n.id, n.name_fi, n.name_sv, n.name_en, n.purpose_fi, n.purpose_sv, n.purpose_en, "  \
  "n.kind, n.region, n.coordinator_id, n.revision FROM contacts_network n "
#define IS_ON                                                    \
  "(n.region IS NULL OR n.region IN "                            \
  "(SELECT a.region FROM core_plugin_active a WHERE a.plugin = 'contacts')) "

constexpr Sql kFind{"contacts.network.find", SELECT_NETWORK "WHERE n.id = :id"};
constexpr Sql kCoordinatedBy{"contacts.network.coordinated_by",
                             SELECT_NETWORK "WHERE n.coordinator_id = :person ORDER BY n.id"};
constexpr Sql kSearch{"contacts.network.search",
                      SELECT_NETWORK "WHERE " IS_ON
                      "AND (LOWER(n.name_fi) LIKE :pattern ESCAPE '!' "
                      "OR LOWER(n.name_sv) LIKE :pattern ESCAPE '!' "
                      "OR LOWER(n.name_en) LIKE :pattern ESCAPE '!') "
                      "ORDER BY n.name_fi, n.id LIMIT :limit"};

#define VALID_TODAY "m.valid_from <= :today AND (m.valid_to IS NULL OR m.valid_to >= :today)"
// What every list of networks shows; its first argument is today.
#define SELECT_SUMMARY                                                             \
  "SELECT n.id, n.name_fi, n.name_sv, n.name_en, n.kind, n.region, "               \
  "(SELECT COUNT(DISTINCT m.person_id) FROM contacts_member m "                    \
  "WHERE m.network_id = n.id AND " VALID_TODAY "), "                               \
  "(SELECT COUNT(DISTINCT m.organisation_id) FROM contacts_member m "              \
  "WHERE m.network_id = n.id AND " VALID_TODAY ") "                                \
  "FROM contacts_network n "
constexpr Sql kList{"contacts.network.list",
                    SELECT_SUMMARY "WHERE " IS_ON
                    "AND (CAST(:kind AS TEXT) IS NULL OR n.kind = CAST(:kind AS TEXT)) "
                    "ORDER BY n.name_fi, n.id LIMIT :limit OFFSET :offset"};
constexpr Sql kCount{"contacts.network.count",
                     "SELECT COUNT(*) FROM contacts_network n WHERE " IS_ON
                     "AND (CAST(:kind AS TEXT) IS NULL OR n.kind = CAST(:kind AS TEXT))"};
constexpr Sql kOfRegion{"contacts.network.of_region",
                        SELECT_SUMMARY
                        "WHERE n.region = :region OR (n.region IS NULL AND n.id IN "
                        "(SELECT m.network_id FROM contacts_member m WHERE m.region = :region "
                        "AND " VALID_TODAY ")) "
                        "ORDER BY CASE WHEN n.region IS NULL THEN 1 ELSE 0 END, n.name_fi, n.id"};
constexpr Sql kOfPerson{"contacts.network.of_person",
                        SELECT_SUMMARY "WHERE " IS_ON
                        "AND (n.coordinator_id = :person OR n.id IN "
                        "(SELECT m.network_id FROM contacts_member m WHERE m.person_id = :person "
                        "AND " VALID_TODAY ")) "
                        "ORDER BY n.name_fi, n.id"};
constexpr Sql kRelated{"contacts.network.related",
                       "SELECT n.id, n.name_fi, n.name_sv, n.name_en, n.region, r.shared "
                       "FROM contacts_network n "
                       "JOIN (SELECT m.network_id AS id, COUNT(DISTINCT m.person_id) AS shared "
                       "FROM contacts_member own JOIN contacts_member m "
                       "ON m.person_id = own.person_id AND m.network_id <> own.network_id "
                       "WHERE own.network_id = :id AND own.valid_from <= :today "
                       "AND (own.valid_to IS NULL OR own.valid_to >= :today) AND " VALID_TODAY
                       "GROUP BY m.network_id) r ON r.id = n.id "
                       "WHERE " IS_ON
                       "ORDER BY r.shared DESC, n.name_fi, n.id LIMIT :limit"};
constexpr Sql kAfter{"contacts.network.after",
                     SELECT_SUMMARY "WHERE n.id > :after AND " IS_ON "ORDER BY n.id LIMIT :limit"};

#undef SELECT_NETWORK
#undef SELECT_SUMMARY
#undef VALID_TODAY
#undef IS_ON

constexpr Sql kInsert{"contacts.network.insert",
                      "INSERT INTO contacts_network (name_fi, name_sv, name_en, purpose_fi, "
                      "purpose_sv, purpose_en, kind, region, coordinator_id, created_at, revision) "
                      "VALUES (:name_fi, :name_sv, :name_en, :purpose_fi, :purpose_sv, "
                      ":purpose_en, :kind, :region, :coordinator, :created_at, 1) RETURNING id"};
constexpr Sql kUpdate{"contacts.network.update",
                      "UPDATE contacts_network SET name_fi = :name_fi, name_sv = :name_sv, "
                      "name_en = :name_en, purpose_fi = :purpose_fi, purpose_sv = :purpose_sv, "
                      "purpose_en = :purpose_en, kind = :kind, coordinator_id = :coordinator, "
                      "revision = revision + 1 WHERE id = :id AND revision = :revision"};
constexpr Sql kRelease{"contacts.network.release",
                       "UPDATE contacts_network SET coordinator_id = NULL, revision = revision + 1 "
                       "WHERE coordinator_id = :person"};
// SQLite has one writer at a time, which is lock enough.
constexpr Sql kLock{"contacts.network.lock", "SELECT id FROM contacts_network WHERE id = :id",
                    "SELECT id FROM contacts_network WHERE id = :id FOR UPDATE"};

Network toNetwork(NetworkId id, std::string nameFi, std::string nameSv, std::string nameEn,
                  std::string purposeFi, std::string purposeSv, std::string purposeEn,
                  NetworkKind kind, std::optional<RegionCode> region,
                  std::optional<PersonId> coordinator, std::int64_t revision) {
  return {.id = id,
          .name = {std::move(nameFi), std::move(nameSv), std::move(nameEn)},
          .purpose = {std::move(purposeFi), std::move(purposeSv), std::move(purposeEn)},
          .kind = kind,
          .region = region,
          .coordinator = coordinator,
          .revision = revision};
}

NetworkSummary toSummary(NetworkId id, std::string nameFi, std::string nameSv, std::string nameEn,
                         NetworkKind kind, std::optional<RegionCode> region, std::int64_t people,
                         std::int64_t organisations) {
  return {id, {std::move(nameFi), std::move(nameSv), std::move(nameEn)}, kind, region, people,
          organisations};
}

RelatedNetwork toRelated(NetworkId id, std::string nameFi, std::string nameSv, std::string nameEn,
                         std::optional<RegionCode> region, std::int64_t shared) {
  return {id, {std::move(nameFi), std::move(nameSv), std::move(nameEn)}, region, shared};
}

/// "etelä karjala" becomes "%etelä%karjala%", with what LIKE would take for its own escaped.
std::string likePattern(const std::string& words) {
  std::string pattern = "%";
  for (char c : words) {
    if (c == '%' || c == '_' || c == '!') pattern += '!';
    pattern += c == ' ' ? '%' : c;
  }
  return pattern + "%";
}

}  // namespace

std::optional<Network> findNetwork(ReadTx& tx, NetworkId id) {
  return tx.first(kFind, toNetwork, id);
}

std::vector<NetworkSummary> listNetworks(ReadTx& tx, std::optional<NetworkKind> kind, Page page,
                                         Date today) {
  return tx.all(kList, toSummary, today, kind, page.limit, page.offset);
}

std::int64_t countNetworks(ReadTx& tx, std::optional<NetworkKind> kind) {
  return tx.value<std::int64_t>(kCount, kind);
}

std::vector<NetworkSummary> networksOfRegion(ReadTx& tx, RegionCode region, Date today) {
  return tx.all(kOfRegion, toSummary, today, region);
}

std::vector<NetworkSummary> networksOfPerson(ReadTx& tx, PersonId person, Date today) {
  return tx.all(kOfPerson, toSummary, today, person);
}

std::vector<Network> networksCoordinatedBy(ReadTx& tx, PersonId person) {
  return tx.all(kCoordinatedBy, toNetwork, person);
}

std::vector<RelatedNetwork> relatedNetworks(ReadTx& tx, NetworkId id, int limit, Date today) {
  return tx.all(kRelated, toRelated, id, today, limit);
}

std::vector<NetworkSummary> networksAfter(ReadTx& tx, NetworkId after, int limit, Date today) {
  return tx.all(kAfter, toSummary, today, after, limit);
}

std::vector<Network> searchNetworks(ReadTx& tx, const std::string& words, int limit) {
  return tx.all(kSearch, toNetwork, likePattern(words), limit);
}

NetworkId insertNetwork(WriteTx& tx, const Network& n) {
  const auto id = tx.insert<NetworkId>(kInsert, n.name.fi, n.name.sv, n.name.en, n.purpose.fi,
                                       n.purpose.sv, n.purpose.en, n.kind, n.region, n.coordinator,
                                       tx.time());
  tellSearch(tx, id);
  return id;
}

bool updateNetwork(WriteTx& tx, const Network& n) {
  const bool isNewest = tx.run(kUpdate, n.name.fi, n.name.sv, n.name.en, n.purpose.fi, n.purpose.sv,
                               n.purpose.en, n.kind, n.coordinator, n.id, n.revision) == 1;
  if (isNewest) tellSearch(tx, n.id);
  return isNewest;
}

void releaseCoordinator(WriteTx& tx, PersonId person) { tx.run(kRelease, person); }

bool lockNetwork(WriteTx& tx, NetworkId id) {
  return tx.first(kLock, [](NetworkId found) { return found; }, id).has_value();
}

}  // namespace toimela::contacts::store
