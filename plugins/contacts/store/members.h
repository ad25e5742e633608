// Members of networks in the database, with the names of the people and organisations.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/member.h"
#include "domain/profile.h"
#include "toimela/data.h"
#include "toimela/directory.h"

namespace toimela::contacts::store {

/// A member with what a page shows of the person and the organisation.
struct MemberRow {
  Member member;
  std::string givenName, familyName;
  std::string email, phone;
  LocalText organisation;
  Levels levels;  ///< to whom email and phone may be shown

  std::string name() const { return givenName + " " + familyName; }
};

/// Members of today: contact persons first, then by organisation and name.
std::vector<MemberRow> currentMembers(ReadTx& tx, NetworkId network, Date today);
/// Those who were or will be members but are not today, the latest first.
std::vector<MemberRow> otherMembers(ReadTx& tx, NetworkId network, int limit, Date today);
/// Members of today by id, after `after`: for paging with a cursor.
std::vector<MemberRow> membersAfter(ReadTx& tx, NetworkId network, MemberId after, int limit,
                                    Date today);
/// The people among today's members, each once, by name.
std::vector<Person> peopleOf(ReadTx& tx, NetworkId network, Date today);
std::optional<MemberRow> findMember(ReadTx& tx, NetworkId network, MemberId id);
/// Every membership, past or to come, of a person in a network.
std::vector<Member> membershipsOf(ReadTx& tx, NetworkId network, PersonId person);

/// A network with the place that a person has or had in it.
struct Membership {
  NetworkId network;
  LocalText networkName;
  Member member;
};
std::vector<Membership> membershipsOf(ReadTx& tx, PersonId person);

/// How many people of an organisation are in a network.
struct OrganisationShare {
  OrganisationId id;
  LocalText name;
  std::int64_t people;
};
std::vector<OrganisationShare> organisationShares(ReadTx& tx, NetworkId network, Date today);

/// How a network's people spread over the country.
struct RegionShare {
  std::optional<RegionCode> region;
  std::int64_t people;
};
std::vector<RegionShare> regionShares(ReadTx& tx, NetworkId network, Date today);

struct Counts {
  std::int64_t people;
  std::int64_t organisations;
  std::int64_t regions;
  std::int64_t contactPersons;
};
Counts countMembers(ReadTx& tx, NetworkId network, Date today);
/// Over all networks of the nation and of the regions where the plugin is on.
Counts countAllMembers(ReadTx& tx, Date today);

/// A contact person of a region and the network they are one in.
struct RegionalContact {
  PersonId person;
  std::string name;
  std::string email, phone;
  LocalText organisation;
  NetworkId network;
  LocalText networkName;
  Levels levels;
};
std::vector<RegionalContact> contactPersonsOf(ReadTx& tx, RegionCode region, Date today);
/// How many organisations have a contact person in the region.
std::int64_t countContactOrganisations(ReadTx& tx, RegionCode region, Date today);

MemberId insertMember(WriteTx& tx, NetworkId network, const Member& member);
/// Saves the member if it still has the revision it was read with; false when it has another.
[[nodiscard]] bool updateMember(WriteTx& tx, NetworkId network, const Member& member);
/// Ends today what goes on and takes back what would begin later.
void endAllMemberships(WriteTx& tx, PersonId person, Date today);

}  // namespace toimela::contacts::store
