// Inviting people: how a plugin brings somebody in who may have no account yet.
#pragma once

#include <string>
#include <string_view>

#include "toimela/data.h"
#include "toimela/host.h"
#include "toimela/types.h"

namespace toimela::accounts {

using InvitationId = Id<struct InvitationTag>;

/// How long an invitation can be accepted.
inline constexpr std::chrono::hours kInvitationLasts{24 * 14};

/// Nothing but this is known of the invited until they accept; it is deleted when they decline or
/// the time is over.
struct Invitation {
  EmailAddress to;
  std::string givenName, familyName;  ///< as the inviter wrote them; the invited may correct them
  Locale locale = Locale::fi;
  std::string reason;   ///< ready text in `locale`, one or two sentences: what they are invited to
  std::string purpose;  ///< the plugin's own mark, "contacts.member:55"; comes back with the event
  std::string path;     ///< page after accepting, without language: "/contacts/networks/3"
};

/// Puts the mail with a one-time link into the outbox. The link leads a known person to sign in and
/// confirm, an unknown one to make an account. To one address go twenty such mails a day at the
/// most; what is beyond is not sent.
TOIMELA_API InvitationId invite(WriteTx& tx, Host& host, const Invitation& invitation);
/// Sends a new link; the old one is dead. False when it was accepted, declined or ran out of time
/// and is gone.
TOIMELA_API bool inviteAgain(WriteTx& tx, Host& host, InvitationId id);
/// Makes the link dead.
TOIMELA_API void withdraw(WriteTx& tx, InvitationId id);

}  // namespace toimela::accounts

namespace toimela {

/// Somebody accepted; published in the transaction in which their account came about (if it did).
struct InvitationAccepted {
  static constexpr std::string_view kName = "core.invitation_accepted";
  std::string purpose;
  PersonId person;
};
/// They declined, or the time was over.
struct InvitationEnded {
  static constexpr std::string_view kName = "core.invitation_ended";
  std::string purpose;
};

}  // namespace toimela
