// Grants in the database.
#pragma once

#include <optional>
#include <vector>

#include "access/grants.h"
#include "toimela/data.h"

namespace toimela::access {

/// Every grant of a person, past and future ones too; the newest first.
std::vector<HeldGrant> heldGrants(ReadTx& tx, PersonId person);
void insertGrant(WriteTx& tx, PersonId person, Role role, const GrantPlace& place,
                 const DateRange& period);
/// Ends a grant as of yesterday; one that has not begun is deleted, as if it had never been.
void endGrant(WriteTx& tx, PersonId person, const HeldGrant& grant, Date today);
/// National administrators of the day who can sign in, apart from `person`: without one nobody
/// could put things right. Whoever asks in order to take one away waits here for the others who do,
/// until the end of their transaction: two can not take each other away at the same moment.
std::int64_t otherNationalAdmins(WriteTx& tx, PersonId person, Date day);

}  // namespace toimela::access
