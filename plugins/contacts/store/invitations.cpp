#include "store/invitations.h"

#include "store/stored.h"

namespace toimela::contacts::store {

namespace {

#define SELECT_ROW                                                                              \
  "SELECT i.id, i.network_id, i.email, i.given_name, i.family_name, i.organisation_id, i.role, " \
  "i.region, i.valid_from, i.valid_to, i.succeeds_id, i.invitation, o.name_fi, o.name_sv, "     \
  "o.name_en, i.created_at FROM contacts_invitation i "                                         \
  "JOIN core_organisation o ON o.id = i.organisation_id "
constexpr Sql kOfNetwork{"contacts.invitation.of_network",
                         SELECT_ROW "WHERE i.network_id = :network ORDER BY i.id"};
constexpr Sql kFind{"contacts.invitation.find", SELECT_ROW "WHERE i.id = :id"};
#undef SELECT_ROW

constexpr Sql kInsert{
    "contacts.invitation.insert",
    "INSERT INTO contacts_invitation (network_id, invitation, email, email_key, given_name, "
    "family_name, organisation_id, role, region, valid_from, valid_to, succeeds_id, invited_by, "
    "created_at) VALUES (:network, 0, :email, :key, :given_name, :family_name, :organisation, "
    ":role, :region, :from, :to, :succeeds, :actor, :now) ON CONFLICT DO NOTHING RETURNING id"};
constexpr Sql kNote{"contacts.invitation.note",
                    "UPDATE contacts_invitation SET invitation = :invitation WHERE id = :id"};
constexpr Sql kRemove{"contacts.invitation.remove",
                      "DELETE FROM contacts_invitation WHERE id = :id"};
constexpr Sql kForget{"contacts.invitation.forget",
                      "DELETE FROM contacts_invitation WHERE email_key IN "
                      "(SELECT email_key FROM core_person WHERE id = :person)"};
constexpr Sql kForgetInviter{"contacts.invitation.forget_inviter",
                             "UPDATE contacts_invitation SET invited_by = NULL "
                             "WHERE invited_by = :person"};

InvitedRow toRow(InvitedId id, NetworkId network, EmailAddress email, std::string givenName,
                 std::string familyName, OrganisationId organisation, MemberRole role,
                 std::optional<RegionCode> region, std::optional<Date> from,
                 std::optional<Date> to, std::optional<MemberId> succeeds,
                 accounts::InvitationId invitation, std::string nameFi, std::string nameSv,
                 std::string nameEn, Instant createdAt) {
  return {.invited = {.id = id,
                      .network = network,
                      .email = std::move(email),
                      .givenName = std::move(givenName),
                      .familyName = std::move(familyName),
                      .organisation = organisation,
                      .role = role,
                      .region = region,
                      .from = from,
                      .to = to,
                      .succeeds = succeeds},
          .invitation = invitation,
          .organisation = {std::move(nameFi), std::move(nameSv), std::move(nameEn)},
          .createdAt = createdAt};
}

}  // namespace

std::vector<InvitedRow> invitedTo(ReadTx& tx, NetworkId network) {
  return tx.all(kOfNetwork, toRow, network);
}

std::optional<InvitedRow> findInvited(ReadTx& tx, InvitedId id) {
  return tx.first(kFind, toRow, id);
}

std::optional<InvitedId> insertInvited(WriteTx& tx, const Invited& i) {
  return tx.first(kInsert, [](InvitedId id) { return id; }, i.network, i.email, i.email.key(),
                  i.givenName, i.familyName, i.organisation, i.role, i.region, i.from, i.to,
                  i.succeeds, tx.actor(), tx.time());
}

void noteInvitation(WriteTx& tx, InvitedId id, accounts::InvitationId invitation) {
  tx.run(kNote, invitation, id);
}

void removeInvited(WriteTx& tx, InvitedId id) { tx.run(kRemove, id); }

void forgetInvited(WriteTx& tx, PersonId person) {
  tx.run(kForget, person);
  tx.run(kForgetInviter, person);
}

}  // namespace toimela::contacts::store
