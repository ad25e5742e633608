#include "store/scope.h"

#include "domain/ids.h"
#include "toimela/data.h"

namespace toimela::trendcards::store {

namespace {

constexpr Sql kOfDeck{"trendcards.deck.scope", "SELECT region FROM trendcards_deck WHERE id = :id"};
constexpr Sql kOfEdition{"trendcards.edition.scope",
                         "SELECT d.region FROM trendcards_edition e JOIN trendcards_deck d ON d.id = e.deck_id "
                         "WHERE e.id = :id"};
constexpr Sql kOfCard{"trendcards.card.scope",
                      "SELECT d.region FROM trendcards_card c JOIN trendcards_edition e ON e.id = c.edition_id "
                      "JOIN trendcards_deck d ON d.id = e.deck_id WHERE c.id = :id"};

ScopeResolver scopeBy(const Sql& sql, const char* parameter) {
  return [&sql, parameter](ReadTx& tx, const PathParameters& path) -> std::optional<Scope> {
    const auto id = path.id<Id<struct AnyTag>>(parameter);
    if (!id) return std::nullopt;
    return tx.first(sql, [](std::optional<RegionCode> region) { return Scope{.region = region}; }, *id);
  };
}

}  // namespace

ScopeResolver deckScope() { return scopeBy(kOfDeck, "deck"); }
ScopeResolver editionScope() { return scopeBy(kOfEdition, "edition"); }
ScopeResolver cardScope() { return scopeBy(kOfCard, "card"); }

}  // namespace toimela::trendcards::store
