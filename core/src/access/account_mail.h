// Mails about one's own account.
#pragma once

#include <string>
#include <string_view>

#include "access/one_time_tokens.h"
#include "toimela/directory.h"
#include "toimela/host.h"

namespace toimela::access {

/// What the owner is told after it happened, so that nobody else does it unseen.
enum class AccountNotice {
  passwordChanged,
  secondFactorOn,
  secondFactorOff,
  secondFactorReset,
  recoveryCodesRenewed,
  sessionsEnded,
  emailChanged
};
/// In the person's language, to the address that the card has now.
void mailNotice(WriteTx& tx, Host& host, const Person& person, AccountNotice notice);

/// The link of a one-time token: `kind` is signIn, passwordReset or email. `to` is the new address
/// for the last of them.
void mailLink(WriteTx& tx, Host& host, const Person& person, const EmailAddress& to,
              Locale language, TokenKind kind, std::string_view token);

/// Turns the wishes for links that have come into mails to those who have an account; nobody else
/// gets any. Done apart from the request, which takes the same time for every address. Returns how
/// many wishes there were.
int answerLinkRequests(Host& host);

}  // namespace toimela::access
