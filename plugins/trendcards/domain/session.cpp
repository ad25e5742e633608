#include "domain/session.h"

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>

namespace toimela::trendcards {

namespace {

constexpr std::string_view kSigns = "CDFGHJKMNPQRTVWXY34679";
/// The fewest cards that an exercise makes sense with.
int fewestCards(const SessionPlan& plan) {
  switch (plan.exercise) {
    case Exercise::rank: return plan.drawn;
    case Exercise::tension:
    case Exercise::story: return 2;
    case Exercise::impact:
    case Exercise::ideas:
    case Exercise::start: return 1;
  }
  return 1;
}

std::size_t charactersOf(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char sign) { return (static_cast<unsigned char>(sign) & 0xC0) != 0x80; }));
}

bool isBlank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

bool has(const std::vector<int>& cards, std::optional<int> card) {
  return card && std::ranges::find(cards, *card) != cards.end();
}

}  // namespace

std::optional<PlanProblem> check(const SessionPlan& plan, std::span<const int> known) {
  if (plan.cards.empty()) return PlanProblem::noCards;
  for (const int card : plan.cards)
    if (std::ranges::find(known, card) == known.end()) return PlanProblem::cardUnknown;
  if (std::ssize(plan.cards) >= fewestCards(plan)) return std::nullopt;
  return plan.exercise == Exercise::rank ? PlanProblem::tooFewToDraw : PlanProblem::tooFewForExercise;
}

std::optional<JoinCode> JoinCode::parse(std::string_view typed) {
  JoinCode code;
  for (char sign : typed) {
    if (sign == ' ' || sign == '-') continue;
    if (sign >= 'a' && sign <= 'z') sign = static_cast<char>(sign - 'a' + 'A');
    if (kSigns.find(sign) == std::string_view::npos || code.text_.size() == kLength) return std::nullopt;
    code.text_ += sign;
  }
  if (code.text_.size() != kLength) return std::nullopt;
  return code;
}

JoinCode JoinCode::of(std::string_view random) {
  constexpr std::string_view kBase64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  // Beyond the last whole multiple the first signs would be likelier than the others.
  constexpr std::size_t kFair = kBase64Url.size() / kSigns.size() * kSigns.size();
  JoinCode code;
  for (const char letter : random) {
    const std::size_t value = kBase64Url.find(letter);
    if (value < kFair && code.text_.size() < kLength) code.text_ += kSigns[value % kSigns.size()];
  }
  if (random.size() < 48 || code.text_.size() != kLength)
    throw std::invalid_argument("the random text is too short for a code");
  return code;
}

std::string JoinCode::shown() const { return text_.substr(0, 4) + "-" + text_.substr(4); }

std::optional<JoinProblem> admit(const SessionPlan& plan, Arrival& arrival) {
  if (plan.naming == Naming::anonymous) arrival.nickname.clear();
  if (plan.naming == Naming::required && isBlank(arrival.nickname)) return JoinProblem::nicknameMissing;
  if (plan.groups == 0) arrival.group = 0;
  if (plan.groups > 0 && (arrival.group < 1 || arrival.group > plan.groups)) return JoinProblem::groupUnknown;
  if (!plan.asksSector) arrival.sector.reset();
  return std::nullopt;
}

std::optional<AnswerProblem> checkRanking(const std::vector<int>& hand, const std::vector<int>& ranked) {
  for (const int card : ranked)
    if (!has(hand, card)) return AnswerProblem::notYours;
  const std::set<int> each(ranked.begin(), ranked.end());
  if (each.size() != hand.size() || ranked.size() != hand.size()) return AnswerProblem::incomplete;
  return std::nullopt;
}

std::optional<std::vector<int>> rankedBy(const std::map<int, int>& placeOfCard) {
  std::vector<int> ranked(placeOfCard.size(), 0);
  std::set<int> taken;
  for (const auto& [card, place] : placeOfCard) {
    if (place < 1 || place > std::ssize(ranked) || !taken.insert(place).second) return std::nullopt;
    ranked[static_cast<std::size_t>(place - 1)] = card;
  }
  return ranked;
}

std::optional<AnswerProblem> checkPlacement(const SessionPlan& plan, const Placement& placement) {
  if (!has(plan.cards, placement.card)) return AnswerProblem::notYours;
  const auto isOnScale = [](int value) { return value >= 1 && value <= kMostOnScale; };
  if (!isOnScale(placement.likelihood) || !isOnScale(placement.impact)) return AnswerProblem::outOfRange;
  return std::nullopt;
}

std::optional<AnswerProblem> checkDots(const SessionPlan& plan, std::span<const ContributionId> ideas,
                                       const std::map<ContributionId, int>& dots) {
  std::int64_t sum = 0;
  for (const auto& [idea, given] : dots) {
    if (std::ranges::find(ideas, idea) == ideas.end()) return AnswerProblem::notYours;
    if (given < 0) return AnswerProblem::outOfRange;
    sum += given;
  }
  return sum > plan.dots ? std::optional(AnswerProblem::overBudget) : std::nullopt;
}

std::optional<AnswerProblem> checkContribution(const SessionPlan& plan, const Contribution& contribution,
                                               int given) {
  const std::array texts{&contribution.text, &contribution.need, &contribution.step};
  for (const std::string* text : texts)
    if (charactersOf(*text) > kLongestText) return AnswerProblem::tooLong;
  const bool isStart = contribution.kind == ContributionKind::start;
  if (isStart ? std::ranges::all_of(texts, [](const std::string* text) { return isBlank(*text); })
              : isBlank(contribution.text))
    return AnswerProblem::textMissing;
  for (const auto& card : {contribution.card, contribution.otherCard})
    if (card && !has(plan.cards, card)) return AnswerProblem::notYours;
  const bool needsCard = contribution.kind == ContributionKind::link || contribution.kind == ContributionKind::tension;
  if (needsCard && !contribution.card) return AnswerProblem::notYours;
  if (contribution.kind == ContributionKind::tension &&
      (!contribution.otherCard || contribution.card == contribution.otherCard))
    return AnswerProblem::notYours;
  return given >= kMostContributions ? std::optional(AnswerProblem::tooMany) : std::nullopt;
}

Instant extended(std::optional<Instant> until, Instant now, std::chrono::minutes more) {
  const Instant from = until && *until > now ? *until : now;
  return std::min<Instant>(from + more, now + std::chrono::minutes(kMostMinutes));
}

}  // namespace toimela::trendcards
