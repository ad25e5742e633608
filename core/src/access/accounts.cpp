#include "access/accounts.h"

#include "access/one_time_tokens.h"
#include "access/sessions.h"
#include "access/tokens.h"
#include "directory/search_pattern.h"

namespace toimela::access {

namespace {

constexpr Sql kByEmail{"access.account.credentials_by_email",
                       "SELECT id, password_hash, disabled_at, erased_at FROM core_person"
                       " WHERE email_key = :email"};

constexpr Sql kByPerson{"access.account.credentials_by_person",
                        "SELECT id, password_hash, disabled_at, erased_at FROM core_person"
                        " WHERE id = :person"};

constexpr Sql kSetPassword{"access.account.set_password",
                           "UPDATE core_person SET password_hash = :hash, revision = revision + 1"
                           " WHERE id = :person"};

constexpr Sql kSetDisabled{"access.account.set_disabled",
                           "UPDATE core_person SET disabled_at = :at, revision = revision + 1"
                           " WHERE id = :person"};

// As with business ids: an update has no ON CONFLICT, so whoever adds a person is waited for. On
// SQLite a transaction that writes is alone already.
constexpr Sql kLockEmails{"access.account.lock_emails",
                          "LOCK TABLE core_person IN SHARE ROW EXCLUSIVE MODE"};

constexpr Sql kSetEmail{"access.account.set_email",
                        "UPDATE core_person SET email = :email, email_key = :key,"
                        " revision = revision + 1 WHERE id = :person AND erased_at IS NULL"};

// The reach comes as lists between commas (",06,11,"): one statement serves every actor.
#define TOIMELA_ACCOUNT_COLUMNS                          \
  "SELECT p.id, p.given_name, p.family_name, p.email,"   \
  " CASE WHEN p.disabled_at IS NULL THEN 0 ELSE 1 END,"  \
  " CASE WHEN p.password_hash IS NULL THEN 0 ELSE 1 END" \
  " FROM core_person p WHERE p.erased_at IS NULL"
#define TOIMELA_ACCOUNT_IN_REACH                                                              \
  " AND (CAST(:nation AS BIGINT) = 1"                                                         \
  " OR EXISTS (SELECT 1 FROM core_grant g"                                                    \
  " LEFT JOIN core_organisation o ON o.id = g.organisation_id"                                \
  " WHERE g.person_id = p.id"                                                                 \
  " AND (CAST(:regions AS TEXT) LIKE '%,' || COALESCE(g.region, o.region, '-') || ',%'"       \
  " OR CAST(:organisations AS TEXT) LIKE '%,' || COALESCE(CAST(o.id AS TEXT), '-') || ',%'))" \
  " OR EXISTS (SELECT 1 FROM core_membership m"                                               \
  " JOIN core_organisation mo ON mo.id = m.organisation_id"                                   \
  " WHERE m.person_id = p.id"                                                                 \
  " AND (CAST(:regions AS TEXT) LIKE '%,' || mo.region || ',%'"                               \
  " OR CAST(:organisations AS TEXT) LIKE '%,' || CAST(mo.id AS TEXT) || ',%')))"

#define TOIMELA_ACCOUNT_SEARCH                                                                \
  TOIMELA_ACCOUNT_COLUMNS                                                                     \
  " AND (LOWER(p.given_name || ' ' || p.family_name) LIKE LOWER(:pattern) ESCAPE '!'"         \
  " OR LOWER(p.family_name || ' ' || p.given_name) LIKE LOWER(:pattern) ESCAPE '!'"           \
  " OR p.email_key LIKE LOWER(:pattern) ESCAPE '!')" TOIMELA_ACCOUNT_IN_REACH " ORDER BY "
#define TOIMELA_ACCOUNT_PAGE " LIMIT :limit OFFSET :offset"
constexpr Sql kSearchByName{"access.account.search",
                            TOIMELA_ACCOUNT_SEARCH "p.family_name, p.given_name, p.id" TOIMELA_ACCOUNT_PAGE};
constexpr Sql kSearchByNameDown{
    "access.account.search_by_name_down",
    TOIMELA_ACCOUNT_SEARCH "p.family_name DESC, p.given_name DESC, p.id DESC" TOIMELA_ACCOUNT_PAGE};
constexpr Sql kSearchByEmail{"access.account.search_by_email",
                             TOIMELA_ACCOUNT_SEARCH "p.email_key" TOIMELA_ACCOUNT_PAGE};
constexpr Sql kSearchByEmailDown{"access.account.search_by_email_down",
                                 TOIMELA_ACCOUNT_SEARCH "p.email_key DESC" TOIMELA_ACCOUNT_PAGE};
#undef TOIMELA_ACCOUNT_SEARCH
#undef TOIMELA_ACCOUNT_PAGE

const Sql& searchIn(AccountOrder order) {
  if (order.by == AccountOrder::By::email) return order.descending ? kSearchByEmailDown : kSearchByEmail;
  return order.descending ? kSearchByNameDown : kSearchByName;
}

constexpr Sql kAfter{
    "access.account.after", TOIMELA_ACCOUNT_COLUMNS
    " AND p.id > :after"
    " AND (LOWER(p.given_name || ' ' || p.family_name) LIKE LOWER(:pattern) ESCAPE '!'"
    " OR LOWER(p.family_name || ' ' || p.given_name) LIKE LOWER(:pattern) ESCAPE '!'"
    " OR p.email_key LIKE LOWER(:pattern) ESCAPE '!')" TOIMELA_ACCOUNT_IN_REACH
    " ORDER BY p.id LIMIT :limit"};

constexpr Sql kFind{"access.account.find",
                    TOIMELA_ACCOUNT_COLUMNS " AND p.id = :person" TOIMELA_ACCOUNT_IN_REACH};

#undef TOIMELA_ACCOUNT_COLUMNS
#undef TOIMELA_ACCOUNT_IN_REACH

Credentials credentials(PersonId person, std::optional<std::string> hash,
                        std::optional<Instant> disabledAt, std::optional<Instant> erasedAt) {
  return {person, hash.value_or(""), !disabledAt && !erasedAt};
}

Account account(PersonId person, std::string givenName, std::string familyName, std::string email,
                bool disabled, bool hasPassword) {
  return {person,   std::move(givenName), std::move(familyName), std::move(email),
          disabled, hasPassword};
}

template <class Ids>
std::string betweenCommas(const Ids& ids) {
  std::string list = ",";
  for (const auto& id : ids) list += id.text() + ",";
  return list;
}

}  // namespace

std::optional<Credentials> findCredentials(ReadTx& tx, std::string_view emailKey) {
  return tx.first(kByEmail, credentials, emailKey);
}

std::optional<Credentials> findCredentials(ReadTx& tx, PersonId person) {
  return tx.first(kByPerson, credentials, person);
}

void setPassword(WriteTx& tx, PersonId person, std::string_view encoded) {
  tx.run(kSetPassword, encoded, person);
  revokeAllSessions(tx, person);
  revokeOneTimeTokens(tx, person);
  tx.audit({.action = "core.person.set_password", .object = "person:" + person.text()});
}

void setDisabled(WriteTx& tx, PersonId person, bool disabled) {
  tx.run(kSetDisabled, disabled ? std::optional(tx.time()) : std::nullopt, person);
  if (disabled) {
    revokeAllSessions(tx, person);
    revokeOneTimeTokens(tx, person);
    revokeAllTokens(tx, person);
  }
  tx.audit({.action = disabled ? "core.person.disable" : "core.person.enable",
            .object = "person:" + person.text()});
}

bool setEmail(WriteTx& tx, PersonId person, const EmailAddress& email) {
  if (tx.dialect() == Dialect::postgresql) tx.run(kLockEmails);
  const auto holder = findCredentials(tx, email.key());
  if (holder && holder->person != person) return false;
  tx.run(kSetEmail, email, email.key(), person);
  revokeOneTimeTokens(tx, person);
  tx.audit({.action = "core.person.set_email", .object = "person:" + person.text()});
  return true;
}

std::vector<Account> searchAccounts(ReadTx& tx, const std::string& words, const Reach& reach,
                                    int limit, int offset, AccountOrder order) {
  return tx.all(searchIn(order), account, directory::containing(words), reach.nation,
                betweenCommas(reach.regions), betweenCommas(reach.organisations), limit, offset);
}

std::vector<Account> accountsAfter(ReadTx& tx, const std::string& words, const Reach& reach,
                                   PersonId after, int limit) {
  return tx.all(kAfter, account, after, directory::containing(words), reach.nation,
                betweenCommas(reach.regions), betweenCommas(reach.organisations), limit);
}

std::optional<Account> findAccount(ReadTx& tx, PersonId person, const Reach& reach) {
  return tx.first(kFind, account, person, reach.nation, betweenCommas(reach.regions),
                  betweenCommas(reach.organisations));
}

}  // namespace toimela::access
