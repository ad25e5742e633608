// Sessions in the database, so that every process knows them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/database.h"
#include "toimela/access.h"

namespace toimela::access {

struct SessionInfo {
  std::string publicId;
  Instant createdAt, lastSeenAt;
  std::string device;  ///< "Firefox, Linux": shortened by us, never the whole User-Agent
};

/// A request's session as stored, with the person and the grants of today.
struct Identity {
  Actor actor;
  Locale language = Locale::fi;
  std::string session;  ///< public id
  Instant lastSeenAt;
};

/// Sessions end after 12 hours without use and 14 days in any case.
inline constexpr std::chrono::hours kSessionIdle{12};
inline constexpr std::chrono::hours kSessionLongest{24 * 14};

/// Makes a session; returns the token for the cookie (128 bits and more, base64url).
std::string openSession(WriteTx& tx, PersonId person, std::string_view userAgent);
/// Who the cookie's token belongs to; nothing when unknown, expired, or the person is disabled.
std::optional<Identity> findSession(ReadTx& tx, std::string_view token, Instant now);
/// Notes that the session was used; called at most every five minutes a session.
void touchSession(WriteTx& tx, std::string_view token);
void closeSession(WriteTx& tx, std::string_view token);
/// Ends one session of a person by public id; false when it is not theirs.
bool revokeSession(WriteTx& tx, PersonId person, std::string_view publicId);
/// How many there were. The caller accounts for it.
std::int64_t revokeAllSessions(WriteTx& tx, PersonId person);
/// Ends all but the one whose public id is `kept`, audited when there were any. How many there were.
std::int64_t revokeOtherSessions(WriteTx& tx, PersonId person, std::string_view kept);
std::vector<SessionInfo> listSessions(ReadTx& tx, PersonId person);
void sweepSessions(WriteTx& tx);

/// The grants of a person that hold on the day and work for them.
std::vector<Grant> grantsOf(ReadTx& tx, PersonId person, Date day);

}  // namespace toimela::access
