#include "access/accounts.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

#include "access/one_time_tokens.h"
#include "access/sessions.h"
#include "access/tokens.h"
#include "directory/indexing.h"
#include "toimela/directory_events.h"
#include "toimela/words.h"

namespace toimela::access {

namespace {

// Another order than the index has: all that were found are ordered, however many.
constexpr int kEverybody = 1'000'000;

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

#define TOIMELA_SQLITE_IDS \
  " AND p.id IN (SELECT value FROM json_each('[' || CAST(:ids AS TEXT) || ']'))"
#define TOIMELA_POSTGRESQL_IDS \
  " AND p.id = ANY(CAST(string_to_array(CAST(:ids AS TEXT), ',') AS BIGINT[]))"
#define TOIMELA_BY_EMAIL " ORDER BY p.email_key LIMIT :limit OFFSET :offset"
#define TOIMELA_BY_EMAIL_DOWN " ORDER BY p.email_key DESC LIMIT :limit OFFSET :offset"
constexpr Sql kByIds{"access.account.by_ids", TOIMELA_ACCOUNT_COLUMNS TOIMELA_SQLITE_IDS,
                     TOIMELA_ACCOUNT_COLUMNS TOIMELA_POSTGRESQL_IDS};
constexpr Sql kByEmailOf{"access.account.by_email_of",
                         TOIMELA_ACCOUNT_COLUMNS TOIMELA_SQLITE_IDS TOIMELA_BY_EMAIL,
                         TOIMELA_ACCOUNT_COLUMNS TOIMELA_POSTGRESQL_IDS TOIMELA_BY_EMAIL};
constexpr Sql kByEmailOfDown{"access.account.by_email_of_down",
                             TOIMELA_ACCOUNT_COLUMNS TOIMELA_SQLITE_IDS TOIMELA_BY_EMAIL_DOWN,
                             TOIMELA_ACCOUNT_COLUMNS TOIMELA_POSTGRESQL_IDS TOIMELA_BY_EMAIL_DOWN};
constexpr Sql kByEmailAll{"access.account.by_email_all", TOIMELA_ACCOUNT_COLUMNS TOIMELA_BY_EMAIL};
constexpr Sql kByEmailAllDown{"access.account.by_email_all_down",
                              TOIMELA_ACCOUNT_COLUMNS TOIMELA_BY_EMAIL_DOWN};
#undef TOIMELA_SQLITE_IDS
#undef TOIMELA_POSTGRESQL_IDS
#undef TOIMELA_BY_EMAIL
#undef TOIMELA_BY_EMAIL_DOWN

// From the regions and organisations to their people, not the other way round: few of all.
constexpr Sql kReached{
    "access.account.reached",
    "SELECT g.person_id FROM core_grant g LEFT JOIN core_organisation o ON o.id = g.organisation_id"
    " WHERE CAST(:regions AS TEXT) LIKE '%,' || COALESCE(g.region, o.region, '-') || ',%'"
    " OR CAST(:organisations AS TEXT) LIKE '%,' || COALESCE(CAST(o.id AS TEXT), '-') || ',%'"
    " UNION SELECT m.person_id FROM core_membership m"
    " JOIN core_organisation mo ON mo.id = m.organisation_id"
    " WHERE CAST(:regions AS TEXT) LIKE '%,' || mo.region || ',%'"
    " OR CAST(:organisations AS TEXT) LIKE '%,' || CAST(mo.id AS TEXT) || ',%'"};

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

/// In the order of the ids.
std::vector<Account> byIds(ReadTx& tx, const std::vector<std::int64_t>& ids) {
  std::map<std::int64_t, Account> found;
  tx.each(
      kByIds,
      [&](PersonId person, std::string givenName, std::string familyName, std::string email,
          bool disabled, bool hasPassword) {
        found.emplace(person.value, account(person, std::move(givenName), std::move(familyName),
                                            std::move(email), disabled, hasPassword));
      },
      words::idList(ids));
  std::vector<Account> ordered;
  for (const auto id : ids)
    if (const auto one = found.find(id); one != found.end())
      ordered.push_back(std::move(one->second));
  return ordered;
}

template <class Ids>
std::string betweenCommas(const Ids& ids) {
  std::string list = ",";
  for (const auto& id : ids) list += id.text() + ",";
  return list;
}

words::Answer find(ReadTx& tx, const words::Question& question, const Reach& reach) {
  if (reach.nation) return words::find(tx, question);
  return words::find(tx, question,
                     tx.all(kReached, [](std::int64_t id) { return id; },
                            betweenCommas(reach.regions), betweenCommas(reach.organisations)));
}

words::Question question(const std::string& typed, Locale reader, std::string_view after,
                         int limit) {
  return {.kind = std::string(directory::kPersonKind),
          .typed = typed,
          .marks = {},
          .locale = reader,
          .after = std::string(after),
          .limit = limit};
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
  tx.publish(PersonChanged{person});
}

std::int64_t endSessions(WriteTx& tx, PersonId person) {
  const std::int64_t ended = revokeAllSessions(tx, person);
  if (ended > 0)
    tx.audit({.action = "core.person.end_sessions",
              .object = "person:" + person.text(),
              .detail = nlohmann::json{{"sessions", ended}}.dump()});
  return ended;
}

bool setEmail(WriteTx& tx, PersonId person, const EmailAddress& email) {
  if (tx.dialect() == Dialect::postgresql) tx.run(kLockEmails);
  const auto holder = findCredentials(tx, email.key());
  if (holder && holder->person != person) return false;
  tx.run(kSetEmail, email, email.key(), person);
  if (const auto changed = directory::findPerson(tx, person)) directory::index(tx, *changed);
  revokeOneTimeTokens(tx, person);
  tx.audit({.action = "core.person.set_email", .object = "person:" + person.text()});
  tx.publish(PersonChanged{person});
  return true;
}

AccountPage searchAccounts(ReadTx& tx, const std::string& words, const Reach& reach, Locale reader,
                           int limit, int offset, AccountOrder order) {
  const bool isInListOrder = order.by == AccountOrder::By::name && !order.descending;
  const bool isEverybody = reach.nation && words.find_first_not_of(' ') == std::string::npos;
  if (order.by == AccountOrder::By::email && isEverybody) {
    // The addresses have an index; only how many there are is asked of the words.
    const auto counted = find(tx, question("", reader, "", 1), reach);
    return {tx.all(order.descending ? kByEmailAllDown : kByEmailAll, account, limit, offset), {},
            counted.count, counted.isMore};
  }
  auto found = find(tx, question(words, reader, "", isInListOrder ? limit + offset : kEverybody), reach);
  AccountPage page{.accounts = {}, .next = {}, .count = found.count, .isMore = found.isMore};
  if (order.by == AccountOrder::By::email) {
    page.accounts = tx.all(order.descending ? kByEmailOfDown : kByEmailOf, account,
                           words::idList(found.ids), limit, offset);
    return page;
  }
  if (order.descending) std::ranges::reverse(found.ids);
  const auto from = found.ids.begin() + std::min<std::ptrdiff_t>(offset, std::ssize(found.ids));
  const auto to = from + std::min<std::ptrdiff_t>(limit, found.ids.end() - from);
  page.accounts = byIds(tx, {from, to});
  return page;
}

AccountPage accountsAfter(ReadTx& tx, const std::string& words, const Reach& reach,
                          std::string_view after, int limit) {
  auto found = find(tx, question(words, Locale::fi, after, limit), reach);
  return {byIds(tx, found.ids), std::move(found.next), found.count, found.isMore};
}

std::optional<Account> findAccount(ReadTx& tx, PersonId person, const Reach& reach) {
  return tx.first(kFind, account, person, reach.nation, betweenCommas(reach.regions),
                  betweenCommas(reach.organisations));
}

}  // namespace toimela::access
