// The part of a text that shows why it was found.
#pragma once

#include <string_view>
#include <vector>

#include "search/query.h"
#include "toimela/search.h"

namespace toimela::search {

/// The whole text in pieces; those that are sought are marked.
std::vector<Piece> marked(std::string_view text, Locale locale, const Sought& sought, Analyser& analyser);

/// A stretch of about `length` bytes with as many different sought words as possible, cut between
/// words, with "…" where it was cut; the beginning of a text in which none stands.
std::vector<Piece> snippet(std::string_view text, Locale locale, const Sought& sought, Analyser& analyser,
                           std::size_t length = 240);

bool hasFound(const std::vector<Piece>& pieces);

}  // namespace toimela::search
