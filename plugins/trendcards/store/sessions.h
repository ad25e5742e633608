// Card sessions and what people gave in them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/session.h"
#include "toimela/access.h"
#include "toimela/data.h"

namespace toimela::trendcards::store {

/// For routes with {session}: its region.
ScopeResolver sessionScope();

// ---- sessions ----

std::optional<Session> findSession(ReadTx& tx, SessionId id);
std::optional<Session> sessionByCode(ReadTx& tx, const JoinCode& code);
/// The session that a form has made already.
std::optional<SessionId> sessionByForm(ReadTx& tx, const std::string& formKey);
/// Sessions of a region, the newest first, those before `before` where it is set.
std::vector<Session> sessionsOf(ReadTx& tx, RegionCode region, std::optional<SessionId> before, int limit);
/// Those that belong to an event of another plugin, the newest first.
std::vector<Session> sessionsOfEvent(ReadTx& tx, std::int64_t event);
/// Those that a person may see by the regions given, by id.
std::vector<Session> sessionsAfter(ReadTx& tx, const std::vector<RegionCode>& regions, SessionId after, int limit);
/// `id` and what the plan does not say are made here. Nothing when the form has made one already, also in this
/// moment.
std::optional<SessionId> insertSession(WriteTx& tx, const Session& session, const std::string& formKey);

/// Makes changes of one session wait for each other.
void holdSession(WriteTx& tx, SessionId id);
/// Likewise, and raises its revision: something is changed.
void lockSession(WriteTx& tx, SessionId id);
void setPhase(WriteTx& tx, SessionId id, Phase phase);
void setTimer(WriteTx& tx, SessionId id, std::optional<Instant> until);
void endSession(WriteTx& tx, SessionId id);

// ---- participants ----

std::optional<Participant> participantBy(ReadTx& tx, SessionId session, const std::string& clientKey);
/// One more seat; false when all are taken.
bool takeSeat(WriteTx& tx, SessionId session);
/// False when more are in than would have a seat.
bool setCeiling(WriteTx& tx, SessionId session, int ceiling);
/// Takes out those who have given nothing; how many.
int freeSeats(WriteTx& tx, SessionId session);
/// How often each card was dealt.
std::map<int, int> dealt(ReadTx& tx, SessionId session);
ParticipantId insertParticipant(WriteTx& tx, SessionId session, const std::string& clientKey, const Arrival& arrival);
void setHand(WriteTx& tx, SessionId session, ParticipantId participant, const std::vector<int>& hand);
/// Is the participant (still) in the session?
bool isIn(ReadTx& tx, SessionId session, ParticipantId participant);

// ---- answers ----

/// The participant's answer is this one now, whatever it was.
void saveRanking(WriteTx& tx, SessionId session, const Ranking& ranking);
void savePlacement(WriteTx& tx, SessionId session, const Placement& placement);
void saveDots(WriteTx& tx, SessionId session, ParticipantId participant, const std::map<ContributionId, int>& dots);
/// The text under its key, in place of what stood there.
ContributionId saveContribution(WriteTx& tx, SessionId session, const std::string& sendKey,
                                const Contribution& contribution);
/// The text that stands under the key.
std::optional<ContributionId> contributionBy(ReadTx& tx, SessionId session, const std::string& sendKey);
/// With the dots that it has; false when it is not there.
bool removeContribution(WriteTx& tx, SessionId session, ContributionId id);
/// Nobody reads it any more, and it can be given back with its dots; false when it is not there. Who gives their dots
/// anew takes them off it.
[[nodiscard]] bool takeAway(WriteTx& tx, SessionId session, ContributionId id);
/// False when it was not taken away, or is gone for good.
[[nodiscard]] bool giveBack(WriteTx& tx, SessionId session, ContributionId id);
/// Deletes those taken away before then.
void clearTakenAway(WriteTx& tx, Instant before);
int contributionsBy(ReadTx& tx, ParticipantId participant);
/// All texts of the session.
int contributionsIn(ReadTx& tx, SessionId session);
/// The place behind the last link of the group's story.
int nextPosition(ReadTx& tx, SessionId session, int group);

std::optional<Ranking> rankingOf(ReadTx& tx, ParticipantId participant);
std::vector<Placement> placementsOf(ReadTx& tx, ParticipantId participant);
std::map<ContributionId, int> dotsOf(ReadTx& tx, ParticipantId participant);
/// Of one kind and group, or of all.
std::vector<Contribution> contributionsOf(ReadTx& tx, SessionId session, std::optional<ContributionKind> kind,
                                          std::optional<int> group);
std::vector<ContributionId> ideasOf(ReadTx& tx, SessionId session);
/// Ideas without their dots, which nobody sees before the end.
std::vector<Contribution> ideasToVoteOn(ReadTx& tx, SessionId session);
/// Everything that one participant has written.
std::vector<Contribution> givenBy(ReadTx& tx, ParticipantId participant);

// ---- what came of it ----

struct Counts {
  int participants = 0;
  int answered = 0;  ///< participants who have ordered, placed, written or given dots, by the exercise
  int texts = 0;     ///< contributions that are no notes
  int notes = 0;
};
Counts countsOf(ReadTx& tx, const Session& session);

std::vector<Participant> participantsOf(ReadTx& tx, SessionId session);
/// Everything of the session; nothing when there is none.
std::optional<SessionAnswers> answersOf(ReadTx& tx, SessionId session);

// ---- people ----

/// Sessions that are over and whose nicknames are due to be forgotten.
std::vector<SessionId> dueForForgetting(ReadTx& tx, Instant overBefore, int limit);
void forgetNicknames(WriteTx& tx, SessionId session);
std::vector<Session> ledBy(ReadTx& tx, PersonId person);
void forgetFacilitator(WriteTx& tx, PersonId person);

}  // namespace toimela::trendcards::store
