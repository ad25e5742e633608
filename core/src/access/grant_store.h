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
/// could put things right.
std::int64_t otherNationalAdmins(ReadTx& tx, PersonId person, Date day);

}  // namespace toimela::access
