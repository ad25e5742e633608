// A claim: somebody asks to represent an organisation, or to register one and represent it. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "toimela/data.h"
#include "toimela/directory.h"

namespace toimela::claims {

using ClaimId = Id<struct ClaimTag>;

/// Only an open claim changes; the other states are final.
enum class State { open, approved, declined, withdrawn };
inline constexpr std::array kStates{State::open, State::approved, State::declined, State::withdrawn};
std::string_view code(State state);
std::optional<State> parseState(std::string_view code);

struct Claim {
  ClaimId id;
  PersonId person;
  /// The organisation as it is in the directory or, while it has no id, as it is proposed.
  Organisation organisation;
  std::string title;    ///< what the person does there, in their own words
  std::string message;  ///< to those who decide
  State state = State::open;
  std::string reason;   ///< why it was declined
  Instant createdAt{};
  std::optional<Instant> decidedAt;

  bool isNew() const { return organisation.id.value == 0; }
};

/// How many claims one person can have open at once.
inline constexpr std::size_t kMostOpen = 5;

/// Why something can not be asked.
enum class AskProblem { represents, asked, tooMany };
/// `represented` are the organisations that the person speaks for today, `own` their claims.
std::optional<AskProblem> problemWith(const Claim& wanted, const std::vector<OrganisationId>& represented,
                                      const std::vector<Claim>& own);

}  // namespace toimela::claims

namespace toimela {

template <>
struct Stored<claims::State> {
  static constexpr ColumnType type = ColumnType::text;
  static Value to(claims::State state) { return std::string(code(state)); }
  static claims::State from(Value&& value) {
    auto state = claims::parseState(std::get<std::string>(value));
    if (!state) throw DatabaseError("a stored state of a claim is unknown");
    return *state;
  }
};

}  // namespace toimela
