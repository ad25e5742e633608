// The one secret of a service, by which it knows again what it has signed and opens what it has sealed.
#pragma once

#include <string>
#include <vector>

#include "toimela/data.h"
#include "toimela/directory.h"

namespace toimela::access {

/// Makes it where there is none yet.
void makeServiceSecret(WriteTx& tx);
/// Throws std::runtime_error when there is none.
std::string serviceSecret(ReadTx& tx);
/// Who has a second factor that is on, which opens with this secret alone.
std::vector<PersonId> whoHasSecondFactor(ReadTx& tx);
/// A new secret. There is no time in which the old one is good as well: who could read it can make links of
/// anybody's. What it sealed goes with it; the caller tells whoHasSecondFactor().
void renewServiceSecret(WriteTx& tx);

}  // namespace toimela::access
