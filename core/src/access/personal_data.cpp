#include "access/personal_data.h"

#include <nlohmann/json.hpp>

#include "access/grant_store.h"
#include "access/invitation_store.h"
#include "access/one_time_tokens.h"
#include "access/second_factor.h"
#include "access/sessions.h"
#include "access/tokens.h"
#include "toimela/accounts.h"

namespace toimela::access {

namespace {

using nlohmann::ordered_json;

constexpr Sql kForgetPassword{"access.account.forget_password",
                              "UPDATE core_person SET password_hash = NULL WHERE id = :person"};

ordered_json toJson(const HeldGrant& grant) {
  ordered_json json{{"role", code(grant.role)}, {"from", grant.period.from.text()}};
  if (grant.period.to) json["to"] = grant.period.to->text();
  if (grant.place.region) json["region"] = grant.place.region->text();
  if (grant.place.organisation) json["organisation"] = grant.organisationName.fi;
  return json;
}

ordered_json toJson(const StoredInvitation& invitation) {
  return {{"email", invitation.what.to.text()},
          {"givenName", invitation.what.givenName},
          {"familyName", invitation.what.familyName},
          {"language", code(invitation.what.locale)},
          {"reason", invitation.what.reason},
          {"purpose", invitation.what.purpose},
          {"path", invitation.what.path},
          {"expiresAt", isoText(invitation.expiresAt)}};
}

ordered_json toJson(const SessionInfo& session) {
  return {{"device", session.device},
          {"createdAt", isoText(session.createdAt)},
          {"lastSeenAt", isoText(session.lastSeenAt)}};
}

ordered_json toJson(const TokenInfo& token) {
  ordered_json json{{"name", token.name},
                    {"scopes", token.scopes},
                    {"createdAt", isoText(token.createdAt)},
                    {"expiresAt", isoText(token.expiresAt)}};
  if (token.lastUsedOn) json["lastUsedOn"] = token.lastUsedOn->text();
  return json;
}

std::string takeOut(ReadTx& tx, PersonId person) {
  ordered_json document{{"grants", ordered_json::array()},
                        {"sessions", ordered_json::array()},
                        {"tokens", ordered_json::array()},
                        {"secondFactor", hasSecondFactor(tx, person)},
                        {"invitations", ordered_json::array()},
                        {"invited", ordered_json::array()}};
  for (const auto& grant : heldGrants(tx, person)) document["grants"].push_back(toJson(grant));
  for (const auto& session : listSessions(tx, person))
    document["sessions"].push_back(toJson(session));
  for (const auto& token : listTokens(tx, person)) document["tokens"].push_back(toJson(token));
  for (const auto& invitation : invitationsTo(tx, person))
    document["invitations"].push_back(toJson(invitation));
  // Whom one has invited is for those people to tell.
  for (const auto& invitation : invitationsBy(tx, person))
    document["invited"].push_back({{"purpose", invitation.what.purpose},
                                   {"expiresAt", isoText(invitation.expiresAt)}});
  return document.dump();
}

// Past grants stay: they say that somebody, by now without a name, acted by right.
void erase(WriteTx& tx, PersonId person) {
  const Date today = Date::of(tx.time());
  for (const auto& grant : heldGrants(tx, person)) {
    if (!grant.period.to || *grant.period.to >= today) endGrant(tx, person, grant, today);
  }
  for (const auto& invitation : invitationsTo(tx, person))
    if (dropInvitation(tx, invitation.id)) tx.publish(InvitationEnded{invitation.what.purpose});
  forgetInviter(tx, person);
  forgetSecondFactor(tx, person);
  revokeOneTimeTokens(tx, person);
  dropLinkRequests(tx, person);
  revokeAllSessions(tx, person);
  revokeAllTokens(tx, person);
  tx.run(kForgetPassword, person);
}

}  // namespace

PersonalData personalData() {
  return {"access",
          takeOut,
          erase,
          {"core_person.password_hash", "core_person.disabled_at", "core_grant.person_id",
           "core_grant.granted_by", "core_grant.role", "core_grant.region",
           "core_grant.organisation_id", "core_grant.valid_from", "core_grant.valid_to",
           "core_session.person_id", "core_session.public_id", "core_session.token_hash",
           "core_session.device", "core_session.created_at", "core_session.last_seen_at",
           "core_account_request.email_key", "core_account_request.language",
           "core_account_request.next_path", "core_account_token.token_hash",
           "core_account_token.person_id", "core_account_token.detail",
           "core_second_factor.person_id", "core_second_factor.sealed_secret",
           "core_second_factor.created_at", "core_second_factor.confirmed_at",
           "core_second_factor.last_step", "core_recovery_code.person_id",
           "core_recovery_code.code_hash", "core_invitation.token_hash", "core_invitation.email",
           "core_invitation.email_key", "core_invitation.given_name",
           "core_invitation.family_name", "core_invitation.language", "core_invitation.reason",
           "core_invitation.purpose", "core_invitation.path", "core_invitation.invited_by",
           "core_token.person_id", "core_token.token_hash", "core_token.public_id",
           "core_token.name", "core_token.scopes", "core_token.created_at", "core_token.expires_at",
           "core_token.last_used_on"}};
}

}  // namespace toimela::access
