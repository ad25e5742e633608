// What came of a card session, reckoned from what everybody gave.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "domain/ranking.h"
#include "domain/session.h"

namespace toimela::trendcards {

/// Where people see a card between unlikely and likely, and between little and much change.
struct PlacedCard {
  int card = 0;
  Spread likelihood, impact;  ///< 1–5
  /// At least five people, and the middle half of them lies over two steps or more of a scale: a median
  /// alone would hide that they see it differently.
  bool isDivided() const;
};
inline constexpr std::int64_t kFewestToDivide = 5;
inline constexpr double kDividedRange = 2;

struct PlacedIdea {
  Contribution idea;
  std::int64_t place = 1;  ///< by dots; ideas with as many share it
};
/// The sentences of one group, or of everybody, in the order of the cards they go with.
struct Story {
  int group = 0;
  std::vector<Contribution> links;
};
struct CardNotes {
  std::optional<int> card;  ///< unset: about the discussion as a whole
  std::vector<Contribution> notes;
};

/// Everything that the pages and files of a result show.
struct Result {
  std::int64_t participants = 0;
  std::int64_t answered = 0;           ///< who ranked, placed, wrote or gave dots in a way that can be told
  std::vector<RankedItem> ranking;     ///< items are numbers of cards
  Agreement agreement;
  std::vector<PlacedCard> plane;       ///< by falling product of the medians, the most pressing first
  std::vector<PlacedIdea> ideas;       ///< by falling dots, then by number of voters, then as they were given
  std::vector<Contribution> tensions;
  std::vector<Story> stories;          ///< by group
  std::vector<Contribution> starts;
  std::vector<CardNotes> notes;        ///< by card, those about none last

  bool isEmpty() const;
};
Result resultOf(const SessionAnswers& answers);

/// The rankings of a session as orders of card numbers.
std::vector<Ordering> orderingsOf(std::span<const Ranking> rankings);

}  // namespace toimela::trendcards
