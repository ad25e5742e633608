// What facilitators and participants do: the rule, the save and the frame to everybody who watches, in
// one transaction.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "domain/session.h"
#include "toimela/data.h"

namespace toimela::trendcards::operations {

// ---- facilitators ----

struct Beginning {
  SessionPlan plan;
  Instant closesAt;
  PersonId facilitator;
  JoinCode code;
  std::string formKey;  ///< the same form again is the same session
};
/// `known` are the numbers of the edition's cards.
std::variant<SessionId, PlanProblem> begin(WriteTx& tx, const Beginning& beginning, std::span<const int> known);

enum class LeadProblem { over, noSuchPhase, ceilingTaken };
/// To any phase of the exercise, back as well. The timer stops.
std::optional<LeadProblem> moveTo(WriteTx& tx, SessionId session, Phase phase);
/// Starts the timer, or gives it more time.
std::optional<LeadProblem> addTime(WriteTx& tx, SessionId session, std::chrono::minutes more);
std::optional<LeadProblem> stopTimer(WriteTx& tx, SessionId session);
/// More seats, or fewer, down to those who are in: then nobody else comes in.
std::optional<LeadProblem> setCeiling(WriteTx& tx, SessionId session, int ceiling);
/// Takes out those who have given nothing: who holds seats that nobody sits in, loses them, and everybody else
/// comes in again by the code.
std::optional<LeadProblem> freeSeats(WriteTx& tx, SessionId session);
/// The code ends; the result stays.
std::optional<LeadProblem> end(WriteTx& tx, SessionId session);
/// Takes away a text that should not be on the wall.
bool takeAway(WriteTx& tx, SessionId session, ContributionId contribution);
/// Undoes that; false when it is too late, or the session is full of texts.
[[nodiscard]] bool giveBack(WriteTx& tx, SessionId session, ContributionId contribution);
/// Those taken away before then can not be brought back any more.
void clearTakenAway(WriteTx& tx, Instant before);
/// A note of the facilitator's own; `sendKey` as in contribute().
std::optional<AnswerProblem> note(WriteTx& tx, SessionId session, const std::string& sendKey, Contribution note);

// ---- participants ----

/// Who comes in again, by the same key, is who they were, however full or over the session is. `luck`
/// decides on the cards.
std::variant<Participant, JoinProblem> join(WriteTx& tx, const JoinCode& code, const std::string& clientKey,
                                            Arrival arrival, std::uint64_t luck);

/// Whose answer it is; each replaces the one before. The session is looked at when nobody changes it any
/// more, so that nothing is taken after its end. Throws NotFound for who was taken out of it.
struct Answering {
  SessionId session;
  Participant participant;
};
std::optional<AnswerProblem> rank(WriteTx& tx, const Answering& by, const std::vector<int>& ranked);
/// Cards that are not named keep their places.
std::optional<AnswerProblem> place(WriteTx& tx, const Answering& by, const std::vector<Placement>& placements);
std::optional<AnswerProblem> giveDots(WriteTx& tx, const Answering& by, const std::map<ContributionId, int>& dots);
/// `sendKey` is made by who sends, of up to kLongestSendKey characters: sent again it is the same text, or
/// the same one put better.
std::optional<AnswerProblem> contribute(WriteTx& tx, const Answering& by, const std::string& sendKey,
                                        Contribution contribution);
/// A text of the participant's own.
std::optional<AnswerProblem> withdraw(WriteTx& tx, const Answering& by, ContributionId contribution);

// ---- time ----

/// Forgets the nicknames of sessions that have been over for long enough; how many sessions.
int forgetNicknames(WriteTx& tx);

}  // namespace toimela::trendcards::operations
