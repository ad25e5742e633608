// What of a network's people may be shown to whom.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "domain/member.h"
#include "domain/network.h"
#include "domain/profile.h"
#include "toimela/access.h"

namespace toimela::contacts {

/// Contact persons are there to be found: their names are public. Everyone else is a number.
bool isNamePublic(MemberRole role);

/// Every place where the network is at work: its own, and the regions and organisations of its
/// current members. Who may see contact details at one of them sees the network's, because the
/// people of a network work together.
std::vector<Scope> placesOf(const Network& network, const std::vector<Member>& current);

/// How near a reader stands to a person; each sees what the one before sees.
enum class Closeness {
  stranger,     ///< anybody, signed in or not
  fellow,       ///< works in a common network, or may see the details of its people
  coordinator,  ///< coordinates such a network, or administers it
  self
};

/// What of a person is shown to a reader. This is the one place that decides it, for pages, the API
/// and vCards alike.
struct Shown {
  bool name = false;     ///< and with it what their profile tells; without a name there is nothing
  bool email = false;
  bool phone = false;
  bool operator==(const Shown&) const = default;
};
/// `isPublic`: the person is a contact person somewhere.
Shown shownTo(Closeness reader, bool isPublic, const Levels& levels);

/// Where a reader works, for telling how near people are.
struct Acquaintance {
  std::optional<PersonId> self;
  bool seesAll = false;   ///< may see the details of everybody's
  bool leadsAll = false;  ///< administers every network
  std::set<NetworkId> shared;          ///< networks whose people's details the reader may see
  std::set<NetworkId> led;             ///< networks that the reader coordinates
  std::set<RegionCode> ledRegions;     ///< regions whose networks the reader administers

  bool isNobody() const { return !self; }
};

/// A network that a person has a place in.
struct Attachment {
  NetworkId network;
  std::optional<RegionCode> region;  ///< the network's
};
Closeness closenessIn(const Acquaintance& reader, const Attachment& where);
/// The nearest of all.
Closeness closenessTo(const Acquaintance& reader, PersonId person,
                      const std::vector<Attachment>& places);
/// Is it shown that the person has this place? Contact persons are named; who else is in a network
/// is known in that network only.
bool isPlaceShown(Closeness inNetwork, bool isSelf, MemberRole role);

}  // namespace toimela::contacts
