// Mail that is a key to somebody's account.
#pragma once

#include "toimela/data.h"

namespace toimela::mail {

/// Puts a message with a one-time link into the outbox. Not even an administrator is shown its text,
/// and the text is emptied as soon as the message was sent or given up.
void sendConfidentially(WriteTx& tx, const MailMessage& message);

}  // namespace toimela::mail
