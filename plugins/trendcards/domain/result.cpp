#include "domain/result.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace toimela::trendcards {

namespace {

std::vector<PlacedCard> planeOf(const std::vector<Placement>& placements) {
  std::map<int, std::pair<std::vector<double>, std::vector<double>>> byCard;
  for (const Placement& placement : placements) {
    byCard[placement.card].first.push_back(placement.likelihood);
    byCard[placement.card].second.push_back(placement.impact);
  }
  std::vector<PlacedCard> plane;
  for (auto& [card, values] : byCard)
    plane.push_back({card, *spread(std::move(values.first)), *spread(std::move(values.second))});
  std::ranges::stable_sort(plane, std::ranges::greater{}, [](const PlacedCard& card) {
    return std::pair(card.likelihood.median * card.impact.median, card.impact.median);
  });
  return plane;
}

std::vector<PlacedIdea> ideasOf(const std::vector<Contribution>& contributions) {
  std::vector<PlacedIdea> ideas;
  for (const Contribution& contribution : contributions)
    if (contribution.kind == ContributionKind::idea) ideas.push_back({contribution, 1});
  std::ranges::stable_sort(ideas, [](const PlacedIdea& a, const PlacedIdea& b) {
    return std::tuple(-a.idea.dots, -a.idea.voters, a.idea.id) < std::tuple(-b.idea.dots, -b.idea.voters, b.idea.id);
  });
  std::vector<std::int64_t> dots;
  for (const PlacedIdea& placed : ideas) dots.push_back(placed.idea.dots);
  const auto places = sharedPlaces(dots);
  for (std::size_t i = 0; i < ideas.size(); ++i) ideas[i].place = places[i];
  return ideas;
}

std::vector<Contribution> ofKind(const std::vector<Contribution>& contributions, ContributionKind kind) {
  std::vector<Contribution> some;
  std::ranges::copy_if(contributions, std::back_inserter(some),
                       [&](const Contribution& each) { return each.kind == kind; });
  std::ranges::stable_sort(some, {}, [](const Contribution& each) { return std::pair(each.group, each.id); });
  return some;
}

std::vector<Story> storiesOf(const std::vector<Contribution>& contributions) {
  std::map<int, Story> byGroup;
  for (const Contribution& link : ofKind(contributions, ContributionKind::link)) {
    byGroup[link.group].group = link.group;
    byGroup[link.group].links.push_back(link);
  }
  std::vector<Story> stories;
  for (auto& [group, story] : byGroup) {
    std::ranges::stable_sort(story.links, {}, &Contribution::position);
    stories.push_back(std::move(story));
  }
  return stories;
}

std::vector<CardNotes> notesOf(const std::vector<Contribution>& contributions) {
  std::map<std::pair<bool, int>, CardNotes> byCard;
  for (const Contribution& note : ofKind(contributions, ContributionKind::note)) {
    CardNotes& notes = byCard[{!note.card, note.card.value_or(0)}];
    notes.card = note.card;
    notes.notes.push_back(note);
  }
  std::vector<CardNotes> all;
  for (auto& [card, notes] : byCard) all.push_back(std::move(notes));
  return all;
}

std::int64_t countAnswered(const SessionAnswers& answers) {
  std::set<ParticipantId> people;
  for (const Ranking& ranking : answers.rankings) people.insert(ranking.participant);
  for (const Placement& placement : answers.placements) people.insert(placement.participant);
  for (const Contribution& contribution : answers.contributions)
    if (contribution.participant) people.insert(*contribution.participant);
  return static_cast<std::int64_t>(people.size());
}

}  // namespace

bool PlacedCard::isDivided() const {
  return likelihood.count >= kFewestToDivide &&
         (likelihood.range() >= kDividedRange || impact.range() >= kDividedRange);
}

bool Result::isEmpty() const {
  return ranking.empty() && plane.empty() && ideas.empty() && tensions.empty() && stories.empty() &&
         starts.empty() && notes.empty();
}

std::vector<Ordering> orderingsOf(std::span<const Ranking> rankings) {
  std::vector<Ordering> orderings;
  for (const Ranking& ranking : rankings) {
    Ordering ordering;
    for (const int card : ranking.cards)
      ordering.placed.push_back({card, static_cast<double>(ordering.placed.size() + 1)});
    orderings.push_back(std::move(ordering));
  }
  return orderings;
}

Result resultOf(const SessionAnswers& answers) {
  const auto orderings = orderingsOf(answers.rankings);
  return {.participants = static_cast<std::int64_t>(answers.participants.size()),
          .answered = countAnswered(answers),
          .ranking = order(orderings),
          .agreement = agreement(orderings),
          .plane = planeOf(answers.placements),
          .ideas = ideasOf(answers.contributions),
          .tensions = ofKind(answers.contributions, ContributionKind::tension),
          .stories = storiesOf(answers.contributions),
          .starts = ofKind(answers.contributions, ContributionKind::start),
          .notes = notesOf(answers.contributions)};
}

}  // namespace toimela::trendcards
