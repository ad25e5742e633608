// What a refused change is answered with, where no form can tell it.
#pragma once

#include <optional>
#include <string>

#include "operations/decks.h"
#include "toimela/host.h"

namespace toimela::trendcards::handlers {

inline std::string messageOf(operations::Refusal refusal) {
  using operations::Refusal;
  switch (refusal) {
    case Refusal::gone: return "trendcards.error.gone";
    case Refusal::stale: return "trendcards.error.stale";
    case Refusal::published: return "trendcards.error.published";
    case Refusal::draftThere: return "trendcards.error.draft_there";
    case Refusal::themeInUse: return "trendcards.error.theme_in_use";
    case Refusal::tooMany: return "trendcards.error.too_many_cards";
    case Refusal::inUse: return "trendcards.error.deck_in_use";
  }
  return {};
}

/// Ends the request when the change was refused.
inline void require(const std::optional<operations::Refusal>& refusal) {
  if (refusal == operations::Refusal::gone) throw NotFound();
  if (refusal) throw RequestError(409, messageOf(*refusal), "a change of a deck was refused");
}

}  // namespace toimela::trendcards::handlers
