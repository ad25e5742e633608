#include "operations/admission.h"

namespace toimela::events::operations {

std::optional<Refusal> admit(WriteTx& tx, EventId event, const Registration& registration,
                             std::chrono::seconds ago) {
  Wish wish{registration, tx.actor()};
  wish.byOrganiser = true;
  wish.onlyNow = true;
  const Outcome outcome = registerAll(tx, event, std::span(&wish, 1)).front();
  if (const auto* refusal = std::get_if<Refusal>(&outcome)) return *refusal;
  checkIn(tx, event, std::get<Registered>(outcome).registration.participants.front().code, ago);
  return std::nullopt;
}

}  // namespace toimela::events::operations
