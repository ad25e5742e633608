// A place that somebody is asked to take, who may not be known to the service yet.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/member.h"
#include "domain/network.h"
#include "toimela/types.h"

namespace toimela::contacts {

using InvitedId = Id<struct InvitedTag>;

struct Invited {
  InvitedId id;
  NetworkId network;
  EmailAddress email;
  std::string givenName, familyName;
  OrganisationId organisation;
  MemberRole role = MemberRole::member;
  std::optional<RegionCode> region;
  std::optional<Date> from, to;       ///< no first day: from the day they accept
  std::optional<MemberId> succeeds;   ///< whom they follow
};

enum class InviteProblem {
  endsBeforeItStarts,
  alreadyInvited,  ///< the address has an open invitation to the network
  daysOverlap,     ///< it would begin before the one they follow has gone
  alreadyMember,   ///< its bearer has that place on some of the days
};

/// The mark that comes back when the invitation is answered: "contacts.invitation:55".
std::string purposeOf(InvitedId id);
/// Nothing for the mark of somebody else.
std::optional<InvitedId> parsePurpose(std::string_view purpose);

/// Does the member begin after the last day of the one they follow, which must be known?
bool follows(const Member& member, const Member& leaver);

/// The member that the invited becomes when they accept on `today`.
Member memberFrom(const Invited& invited, PersonId person, Date today);

}  // namespace toimela::contacts
