#include "operations/intake.h"

#include "operations/publications.h"
#include "store/publications.h"

namespace toimela::publications::operations {

Arrival takeIn(WriteTx& tx, Publication publication, State state) {
  const auto known = publication.shortCode.empty() ? std::nullopt : store::findByCode(tx, publication.shortCode);
  if (known) return {Taken::known, *known};
  if (const auto same = store::findSame(tx, publication)) return {Taken::known, *same};
  publication.state = State::draft;
  const std::string why = publication.withdrawnWhy;
  publication.withdrawnWhy.clear();
  const auto id = add(tx, std::move(publication));
  const Powers everything{.edits = true, .reviews = true, .needsReview = true};
  if (state == State::review) take(tx, id, Move::submit, {.edits = true});
  if (state == State::published || state == State::withdrawn) take(tx, id, Move::publish, everything);
  if (state == State::withdrawn) take(tx, id, Move::withdraw, everything, why);
  return {Taken::added, id};
}

}  // namespace toimela::publications::operations
