// How the plugin's own types stand in the database.
#pragma once

#include "domain/deck.h"
#include "toimela/stored_code.h"

namespace toimela {

template <>
struct Stored<trendcards::Colour> : StoredCode<trendcards::kColours> {};
template <>
struct Stored<trendcards::Licence> : StoredCode<trendcards::kLicences> {};
template <>
struct Stored<trendcards::EditionState> : StoredCode<trendcards::kEditionStates> {};

}  // namespace toimela
