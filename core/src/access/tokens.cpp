#include "access/tokens.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "access/passwords.h"
#include "access/required_factor.h"
#include "access/scopes.h"
#include "toimela/bookkeeping.h"

namespace toimela::access {

namespace {

constexpr Sql kCount{
    "access.token.count",
    "SELECT CAST(COUNT(*) AS BIGINT) FROM core_token WHERE person_id = :person"};

constexpr Sql kMakeRoom{"access.token.make_room",
                        "DELETE FROM core_token WHERE person_id = :person AND name = :name"
                        " AND expires_at <= :now"};

constexpr Sql kAdd{"access.token.add",
                   "INSERT INTO core_token (token_hash, public_id, person_id, name, scopes,"
                   " created_at, expires_at)"
                   " VALUES (:hash, :public_id, :person, :name, :scopes, :created_at, :expires_at)"
                   " ON CONFLICT DO NOTHING RETURNING id"};

// Runs for every request with a token: token, person and grants in one go, a row per grant. Asks the
// same for a whole day, so that what was read can be shared; when the token ends is looked at afterwards.
constexpr Sql kFind{"access.token.find",
                    "SELECT p.id, p.given_name, p.family_name, t.public_id, t.scopes,"
                    " t.last_used_on, t.expires_at, g.role, g.region, g.organisation_id"
                    " FROM core_token t JOIN core_person p ON p.id = t.person_id"
                    " LEFT JOIN core_grant g ON g.person_id = p.id AND g.valid_from <= :day"
                    " AND (g.valid_to IS NULL OR g.valid_to >= :day)" TOIMELA_GRANT_WORKS
                    " WHERE t.token_hash = :hash"
                    " AND p.disabled_at IS NULL AND p.erased_at IS NULL"};

constexpr Sql kTouch{"access.token.touch",
                     "UPDATE core_token SET last_used_on = :day WHERE public_id = :public_id"
                     " AND (last_used_on IS NULL OR last_used_on < :day)"};

#define TOIMELA_TOKEN                                                                     \
  "SELECT public_id, name, scopes, created_at, expires_at, last_used_on FROM core_token" \
  " WHERE person_id = :person"
constexpr Sql kList{"access.token.list", TOIMELA_TOKEN " ORDER BY created_at DESC, id DESC"};
constexpr Sql kOne{"access.token.one", TOIMELA_TOKEN " AND public_id = :public_id"};
#undef TOIMELA_TOKEN

constexpr Sql kRevoke{"access.token.revoke",
                      "DELETE FROM core_token WHERE person_id = :person AND public_id = :public_id"};

constexpr Sql kRevokeAll{"access.token.revoke_all",
                         "DELETE FROM core_token WHERE person_id = :person"};

constexpr Sql kSweep{"access.token.sweep", "DELETE FROM core_token WHERE expires_at <= :before"};

TokenInfo info(std::string publicId, std::string name, std::string scopes, Instant createdAt,
               Instant expiresAt, std::optional<Date> lastUsedOn) {
  return {std::move(publicId), std::move(name), splitScopes(scopes),
          createdAt,           expiresAt,       lastUsedOn};
}

// The token's own name is what its owner typed, and stays out of the log.
AuditEntry entry(std::string action, PersonId person, const std::vector<std::string>& scopes) {
  return {.action = std::move(action),
          .object = "person:" + person.text(),
          .region = {},
          .organisation = {},
          .detail = nlohmann::json{{"scopes", joinScopes(scopes)}}.dump()};
}

}  // namespace

TokenOutcome makeToken(WriteTx& tx, PersonId person, const NewToken& wish) {
  tx.run(kMakeRoom, person, wish.name, tx.time());
  if (tx.value<std::int64_t>(kCount, person) >= kMostTokens) {
    tx.unaudited("no token was made");
    return TooManyTokens{};
  }
  TokenMade made{std::string(kTokenPrefix) + randomToken(24),
                 {randomToken(12), wish.name, wish.scopes, tx.time(),
                  tx.time() + std::chrono::days(wish.days), std::nullopt}};
  const auto id = tx.first(
      kAdd, [](std::int64_t id) { return id; }, sha256(made.token), made.info.publicId, person,
      made.info.name, joinScopes(made.info.scopes), made.info.createdAt, made.info.expiresAt);
  if (!id) {
    tx.unaudited("no token was made");
    return TokenNameTaken{};
  }
  tx.audit(entry("core.token.add", person, wish.scopes));
  return made;
}

bool TokenIdentity::has(std::string_view scope) const {
  return std::ranges::find(scopes, scope) != scopes.end();
}

std::optional<TokenIdentity> findToken(ReadTx& tx, std::string_view token, Instant now) {
  if (!token.starts_with(kTokenPrefix)) return std::nullopt;
  std::optional<TokenIdentity> identity;
  tx.each(
      kFind,
      [&](PersonId person, std::string givenName, std::string familyName, std::string publicId,
          std::string scopes, std::optional<Date> lastUsedOn, Instant expiresAt, std::optional<Role> role,
          std::optional<RegionCode> region, std::optional<OrganisationId> organisation) {
        if (expiresAt <= now) return;
        if (!identity) {
          identity.emplace();
          identity->actor.person = person;
          identity->actor.name = givenName + " " + familyName;
          identity->token = std::move(publicId);
          identity->scopes = splitScopes(scopes);
          identity->lastUsedOn = lastUsedOn;
        }
        if (role) identity->actor.grants.push_back({*role, region, organisation});
      },
      Date::of(now), sha256(token));
  return identity;
}

void touchToken(WriteTx& tx, std::string_view publicId) {
  bookkeeping(tx, "that a token was used");
  tx.run(kTouch, Date::of(tx.time()), publicId);
}

std::vector<TokenInfo> listTokens(ReadTx& tx, PersonId person) {
  return tx.all(kList, info, person);
}

std::optional<TokenInfo> findTokenInfo(ReadTx& tx, PersonId person, std::string_view publicId) {
  return tx.first(kOne, info, person, publicId);
}

bool revokeToken(WriteTx& tx, PersonId person, std::string_view publicId) {
  const auto found = findTokenInfo(tx, person, publicId);
  if (!found || tx.run(kRevoke, person, publicId) == 0) {
    tx.unaudited("there is no such token");
    return false;
  }
  tx.audit(entry("core.token.revoke", person, found->scopes));
  return true;
}

void revokeAllTokens(WriteTx& tx, PersonId person) {
  for (const TokenInfo& token : listTokens(tx, person)) {
    tx.audit(entry("core.token.revoke", person, token.scopes));
  }
  bookkeeping(tx, "a person may have no tokens");
  tx.run(kRevokeAll, person);
}

void sweepTokens(WriteTx& tx) {
  bookkeeping(tx, "tokens that ran out long ago are swept");
  tx.run(kSweep, tx.time() - kTokenRemembered);
}

}  // namespace toimela::access
