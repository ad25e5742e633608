#include "store/feedback.h"

#include "store/stored.h"

namespace toimela::events::store {

namespace {

constexpr Sql kIsNamed{"events.feedback.is_named",
                       "SELECT is_named FROM events_feedback_form WHERE event_id = :event"};
constexpr Sql kSetNamed{"events.feedback.set_named",
                        "INSERT INTO events_feedback_form (event_id, is_named) VALUES (:event, :named) "
                        "ON CONFLICT (event_id) DO UPDATE SET is_named = excluded.is_named"};
constexpr Sql kHasAnswered{
    "events.feedback.has_answered",
    "SELECT CAST(COUNT(*) AS BIGINT) FROM events_feedback_given WHERE participant_id = :participant"};
constexpr Sql kNote{"events.feedback.note",
                    "INSERT INTO events_feedback_given (participant_id, event_id) "
                    "VALUES (:participant, :event) ON CONFLICT (participant_id) DO NOTHING"};
constexpr Sql kAdd{"events.feedback.add",
                   "INSERT INTO events_feedback (event_id, participant_id, rating, found_partners, "
                   "answer, locale, given_on) VALUES (:event, CAST(:participant AS BIGINT), :rating, "
                   "CAST(:partners AS BIGINT), :answer, :locale, :day)"};
// In no order that would tell who answered first.
constexpr Sql kOf{"events.feedback.of_event",
                  "SELECT f.rating, f.found_partners, f.answer, f.locale, COALESCE(p.name, '') "
                  "FROM events_feedback f LEFT JOIN events_participant p ON p.id = f.participant_id "
                  "WHERE f.event_id = :event ORDER BY f.rating DESC, f.answer, f.id LIMIT :limit"};
#define BY_PERSON                                                                            \
  "(SELECT p.id FROM events_participant p JOIN events_registration r "                       \
  "ON r.id = p.registration_id WHERE p.email_key = CAST(:key AS TEXT) "                      \
  "OR (r.person_id = CAST(:person AS BIGINT) AND p.email_key IS NULL))"
constexpr Sql kBy{"events.feedback.by_person",
                  "SELECT f.rating, f.found_partners, f.answer, f.locale, '' FROM events_feedback f "
                  "WHERE f.participant_id IN " BY_PERSON " ORDER BY f.id"};
constexpr Sql kForget{"events.feedback.forget",
                      "UPDATE events_feedback SET participant_id = NULL, answer = '' "
                      "WHERE participant_id IN " BY_PERSON};
#undef BY_PERSON

GivenFeedback toGiven(int rating, std::optional<std::int64_t> partners, std::string answer, Locale locale,
                      std::string name) {
  return {{rating, partners ? std::optional(*partners != 0) : std::nullopt, std::move(answer), locale},
          std::move(name)};
}

}  // namespace

bool isNamed(ReadTx& tx, EventId event) {
  return tx.first(kIsNamed, [](bool named) { return named; }, event).value_or(false);
}

void setNamed(WriteTx& tx, EventId event, bool named) { tx.run(kSetNamed, event, named); }

bool hasAnswered(ReadTx& tx, ParticipantId participant) {
  return tx.value<std::int64_t>(kHasAnswered, participant) > 0;
}

bool noteAnswered(WriteTx& tx, EventId event, ParticipantId participant) {
  return tx.run(kNote, participant, event) == 1;
}

void addFeedback(WriteTx& tx, EventId event, std::optional<ParticipantId> participant,
                 const Feedback& feedback) {
  const auto partners =
      feedback.foundPartners ? std::optional<std::int64_t>(*feedback.foundPartners) : std::nullopt;
  tx.run(kAdd, event, participant, feedback.rating, partners, feedback.answer, feedback.locale,
         Date::of(tx.time()));
}

std::vector<GivenFeedback> feedbackOf(ReadTx& tx, EventId event, int limit) {
  return tx.all(kOf, &toGiven, event, limit);
}

std::vector<GivenFeedback> feedbackBy(ReadTx& tx, PersonId person, const std::string& emailKey) {
  return tx.all(kBy, &toGiven, emailKey, person);
}

void forgetFeedback(WriteTx& tx, PersonId person, const std::string& emailKey) {
  tx.run(kForget, emailKey, person);
}

}  // namespace toimela::events::store
