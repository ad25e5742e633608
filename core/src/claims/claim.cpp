#include "claims/claim.h"

#include <algorithm>

namespace toimela::claims {

std::string_view code(State state) {
  switch (state) {
    case State::open: return "open";
    case State::approved: return "approved";
    case State::declined: return "declined";
    case State::withdrawn: return "withdrawn";
  }
  return "";
}

std::optional<State> parseState(std::string_view text) {
  const auto found = std::ranges::find_if(kStates, [&](State state) { return code(state) == text; });
  return found == kStates.end() ? std::nullopt : std::optional(*found);
}

std::optional<AskProblem> problemWith(const Claim& wanted, const std::vector<OrganisationId>& represented,
                                      const std::vector<Claim>& own) {
  if (!wanted.isNew() && std::ranges::find(represented, wanted.organisation.id) != represented.end())
    return AskProblem::represents;
  std::size_t open = 0;
  for (const Claim& claim : own) {
    if (claim.state != State::open) continue;
    ++open;
    const bool isSame = wanted.isNew() ? claim.isNew() && claim.organisation.name.fi == wanted.organisation.name.fi
                                       : claim.organisation.id == wanted.organisation.id;
    if (isSame) return AskProblem::asked;
  }
  return open >= kMostOpen ? std::optional(AskProblem::tooMany) : std::nullopt;
}

}  // namespace toimela::claims
