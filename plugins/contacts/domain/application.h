// An application: somebody asks to join a network.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/member.h"
#include "domain/network.h"
#include "toimela/codes.h"
#include "toimela/types.h"

namespace toimela::contacts {

using ApplicationId = Id<struct ApplicationTag>;

/// An open one is decided by those who edit the members, or taken back by the applicant. The other
/// states are final.
enum class ApplicationState { open, accepted, declined, withdrawn };
inline constexpr auto kApplicationStates = codes<ApplicationState>({
    {ApplicationState::open, "open"}, {ApplicationState::accepted, "accepted"},
    {ApplicationState::declined, "declined"}, {ApplicationState::withdrawn, "withdrawn"}});
constexpr std::string_view code(ApplicationState state) { return kApplicationStates.code(state); }
constexpr std::optional<ApplicationState> parseApplicationState(std::string_view code) {
  return kApplicationStates.parse(code);
}

struct Application {
  ApplicationId id;
  NetworkId network;
  PersonId person;
  OrganisationId organisation;
  MemberRole role = MemberRole::member;
  std::optional<RegionCode> region;
  std::string message;
  ApplicationState state = ApplicationState::open;
  std::string reason;  ///< why it was declined
  Instant createdAt{};
  std::optional<Instant> decidedAt;
};

/// Each is mailed to the coordinator: who applies, withdraws and applies again must stop some time.
inline constexpr int kMostApplicationsADay = 5;

/// Why somebody can not apply, or an application not be decided.
enum class ApplicationProblem {
  alreadyOpen,    ///< they wait for an answer already
  tooOften,       ///< they applied to the network kMostApplicationsADay times within a day
  alreadyMember,  ///< they have that place, now or later
  notOpen,        ///< it was decided or taken back meanwhile
  overlaps,       ///< on some of the days given they have that place already
  endsBeforeItStarts,
};

/// Checks against the memberships that the person has or had in the network.
std::optional<ApplicationProblem> problemWithApplying(const Application& wanted,
                                                      const std::vector<Member>& existing,
                                                      Date today);

/// The member that the applicant becomes.
Member memberFrom(const Application& application, const DateRange& period);

}  // namespace toimela::contacts
