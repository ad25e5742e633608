// Accounts: what signing in and administering people needs to know beside the person's own card.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/rights.h"
#include "toimela/data.h"
#include "toimela/directory.h"

namespace toimela::access {

struct Credentials {
  PersonId person;
  std::string passwordHash;  ///< empty: the person has no password yet
  bool usable = true;        ///< neither disabled nor erased
};
std::optional<Credentials> findCredentials(ReadTx& tx, std::string_view emailKey);
std::optional<Credentials> findCredentials(ReadTx& tx, PersonId person);

/// Sets a new password and ends every session and every one-time link of the person.
void setPassword(WriteTx& tx, PersonId person, std::string_view encoded);
/// A disabled person can not sign in; their sessions and access tokens end at once.
void setDisabled(WriteTx& tx, PersonId person, bool disabled);
/// Ends every session of the person, who can sign in again; audited when there were any. How many
/// there were.
std::int64_t endSessions(WriteTx& tx, PersonId person);

/// The address that the person signs in with becomes another; every one-time link ends, for it went
/// to the old one. False when the new address is somebody else's.
bool setEmail(WriteTx& tx, PersonId person, const EmailAddress& email);

/// A line of the list of people.
struct Account {
  PersonId person;
  std::string givenName, familyName, email;
  bool disabled = false;
  bool hasPassword = false;

  std::string name() const { return givenName + " " + familyName; }
};
struct AccountOrder {
  enum class By { name, email };
  By by = By::name;
  bool descending = false;
};
/// Some of the people who were found.
struct AccountPage {
  std::vector<Account> accounts;
  std::string next;        ///< where the next page begins; empty on the last one
  std::int64_t count = 0;  ///< of all that were found, as far as they are counted
  bool isMore = false;     ///< there are more than `count`
};
/// People whose name or address has words that begin so and whom the reach covers: through a grant,
/// or through a membership of an organisation, of today or of some other day. By name, those come
/// first whose name begins with a word that was typed.
AccountPage searchAccounts(ReadTx& tx, const std::string& words, const Reach& reach, Locale reader,
                           int limit, int offset, AccountOrder order = {});
/// The same by name, from where another page ended: the pages of the API.
AccountPage accountsAfter(ReadTx& tx, const std::string& words, const Reach& reach,
                          std::string_view after, int limit);
/// The account, if the reach covers the person.
std::optional<Account> findAccount(ReadTx& tx, PersonId person, const Reach& reach);

}  // namespace toimela::access
