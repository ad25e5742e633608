#include "domain/application.h"

#include <algorithm>

namespace toimela::contacts {

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
