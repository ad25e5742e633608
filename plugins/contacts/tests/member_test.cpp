#include "domain/member.h"

#include <catch2/catch.hpp>

using namespace toimela;
using namespace toimela::contacts;

namespace {

Date day(const char* text) { return Date::parse(text).value(); }
RegionCode region(const char* code) { return RegionCode::parse(code).value(); }

/// Person 1 for organisation 1 during 2025, which tests change where it matters.
Member during2025(MemberId id = {}) {
  return {.id = id,
          .person = PersonId{1},
          .organisation = OrganisationId{1},
          .period = {day("2025-01-01"), day("2025-12-31")}};
}

Member from(Member member, const char* first, const char* last = nullptr) {
  member.period = {day(first), last ? std::optional{day(last)} : std::nullopt};
  return member;
}

}  // namespace

TEST_CASE("every role in a network has a code that leads back to it", "[contacts]") {
  for (MemberRole role : kMemberRoles) CHECK(parseMemberRole(code(role)) == role);
  CHECK_FALSE(parseMemberRole("chairperson"));
  CHECK_FALSE(parseMemberRole(""));
}

TEST_CASE("a member of a regional network speaks for its region, whatever was wished",
          "[contacts]") {
  const Network regional{.region = region("06")}, national{};
  CHECK(memberRegion(regional, region("01")) == region("06"));
  CHECK(memberRegion(regional, std::nullopt) == region("06"));
  CHECK(memberRegion(national, region("01")) == region("01"));
  CHECK_FALSE(memberRegion(national, std::nullopt));
}

TEST_CASE("the first membership of a person is fine", "[contacts]") {
  CHECK_FALSE(problemWith(during2025(), {}));
}

TEST_CASE("a membership can not end before it starts", "[contacts]") {
  const auto backwards = from(during2025(), "2025-02-01", "2025-01-31");
  CHECK(problemWith(backwards, {}) == MemberProblem::endsBeforeItStarts);
  CHECK_FALSE(problemWith(from(during2025(), "2025-02-01", "2025-02-01"), {}));
}

TEST_CASE("two memberships for the same organisation can not share a day", "[contacts]") {
  const std::vector existing{during2025(MemberId{7})};
  CHECK(problemWith(from(during2025(), "2025-12-31", "2026-06-30"), existing) ==
        MemberProblem::overlaps);
  CHECK(problemWith(from(during2025(), "2024-06-01", "2025-01-01"), existing) ==
        MemberProblem::overlaps);
  CHECK(problemWith(from(during2025(), "2024-01-01"), existing) == MemberProblem::overlaps);
  CHECK_FALSE(problemWith(from(during2025(), "2026-01-01"), existing));
  CHECK_FALSE(problemWith(from(during2025(), "2024-06-01", "2024-12-31"), existing));
}

TEST_CASE("an open end overlaps everything that comes later", "[contacts]") {
  const std::vector existing{from(during2025(MemberId{7}), "2020-01-01")};
  CHECK(problemWith(from(during2025(), "2040-01-01", "2040-01-02"), existing) ==
        MemberProblem::overlaps);
  CHECK_FALSE(problemWith(from(during2025(), "2019-01-01", "2019-12-31"), existing));
}

TEST_CASE("another role does not make room for a second membership", "[contacts]") {
  auto deputy = during2025();
  deputy.role = MemberRole::deputy;
  CHECK(problemWith(deputy, {during2025(MemberId{7})}) == MemberProblem::overlaps);
}

TEST_CASE("one person may stand for two organisations, or for two regions, at a time",
          "[contacts]") {
  const std::vector existing{during2025(MemberId{7})};
  auto otherOrganisation = during2025();
  otherOrganisation.organisation = OrganisationId{2};
  CHECK_FALSE(problemWith(otherOrganisation, existing));

  auto otherRegion = during2025();
  otherRegion.region = region("06");
  CHECK_FALSE(problemWith(otherRegion, existing));

  auto otherPerson = during2025();
  otherPerson.person = PersonId{2};
  CHECK_FALSE(problemWith(otherPerson, existing));
}

TEST_CASE("a membership being edited does not overlap itself, but still overlaps others",
          "[contacts]") {
  const std::vector existing{during2025(MemberId{7}),
                             from(during2025(MemberId{8}), "2026-01-01", "2026-12-31")};
  CHECK_FALSE(problemWith(from(during2025(MemberId{7}), "2025-03-01", "2025-10-31"), existing));
  CHECK(problemWith(from(during2025(MemberId{7}), "2025-03-01"), existing) ==
        MemberProblem::overlaps);
}

TEST_CASE("only what has begun and goes on can be ended today", "[contacts]") {
  const Date today = day("2025-06-15");
  CHECK_FALSE(problemWithEnding(during2025(), today));
  CHECK_FALSE(problemWithEnding(from(during2025(), "2025-06-15"), today));
  CHECK(problemWithEnding(from(during2025(), "2025-06-16"), today) == EndProblem::hasNotBegun);
  CHECK(problemWithEnding(from(during2025(), "2025-01-01", "2025-06-15"), today) ==
        EndProblem::hasEnded);
  CHECK(problemWithEnding(from(during2025(), "2024-01-01", "2024-12-31"), today) ==
        EndProblem::hasEnded);
}
