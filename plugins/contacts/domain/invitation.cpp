#include "domain/invitation.h"

#include <algorithm>

namespace toimela::contacts {

namespace {

constexpr std::string_view kMark = "contacts.invitation:";

}  // namespace

std::string purposeOf(InvitedId id) { return std::string(kMark) + id.text(); }

std::optional<InvitedId> parsePurpose(std::string_view purpose) {
  if (!purpose.starts_with(kMark)) return std::nullopt;
  const auto number = parseId(purpose.substr(kMark.size()));
  return number ? std::optional{InvitedId{*number}} : std::nullopt;
}

bool follows(const Member& member, const Member& leaver) {
  return leaver.period.to && *leaver.period.to < member.period.from;
}

Member memberFrom(const Invited& invited, PersonId person, Date today) {
  return {.person = person,
          .organisation = invited.organisation,
          .role = invited.role,
          .region = invited.region,
          .period = {std::max(invited.from.value_or(today), today), invited.to}};
}

}  // namespace toimela::contacts
