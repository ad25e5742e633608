// Personal access tokens: how a person's own programs call the API (RFC 6750).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "toimela/access.h"
#include "toimela/data.h"

namespace toimela::access {

/// Every token begins with it, so that scanners for leaked secrets, and people, know one when they
/// see it.
inline constexpr std::string_view kTokenPrefix = "toimela_";
inline constexpr int kTokenLongestDays = 365;
/// A person has at most so many.
inline constexpr int kMostTokens = 50;
/// An expired token stays in the owner's list for so long, then it is swept.
inline constexpr std::chrono::days kTokenRemembered{30};

/// A token as its owner sees it later.
struct TokenInfo {
  std::string publicId;
  std::string name;
  std::vector<std::string> scopes;
  Instant createdAt, expiresAt;
  std::optional<Date> lastUsedOn;

  bool expired(Instant at) const { return expiresAt <= at; }
};

struct NewToken {
  std::string name;
  std::vector<std::string> scopes;
  int days = 90;  ///< 1 … kTokenLongestDays
};
struct TokenMade {
  std::string token;  ///< to be shown once; 192 random bits behind the prefix
  TokenInfo info;
};
/// The person has a valid token of this name: two of one name could not be told apart.
struct TokenNameTaken {};
struct TooManyTokens {};
using TokenOutcome = std::variant<TokenMade, TokenNameTaken, TooManyTokens>;

/// An expired token of the same name makes room.
TokenOutcome makeToken(WriteTx& tx, PersonId person, const NewToken& wish);

/// Who a token speaks for, with the grants of today.
struct TokenIdentity {
  Actor actor;
  std::string token;  ///< public id
  std::vector<std::string> scopes;
  std::optional<Date> lastUsedOn;

  bool has(std::string_view scope) const;
};
/// Nothing when unknown, expired, or the person is disabled or erased.
std::optional<TokenIdentity> findToken(ReadTx& tx, std::string_view token, Instant now);
/// Notes that the token was used today; called at most once a day and token.
void touchToken(WriteTx& tx, std::string_view publicId);

/// The newest first, expired ones among them.
std::vector<TokenInfo> listTokens(ReadTx& tx, PersonId person);
std::optional<TokenInfo> findTokenInfo(ReadTx& tx, PersonId person, std::string_view publicId);
/// False when the person has no such token.
bool revokeToken(WriteTx& tx, PersonId person, std::string_view publicId);
void revokeAllTokens(WriteTx& tx, PersonId person);
void sweepTokens(WriteTx& tx);

}  // namespace toimela::access
