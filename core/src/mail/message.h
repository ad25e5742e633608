// From a stored mail to the text of a message (RFC 5322, MIME): pure.
#pragma once

#include <string>
#include <string_view>

#include "mail/outbox_store.h"

namespace toimela::mail {

/// The whole message with its header. It is the same at every attempt.
std::string compose(const StoredMail& mail, std::string_view from);

/// A header's text as ASCII: as it stands when it can, else in encoded words (RFC 2047) that break
/// between characters.
std::string encodedHeader(std::string_view text);

/// "Name <address>", the name quoted or encoded as it needs.
std::string mailbox(std::string_view name, std::string_view address);

}  // namespace toimela::mail
