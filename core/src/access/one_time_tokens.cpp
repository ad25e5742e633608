#include "access/one_time_tokens.h"

#include "access/passwords.h"
#include "toimela/bookkeeping.h"

namespace toimela {

template <>
struct Stored<access::TokenKind> {
  static constexpr ColumnType type = ColumnType::text;
  static Value to(access::TokenKind kind) {
    switch (kind) {
      case access::TokenKind::signIn: return std::string("sign_in");
      case access::TokenKind::passwordReset: return std::string("password_reset");
      case access::TokenKind::email: return std::string("email");
      case access::TokenKind::join: return std::string("join");
      case access::TokenKind::secondFactor: break;
    }
    return std::string("second_factor");
  }
  static access::TokenKind from(Value&& value) {
    for (const auto kind : {access::TokenKind::signIn, access::TokenKind::passwordReset,
                            access::TokenKind::email, access::TokenKind::secondFactor,
                            access::TokenKind::join})
      if (to(kind) == value) return kind;
    throw DatabaseError("a stored kind of token is unknown");
  }
};

namespace access {

namespace {

constexpr Sql kIssue{
    "access.one_time.issue",
    "INSERT INTO core_account_token (token_hash, kind, person_id, detail, created_at, expires_at)"
    " VALUES (:hash, :kind, :person, :detail, :at, :expires)"};

constexpr Sql kPeek{"access.one_time.peek",
                    "SELECT person_id, detail FROM core_account_token"
                    " WHERE token_hash = :hash AND kind = :kind AND expires_at > :now"};

constexpr Sql kTake{"access.one_time.take",
                    "DELETE FROM core_account_token"
                    " WHERE token_hash = :hash AND kind = :kind AND expires_at > :now"
                    " RETURNING person_id, detail"};

constexpr Sql kRevoke{"access.one_time.revoke",
                      "DELETE FROM core_account_token WHERE person_id = :person"};

constexpr Sql kSweep{"access.one_time.sweep",
                     "DELETE FROM core_account_token WHERE expires_at <= :now"};

constexpr Sql kRequest{"access.link_request.add",
                       "INSERT INTO core_account_request (kind, email_key, language, next_path,"
                       " created_at) VALUES (:kind, :email, :language, :next, :at)"};

constexpr Sql kTakeRequests{
    "access.link_request.take",
    "DELETE FROM core_account_request WHERE id IN"
    " (SELECT id FROM core_account_request ORDER BY id LIMIT :limit)"
    " RETURNING kind, email_key, language, next_path"};

constexpr Sql kCountRequests{"access.link_request.count",
                             "SELECT CAST(COUNT(*) AS BIGINT) FROM core_account_request"};

constexpr Sql kDropRequests{
    "access.link_request.drop",
    "DELETE FROM core_account_request WHERE email_key ="
    " (SELECT email_key FROM core_person WHERE id = :person)"};

constexpr std::string_view kBookkeeping = "bookkeeping of one-time links";

IssuedToken issued(PersonId person, std::string detail) { return {person, std::move(detail)}; }

}  // namespace

std::string issueToken(WriteTx& tx, TokenKind kind, PersonId person, std::string_view detail) {
  bookkeeping(tx, kBookkeeping);
  std::string token = randomToken(24);
  tx.run(kIssue, sha256(token), kind, person, detail, tx.time(), tx.time() + lifetime(kind));
  return token;
}

std::optional<IssuedToken> peekToken(ReadTx& tx, TokenKind kind, std::string_view token,
                                     Instant now) {
  return tx.first(kPeek, issued, sha256(token), kind, now);
}

std::optional<IssuedToken> takeToken(WriteTx& tx, TokenKind kind, std::string_view token) {
  bookkeeping(tx, kBookkeeping);
  return tx.first(kTake, issued, sha256(token), kind, tx.time());
}

void revokeOneTimeTokens(WriteTx& tx, PersonId person) {
  bookkeeping(tx, kBookkeeping);
  tx.run(kRevoke, person);
}

void requestLink(WriteTx& tx, const LinkRequest& request) {
  bookkeeping(tx, kBookkeeping);
  tx.run(kRequest, request.kind, request.emailKey, request.language, request.next, tx.time());
}

std::vector<LinkRequest> takeLinkRequests(WriteTx& tx, int limit) {
  bookkeeping(tx, kBookkeeping);
  return tx.all(
      kTakeRequests,
      [](TokenKind kind, std::string email, Locale language, std::string next) {
        return LinkRequest{kind, std::move(email), language, std::move(next)};
      },
      limit);
}

bool hasLinkRequests(ReadTx& tx) { return tx.value<std::int64_t>(kCountRequests) > 0; }

void dropLinkRequests(WriteTx& tx, PersonId person) {
  bookkeeping(tx, kBookkeeping);
  tx.run(kDropRequests, person);
}

void sweepOneTimeTokens(WriteTx& tx) {
  bookkeeping(tx, kBookkeeping);
  tx.run(kSweep, tx.time());
}

}  // namespace access

}  // namespace toimela
