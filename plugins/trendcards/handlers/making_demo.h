// Demonstration content: what people have under way, a draft and collections of their own.
#pragma once

#include "toimela/host.h"

namespace toimela::trendcards::handlers {

/// The person of the demonstration with that address; nothing where the demonstration has nobody.
std::optional<PersonId> demoPerson(ReadTx& tx, std::string_view email);
inline constexpr std::string_view kNationalPerson = "aino.kivilehto@example.org";
inline constexpr std::string_view kRegionalPerson = "eero.hauhia@example.org";  ///< of Pirkanmaa

/// After the decks: a copy that Pirkanmaa is adapting, and collections of two people.
void loadMaking(Host& host);

}  // namespace toimela::trendcards::handlers
