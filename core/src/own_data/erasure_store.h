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
/// Of everybody who asked, the next one to be done first.
std::vector<Erasure> allErasures(ReadTx& tx, int limit);
std::int64_t countErasures(ReadTx& tx);
/// Keeps the first moment when it was asked already.
void insertErasure(WriteTx& tx, const Erasure& erasure);
/// False when there was none.
bool deleteErasure(WriteTx& tx, PersonId person);

}  // namespace toimela::own_data
