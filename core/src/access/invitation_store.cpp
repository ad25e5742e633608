#include "access/invitation_store.h"

#include "access/passwords.h"

namespace toimela::access {

namespace {

using accounts::Invitation;
using accounts::InvitationId;

constexpr Sql kAdd{"access.invitation.add",
                   "INSERT INTO core_invitation (token_hash, email, email_key, given_name,"
                   " family_name, language, reason, purpose, path, invited_by, created_at,"
                   " expires_at) VALUES (:hash, :email, :email_key, :given, :family, :language,"
                   " :reason, :purpose, :path, :by, :at, :expires) RETURNING id"};

#define TOIMELA_INVITATION                                                                   \
  "SELECT i.id, i.email, i.given_name, i.family_name, i.language, i.reason, i.purpose,"      \
  " i.path, i.invited_by, p.given_name, p.family_name, i.expires_at"                         \
  " FROM core_invitation i LEFT JOIN core_person p ON p.id = i.invited_by"                   \
  " AND p.erased_at IS NULL"
constexpr Sql kById{"access.invitation.by_id",
                    TOIMELA_INVITATION " WHERE i.id = :id AND i.expires_at > :now"};
constexpr Sql kByToken{"access.invitation.by_token",
                       TOIMELA_INVITATION " WHERE i.token_hash = :hash AND i.expires_at > :now"};
constexpr Sql kOverdue{"access.invitation.overdue", TOIMELA_INVITATION
                       " WHERE i.expires_at <= :now ORDER BY i.expires_at, i.id LIMIT :limit"};
constexpr Sql kTo{"access.invitation.to", TOIMELA_INVITATION
                  " WHERE i.email_key = (SELECT email_key FROM core_person WHERE id = :person)"
                  " ORDER BY i.id"};
constexpr Sql kBy{"access.invitation.by",
                  TOIMELA_INVITATION " WHERE i.invited_by = :person ORDER BY i.id"};
constexpr Sql kOpen{"access.invitation.open",
                    TOIMELA_INVITATION " WHERE i.expires_at > :now"
                                       " AND (CAST(:by AS BIGINT) IS NULL OR i.invited_by = :by)"
                                       " ORDER BY i.id DESC LIMIT :limit"};
#undef TOIMELA_INVITATION

constexpr Sql kFor{"access.invitation.for",
                   "SELECT id FROM core_invitation WHERE email_key = :email AND purpose = :purpose"
                   " AND expires_at > :now ORDER BY id DESC LIMIT 1"};

constexpr Sql kRenew{"access.invitation.renew",
                     "UPDATE core_invitation SET token_hash = :hash, expires_at = :expires"
                     " WHERE id = :id AND expires_at > :now"};

constexpr Sql kDrop{"access.invitation.drop", "DELETE FROM core_invitation WHERE id = :id"};

constexpr Sql kForgetInviter{
    "access.invitation.forget_inviter",
    "UPDATE core_invitation SET invited_by = NULL WHERE invited_by = :person"};

StoredInvitation stored(InvitationId id, EmailAddress email, std::string givenName,
                        std::string familyName, Locale language, std::string reason,
                        std::string purpose, std::string path, std::optional<PersonId> by,
                        std::optional<std::string> inviterGiven,
                        std::optional<std::string> inviterFamily, Instant expiresAt) {
  std::string inviter;
  if (inviterGiven) inviter = *inviterGiven + " " + inviterFamily.value_or("");
  return {id,
          Invitation{std::move(email), std::move(givenName), std::move(familyName), language,
                     std::move(reason), std::move(purpose), std::move(path)},
          by,
          std::move(inviter),
          expiresAt};
}

}  // namespace

InvitationId addInvitation(WriteTx& tx, const Invitation& invitation, std::string_view token) {
  return tx.insert<InvitationId>(kAdd, sha256(token), invitation.to, invitation.to.key(),
                                 invitation.givenName, invitation.familyName, invitation.locale,
                                 invitation.reason, invitation.purpose, invitation.path,
                                 tx.actor(), tx.time(), tx.time() + accounts::kInvitationLasts);
}

std::optional<StoredInvitation> findInvitation(ReadTx& tx, InvitationId id, Instant now) {
  return tx.first(kById, stored, id, now);
}

std::optional<StoredInvitation> findInvitation(ReadTx& tx, std::string_view token, Instant now) {
  return tx.first(kByToken, stored, sha256(token), now);
}

std::optional<InvitationId> findInvitationFor(ReadTx& tx, const EmailAddress& to,
                                              std::string_view purpose, Instant now) {
  return tx.first(kFor, [](InvitationId id) { return id; }, to.key(), purpose, now);
}

std::vector<StoredInvitation> openInvitations(ReadTx& tx, std::optional<PersonId> by, Instant now,
                                              int limit) {
  return tx.all(kOpen, stored, now, by, limit);
}

bool renewInvitation(WriteTx& tx, InvitationId id, std::string_view token) {
  return tx.run(kRenew, sha256(token), tx.time() + accounts::kInvitationLasts, id, tx.time()) == 1;
}

bool dropInvitation(WriteTx& tx, InvitationId id) { return tx.run(kDrop, id) == 1; }

std::vector<StoredInvitation> overdueInvitations(ReadTx& tx, Instant now, int limit) {
  return tx.all(kOverdue, stored, now, limit);
}

std::vector<StoredInvitation> invitationsTo(ReadTx& tx, PersonId person) {
  return tx.all(kTo, stored, person);
}

std::vector<StoredInvitation> invitationsBy(ReadTx& tx, PersonId person) {
  return tx.all(kBy, stored, person);
}

void forgetInviter(WriteTx& tx, PersonId person) { tx.run(kForgetInviter, person); }

}  // namespace toimela::access
