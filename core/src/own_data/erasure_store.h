// Who asked to be forgotten.
#pragma once

#include <optional>
#include <vector>

#include "toimela/data.h"
#include "toimela/types.h"

namespace toimela::own_data {

struct Erasure {
  PersonId person;
  Instant askedAt{}, dueAt{};
};

std::optional<Erasure> findErasure(ReadTx& tx, PersonId person);
std::vector<Erasure> dueErasures(ReadTx& tx, Instant now, int limit);
/// Keeps the first moment when it was asked already.
void insertErasure(WriteTx& tx, const Erasure& erasure);
/// False when there was none.
bool deleteErasure(WriteTx& tx, PersonId person);

}  // namespace toimela::own_data
