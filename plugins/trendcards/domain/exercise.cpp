#include "domain/exercise.h"

#include <algorithm>
#include <array>

namespace toimela::trendcards {

namespace {

constexpr std::array kVoted{Phase::lobby, Phase::discussing, Phase::voting, Phase::done};
constexpr std::array kWritten{Phase::lobby, Phase::discussing, Phase::working, Phase::done};
constexpr std::array kWrittenAndVoted{Phase::lobby, Phase::discussing, Phase::working, Phase::voting, Phase::done};

}  // namespace

std::span<const Phase> phasesOf(Exercise exercise) {
  switch (exercise) {
    case Exercise::rank:
    case Exercise::impact: return kVoted;
    case Exercise::tension:
    case Exercise::story:
    case Exercise::start: return kWritten;
    case Exercise::ideas: return kWrittenAndVoted;
  }
  return kVoted;
}

bool hasPhase(Exercise exercise, Phase phase) {
  return std::ranges::find(phasesOf(exercise), phase) != phasesOf(exercise).end();
}

std::optional<Phase> nextPhase(Exercise exercise, Phase phase) {
  const auto phases = phasesOf(exercise);
  const auto found = std::ranges::find(phases, phase);
  if (found == phases.end() || found + 1 == phases.end()) return std::nullopt;
  return *(found + 1);
}

std::optional<ContributionKind> writtenIn(Exercise exercise) {
  switch (exercise) {
    case Exercise::rank:
    case Exercise::impact: return std::nullopt;
    case Exercise::tension: return ContributionKind::tension;
    case Exercise::story: return ContributionKind::link;
    case Exercise::ideas: return ContributionKind::idea;
    case Exercise::start: return ContributionKind::start;
  }
  return std::nullopt;
}

bool isTaken(Exercise exercise, ContributionKind kind, Phase phase) {
  if (kind == ContributionKind::note)
    return phase == Phase::discussing || phase == Phase::working || phase == Phase::voting;
  return phase == Phase::working && writtenIn(exercise) == kind;
}

bool dealsCards(Exercise exercise) { return exercise == Exercise::rank; }

}  // namespace toimela::trendcards
