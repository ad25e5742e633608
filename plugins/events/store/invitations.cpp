#include "store/invitations.h"

namespace toimela::events::store {

namespace {

constexpr Sql kFind{"events.invitation.find",
                    "SELECT event_id, person_id FROM events_invitation WHERE id = :id"};
constexpr Sql kInsert{"events.invitation.insert",
                      "INSERT INTO events_invitation (event_id, person_id, invited_at) "
                      "VALUES (:event, :person, :at) ON CONFLICT (event_id, person_id) DO NOTHING "
                      "RETURNING id"};
constexpr Sql kCount{"events.invitation.count",
                     "SELECT CAST(COUNT(*) AS BIGINT) FROM events_invitation WHERE event_id = :event"};
constexpr Sql kOf{"events.invitation.of_person",
                  "SELECT event_id, invited_at FROM events_invitation WHERE person_id = :person "
                  "ORDER BY invited_at, id"};
constexpr Sql kForget{"events.invitation.forget", "DELETE FROM events_invitation WHERE person_id = :person"};

}  // namespace

std::optional<Invitation> findInvitation(ReadTx& tx, InvitationId id) {
  return tx.first(kFind, [](EventId event, PersonId person) { return Invitation{event, person}; }, id);
}

std::optional<InvitationId> insertInvitation(WriteTx& tx, const Invitation& invitation) {
  return tx.first(kInsert, [](InvitationId id) { return id; }, invitation.event, invitation.person, tx.time());
}

std::int64_t countInvited(ReadTx& tx, EventId event) { return tx.value<std::int64_t>(kCount, event); }

std::vector<OwnInvitation> invitationsOf(ReadTx& tx, PersonId person) {
  return tx.all(kOf, [](EventId event, Instant at) { return OwnInvitation{event, at}; }, person);
}

void forgetInvitations(WriteTx& tx, PersonId person) { tx.run(kForget, person); }

}  // namespace toimela::events::store
