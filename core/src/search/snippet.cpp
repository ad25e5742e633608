#include "search/snippet.h"

#include <algorithm>
#include <set>

#include "search/likeness.h"

namespace toimela::search {

namespace {

constexpr std::size_t kMostLookedAt = 4'000;
constexpr std::size_t kLeadWords = 6;

enum class Nearness { none, far, near };

struct Place {
  std::size_t token;
  Nearness nearness;
};

/// What Finnish words are sought, without the marks of their kinds.
std::set<std::string> basesOf(const Sought& sought) {
  std::set<std::string> bases;
  for (const auto* terms : {&sought.near, &sought.far})
    for (const std::string& term : *terms)
      if (term[0] == prefix::kFinnish || term[0] == prefix::kPart || term[0] == prefix::kStem)
        bases.insert(term.substr(1));
  return bases;
}

Nearness nearnessOf(const Token& token, Locale locale, const Sought& sought, const Likeness& likeness,
                    Analyser& analyser) {
  if (sought.near.contains(prefix::kSurface + token.word)) return Nearness::near;
  for (const auto& beginning : sought.beginnings)
    if (token.word.starts_with(beginning)) return Nearness::near;
  // Asking the dictionary of every word of every text that is found would take longer than finding them.
  if (locale == Locale::fi && !likeness.canBe(token.word)) return Nearness::none;
  Nearness nearest = Nearness::none;
  const auto look = [&](const std::string& term) {
    if (sought.near.contains(term)) nearest = Nearness::near;
    else if (nearest == Nearness::none && sought.far.contains(term)) nearest = Nearness::far;
  };
  const Forms& forms = analyser.forms(locale, token.word);
  for (const auto& term : forms.whole) look(term);
  for (const auto& base : forms.inner) look(prefix::kPart + base);
  return nearest;
}

/// Where sought words stand. Parts of a compound that was typed count only where nothing nearer is.
std::vector<Place> placesOf(const std::vector<Token>& tokens, Locale locale, const Sought& sought,
                            Analyser& analyser) {
  std::vector<Place> places;
  const Likeness likeness(basesOf(sought));
  bool isNear = false;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Nearness nearness = nearnessOf(tokens[i], locale, sought, likeness, analyser);
    if (nearness == Nearness::none) continue;
    isNear = isNear || nearness == Nearness::near;
    places.push_back({i, nearness});
  }
  if (isNear) std::erase_if(places, [](const Place& place) { return place.nearness == Nearness::far; });
  return places;
}

void append(std::vector<Piece>& pieces, std::string_view text, bool isFound) {
  if (text.empty()) return;
  if (!pieces.empty() && pieces.back().isFound == isFound) pieces.back().text += text;
  else pieces.push_back({std::string(text), isFound});
}

/// The text from byte to byte with its places marked.
std::vector<Piece> piecesOf(std::string_view text, std::size_t from, std::size_t to, const std::vector<Token>& tokens,
                            const std::vector<Place>& places) {
  std::vector<Piece> pieces;
  std::size_t at = from;
  for (const Place& place : places) {
    const Token& token = tokens[place.token];
    if (token.begin < from || token.end > to) continue;
    append(pieces, text.substr(at, token.begin - at), false);
    append(pieces, text.substr(token.begin, token.end - token.begin), true);
    at = token.end;
  }
  append(pieces, text.substr(at, to - at), false);
  return pieces;
}

/// The place from which a stretch has most different words; the first of the best.
std::size_t bestStart(const std::vector<Token>& tokens, const std::vector<Place>& places, std::size_t length) {
  std::size_t best = 0, most = 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    std::set<std::string_view> words;
    std::size_t score = 0;
    for (std::size_t j = i; j < places.size(); ++j) {
      const Token& token = tokens[places[j].token];
      if (token.end - tokens[places[i].token].begin > length) break;
      score += words.insert(token.word).second ? 4 : 1;
    }
    if (score > most) {
      most = score;
      best = i;
    }
  }
  return best;
}

}  // namespace

std::vector<Piece> marked(std::string_view text, Locale locale, const Sought& sought, Analyser& analyser) {
  const auto tokens = tokensOf(text, kMostLookedAt);
  return piecesOf(text, 0, text.size(), tokens, placesOf(tokens, locale, sought, analyser));
}

std::vector<Piece> snippet(std::string_view text, Locale locale, const Sought& sought, Analyser& analyser,
                           std::size_t length) {
  const auto tokens = tokensOf(text, kMostLookedAt);
  const auto places = placesOf(tokens, locale, sought, analyser);
  if (tokens.empty()) return {};
  std::size_t first = 0;
  if (!places.empty()) {
    first = places[bestStart(tokens, places, length)].token;
    // A few words before it, so that it can be read; all of them when it stands near the beginning.
    first = tokens[first].end <= length / 2 ? 0 : first - std::min(first, kLeadWords);
  }
  std::size_t last = first;
  while (last + 1 < tokens.size() && tokens[last + 1].end - tokens[first].begin <= length) ++last;
  const std::size_t from = first == 0 ? 0 : tokens[first].begin;
  const bool isToEnd = last + 1 == tokens.size() && text.size() - tokens[last].end < 20;
  const std::size_t to = isToEnd ? text.size() : tokens[last].end;
  auto pieces = piecesOf(text, from, to, tokens, places);
  if (from > 0) pieces.insert(pieces.begin(), Piece{"… ", false});
  if (to < text.size()) append(pieces, " …", false);
  return pieces;
}

bool hasFound(const std::vector<Piece>& pieces) {
  return std::ranges::any_of(pieces, [](const Piece& piece) { return piece.isFound; });
}

}  // namespace toimela::search
