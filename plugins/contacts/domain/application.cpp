#include "domain/application.h"

#include <algorithm>

namespace toimela::contacts {

std::string_view code(ApplicationState state) {
  switch (state) {
    case ApplicationState::open: return "open";
    case ApplicationState::accepted: return "accepted";
    case ApplicationState::declined: return "declined";
    case ApplicationState::withdrawn: return "withdrawn";
  }
  return {};
}

std::optional<ApplicationState> parseApplicationState(std::string_view text) {
  auto found = std::ranges::find(kApplicationStates, text,
                                 [](ApplicationState state) { return code(state); });
  return found == kApplicationStates.end() ? std::nullopt : std::optional{*found};
}

std::optional<ApplicationProblem> problemWithApplying(const Application& wanted,
                                                      const std::vector<Member>& existing,
                                                      Date today) {
  const Member member = memberFrom(wanted, {today, std::nullopt});
  return problemWith(member, existing) ? std::optional{ApplicationProblem::alreadyMember}
                                       : std::nullopt;
}

Member memberFrom(const Application& application, const DateRange& period) {
  return {.person = application.person,
          .organisation = application.organisation,
          .role = application.role,
          .region = application.region,
          .period = period};
}

}  // namespace toimela::contacts
