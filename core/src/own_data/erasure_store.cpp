#include "own_data/erasure_store.h"

namespace toimela::own_data {

namespace {

constexpr Sql kFind{"core.erasure.find", "SELECT person_id, asked_at, due_at FROM core_erasure WHERE person_id = :person"};
constexpr Sql kDue{"core.erasure.due",
                   "SELECT person_id, asked_at, due_at FROM core_erasure WHERE due_at <= :now ORDER BY due_at LIMIT :limit"};
constexpr Sql kAll{"core.erasure.all",
                   "SELECT person_id, asked_at, due_at FROM core_erasure ORDER BY due_at, person_id LIMIT :limit"};
constexpr Sql kCount{"core.erasure.count", "SELECT CAST(COUNT(*) AS BIGINT) FROM core_erasure"};
constexpr Sql kInsert{"core.erasure.insert",
                      "INSERT INTO core_erasure (person_id, asked_at, due_at) VALUES (:person, :asked, :due)"
                      " ON CONFLICT (person_id) DO NOTHING"};
constexpr Sql kDelete{"core.erasure.delete", "DELETE FROM core_erasure WHERE person_id = :person"};

Erasure erasureOf(PersonId person, Instant askedAt, Instant dueAt) { return {person, askedAt, dueAt}; }

}  // namespace

std::optional<Erasure> findErasure(ReadTx& tx, PersonId person) { return tx.first(kFind, erasureOf, person); }
std::vector<Erasure> dueErasures(ReadTx& tx, Instant now, int limit) { return tx.all(kDue, erasureOf, now, limit); }
std::vector<Erasure> allErasures(ReadTx& tx, int limit) { return tx.all(kAll, erasureOf, limit); }
std::int64_t countErasures(ReadTx& tx) { return tx.value<std::int64_t>(kCount); }
void insertErasure(WriteTx& tx, const Erasure& erasure) {
  tx.run(kInsert, erasure.person, erasure.askedAt, erasure.dueAt);
}
bool deleteErasure(WriteTx& tx, PersonId person) { return tx.run(kDelete, person) == 1; }

}  // namespace toimela::own_data
