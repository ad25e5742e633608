// Changes of a network's members: each checks its rule, saves and leaves its audit entry in one
// transaction. All of them lock the network first, so the members that a rule was checked against
// are still the members when the change is committed.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "domain/member.h"
#include "domain/network.h"
#include "toimela/data.h"

namespace toimela::contacts::operations {

/// What is asked when someone joins. The names are needed only of a person who is new here.
struct NewMember {
  EmailAddress email;
  std::string givenName, familyName;
  Locale language;
  OrganisationId organisation;
  MemberRole role;
  std::optional<RegionCode> region;
  DateRange period;
};

/// Adds the person with that e-mail address, who becomes known to the service if they were not.
std::variant<MemberId, MemberProblem> addMember(WriteTx& tx, const Network& network,
                                                const NewMember& wanted);

/// Saves role, organisation, region and days; nothing when it went well.
std::optional<MemberProblem> saveMember(WriteTx& tx, const Network& network, Member member);

/// Makes today the last day; nothing when it went well.
/// Undoes an end: the membership goes on until `to`, if nothing happened to it since.
bool reopenMember(WriteTx& tx, const Network& network, MemberId id, std::int64_t revision,
                  std::optional<Date> to);
std::optional<EndProblem> endMember(WriteTx& tx, const Network& network, MemberId id);

}  // namespace toimela::contacts::operations
