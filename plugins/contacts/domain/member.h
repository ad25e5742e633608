// A member: a person on behalf of an organisation, in a role, from a day to a day.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "domain/network.h"
#include "toimela/codes.h"
#include "toimela/types.h"

namespace toimela::contacts {

using MemberId = Id<struct MemberTag>;

enum class MemberRole { contactPerson, deputy, member };
inline constexpr auto kMemberRoles = codes<MemberRole>({
    {MemberRole::contactPerson, "contact_person"}, {MemberRole::deputy, "deputy"},
    {MemberRole::member, "member"}});
constexpr std::string_view code(MemberRole role) { return kMemberRoles.code(role); }
constexpr std::optional<MemberRole> parseMemberRole(std::string_view code) {
  return kMemberRoles.parse(code);
}

struct Member {
  MemberId id;
  PersonId person;
  OrganisationId organisation;
  MemberRole role = MemberRole::member;
  std::optional<RegionCode> region;  ///< the region they speak for; none: the whole network
  DateRange period;
  std::int64_t revision = 1;
};

/// The region a member speaks for: a regional network's own, whatever was wished for.
std::optional<RegionCode> memberRegion(const Network& network, std::optional<RegionCode> wished);

/// Why a membership can not be saved.
enum class MemberProblem {
  endsBeforeItStarts,
  overlaps,       ///< the person has that place already on some of the days
  personUnknown,  ///< nobody has that e-mail address and no name was given
  stale,          ///< someone else changed it meanwhile
};

/// Checks `wanted` against all memberships that the person has or had in the same network. A person
/// has one place for an organisation and a region at a time, whatever the role. The membership with
/// the same id is the one that `wanted` replaces.
std::optional<MemberProblem> problemWith(const Member& wanted, const std::vector<Member>& existing);

/// Why a membership can not be ended today.
enum class EndProblem { hasNotBegun, hasEnded };
std::optional<EndProblem> problemWithEnding(const Member& member, Date today);

}  // namespace toimela::contacts
