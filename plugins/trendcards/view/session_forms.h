// The forms of sessions: declared, filled and read.
#pragma once

#include <vector>

#include "domain/deck.h"
#include "domain/session.h"
#include "toimela/form.h"
#include "toimela/event_materials.h"
#include "view/session_words.h"

namespace toimela::trendcards::view {

// ---- a new session ----

/// Regions where the reader may lead, and events that the session may belong to.
FormSpec newSessionFields(const Edition& edition, const std::vector<RegionCode>& regions,
                          const std::vector<EventSummary>& events, const Words& words);
void fillNewSession(Form& form, const Edition& edition, Instant now);
/// For a session of that event, in its region if the reader may lead there.
void fillEvent(Form& form, const EventSummary& event, const std::vector<RegionCode>& regions);
SessionPlan readPlan(const Form& form, const Edition& edition);
void explain(Form& form, PlanProblem problem);

// ---- coming in ----

FormSpec arrivalFields(const SessionPlan& plan, const Words& words);
Arrival readArrival(const Form& form, const SessionPlan& plan);
void explain(Form& form, JoinProblem problem);

// ---- answers ----

/// A place for each card of the hand.
FormSpec rankingFields(const Participant& participant, const Edition& edition, const Words& words);
/// Dots for each idea.
FormSpec dotFields(const SessionPlan& plan, const std::vector<Contribution>& ideas);
/// What the exercise asks people to write.
FormSpec textFields(const SessionPlan& plan, const Edition& edition);
/// A note to the discussion; its names begin with "note_".
FormSpec noteFields(const SessionPlan& plan, const Edition& edition);

std::map<int, int> readPlaces(const Form& form, const Participant& participant);
std::map<ContributionId, int> readDots(const Form& form, const std::vector<Contribution>& ideas);
Contribution readText(const Form& form, Exercise exercise);
Contribution readNote(const Form& form);
/// From fields place_<card> with "likelihood-impact"; what is no such place is left as it was.
std::vector<Placement> readPlacements(const Fields& sent, const SessionPlan& plan);

/// "trendcards.session.problem.over" and the like.
std::string keyOf(AnswerProblem problem);
std::string keyOf(JoinProblem problem);

}  // namespace toimela::trendcards::view
