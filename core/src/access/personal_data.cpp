#include "access/personal_data.h"

#include <nlohmann/json.hpp>

#include "access/grant_store.h"
#include "access/sessions.h"
#include "access/tokens.h"

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
                        {"tokens", ordered_json::array()}};
  for (const auto& grant : heldGrants(tx, person)) document["grants"].push_back(toJson(grant));
  for (const auto& session : listSessions(tx, person))
    document["sessions"].push_back(toJson(session));
  for (const auto& token : listTokens(tx, person)) document["tokens"].push_back(toJson(token));
  return document.dump();
}

// Past grants stay: they say that somebody, by now without a name, acted by right.
void erase(WriteTx& tx, PersonId person) {
  const Date today = Date::of(tx.time());
  for (const auto& grant : heldGrants(tx, person)) {
    if (!grant.period.to || *grant.period.to >= today) endGrant(tx, person, grant, today);
  }
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
           "core_token.person_id", "core_token.token_hash", "core_token.public_id",
           "core_token.name", "core_token.scopes", "core_token.created_at", "core_token.expires_at",
           "core_token.last_used_on"}};
}

}  // namespace toimela::access
