// People as the directory keeps them: their card and what they belong to.
#pragma once

#include <string_view>
#include <vector>

#include "toimela/data.h"
#include "toimela/directory.h"

namespace toimela::directory {

/// A person's place in an organisation, as their own page lists it.
struct Membership {
  OrganisationId organisation;
  LocalText organisationName;
  LocalText title;
  DateRange period;
};

/// Changes name, phone and language; the address is what one signs in with and stays.
void updatePerson(WriteTx& tx, const Person& person);
std::vector<Membership> membershipsOf(ReadTx& tx, PersonId person);
/// Ends the person's place there today; false when there is none.
bool endMembership(WriteTx& tx, PersonId person, OrganisationId organisation);
void addMembership(WriteTx& tx, PersonId person, OrganisationId organisation,
                   const LocalText& title, const DateRange& period);

}  // namespace toimela::directory
