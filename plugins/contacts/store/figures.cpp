#include "store/figures.h"

#include "store/stored.h"

namespace toimela::contacts::store {

namespace {

constexpr Sql kJoined{"contacts.figures.joined",
                      "SELECT SUBSTR(valid_from, 1, 7), COUNT(*) FROM contacts_member "
                      "WHERE network_id = :network AND valid_from <= :today "
                      "GROUP BY SUBSTR(valid_from, 1, 7)"};
constexpr Sql kLeft{"contacts.figures.left",
                    "SELECT SUBSTR(valid_to, 1, 7), COUNT(*) FROM contacts_member "
                    "WHERE network_id = :network AND valid_to < :today "
                    "GROUP BY SUBSTR(valid_to, 1, 7)"};
constexpr Sql kWritten{"contacts.figures.written",
                       "SELECT p.created_at FROM contacts_post p "
                       "WHERE p.network_id = :network AND p.created_at >= :since "
                       "UNION ALL SELECT c.created_at FROM contacts_comment c "
                       "JOIN contacts_post p ON p.id = c.post_id "
                       "WHERE p.network_id = :network AND c.created_at >= :since"};
constexpr Sql kSectors{"contacts.figures.sectors",
                       "SELECT o.sector, COUNT(DISTINCT m.person_id) FROM contacts_member m "
                       "JOIN core_organisation o ON o.id = m.organisation_id "
                       "WHERE m.network_id = :network AND m.valid_from <= :today "
                       "AND (m.valid_to IS NULL OR m.valid_to >= :today) "
                       "GROUP BY o.sector ORDER BY 2 DESC, o.sector"};

CountByMonth countByMonth(ReadTx& tx, const Sql& sql, NetworkId network, Date today) {
  CountByMonth counts;
  tx.each(
      sql, [&](std::string month, std::int64_t count) { counts.emplace(std::move(month), count); },
      network, today);
  return counts;
}

}  // namespace

CountByMonth joinedByMonth(ReadTx& tx, NetworkId network, Date today) {
  return countByMonth(tx, kJoined, network, today);
}

CountByMonth leftByMonth(ReadTx& tx, NetworkId network, Date today) {
  return countByMonth(tx, kLeft, network, today);
}

CountByMonth writtenByMonth(ReadTx& tx, NetworkId network, Instant since) {
  CountByMonth counts;
  tx.each(kWritten, [&](Instant at) { ++counts[monthOf(Date::of(at))]; }, network, since);
  return counts;
}

std::vector<SectorShare> sectorShares(ReadTx& tx, NetworkId network, Date today) {
  return tx.all(
      kSectors, [](Sector sector, std::int64_t people) { return SectorShare{sector, people}; },
      network, today);
}

}  // namespace toimela::contacts::store
