#include "operations/sessions.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <random>

#include "operations/live.h"
#include "store/sessions.h"
#include "toimela/bookkeeping.h"

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
  bookkeeping(tx, "the session is over");
  return {{}, LeadProblem::over};
}

/// The session as it is, and stays until this is committed.
Session held(WriteTx& tx, const Answering& by) {
  bookkeeping(tx, kAnswer);
  store::holdSession(tx, by.session);
  auto session = store::findSession(tx, by.session);
  if (!session || !store::isIn(tx, by.session, by.participant.id)) throw NotFound();
  return std::move(*session);
}

void answered(WriteTx& tx, SessionId session) {
  store::lockSession(tx, session);
  announceAnswer(tx, session);
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
    bookkeeping(tx, "the form was sent already");
    return *already;
  }
  if (const auto problem = check(beginning.plan, known)) {
    bookkeeping(tx, "nothing has begun");
    return *problem;
  }
  Session session;
  session.plan = beginning.plan;
  session.code = beginning.code.text();
  session.facilitator = beginning.facilitator;
  session.createdAt = tx.time();
  session.closesAt =
      std::clamp<Instant>(beginning.closesAt, tx.time() + kShortestOpen, tx.time() + kLongestOpen);
  const auto made = store::insertSession(tx, session, beginning.formKey);
  if (!made) {
    bookkeeping(tx, "the form was sent already");
    return store::sessionByForm(tx, beginning.formKey).value();
  }
  session.id = *made;
  tx.audit(entryFor("trendcards.session.begin", session,
                    {{"exercise", kExercises.code(session.plan.exercise)}, {"edition", session.plan.edition.value}}));
  return session.id;
}

