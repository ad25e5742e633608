// Who changes how they sign in gives their password once more: a session that somebody else has got
// hold of must not become an account of theirs (ASVS 5.0, 7.5.1).
#pragma once

#include <optional>

#include "toimela/form.h"
#include "toimela/host.h"

namespace toimela::access {

/// The field "current_password".
Field ownPasswordField();
/// Whether the person has a password. Who has none has signed in by a mailed link, and is not asked.
bool hasPassword(Host& host, PersonId person);
/// Compares the field with the password of whoever asks, if they have one. Guesses are counted, and
/// forgotten when one is right. Otherwise what `show` makes of the form with its error and the
/// status 422, or 429 with the time to wait.
std::optional<Response> refuseWithoutPassword(const Request& request, Host& host, Form& form,
                                              const std::function<Response(int status)>& show);

}  // namespace toimela::access
