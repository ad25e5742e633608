#include "store/finding.h"

#include "toimela/search.h"

namespace toimela::contacts::store {

namespace {

constexpr int kDaysLookedBack = 7;

constexpr Sql kIdsAfter{"contacts.finding.networks",
                        "SELECT id FROM contacts_network WHERE id > :after ORDER BY id LIMIT :limit"};
constexpr Sql kTurned{"contacts.finding.turned",
                      "SELECT DISTINCT person_id FROM contacts_member WHERE person_id IS NOT NULL AND "
                      "((valid_from > CAST(:since AS TEXT) AND valid_from <= CAST(:today AS TEXT)) OR "
                      "(valid_to >= CAST(:since AS TEXT) AND valid_to < CAST(:today AS TEXT)))"};

}  // namespace

std::vector<std::int64_t> networkIdsAfter(ReadTx& tx, std::int64_t after, int limit) {
  return tx.all(kIdsAfter, [](std::int64_t id) { return id; }, after, limit);
}

void tellSearch(WriteTx& tx, NetworkId network) { search::changed(tx, kNetworkKind, network.value); }
void tellSearch(WriteTx& tx, PersonId person) { search::changed(tx, kPersonKind, person.value); }

void tellSearchOfTurns(WriteTx& tx, Date today) {
  const auto turned = tx.all(kTurned, [](PersonId id) { return id; }, today.plusDays(-kDaysLookedBack), today);
  for (const PersonId person : turned) tellSearch(tx, person);
}

}  // namespace toimela::contacts::store
