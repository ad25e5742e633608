// A place passes from the one who leaves to the next.
#pragma once

#include <optional>
#include <string>

#include "domain/member.h"
#include "toimela/types.h"

namespace toimela::contacts {

/// What belongs to a membership that ends: notes for the next, and who that is.
struct Handover {
  MemberId member;
  std::optional<MemberId> successor;
  std::string notes;  ///< Markdown
  std::int64_t revision = 0;  ///< 0: nothing is written yet
};

/// Who takes over, and from when to when.
struct Succession {
  Date lastDay;   ///< of the one who leaves
  Date firstDay;  ///< of the one who follows
  PersonId successor;
  OrganisationId organisation;
};

enum class HandoverProblem {
  endsBeforeItStarts,  ///< the last day is before the leaver's first
  daysOverlap,         ///< the successor would begin before the leaver has gone
  samePerson,          ///< nobody follows themselves
  overlaps,            ///< the successor has that place on some of the days
  stale,               ///< someone else wrote meanwhile
};

std::optional<HandoverProblem> problemWithSuccession(const Member& leaver,
                                                     const Succession& succession);

/// The place that the successor gets: the leaver's role and region, for their own organisation.
Member successorOf(const Member& leaver, const Succession& succession);

/// May the person read who had the place and what they noted? Those may who have it, or will.
bool sharesPlace(PersonId person, const std::vector<Member>& ofThePlace, Date today);

}  // namespace toimela::contacts
