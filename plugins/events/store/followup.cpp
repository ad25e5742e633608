#include "store/followup.h"

namespace toimela::events::store {

namespace {

constexpr Sql kHas{"events.followup.has",
                   "SELECT CAST(COUNT(*) AS BIGINT) FROM events_question "
                   "WHERE event_id = :event AND is_followup = 1 AND removed_at IS NULL"};
constexpr Sql kNote{"events.followup.note_asked",
                    "UPDATE events_registration SET followup_asked_at = :at "
                    "WHERE id = :id AND erased_at IS NULL AND confirm_by IS NULL "
                    "AND (followup_asked_at IS NULL OR followup_asked_at <> :at)"};
constexpr Sql kOwing{"events.followup.owing",
                     "SELECT DISTINCT p.registration_id FROM events_participant p "
                     "JOIN events_registration r ON r.id = p.registration_id "
                     "WHERE p.event_id = :event AND p.state = 'confirmed' AND p.followup_at IS NULL "
                     "AND r.erased_at IS NULL AND r.confirm_by IS NULL ORDER BY p.registration_id"};
constexpr Sql kSet{"events.followup.set",
                   "UPDATE events_participant SET answers = :answers, followup_at = :at WHERE id = :id"};

}  // namespace

bool hasFollowUp(ReadTx& tx, EventId event) { return tx.value<std::int64_t>(kHas, event) > 0; }

bool noteFollowUpAsked(WriteTx& tx, RegistrationId registration) {
  return tx.run(kNote, tx.time(), registration) == 1;
}

std::vector<RegistrationId> owingFollowUp(ReadTx& tx, EventId event) {
  return tx.all(kOwing, [](RegistrationId id) { return id; }, event);
}

void setFollowUp(WriteTx& tx, ParticipantId participant, const std::string& answers) {
  tx.run(kSet, answers, tx.time(), participant);
}

}  // namespace toimela::events::store
