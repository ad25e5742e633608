// The second factor: an authenticator app, and recovery codes for the day it is lost.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "toimela/data.h"

namespace toimela::access {

inline constexpr int kRecoveryCodes = 10;

/// What a person has of it.
struct SecondFactor {
  bool isOn = false;                  ///< confirmed by a code, and asked at every sign-in
  std::optional<Instant> since;       ///< when it was confirmed
  std::string secret;                 ///< bytes; also of one that waits to be confirmed
  std::int64_t lastStep = 0;          ///< the time step of the last code that was taken
  std::int64_t recoveryCodesLeft = 0;
};
/// Nothing when the person has neither one nor begun with one. `serverSecret` opens what is sealed.
std::optional<SecondFactor> findSecondFactor(ReadTx& tx, std::string_view serverSecret,
                                             PersonId person);
bool hasSecondFactor(ReadTx& tx, PersonId person);

/// Makes a secret that a code has yet to confirm; one that waits already is replaced. False when the
/// person has a second factor that is on.
bool beginSecondFactor(WriteTx& tx, std::string_view serverSecret, PersonId person);
/// Turns it on when the code is of the secret that waits. The recovery codes, shown this once;
/// nothing when the code is wrong.
std::optional<std::vector<std::string>> confirmSecondFactor(WriteTx& tx,
                                                            std::string_view serverSecret,
                                                            PersonId person,
                                                            std::string_view code);
/// Uses up a code of the app or a recovery code, which of the two is seen by its length. The same
/// code is never taken twice, not even at the same moment. False when it is wrong.
bool useSecondFactor(WriteTx& tx, std::string_view serverSecret, PersonId person,
                     std::string_view code);
/// New recovery codes in place of all older ones.
std::vector<std::string> renewRecoveryCodes(WriteTx& tx, PersonId person);
/// Takes it away, with its recovery codes. `action` is the audit entry's:
/// "core.second_factor.off", or "core.second_factor.reset" by an administrator.
void removeSecondFactor(WriteTx& tx, PersonId person, std::string action);
/// Without an audit entry, for the erasure of a person.
void forgetSecondFactor(WriteTx& tx, PersonId person);

}  // namespace toimela::access
