// Pages of sessions: for who leads, for who takes part, for the room's screen.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "domain/reckoning.h"
#include "store/sessions.h"
#include "view/session_forms.h"
#include "view/session_words.h"

namespace toimela::trendcards::view {

/// What a participant's page is made of.
struct TakingPart {
  Session session;
  Edition edition;
  Participant participant;
  std::optional<Ranking> ranking;
  std::vector<Placement> placements;
  std::map<ContributionId, int> dots;
  /// Ideas while they are voted on; the group's story.
  std::vector<Contribution> texts;
  std::vector<Contribution> mine;
  /// What everybody gave, once the result is shown.
  std::shared_ptr<const Reckoning> result;
};

/// A form that was sent and not taken, shown again.
struct Rejected {
  std::string what;      ///< "rank", "place", "dots", "text", "note"
  std::string problem;   ///< in words
  std::optional<Form> form;
};

/// The ideas that dots are given to.
std::vector<Contribution> ideasIn(const TakingPart& page);

View takingPartPage(const TakingPart& page, const Rejected& rejected, const Words& words);

/// What the control page and the screen are made of.
struct Leading {
  std::shared_ptr<const Reckoning> reckoning;
  store::Counts counts;
  std::optional<EventSummary> event = {};  ///< that the session belongs to
};
View leadPage(const Leading& page, const Form& note, const Words& words);
View screenPage(const Leading& page, const Words& words);
/// Sessions as a list.
std::vector<View> sessionRows(const std::vector<Session>& sessions, const Words& words);

}  // namespace toimela::trendcards::view
