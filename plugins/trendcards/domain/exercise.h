// What people do with cards together, and in which steps.
#pragma once

#include <optional>
#include <span>

#include "toimela/codes.h"

namespace toimela::trendcards {

enum class Exercise {
  rank,     ///< everybody draws a few cards and puts them in the order of their importance
  impact,   ///< everybody says of each card how likely it is and how much it would change
  tension,  ///< two cards, and what is between them
  story,    ///< a chain of cards, a sentence to each
  ideas,    ///< cards as prompts; ideas are noted, then the best get dots
  start,    ///< what we offer, what we need, the first step
};
inline constexpr auto kExercises = codes<Exercise>({{Exercise::rank, "rank"},
                                                    {Exercise::impact, "impact"},
                                                    {Exercise::tension, "tension"},
                                                    {Exercise::story, "story"},
                                                    {Exercise::ideas, "ideas"},
                                                    {Exercise::start, "start"}});

enum class Phase {
  lobby,       ///< people come in
  discussing,  ///< they read their cards and talk
  working,     ///< they write
  voting,      ///< everybody by themselves: order, places, dots
  done,        ///< the result is shown
};
inline constexpr auto kPhases = codes<Phase>({{Phase::lobby, "lobby"},
                                              {Phase::discussing, "discussing"},
                                              {Phase::working, "working"},
                                              {Phase::voting, "voting"},
                                              {Phase::done, "done"}});

/// The phases of an exercise in their order; the first is always the lobby, the last one done.
std::span<const Phase> phasesOf(Exercise exercise);
bool hasPhase(Exercise exercise, Phase phase);
/// The phase that follows; nothing after the last one.
std::optional<Phase> nextPhase(Exercise exercise, Phase phase);

/// What a text that somebody gave is.
enum class ContributionKind {
  tension,  ///< what is between `card` and `otherCard`
  link,     ///< a sentence to `card` in a story, at `position`
  idea,     ///< prompted by `card`, if by any
  start,    ///< `text` is offered, `need` needed, `step` done first
  note,     ///< of the discussion, about `card` if about any
};
inline constexpr auto kContributionKinds = codes<ContributionKind>({{ContributionKind::tension, "tension"},
                                                                    {ContributionKind::link, "link"},
                                                                    {ContributionKind::idea, "idea"},
                                                                    {ContributionKind::start, "start"},
                                                                    {ContributionKind::note, "note"}});

/// What people write in the working phase of the exercise; nothing where they only vote.
std::optional<ContributionKind> writtenIn(Exercise exercise);
/// May a text of that kind be given in this phase? Notes are taken from the first card to the last
/// word, so as long as people are at work.
bool isTaken(Exercise exercise, ContributionKind kind, Phase phase);
/// Does everybody have cards of their own?
bool dealsCards(Exercise exercise);

}  // namespace toimela::trendcards
