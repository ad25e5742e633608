#include <catch2/catch.hpp>

#include "claims/claim.h"

using namespace toimela;
using namespace toimela::claims;

namespace {

Claim claimFor(std::int64_t organisation, State state = State::open, std::string name = "Apu ry") {
  Claim claim{.id = {1},
              .person = {7},
              .organisation = {.id = {organisation},
                               .name = {std::move(name), "", ""},
                               .businessId = {},
                               .registerNumber = "",
                               .region = *RegionCode::parse("06")},
              .title = "puheenjohtaja",
              .message = "",
              .reason = ""};
  claim.state = state;
  return claim;
}

}  // namespace

TEST_CASE("nobody asks for what they have, nor twice for the same") {
  CHECK(problemWith(claimFor(3), {{3}}, {}) == AskProblem::represents);
  CHECK(problemWith(claimFor(3), {{4}}, {claimFor(3)}) == AskProblem::asked);
  CHECK_FALSE(problemWith(claimFor(3), {{4}}, {claimFor(4)}));
}

TEST_CASE("after a refusal one may ask again") {
  CHECK_FALSE(problemWith(claimFor(3), {}, {claimFor(3, State::declined), claimFor(3, State::withdrawn)}));
}

TEST_CASE("the same new organisation is proposed once, another one may be proposed beside it") {
  CHECK(problemWith(claimFor(0), {}, {claimFor(0)}) == AskProblem::asked);
  CHECK_FALSE(problemWith(claimFor(0, State::open, "Toinen ry"), {}, {claimFor(0)}));
}

TEST_CASE("open claims of one person are bounded") {
  std::vector<Claim> own;
  for (std::size_t i = 0; i < kMostOpen; ++i) own.push_back(claimFor(static_cast<std::int64_t>(10 + i)));
  CHECK(problemWith(claimFor(3), {}, own) == AskProblem::tooMany);
  own.pop_back();
  CHECK_FALSE(problemWith(claimFor(3), {}, own));
}
