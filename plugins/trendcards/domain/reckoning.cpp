#include "domain/reckoning.h"

namespace toimela::trendcards {

void Reckoning::sum() const {
  std::call_once(isSummed_, [this] {
    standings_ = trendcards::standings(answers_.rankings);
    plane_ = placed(answers_.placements);
  });
}

const std::vector<RankedCard>& Reckoning::standings() const {
  sum();
  return standings_;
}

const std::vector<CardOnPlane>& Reckoning::plane() const {
  sum();
  return plane_;
}

const Result& Reckoning::result() const {
  std::call_once(isReckoned_, [this] { result_ = resultOf(answers_); });
  return *result_;
}

}  // namespace toimela::trendcards
