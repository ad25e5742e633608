// Pages of networks: what was read from the database, made into what the templates show.
#pragma once

#include <optional>
#include <vector>

#include "domain/coverage.h"
#include "domain/network.h"
#include "domain/visibility.h"
#include "store/applications.h"
#include "store/invitations.h"
#include "store/members.h"
#include "store/networks.h"
#include "toimela/directory.h"
#include "toimela/view.h"
#include "view/coverage.h"
#include "view/words.h"

namespace toimela::contacts::view {

/// What the reader may see and do in a network.
struct Reader {
  Closeness closeness = Closeness::stranger;
  std::optional<PersonId> self;
  bool seesDetails = false;   ///< everyone's name, and details as each has chosen
  bool editsNetwork = false;
  bool addsMembers = false;   ///< without asking them
  bool editsMembers = false;  ///< also sees those who are not members today

  /// How near the reader is to one of the network's people.
  Closeness to(PersonId person) const { return self == person ? Closeness::self : closeness; }
};

struct NetworkListPage {
  std::vector<store::NetworkSummary> networks;
  std::int64_t total;
  std::optional<NetworkKind> kind;
  std::int64_t page, pages;
  bool canAdd;
};
View networkList(const NetworkListPage& page, const Words& words);

struct RegionPage {
  Region region;
  std::vector<store::NetworkSummary> networks;
  std::vector<store::RegionalContact> contactPersons;
  Coverage coverage;
  std::vector<MissingHere> missing;
  Reader reader;
  bool canAdd;
};
std::string regionTitle(const Region& region, const Words& words);
View regionPage(const RegionPage& page, const Words& words);

struct NetworkPage {
  Network network;
  std::optional<Person> coordinator;
  Levels coordinatorLevels;
  std::vector<store::MemberRow> members;  ///< of today
  std::vector<store::OrganisationShare> organisations;
  std::vector<store::RegionShare> regions;
  store::Counts counts;
  std::vector<store::RelatedNetwork> related;
  std::vector<store::MemberRow> others;  ///< former and future members
  std::vector<store::InvitedRow> invited;
  std::int64_t waiting = 0;              ///< open applications
  std::vector<store::MemberRow> own;     ///< the reader's places, of today
  std::size_t membersPage = 1;           ///< of the list of members
  bool hasApplied = false;               ///< the reader waits for an answer
};
View networkPage(const NetworkPage& page, const Reader& reader, const Words& words);

/// Boxes for the home pages and the dashboard; the host has put its own names in the view already.
void fillNationBox(View& view, std::int64_t networks, const store::Counts& all, const Words& words);
void fillRegionBox(View& view, const Region& region,
                   const std::vector<store::RegionalContact>& contacts, const Words& words);
/// `queues`: networks that the reader coordinates, with applications waiting.
void fillDashboardBox(View& view, const std::vector<store::NetworkSummary>& networks,
                      const std::vector<store::Queue>& queues, const Words& words);

}  // namespace toimela::contacts::view
