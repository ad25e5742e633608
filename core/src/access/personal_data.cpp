#include "access/personal_data.h"

#include <nlohmann/json.hpp>

#include "access/grant_store.h"
#include "access/sessions.h"

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

std::string takeOut(ReadTx& tx, PersonId person) {
  ordered_json document{{"grants", ordered_json::array()}, {"sessions", ordered_json::array()}};
  for (const auto& grant : heldGrants(tx, person)) document["grants"].push_back(toJson(grant));
  for (const auto& session : listSessions(tx, person))
    document["sessions"].push_back(toJson(session));
  return document.dump();
}

// Past grants stay: they say that somebody, by now without a name, acted by right.
void erase(WriteTx& tx, PersonId person) {
  const Date today = Date::of(tx.time());
  for (const auto& grant : heldGrants(tx, person)) {
    if (!grant.period.to || *grant.period.to >= today) endGrant(tx, person, grant, today);
  }
  revokeAllSessions(tx, person);
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
           "core_session.device", "core_session.created_at", "core_session.last_seen_at"}};
}

}  // namespace toimela::access
