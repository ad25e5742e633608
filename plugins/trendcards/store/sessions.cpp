#include "store/sessions.h"

#include <algorithm>

#include "store/stored_sessions.h"

namespace toimela::trendcards::store {

namespace {

#define SESSION                                                                                              \
  "SELECT s.id, s.region, s.edition_id, s.facilitator_id, s.exercise, s.title, s.question, s.drawn, s.dots, " \
  "s.groups, s.ceiling, s.minutes, s.naming, s.asks_sector, s.feeds_map, s.code, s.phase, s.timer_until, "    \
  "s.participants, s.created_at, s.closes_at, s.ended_at, s.revision, s.is_forgotten, s.event_key FROM trendcards_session s "

constexpr Sql kScope{"trendcards.session.scope", "SELECT region FROM trendcards_session WHERE id = :id"};
constexpr Sql kFind{"trendcards.session.find", SESSION "WHERE s.id = :id"};
constexpr Sql kByCode{"trendcards.session.by_code", SESSION "WHERE s.code = :code"};
constexpr Sql kByForm{"trendcards.session.by_form", "SELECT id FROM trendcards_session WHERE form_key = :key"};
constexpr Sql kOfRegion{"trendcards.session.of_region",
                        SESSION "WHERE s.region = :region AND s.id < :before ORDER BY s.id DESC LIMIT :limit"};
constexpr Sql kOfRegionAfter{"trendcards.session.of_region_after",
                             SESSION "WHERE s.region = :region AND s.id > :after ORDER BY s.id LIMIT :limit"};
constexpr Sql kLedBy{"trendcards.session.led_by", SESSION "WHERE s.facilitator_id = :person ORDER BY s.id"};
constexpr Sql kOfEvent{"trendcards.session.of_event", SESSION "WHERE s.event_key = :event ORDER BY s.id DESC"};
#undef SESSION

constexpr Sql kCards{"trendcards.session.cards",
                     "SELECT card_number FROM trendcards_session_card WHERE session_id = :id ORDER BY position"};
constexpr Sql kInsert{
    "trendcards.session.insert",
    "INSERT INTO trendcards_session (region, edition_id, facilitator_id, exercise, title, question, drawn, dots, "
    "groups, ceiling, minutes, naming, asks_sector, feeds_map, code, phase, timer_until, participants, created_at, "
    "closes_at, ended_at, revision, is_forgotten, form_key, event_key) VALUES (:region, :edition, CAST(:person AS BIGINT), "
    ":exercise, :title, :question, :drawn, :dots, :groups, :ceiling, :minutes, :naming, :sector, :map, :code, "
    ":phase, CAST(:timer AS BIGINT), 0, :created, :closes, CAST(:ended AS BIGINT), 1, 0, :form, CAST(:event AS BIGINT)) "
    "ON CONFLICT (form_key) DO NOTHING RETURNING id"};
constexpr Sql kInsertCard{"trendcards.session.insert_card",
                          "INSERT INTO trendcards_session_card (session_id, card_number, position) "
                          "VALUES (:session, :card, :position)"};
constexpr Sql kHold{"trendcards.session.hold", "UPDATE trendcards_session SET revision = revision WHERE id = :id"};
constexpr Sql kLock{"trendcards.session.lock",
                    "UPDATE trendcards_session SET revision = revision + 1 WHERE id = :id"};
constexpr Sql kSetPhase{"trendcards.session.set_phase", "UPDATE trendcards_session SET phase = :phase WHERE id = :id"};
constexpr Sql kSetTimer{"trendcards.session.set_timer",
                        "UPDATE trendcards_session SET timer_until = CAST(:until AS BIGINT) WHERE id = :id"};
constexpr Sql kEnd{"trendcards.session.end",
                   "UPDATE trendcards_session SET ended_at = :at, phase = 'done', timer_until = NULL WHERE id = :id"};
constexpr Sql kTakeSeat{"trendcards.session.take_seat",
                        "UPDATE trendcards_session SET participants = participants + 1 "
                        "WHERE id = :id AND participants < ceiling"};
constexpr Sql kSetCeiling{"trendcards.session.set_ceiling",
                          "UPDATE trendcards_session SET ceiling = :ceiling WHERE id = :id AND participants <= :ceiling"};
constexpr Sql kGiveSeatsBack{"trendcards.session.give_seats_back",
                             "UPDATE trendcards_session SET participants = participants - :count WHERE id = :id"};
#define OF_IDLE                                                                                              \
  "p.session_id = :session AND NOT EXISTS (SELECT 1 FROM trendcards_ranked r WHERE r.participant_id = p.id) " \
  "AND NOT EXISTS (SELECT 1 FROM trendcards_placement l WHERE l.participant_id = p.id) "                      \
  "AND NOT EXISTS (SELECT 1 FROM trendcards_dot d WHERE d.participant_id = p.id) "                            \
  "AND NOT EXISTS (SELECT 1 FROM trendcards_contribution c WHERE c.participant_id = p.id)"
constexpr Sql kForgetIdleHands{"trendcards.drawn.forget_idle",
                               "DELETE FROM trendcards_drawn WHERE participant_id IN "
                               "(SELECT p.id FROM trendcards_participant p WHERE " OF_IDLE ")"};
constexpr Sql kRemoveIdle{"trendcards.participant.remove_idle",
                          "DELETE FROM trendcards_participant WHERE id IN "
                          "(SELECT p.id FROM trendcards_participant p WHERE " OF_IDLE ")"};
#undef OF_IDLE

#define PARTICIPANT "SELECT id, nickname, group_number, sector, joined_at FROM trendcards_participant "
constexpr Sql kParticipantBy{"trendcards.participant.by_client",
                             PARTICIPANT "WHERE session_id = :session AND client_key = :key"};
constexpr Sql kParticipants{"trendcards.participant.of_session", PARTICIPANT "WHERE session_id = :session ORDER BY id"};
#undef PARTICIPANT
constexpr Sql kInsertParticipant{
    "trendcards.participant.insert",
    "INSERT INTO trendcards_participant (session_id, client_key, nickname, group_number, sector, joined_at) "
    "VALUES (:session, :key, :nickname, :group, CAST(:sector AS TEXT), :at) RETURNING id"};
constexpr Sql kIsIn{"trendcards.participant.is_in",
                    "SELECT CAST(COUNT(*) AS BIGINT) FROM trendcards_participant WHERE session_id = :session AND id = :id"};
constexpr Sql kDealt{"trendcards.drawn.dealt",
                     "SELECT card_number, CAST(COUNT(*) AS BIGINT) FROM trendcards_drawn WHERE session_id = :session "
                     "GROUP BY card_number"};
constexpr Sql kDraw{"trendcards.drawn.insert",
                    "INSERT INTO trendcards_drawn (participant_id, session_id, card_number, position) "
                    "VALUES (:participant, :session, :card, :position)"};
constexpr Sql kHand{"trendcards.drawn.hand",
                    "SELECT card_number FROM trendcards_drawn WHERE participant_id = :participant ORDER BY position"};
constexpr Sql kHands{"trendcards.drawn.of_session",
                     "SELECT participant_id, card_number FROM trendcards_drawn WHERE session_id = :session "
                     "ORDER BY participant_id, position"};

constexpr Sql kForgetRanking{"trendcards.ranked.forget",
                             "DELETE FROM trendcards_ranked WHERE participant_id = :participant"};
constexpr Sql kRank{"trendcards.ranked.insert",
                    "INSERT INTO trendcards_ranked (participant_id, session_id, card_number, position) "
                    "VALUES (:participant, :session, :card, :position)"};
constexpr Sql kRankingOf{"trendcards.ranked.of_participant",
                         "SELECT card_number FROM trendcards_ranked WHERE participant_id = :participant ORDER BY position"};
constexpr Sql kRankings{"trendcards.ranked.of_session",
                        "SELECT participant_id, card_number FROM trendcards_ranked WHERE session_id = :session "
                        "ORDER BY participant_id, position"};
constexpr Sql kPlace{"trendcards.placement.save",
                     "INSERT INTO trendcards_placement (participant_id, session_id, card_number, likelihood, impact) "
                     "VALUES (:participant, :session, :card, :likelihood, :impact) "
                     "ON CONFLICT (participant_id, card_number) DO UPDATE SET likelihood = excluded.likelihood, "
                     "impact = excluded.impact"};
#define PLACEMENT "SELECT participant_id, card_number, likelihood, impact FROM trendcards_placement "
constexpr Sql kPlacementsOf{"trendcards.placement.of_participant",
                            PLACEMENT "WHERE participant_id = :participant ORDER BY card_number"};
constexpr Sql kPlacements{"trendcards.placement.of_session",
                          PLACEMENT "WHERE session_id = :session ORDER BY card_number, participant_id"};
#undef PLACEMENT
constexpr Sql kForgetDots{"trendcards.dot.forget", "DELETE FROM trendcards_dot WHERE participant_id = :participant"};
constexpr Sql kGiveDots{"trendcards.dot.insert",
                        "INSERT INTO trendcards_dot (participant_id, contribution_id, session_id, dots) "
                        "VALUES (:participant, :contribution, :session, :dots)"};
constexpr Sql kDotsOf{"trendcards.dot.of_participant",
                      "SELECT d.contribution_id, d.dots FROM trendcards_dot d JOIN trendcards_contribution c "
                      "ON c.id = d.contribution_id WHERE d.participant_id = :participant AND c.removed_at IS NULL"};
constexpr Sql kForgetDotsFor{"trendcards.dot.forget_for",
                             "DELETE FROM trendcards_dot WHERE contribution_id = :contribution"};

constexpr Sql kSaveContribution{
    "trendcards.contribution.save",
    "INSERT INTO trendcards_contribution (session_id, participant_id, send_key, kind, group_number, card_number, "
    "other_card_number, position, text, need, step, given_at) VALUES (:session, CAST(:participant AS BIGINT), :key, "
    ":kind, :group, CAST(:card AS INTEGER), CAST(:other AS INTEGER), :position, :text, :need, :step, :at) "
    "ON CONFLICT (session_id, send_key) DO UPDATE SET card_number = excluded.card_number, "
    "other_card_number = excluded.other_card_number, text = excluded.text, need = excluded.need, "
    "step = excluded.step, removed_at = NULL RETURNING id"};
constexpr Sql kContributionBy{"trendcards.contribution.by_key",
                              "SELECT id FROM trendcards_contribution WHERE session_id = :session AND send_key = :key "
                              "AND removed_at IS NULL"};
constexpr Sql kRemoveContribution{"trendcards.contribution.remove",
                                  "DELETE FROM trendcards_contribution WHERE session_id = :session AND id = :id"};
constexpr Sql kTakeAway{"trendcards.contribution.take_away",
                        "UPDATE trendcards_contribution SET removed_at = :at WHERE session_id = :session AND id = :id "
                        "AND removed_at IS NULL"};
constexpr Sql kGiveBack{"trendcards.contribution.give_back",
                        "UPDATE trendcards_contribution SET removed_at = NULL WHERE session_id = :session AND id = :id "
                        "AND removed_at IS NOT NULL"};
constexpr Sql kClearDots{"trendcards.dot.clear",
                         "DELETE FROM trendcards_dot WHERE contribution_id IN "
                         "(SELECT c.id FROM trendcards_contribution c WHERE c.removed_at < :before)"};
constexpr Sql kClear{"trendcards.contribution.clear", "DELETE FROM trendcards_contribution WHERE removed_at < :before"};
constexpr Sql kCountBy{"trendcards.contribution.count_by",
                       "SELECT CAST(COUNT(*) AS BIGINT) FROM trendcards_contribution WHERE participant_id = :participant "
                       "AND removed_at IS NULL"};
constexpr Sql kCountIn{"trendcards.contribution.count_in",
                       "SELECT CAST(COUNT(*) AS BIGINT) FROM trendcards_contribution WHERE session_id = :session "
                       "AND removed_at IS NULL"};
constexpr Sql kNextPosition{"trendcards.contribution.next_position",
                            "SELECT CAST(COALESCE(MAX(position), 0) + 1 AS BIGINT) FROM trendcards_contribution "
                            "WHERE session_id = :session AND kind = 'link' AND group_number = :group"};
#define CONTRIBUTION                                                                                               \
  "SELECT c.id, c.kind, c.participant_id, c.group_number, c.card_number, c.other_card_number, c.position, c.text, " \
  "c.need, c.step, c.given_at, "
#define DOTS                                                                               \
  "CAST(COALESCE(SUM(d.dots), 0) AS BIGINT), CAST(COUNT(d.dots) AS BIGINT) "               \
  "FROM trendcards_contribution c LEFT JOIN trendcards_dot d ON d.contribution_id = c.id "
constexpr Sql kContributions{
    "trendcards.contribution.of_session",
    CONTRIBUTION DOTS
    "WHERE c.session_id = :session AND c.removed_at IS NULL AND (CAST(:kind AS TEXT) IS NULL OR c.kind = CAST(:kind AS TEXT)) "
    "AND (CAST(:group AS INTEGER) IS NULL OR c.group_number = CAST(:group AS INTEGER)) "
    "GROUP BY c.id ORDER BY c.group_number, c.position, c.id"};
constexpr Sql kGivenBy{"trendcards.contribution.given_by",
                       CONTRIBUTION DOTS "WHERE c.participant_id = :participant AND c.removed_at IS NULL "
                                         "GROUP BY c.id ORDER BY c.position, c.id"};
constexpr Sql kIdeasToVoteOn{"trendcards.contribution.to_vote_on",
                             CONTRIBUTION "CAST(0 AS BIGINT), CAST(0 AS BIGINT) FROM trendcards_contribution c WHERE c.session_id = :session "
                                          "AND c.kind = 'idea' AND c.removed_at IS NULL ORDER BY c.group_number, c.position, c.id"};
#undef CONTRIBUTION
#undef DOTS
constexpr Sql kIdeas{"trendcards.contribution.ideas",
                     "SELECT id FROM trendcards_contribution WHERE session_id = :session AND kind = 'idea' "
                     "AND removed_at IS NULL"};
constexpr Sql kCountTexts{
    "trendcards.contribution.count",
    "SELECT CAST(COALESCE(SUM(CASE WHEN kind = 'note' THEN 0 ELSE 1 END), 0) AS BIGINT), "
    "CAST(COALESCE(SUM(CASE WHEN kind = 'note' THEN 1 ELSE 0 END), 0) AS BIGINT), "
    "CAST(COUNT(DISTINCT CASE WHEN kind = 'note' THEN NULL ELSE participant_id END) AS BIGINT) "
    "FROM trendcards_contribution WHERE session_id = :session AND removed_at IS NULL"};
constexpr Sql kCountRanked{"trendcards.ranked.count",
                           "SELECT CAST(COUNT(*) AS BIGINT) FROM trendcards_ranked "
                           "WHERE session_id = :session AND position = 1"};
constexpr Sql kCountPlaced{"trendcards.placement.count",
                           "SELECT CAST(COUNT(DISTINCT participant_id) AS BIGINT) FROM trendcards_placement "
                           "WHERE session_id = :session"};
constexpr Sql kCountDots{"trendcards.dot.count",
                         "SELECT CAST(COUNT(DISTINCT d.participant_id) AS BIGINT) FROM trendcards_dot d "
                         "JOIN trendcards_contribution c ON c.id = d.contribution_id "
                         "WHERE d.session_id = :session AND c.removed_at IS NULL"};

constexpr Sql kDue{"trendcards.session.due_for_forgetting",
                   "SELECT id FROM trendcards_session WHERE is_forgotten = 0 "
                   "AND COALESCE(ended_at, closes_at) < :before ORDER BY closes_at, id LIMIT :limit"};
// Who shared a device can not be told from others any more, either.
constexpr Sql kForgetNicknames{"trendcards.participant.forget",
                               "UPDATE trendcards_participant SET nickname = '', client_key = CAST(id AS TEXT) "
                               "WHERE session_id = :session"};
constexpr Sql kForgotten{"trendcards.session.forgotten",
                         "UPDATE trendcards_session SET is_forgotten = 1, revision = revision + 1 WHERE id = :session"};
constexpr Sql kForgetFacilitator{
    "trendcards.session.forget_facilitator",
    "UPDATE trendcards_session SET facilitator_id = NULL, revision = revision + 1 WHERE facilitator_id = :person"};

std::vector<int> cardsOf(ReadTx& tx, SessionId id) {
  return tx.all(kCards, [](int number) { return number; }, id);
}

Session toSession(SessionId id, RegionCode region, EditionId edition, std::optional<PersonId> facilitator,
                  Exercise exercise, std::string title, std::string question, int drawn, int dots, int groups,
                  int ceiling, int minutes, Naming naming, bool asksSector, bool feedsMap, std::string code,
                  Phase phase, std::optional<Instant> timerUntil, int participants, Instant createdAt,
                  Instant closesAt, std::optional<Instant> endedAt, std::int64_t revision, bool isForgotten,
                  std::optional<std::int64_t> event) {
  return {.id = id,
          .plan = {.region = region,
                   .edition = edition,
                   .exercise = exercise,
                   .title = std::move(title),
                   .question = std::move(question),
                   .cards = {},
                   .drawn = drawn,
                   .dots = dots,
                   .groups = groups,
                   .ceiling = ceiling,
                   .minutes = minutes,
                   .naming = naming,
                   .asksSector = asksSector,
                   .feedsMap = feedsMap,
                   .event = event},
          .code = std::move(code),
          .facilitator = facilitator,
          .phase = phase,
          .timerUntil = timerUntil,
          .participants = participants,
          .createdAt = createdAt,
          .closesAt = closesAt,
          .endedAt = endedAt,
          .revision = revision,
          .isForgotten = isForgotten};
}

template <class... A>
std::vector<Session> sessionsBy(ReadTx& tx, const Sql& sql, const A&... arguments) {
  auto sessions = tx.all(sql, &toSession, arguments...);
  for (Session& session : sessions) session.plan.cards = cardsOf(tx, session.id);
  return sessions;
}

template <class... A>
std::optional<Session> sessionBy(ReadTx& tx, const Sql& sql, const A&... arguments) {
  auto session = tx.first(sql, &toSession, arguments...);
  if (session) session->plan.cards = cardsOf(tx, session->id);
  return session;
}

Participant toParticipant(ParticipantId id, std::string nickname, int group, std::optional<Sector> sector,
                          Instant joinedAt) {
  return {.id = id, .nickname = std::move(nickname), .group = group, .sector = sector, .hand = {}, .joinedAt = joinedAt};
}

Placement toPlacement(ParticipantId participant, int card, int likelihood, int impact) {
  return {participant, card, likelihood, impact};
}

Contribution toContribution(ContributionId id, ContributionKind kind, std::optional<ParticipantId> participant,
                            int group, std::optional<int> card, std::optional<int> otherCard, int position,
                            std::string text, std::string need, std::string step, Instant at, int dots, int voters) {
  return {id,   kind, participant, group, card, otherCard, position, std::move(text), std::move(need),
          std::move(step), dots, voters, at};
}

}  // namespace

ScopeResolver sessionScope() {
  return [](ReadTx& tx, const PathParameters& path) -> std::optional<Scope> {
    const auto id = path.id<SessionId>("session");
    if (!id) return std::nullopt;
    return tx.first(kScope, [](RegionCode region) { return Scope{.region = region}; }, *id);
  };
}

std::optional<Session> findSession(ReadTx& tx, SessionId id) { return sessionBy(tx, kFind, id); }

std::optional<Session> sessionByCode(ReadTx& tx, const JoinCode& code) { return sessionBy(tx, kByCode, code.text()); }

std::optional<SessionId> sessionByForm(ReadTx& tx, const std::string& formKey) {
  return tx.first(kByForm, [](SessionId id) { return id; }, formKey);
}

std::vector<Session> sessionsOf(ReadTx& tx, RegionCode region, std::optional<SessionId> before, int limit) {
  return sessionsBy(tx, kOfRegion, region, before.value_or(SessionId{INT64_MAX}), limit);
}

std::vector<Session> sessionsOfEvent(ReadTx& tx, std::int64_t event) { return sessionsBy(tx, kOfEvent, event); }

std::vector<Session> sessionsAfter(ReadTx& tx, const std::vector<RegionCode>& regions, SessionId after, int limit) {
  std::vector<Session> found;
  for (const RegionCode region : regions)
    std::ranges::move(sessionsBy(tx, kOfRegionAfter, region, after, limit), std::back_inserter(found));
  std::ranges::sort(found, {}, &Session::id);
  if (std::ssize(found) > limit) found.erase(found.begin() + limit, found.end());
  return found;
}

std::optional<SessionId> insertSession(WriteTx& tx, const Session& session, const std::string& formKey) {
  const SessionPlan& plan = session.plan;
  const auto id = tx.first(
      kInsert, [](SessionId made) { return made; }, plan.region, plan.edition, session.facilitator, plan.exercise, plan.title, plan.question, plan.drawn,
      plan.dots, plan.groups, plan.ceiling, plan.minutes, plan.naming, plan.asksSector, plan.feedsMap, session.code,
      session.phase, session.timerUntil, session.createdAt, session.closesAt, session.endedAt, formKey, plan.event);
  if (!id) return std::nullopt;
  for (int position = 0; const int card : plan.cards) tx.run(kInsertCard, *id, card, ++position);
  return id;
}

void holdSession(WriteTx& tx, SessionId id) { tx.run(kHold, id); }
void lockSession(WriteTx& tx, SessionId id) { tx.run(kLock, id); }
void setPhase(WriteTx& tx, SessionId id, Phase phase) { tx.run(kSetPhase, phase, id); }
void setTimer(WriteTx& tx, SessionId id, std::optional<Instant> until) { tx.run(kSetTimer, until, id); }
void endSession(WriteTx& tx, SessionId id) { tx.run(kEnd, tx.time(), id); }

std::optional<Participant> participantBy(ReadTx& tx, SessionId session, const std::string& clientKey) {
  auto participant = tx.first(kParticipantBy, &toParticipant, session, clientKey);
  if (participant) participant->hand = tx.all(kHand, [](int card) { return card; }, participant->id);
  return participant;
}

bool takeSeat(WriteTx& tx, SessionId session) { return tx.run(kTakeSeat, session) == 1; }

bool setCeiling(WriteTx& tx, SessionId session, int ceiling) { return tx.run(kSetCeiling, ceiling, session) == 1; }

int freeSeats(WriteTx& tx, SessionId session) {
  tx.run(kForgetIdleHands, session);
  const auto freed = static_cast<int>(tx.run(kRemoveIdle, session));
  tx.run(kGiveSeatsBack, freed, session);
  return freed;
}

std::map<int, int> dealt(ReadTx& tx, SessionId session) {
  std::map<int, int> times;
  tx.each(kDealt, [&](int card, int count) { times[card] = count; }, session);
  return times;
}

ParticipantId insertParticipant(WriteTx& tx, SessionId session, const std::string& clientKey, const Arrival& arrival) {
  return tx.insert<ParticipantId>(kInsertParticipant, session, clientKey, arrival.nickname, arrival.group,
                                  arrival.sector, tx.time());
}

void setHand(WriteTx& tx, SessionId session, ParticipantId participant, const std::vector<int>& hand) {
  for (int position = 0; const int card : hand) tx.run(kDraw, participant, session, card, ++position);
}

bool isIn(ReadTx& tx, SessionId session, ParticipantId participant) {
  return tx.value<int>(kIsIn, session, participant) == 1;
}

void saveRanking(WriteTx& tx, SessionId session, const Ranking& ranking) {
  tx.run(kForgetRanking, ranking.participant);
  for (int position = 0; const int card : ranking.cards)
    tx.run(kRank, ranking.participant, session, card, ++position);
}

void savePlacement(WriteTx& tx, SessionId session, const Placement& placement) {
  tx.run(kPlace, placement.participant, session, placement.card, placement.likelihood, placement.impact);
}

void saveDots(WriteTx& tx, SessionId session, ParticipantId participant, const std::map<ContributionId, int>& dots) {
  tx.run(kForgetDots, participant);
  for (const auto& [contribution, given] : dots)
    if (given > 0) tx.run(kGiveDots, participant, contribution, session, given);
}

ContributionId saveContribution(WriteTx& tx, SessionId session, const std::string& sendKey,
                                const Contribution& contribution) {
  return tx.insert<ContributionId>(kSaveContribution, session, contribution.participant, sendKey, contribution.kind,
                                   contribution.group, contribution.card, contribution.otherCard,
                                   contribution.position, contribution.text, contribution.need, contribution.step,
                                   contribution.at);
}

std::optional<ContributionId> contributionBy(ReadTx& tx, SessionId session, const std::string& sendKey) {
  return tx.first(kContributionBy, [](ContributionId id) { return id; }, session, sendKey);
}

bool removeContribution(WriteTx& tx, SessionId session, ContributionId id) {
  tx.run(kForgetDotsFor, id);
  return tx.run(kRemoveContribution, session, id) == 1;
}

bool takeAway(WriteTx& tx, SessionId session, ContributionId id) { return tx.run(kTakeAway, tx.time(), session, id) == 1; }
bool giveBack(WriteTx& tx, SessionId session, ContributionId id) { return tx.run(kGiveBack, session, id) == 1; }
void clearTakenAway(WriteTx& tx, Instant before) {
  tx.run(kClearDots, before);
  tx.run(kClear, before);
}

int contributionsBy(ReadTx& tx, ParticipantId participant) { return tx.value<int>(kCountBy, participant); }

int contributionsIn(ReadTx& tx, SessionId session) { return tx.value<int>(kCountIn, session); }

int nextPosition(ReadTx& tx, SessionId session, int group) { return tx.value<int>(kNextPosition, session, group); }

std::optional<Ranking> rankingOf(ReadTx& tx, ParticipantId participant) {
  auto cards = tx.all(kRankingOf, [](int card) { return card; }, participant);
  return cards.empty() ? std::nullopt : std::optional(Ranking{participant, std::move(cards)});
}

std::vector<Placement> placementsOf(ReadTx& tx, ParticipantId participant) {
  return tx.all(kPlacementsOf, &toPlacement, participant);
}

std::map<ContributionId, int> dotsOf(ReadTx& tx, ParticipantId participant) {
  std::map<ContributionId, int> dots;
  tx.each(kDotsOf, [&](ContributionId id, int given) { dots[id] = given; }, participant);
  return dots;
}

std::vector<Contribution> contributionsOf(ReadTx& tx, SessionId session, std::optional<ContributionKind> kind,
                                          std::optional<int> group) {
  return tx.all(kContributions, &toContribution, session, kind, group);
}

std::vector<ContributionId> ideasOf(ReadTx& tx, SessionId session) {
  return tx.all(kIdeas, [](ContributionId id) { return id; }, session);
}

std::vector<Contribution> ideasToVoteOn(ReadTx& tx, SessionId session) {
  return tx.all(kIdeasToVoteOn, &toContribution, session);
}

std::vector<Contribution> givenBy(ReadTx& tx, ParticipantId participant) {
  return tx.all(kGivenBy, &toContribution, participant);
}

Counts countsOf(ReadTx& tx, const Session& session) {
  Counts counts;
  counts.participants = session.participants;
  tx.each(kCountTexts, [&](int texts, int notes, int writers) {
    counts.texts = texts;
    counts.notes = notes;
    counts.answered = writers;
  }, session.id);
  if (session.plan.exercise == Exercise::rank) counts.answered = tx.value<int>(kCountRanked, session.id);
  if (session.plan.exercise == Exercise::impact) counts.answered = tx.value<int>(kCountPlaced, session.id);
  if (session.phase == Phase::voting && session.plan.exercise == Exercise::ideas)
    counts.answered = tx.value<int>(kCountDots, session.id);
  return counts;
}

std::vector<Participant> participantsOf(ReadTx& tx, SessionId session) {
  auto participants = tx.all(kParticipants, &toParticipant, session);
  auto at = participants.begin();
  tx.each(kHands, [&](ParticipantId id, int card) {
    while (at != participants.end() && at->id < id) ++at;
    if (at != participants.end() && at->id == id) at->hand.push_back(card);
  }, session);
  return participants;
}

std::optional<SessionAnswers> answersOf(ReadTx& tx, SessionId id) {
  auto session = findSession(tx, id);
  if (!session) return std::nullopt;
  SessionAnswers answers{.session = std::move(*session),
                         .participants = participantsOf(tx, id),
                         .rankings = {},
                         .placements = tx.all(kPlacements, &toPlacement, id),
                         .contributions = contributionsOf(tx, id, {}, {})};
  tx.each(kRankings, [&](ParticipantId participant, int card) {
    if (answers.rankings.empty() || answers.rankings.back().participant != participant)
      answers.rankings.push_back({participant, {}});
    answers.rankings.back().cards.push_back(card);
  }, id);
  return answers;
}

std::vector<SessionId> dueForForgetting(ReadTx& tx, Instant overBefore, int limit) {
  return tx.all(kDue, [](SessionId id) { return id; }, overBefore, limit);
}

void forgetNicknames(WriteTx& tx, SessionId session) {
  tx.run(kForgetNicknames, session);
  tx.run(kForgotten, session);
}

std::vector<Session> ledBy(ReadTx& tx, PersonId person) { return sessionsBy(tx, kLedBy, person); }

void forgetFacilitator(WriteTx& tx, PersonId person) { tx.run(kForgetFacilitator, person); }

}  // namespace toimela::trendcards::store
