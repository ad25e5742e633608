// The answers of a session as they were at one time, and what is reckoned of them. Used by many threads.
#pragma once

#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "domain/deck.h"
#include "domain/result.h"
#include "domain/session_summary.h"

namespace toimela::trendcards {

/// Each measure is reckoned when it is first asked for, and once.
class Reckoning {
 public:
  Reckoning(SessionAnswers answers, Edition edition) : answers_(std::move(answers)), edition_(std::move(edition)) {}

  const Session& session() const { return answers_.session; }
  const SessionAnswers& answers() const { return answers_; }
  /// What the session is held with.
  const Edition& edition() const { return edition_; }

  const std::vector<RankedCard>& standings() const;
  const std::vector<CardOnPlane>& plane() const;
  /// Takes longest: whether people agree more than by chance is found by trying.
  const Result& result() const;

 private:
  SessionAnswers answers_;
  Edition edition_;
  mutable std::once_flag isSummed_, isReckoned_;
  mutable std::vector<RankedCard> standings_;
  mutable std::vector<CardOnPlane> plane_;
  mutable std::optional<Result> result_;

  void sum() const;
};

}  // namespace toimela::trendcards
