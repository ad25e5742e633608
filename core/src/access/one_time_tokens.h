// One-time tokens that open a way to an account, and the wishes for mails with them.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "toimela/data.h"

namespace toimela::access {

/// `join` is no token but a wish: its mail is an invitation, with that one's token.
enum class TokenKind { signIn, passwordReset, email, secondFactor, join };

constexpr std::chrono::seconds lifetime(TokenKind kind) {
  using namespace std::chrono_literals;
  switch (kind) {
    case TokenKind::signIn: return 15min;
    case TokenKind::passwordReset: return 1h;
    case TokenKind::email: return 24h;
    case TokenKind::secondFactor:
    case TokenKind::join: break;
  }
  return 10min;
}

/// Makes a token of 192 bits, of which only the hash is stored. `detail` comes back with it.
std::string issueToken(WriteTx& tx, TokenKind kind, PersonId person, std::string_view detail);

struct IssuedToken {
  PersonId person;
  std::string detail;
};
/// Whose token it is, without using it up; nothing when it is unknown, used or too old.
std::optional<IssuedToken> peekToken(ReadTx& tx, TokenKind kind, std::string_view token,
                                     Instant now);
/// The same, and it is used up: of several at the same moment one succeeds.
std::optional<IssuedToken> takeToken(WriteTx& tx, TokenKind kind, std::string_view token);
/// After a change of password or address no older mail opens anything.
void revokeOneTimeTokens(WriteTx& tx, PersonId person);

/// Somebody wishes for a mail with a link; the address may be nobody's.
struct LinkRequest {
  TokenKind kind = TokenKind::signIn;
  std::string emailKey;
  Locale language = Locale::fi;
  std::string next;  ///< page after signing in
};
void requestLink(WriteTx& tx, const LinkRequest& request);
/// The oldest wishes, at most `limit`, which are gone afterwards.
std::vector<LinkRequest> takeLinkRequests(WriteTx& tx, int limit);
bool hasLinkRequests(ReadTx& tx);
/// Wishes for mail to the person's address.
void dropLinkRequests(WriteTx& tx, PersonId person);

void sweepOneTimeTokens(WriteTx& tx);

}  // namespace toimela::access
