#include "store/yearly.h"

#include "store/stored.h"

namespace toimela::contacts::store {

namespace {

#define PLACES "FROM contacts_member m JOIN contacts_network n ON n.id = m.network_id WHERE "
#define HERE                                                                                     \
  "((CAST(:region AS TEXT) IS NULL AND (n.region IS NULL OR n.region IN "                        \
  "(SELECT a.region FROM core_plugin_active a WHERE a.plugin = 'contacts'))) "                   \
  "OR m.region = CAST(:region AS TEXT)) "
#define ON_THAT_DAY "AND m.valid_from <= :day AND (m.valid_to IS NULL OR m.valid_to >= :day) "

constexpr Sql kSize{"contacts.yearly.size",
                    "SELECT CAST(COUNT(DISTINCT m.network_id) AS BIGINT), "
                    "CAST(COUNT(DISTINCT m.person_id) AS BIGINT), "
                    "CAST(COUNT(DISTINCT m.organisation_id) AS BIGINT) " PLACES HERE ON_THAT_DAY};
constexpr Sql kKinds{"contacts.yearly.kinds",
                     "SELECT n.kind, CAST(COUNT(DISTINCT n.id) AS BIGINT) " PLACES HERE ON_THAT_DAY
                     "GROUP BY n.kind"};
constexpr Sql kJoined{"contacts.yearly.joined",
                      "SELECT CAST(COUNT(*) AS BIGINT) " PLACES HERE
                      "AND m.valid_from >= :from AND m.valid_from <= :to"};
constexpr Sql kLeft{"contacts.yearly.left",
                    "SELECT CAST(COUNT(*) AS BIGINT) " PLACES HERE
                    "AND m.valid_to >= :from AND m.valid_to <= :to"};
constexpr Sql kNetworks{"contacts.yearly.networks",
                        "SELECT DISTINCT n.id, n.name_fi, n.name_sv, n.name_en " PLACES HERE ON_THAT_DAY
                        "ORDER BY n.name_fi, n.id LIMIT :limit"};
#undef PLACES
#undef HERE
#undef ON_THAT_DAY

}  // namespace

YearSize sizeOn(ReadTx& tx, std::optional<RegionCode> region, Date day) {
  const auto size = tx.first(
      kSize,
      [](std::int64_t networks, std::int64_t people, std::int64_t organisations) {
        return YearSize{networks, people, organisations};
      },
      region, day);
  return size.value_or(YearSize{});
}

std::map<NetworkKind, std::int64_t> kindsOn(ReadTx& tx, std::optional<RegionCode> region, Date day) {
  std::map<NetworkKind, std::int64_t> kinds;
  tx.each(kKinds, [&](NetworkKind kind, std::int64_t count) { kinds.emplace(kind, count); }, region, day);
  return kinds;
}

std::int64_t joinedBetween(ReadTx& tx, std::optional<RegionCode> region, Date from, Date to) {
  return tx.value<std::int64_t>(kJoined, region, from, to);
}

std::int64_t leftBetween(ReadTx& tx, std::optional<RegionCode> region, Date from, Date to) {
  return tx.value<std::int64_t>(kLeft, region, from, to);
}

std::vector<NetworkName> networksOn(ReadTx& tx, std::optional<RegionCode> region, Date day, int limit) {
  return tx.all(
      kNetworks,
      [](NetworkId id, std::string fi, std::string sv, std::string en) {
        return NetworkName{id, {std::move(fi), std::move(sv), std::move(en)}};
      },
      region, day, limit);
}

}  // namespace toimela::contacts::store
