#include "access/sessions.h"

#include <nlohmann/json.hpp>

#include <array>

#include "access/passwords.h"
#include "access/required_factor.h"
#include "toimela/bookkeeping.h"
#include "toimela/presence.h"

namespace toimela::access {

namespace {

constexpr Sql kOpen{
    "access.session.open",
    "INSERT INTO core_session (token_hash, public_id, person_id, created_at,"
    " last_seen_at, expires_at, device)"
    " VALUES (:hash, :public_id, :person, :created_at, :seen_at, :expires_at, :device)"};

// Runs for every signed-in request: session, person and grants in one go, a row per grant. Asks the same
// for a whole day, so that what was read can be shared; whether the session lasts is looked at afterwards.
constexpr Sql kFind{"access.session.find",
                    "SELECT p.id, p.given_name, p.family_name, p.language, s.public_id,"
                    " s.last_seen_at, s.expires_at, g.role, g.region, g.organisation_id"
                    " FROM core_session s JOIN core_person p ON p.id = s.person_id"
                    " LEFT JOIN core_grant g ON g.person_id = p.id AND g.valid_from <= :day"
                    " AND (g.valid_to IS NULL OR g.valid_to >= :day)" TOIMELA_GRANT_WORKS
                    " WHERE s.token_hash = :hash"
                    " AND p.disabled_at IS NULL AND p.erased_at IS NULL"};

constexpr Sql kTouch{"access.session.touch",
                     "UPDATE core_session SET last_seen_at = :now"
                     " WHERE token_hash = :hash AND last_seen_at < :now"};

constexpr Sql kClose{"access.session.close", "DELETE FROM core_session WHERE token_hash = :hash"};

constexpr Sql kRevoke{
    "access.session.revoke",
    "DELETE FROM core_session WHERE person_id = :person AND public_id = :public_id"};

constexpr Sql kRevokeAll{"access.session.revoke_all",
                         "DELETE FROM core_session WHERE person_id = :person"};

constexpr Sql kRevokeOthers{"access.session.revoke_others",
                            "DELETE FROM core_session"
                            " WHERE person_id = :person AND public_id <> :public_id"};

constexpr Sql kList{"access.session.list",
                    "SELECT public_id, created_at, last_seen_at, device FROM core_session"
                    " WHERE person_id = :person AND expires_at > :now AND last_seen_at > :idle"
                    " ORDER BY last_seen_at DESC, public_id"};

constexpr Sql kSweep{"access.session.sweep",
                     "DELETE FROM core_session WHERE expires_at <= :now OR last_seen_at <= :idle"};

constexpr Sql kGrants{"access.grant.valid",
                      "SELECT g.role, g.region, g.organisation_id FROM core_grant g"
                      " WHERE g.person_id = :person AND g.valid_from <= :day"
                      " AND (g.valid_to IS NULL OR g.valid_to >= :day)" TOIMELA_GRANT_WORKS
                      " ORDER BY g.id"};

constexpr std::string_view kBookkeeping = "session bookkeeping";

template <std::size_t N>
std::string_view firstNamed(
    std::string_view text,
    const std::array<std::pair<std::string_view, std::string_view>, N>& names) {
  for (const auto& [mark, name] : names) {
    if (text.find(mark) != std::string_view::npos) return name;
  }
  return {};
}

// Browser and system by name only. Order matters: Edge and Opera also call themselves Chrome, and
// Chrome calls itself Safari; Android says Linux and iPads say Mac OS.
std::string shortDevice(std::string_view userAgent) {
  using Names = std::pair<std::string_view, std::string_view>;
  constexpr std::array kBrowsers{Names{"Edg", "Edge"},         Names{"OPR/", "Opera"},
                                 Names{"Firefox/", "Firefox"}, Names{"FxiOS/", "Firefox"},
                                 Names{"CriOS/", "Chrome"},    Names{"Chrome/", "Chrome"},
                                 Names{"Safari/", "Safari"}};
  constexpr std::array kSystems{Names{"Android", "Android"}, Names{"iPhone", "iPhone"},
                                Names{"iPad", "iPad"},       Names{"Windows", "Windows"},
                                Names{"Mac OS", "macOS"},    Names{"Linux", "Linux"}};
  const auto browser = firstNamed(userAgent, kBrowsers);
  const auto system = firstNamed(userAgent, kSystems);
  if (browser.empty() || system.empty()) return std::string(browser.empty() ? system : browser);
  return std::string(browser) + ", " + std::string(system);
}

}  // namespace

std::string openSession(WriteTx& tx, PersonId person, std::string_view userAgent) {
  bookkeeping(tx, kBookkeeping);
  std::string token = randomToken(24);
  tx.run(kOpen, sha256(token), randomToken(12), person, tx.time(), tx.time(),
         tx.time() + kSessionLongest, shortDevice(userAgent));
  tx.publish(SignedIn{person});
  return token;
}

std::optional<Identity> findSession(ReadTx& tx, std::string_view token, Instant now) {
  if (token.empty()) return std::nullopt;
  std::optional<Identity> identity;
  tx.each(
      kFind,
      [&](PersonId person, std::string givenName, std::string familyName, Locale language,
          std::string session, Instant lastSeenAt, Instant expiresAt, std::optional<Role> role,
          std::optional<RegionCode> region, std::optional<OrganisationId> organisation) {
        if (expiresAt <= now || lastSeenAt <= now - kSessionIdle) return;
        if (!identity) {
          identity = Identity{
              {person, givenName + " " + familyName, {}}, language, std::move(session), lastSeenAt};
        }
        if (role) identity->actor.grants.push_back({*role, region, organisation});
      },
      Date::of(now), sha256(token));
  return identity;
}

void touchSession(WriteTx& tx, std::string_view token) {
  bookkeeping(tx, kBookkeeping);
  tx.run(kTouch, tx.time(), sha256(token));
}

void closeSession(WriteTx& tx, std::string_view token) {
  bookkeeping(tx, kBookkeeping);
  tx.run(kClose, sha256(token));
}

bool revokeSession(WriteTx& tx, PersonId person, std::string_view publicId) {
  bookkeeping(tx, kBookkeeping);
  return tx.run(kRevoke, person, publicId) > 0;
}

std::int64_t revokeAllSessions(WriteTx& tx, PersonId person) {
  bookkeeping(tx, kBookkeeping);
  return tx.run(kRevokeAll, person);
}

std::int64_t revokeOtherSessions(WriteTx& tx, PersonId person, std::string_view kept) {
  bookkeeping(tx, kBookkeeping);
  const std::int64_t ended = tx.run(kRevokeOthers, person, kept);
  if (ended > 0)
    tx.audit({.action = "core.session.end_others",
              .object = "person:" + person.text(),
              .detail = nlohmann::json{{"sessions", ended}}.dump()});
  return ended;
}

std::vector<SessionInfo> listSessions(ReadTx& tx, PersonId person) {
  const Instant time = now();
  return tx.all(
      kList,
      [](std::string publicId, Instant createdAt, Instant lastSeenAt, std::string device) {
        return SessionInfo{std::move(publicId), createdAt, lastSeenAt, std::move(device)};
      },
      person, time, time - kSessionIdle);
}

void sweepSessions(WriteTx& tx) {
  bookkeeping(tx, kBookkeeping);
  tx.run(kSweep, tx.time(), tx.time() - kSessionIdle);
}

std::vector<Grant> grantsOf(ReadTx& tx, PersonId person, Date day) {
  return tx.all(
      kGrants,
      [](Role role, std::optional<RegionCode> region, std::optional<OrganisationId> organisation) {
        return Grant{role, region, organisation};
      },
      person, day);
}

}  // namespace toimela::access