std::optional<LeadProblem> moveTo(WriteTx& tx, SessionId id, Phase phase) {
  const auto [session, problem] = lead(tx, id);
  if (problem) return problem;
  if (!hasPhase(session->plan.exercise, phase)) {
    bookkeeping(tx, "the exercise has no such phase");
    return LeadProblem::noSuchPhase;
  }
  if (session->phase == phase) {
    bookkeeping(tx, "it is there already");
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
  bookkeeping(tx, "a timer is of the moment");
  announceState(tx, id);
  return std::nullopt;
}

std::optional<LeadProblem> stopTimer(WriteTx& tx, SessionId id) {
  const auto [session, problem] = lead(tx, id);
  if (problem) return problem;
  store::setTimer(tx, id, std::nullopt);
  bookkeeping(tx, "a timer is of the moment");
  announceState(tx, id);
  return std::nullopt;
}

std::optional<LeadProblem> setCeiling(WriteTx& tx, SessionId id, int ceiling) {
  const auto [session, problem] = lead(tx, id);
  if (problem) return problem;
  if (!store::setCeiling(tx, id, ceiling)) {
    bookkeeping(tx, "there are more people in");
    return LeadProblem::ceilingTaken;
  }
  tx.audit(entryFor("trendcards.session.ceiling", *session, {{"ceiling", ceiling}}));
  announceState(tx, id);
  return std::nullopt;
}

std::optional<LeadProblem> freeSeats(WriteTx& tx, SessionId id) {
  const auto [session, problem] = lead(tx, id);
  if (problem) return problem;
  const int freed = store::freeSeats(tx, id);
  tx.audit(entryFor("trendcards.session.free_seats", *session, {{"seats", freed}}));
  announceState(tx, id);
  return std::nullopt;
}

std::optional<LeadProblem> end(WriteTx& tx, SessionId id) {
  const auto [session, problem] = lead(tx, id);
  if (problem) return problem;
  store::endSession(tx, id);
  tx.audit(entryFor("trendcards.session.end", *session, {{"participants", session->participants}}));
  announceEnd(tx, id);
  return std::nullopt;
}

bool takeAway(WriteTx& tx, SessionId id, ContributionId contribution) {
  store::lockSession(tx, id);
  const auto session = store::findSession(tx, id);
  if (!session || !store::takeAway(tx, id, contribution)) {
    bookkeeping(tx, "the text is gone already");
    return false;
  }
  tx.audit(entryFor("trendcards.session.take_away", *session));
  announceAnswer(tx, id);
  announceText(tx, id, 0);
  return true;
}

bool giveBack(WriteTx& tx, SessionId id, ContributionId contribution) {
  store::lockSession(tx, id);
  const auto session = store::findSession(tx, id);
  if (!session || store::contributionsIn(tx, id) >= kMostTexts || !store::giveBack(tx, id, contribution)) {
    bookkeeping(tx, "what has changed since stays removed");
    return false;
  }
  tx.audit(entryFor("trendcards.session.give_back", *session));
  announceAnswer(tx, id);
  announceText(tx, id, 0);
  return true;
}

void clearTakenAway(WriteTx& tx, Instant before) {
  bookkeeping(tx, "their removal is in the log");
  store::clearTakenAway(tx, before);
}

std::optional<AnswerProblem> note(WriteTx& tx, SessionId id, const std::string& sendKey, Contribution note) {
  bookkeeping(tx, "notes of the discussion are the result itself");
  store::holdSession(tx, id);
  const auto session = store::findSession(tx, id);
  if (!session || session->isOver(tx.time())) return AnswerProblem::over;
  const std::string key = "lead:" + sendKey;
  const bool isThere = store::contributionBy(tx, id, key).has_value();
  if (!isThere && store::contributionsIn(tx, id) >= kMostTexts) return AnswerProblem::tooMany;
  note.kind = ContributionKind::note;
  note.participant.reset();
  note.at = tx.time();
  if (const auto problem = checkContribution(session->plan, note, 0)) return problem;
  store::saveContribution(tx, id, key, note);
  answered(tx, id);
  return std::nullopt;
}

std::variant<Participant, JoinProblem> join(WriteTx& tx, const JoinCode& code, const std::string& clientKey,
                                            Arrival arrival, std::uint64_t luck) {
  bookkeeping(tx, "nobody keeps a list of who came in when");
  auto session = store::sessionByCode(tx, code);
  if (!session) return JoinProblem::unknown;
  store::holdSession(tx, session->id);
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
  answered(tx, session->id);
  return participant;
}

std::optional<AnswerProblem> rank(WriteTx& tx, const Answering& by, const std::vector<int>& ranked) {
  const Session session = held(tx, by);
  if (const auto problem = closedTo(session, Phase::voting, tx.time())) return problem;
  if (session.plan.exercise != Exercise::rank) return AnswerProblem::notNow;
  if (const auto problem = checkRanking(by.participant.hand, ranked)) return problem;
  store::saveRanking(tx, by.session, {by.participant.id, ranked});
  answered(tx, by.session);
  return std::nullopt;
}

std::optional<AnswerProblem> place(WriteTx& tx, const Answering& by, const std::vector<Placement>& placements) {
  const Session session = held(tx, by);
  if (const auto problem = closedTo(session, Phase::voting, tx.time())) return problem;
  if (session.plan.exercise != Exercise::impact) return AnswerProblem::notNow;
  if (placements.empty()) return AnswerProblem::incomplete;
  for (const Placement& placement : placements)
    if (const auto problem = checkPlacement(session.plan, placement)) return problem;
  for (Placement placement : placements) {
    placement.participant = by.participant.id;
    store::savePlacement(tx, by.session, placement);
  }
  answered(tx, by.session);
  return std::nullopt;
}

std::optional<AnswerProblem> giveDots(WriteTx& tx, const Answering& by, const std::map<ContributionId, int>& dots) {
  const Session session = held(tx, by);
  if (const auto problem = closedTo(session, Phase::voting, tx.time())) return problem;
  if (session.plan.exercise != Exercise::ideas) return AnswerProblem::notNow;
  if (const auto problem = checkDots(session.plan, store::ideasOf(tx, by.session), dots)) return problem;
  store::saveDots(tx, by.session, by.participant.id, dots);
  answered(tx, by.session);
  return std::nullopt;
}

std::optional<AnswerProblem> contribute(WriteTx& tx, const Answering& by, const std::string& sendKey,
                                        Contribution contribution) {
  const Session session = held(tx, by);
  if (session.isOver(tx.time())) return AnswerProblem::over;
  if (!isTaken(session.plan.exercise, contribution.kind, session.phase)) return AnswerProblem::notNow;
  const std::string key = keyOf(by.participant, contribution, sendKey);
  const bool isThere = store::contributionBy(tx, by.session, key).has_value();
  if (!isThere && store::contributionsIn(tx, by.session) >= kMostTexts) return AnswerProblem::tooMany;
  const int given = isThere ? 0 : store::contributionsBy(tx, by.participant.id);
  if (const auto problem = checkContribution(session.plan, contribution, given)) return problem;
  contribution.participant = by.participant.id;
  contribution.group = by.participant.group;
  contribution.at = tx.time();
  if (contribution.kind == ContributionKind::link)
    contribution.position = store::nextPosition(tx, by.session, contribution.group);
  store::saveContribution(tx, by.session, key, contribution);
  answered(tx, by.session);
  if (contribution.kind == ContributionKind::link) announceText(tx, by.session, contribution.group);
  return std::nullopt;
}

std::optional<AnswerProblem> withdraw(WriteTx& tx, const Answering& by, ContributionId id) {
  const Session session = held(tx, by);
  if (session.isOver(tx.time())) return AnswerProblem::over;
  const auto own = store::givenBy(tx, by.participant.id);
  const auto found = std::ranges::find(own, id, &Contribution::id);
  if (found == own.end()) return AnswerProblem::notYours;
  if (!isTaken(session.plan.exercise, found->kind, session.phase)) return AnswerProblem::notNow;
  store::removeContribution(tx, by.session, id);
  answered(tx, by.session);
  if (found->kind == ContributionKind::link) announceText(tx, by.session, by.participant.group);
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
  if (due.empty()) bookkeeping(tx, "nothing is due");
  return static_cast<int>(std::ssize(due));
}

}  // namespace toimela::trendcards::operations
