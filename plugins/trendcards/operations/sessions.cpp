#include "operations/sessions.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <random>

#include "operations/live.h"
#include "store/sessions.h"

namespace toimela::trendcards::operations {

namespace {

constexpr std::string_view kAnswer = "what participants give is theirs; nobody keeps a list of who gave what when";
constexpr int kForgottenAtOnce = 200;

AuditEntry entryFor(std::string action, const Session& session, nlohmann::json detail = nlohmann::json::object()) {
  return {.action = std::move(action),
          .object = "trendcards.session:" + session.id.text(),
          .region = session.plan.region,
          .organisation = {},
          .detail = detail.dump()};
}

/// The session while nobody else changes it, if it may still be led.
struct Led {
  std::optional<Session> session;
  std::optional<LeadProblem> problem;
};
Led lead(WriteTx& tx, SessionId id) {
  store::lockSession(tx, id);
  auto session = store::findSession(tx, id);
  if (session && !session->isOver(tx.time())) return {std::move(session), {}};
  tx.unaudited("the session is over");
  return {{}, LeadProblem::over};
}

/// What keeps an answer from being taken at all.
std::optional<AnswerProblem> closedTo(const Session& session, Phase phase, Instant at) {
  if (session.isOver(at)) return AnswerProblem::over;
  return session.phase == phase ? std::nullopt : std::optional(AnswerProblem::notNow);
}

std::string keyOf(const Participant& participant, const Contribution& contribution, const std::string& sendKey) {
  // Of what each gives once, the newest stands.
  if (contribution.kind == ContributionKind::start) return participant.id.text() + ":start";
  if (contribution.kind == ContributionKind::tension)
    return participant.id.text() + ":tension:" + std::to_string(contribution.card.value_or(0)) + ":" +
           std::to_string(contribution.otherCard.value_or(0));
  return participant.id.text() + ":" + sendKey;
}

}  // namespace

std::variant<SessionId, PlanProblem> begin(WriteTx& tx, const Beginning& beginning, std::span<const int> known) {
  if (const auto already = store::sessionByForm(tx, beginning.formKey)) {
    tx.unaudited("the form was sent already");
    return *already;
  }
  if (const auto problem = check(beginning.plan, known)) {
    tx.unaudited("nothing has begun");
    return *problem;
  }
  Session session;
  session.plan = beginning.plan;
  session.code = beginning.code.text();
  session.facilitator = beginning.facilitator;
  session.createdAt = tx.time();
  session.closesAt =
      std::clamp<Instant>(beginning.closesAt, tx.time() + kShortestOpen, tx.time() + kLongestOpen);
  session.id = store::insertSession(tx, session, beginning.formKey);
  tx.audit(entryFor("trendcards.session.begin", session,
                    {{"exercise", kExercises.code(session.plan.exercise)}, {"edition", session.plan.edition.value}}));
  return session.id;
}

std::optional<LeadProblem> moveTo(WriteTx& tx, SessionId id, Phase phase) {
  const auto [session, problem] = lead(tx, id);
  if (problem) return problem;
  if (!hasPhase(session->plan.exercise, phase)) {
    tx.unaudited("the exercise has no such phase");
    return LeadProblem::noSuchPhase;
  }
  if (session->phase == phase) {
    tx.unaudited("it is there already");
    return std::nullopt;
  }
  store::setPhase(tx, id, phase);
  store::setTimer(tx, id, std::nullopt);
  tx.audit(entryFor("trendcards.session.phase", *session, {{"phase", kPhases.code(phase)}}));
  announceState(tx, id);
  return std::nullopt;
}

std::optional<LeadProblem> addTime(WriteTx& tx, SessionId id, std::chrono::minutes more) {
  const auto [session, problem] = lead(tx, id);
  if (problem) return problem;
  store::setTimer(tx, id, extended(session->timerUntil, tx.time(), more));
  tx.unaudited("a timer is of the moment");
  announceState(tx, id);
  return std::nullopt;
}

std::optional<LeadProblem> stopTimer(WriteTx& tx, SessionId id) {
  const auto [session, problem] = lead(tx, id);
  if (problem) return problem;
  store::setTimer(tx, id, std::nullopt);
  tx.unaudited("a timer is of the moment");
  announceState(tx, id);
  return std::nullopt;
}

std::optional<LeadProblem> end(WriteTx& tx, SessionId id) {
  const auto [session, problem] = lead(tx, id);
  if (problem) return problem;
  store::endSession(tx, id);
  tx.audit(entryFor("trendcards.session.end", *session, {{"participants", session->participants}}));
  announceState(tx, id);
  return std::nullopt;
}

bool takeAway(WriteTx& tx, SessionId id, ContributionId contribution) {
  store::lockSession(tx, id);
  const auto session = store::findSession(tx, id);
  if (!session || !store::removeContribution(tx, id, contribution)) {
    tx.unaudited("the text is gone already");
    return false;
  }
  tx.audit(entryFor("trendcards.session.take_away", *session));
  announceAnswer(tx, id);
  announceText(tx, id, 0);
  return true;
}

std::optional<AnswerProblem> note(WriteTx& tx, SessionId id, const std::string& sendKey, Contribution note) {
  tx.unaudited("notes of the discussion are the result itself");
  const auto session = store::findSession(tx, id);
  if (!session || session->isOver(tx.time())) return AnswerProblem::over;
  note.kind = ContributionKind::note;
  note.participant.reset();
  note.at = tx.time();
  if (const auto problem = checkContribution(session->plan, note, 0)) return problem;
  store::saveContribution(tx, id, "lead:" + sendKey, note);
  announceAnswer(tx, id);
  return std::nullopt;
}

std::variant<Participant, JoinProblem> join(WriteTx& tx, const JoinCode& code, const std::string& clientKey,
                                            Arrival arrival, std::uint64_t luck) {
  tx.unaudited("nobody keeps a list of who came in when");
  auto session = store::sessionByCode(tx, code);
  if (!session) return JoinProblem::unknown;
  store::lockSession(tx, session->id);
  if (auto known = store::participantBy(tx, session->id, clientKey)) return *known;
  session = store::findSession(tx, session->id);
  if (session->isOver(tx.time())) return JoinProblem::over;
  if (const auto problem = admit(session->plan, arrival)) return *problem;
  if (!store::takeSeat(tx, session->id)) return JoinProblem::full;
  Participant participant{.id = store::insertParticipant(tx, session->id, clientKey, arrival),
                          .nickname = arrival.nickname,
                          .group = arrival.group,
                          .sector = arrival.sector,
                          .hand = {},
                          .joinedAt = tx.time()};
  if (dealsCards(session->plan.exercise)) {
    std::mt19937_64 random(luck);
    participant.hand = deal(session->plan.cards, store::dealt(tx, session->id), session->plan.drawn,
                            [&](std::size_t below) { return random() % below; });
    store::setHand(tx, session->id, participant.id, participant.hand);
  }
  announceAnswer(tx, session->id);
  return participant;
}

std::optional<AnswerProblem> rank(WriteTx& tx, const Answering& by, const std::vector<int>& ranked) {
  tx.unaudited(kAnswer);
  if (const auto problem = closedTo(by.session, Phase::voting, tx.time())) return problem;
  if (by.session.plan.exercise != Exercise::rank) return AnswerProblem::notNow;
  if (const auto problem = checkRanking(by.participant.hand, ranked)) return problem;
  store::lockParticipant(tx, by.participant.id);
  store::saveRanking(tx, by.session.id, {by.participant.id, ranked});
  announceAnswer(tx, by.session.id);
  return std::nullopt;
}

std::optional<AnswerProblem> place(WriteTx& tx, const Answering& by, const std::vector<Placement>& placements) {
  tx.unaudited(kAnswer);
  if (const auto problem = closedTo(by.session, Phase::voting, tx.time())) return problem;
  if (by.session.plan.exercise != Exercise::impact) return AnswerProblem::notNow;
  if (placements.empty()) return AnswerProblem::incomplete;
  for (const Placement& placement : placements)
    if (const auto problem = checkPlacement(by.session.plan, placement)) return problem;
  store::lockParticipant(tx, by.participant.id);
  for (Placement placement : placements) {
    placement.participant = by.participant.id;
    store::savePlacement(tx, by.session.id, placement);
  }
  announceAnswer(tx, by.session.id);
  return std::nullopt;
}

std::optional<AnswerProblem> giveDots(WriteTx& tx, const Answering& by, const std::map<ContributionId, int>& dots) {
  tx.unaudited(kAnswer);
  if (const auto problem = closedTo(by.session, Phase::voting, tx.time())) return problem;
  if (by.session.plan.exercise != Exercise::ideas) return AnswerProblem::notNow;
  // An idea that is taken away meanwhile must not get dots.
  store::lockSession(tx, by.session.id);
  if (const auto problem = checkDots(by.session.plan, store::ideasOf(tx, by.session.id), dots)) return problem;
  store::saveDots(tx, by.session.id, by.participant.id, dots);
  announceAnswer(tx, by.session.id);
  return std::nullopt;
}

std::optional<AnswerProblem> contribute(WriteTx& tx, const Answering& by, const std::string& sendKey,
                                        Contribution contribution) {
  tx.unaudited(kAnswer);
  if (by.session.isOver(tx.time())) return AnswerProblem::over;
  if (!isTaken(by.session.plan.exercise, contribution.kind, by.session.phase)) return AnswerProblem::notNow;
  // Links of a story have their places one after the other.
  store::lockSession(tx, by.session.id);
  const std::string key = keyOf(by.participant, contribution, sendKey);
  const bool isThere = store::contributionBy(tx, by.session.id, key).has_value();
  const int given = isThere ? 0 : store::contributionsBy(tx, by.participant.id);
  if (const auto problem = checkContribution(by.session.plan, contribution, given)) return problem;
  contribution.participant = by.participant.id;
  contribution.group = by.participant.group;
  contribution.at = tx.time();
  if (contribution.kind == ContributionKind::link)
    contribution.position = store::nextPosition(tx, by.session.id, contribution.group);
  store::saveContribution(tx, by.session.id, key, contribution);
  announceAnswer(tx, by.session.id);
  if (contribution.kind == ContributionKind::link) announceText(tx, by.session.id, contribution.group);
  return std::nullopt;
}

std::optional<AnswerProblem> withdraw(WriteTx& tx, const Answering& by, ContributionId id) {
  tx.unaudited(kAnswer);
  if (by.session.isOver(tx.time())) return AnswerProblem::over;
  store::lockSession(tx, by.session.id);
  const auto all = store::contributionsOf(tx, by.session.id, {}, by.participant.group);
  const auto found = std::ranges::find(all, id, &Contribution::id);
  if (found == all.end() || found->participant != by.participant.id) return AnswerProblem::notYours;
  if (!isTaken(by.session.plan.exercise, found->kind, by.session.phase)) return AnswerProblem::notNow;
  store::removeContribution(tx, by.session.id, id);
  announceAnswer(tx, by.session.id);
  if (found->kind == ContributionKind::link) announceText(tx, by.session.id, by.participant.group);
  return std::nullopt;
}

int forgetNicknames(WriteTx& tx) {
  const auto due = store::dueForForgetting(tx, tx.time() - kNicknamesKept, kForgottenAtOnce);
  for (const SessionId session : due) {
    store::forgetNicknames(tx, session);
    tx.audit({.action = "trendcards.session.forget",
              .object = "trendcards.session:" + session.text(),
              .region = {},
              .organisation = {}});
  }
  if (due.empty()) tx.unaudited("nothing is due");
  return static_cast<int>(std::ssize(due));
}

}  // namespace toimela::trendcards::operations
