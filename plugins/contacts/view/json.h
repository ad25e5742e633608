// Networks and members as the API shows them. Ids are texts: clients must not count with them.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/network.h"
#include "store/applications.h"
#include "store/handovers.h"
#include "store/members.h"
#include "store/networks.h"
#include "view/networks.h"

namespace toimela::contacts::view {

/// A page of a list; `next` is what to ask as `after` for the one that follows, or null.
std::string networksJson(const std::vector<store::NetworkSummary>& networks,
                         const std::optional<std::string>& next);
std::string networkJson(const Network& network, const store::Counts& counts);
/// People whom the reader may not see stand there without a name.
std::string membersJson(const std::vector<store::MemberRow>& members, const Reader& reader,
                        const std::optional<std::string>& next);
std::string memberJson(const store::MemberRow& member, const Reader& reader);
/// For those who decide about them, and each for its maker.
std::string applicationsJson(const std::vector<store::ApplicationRow>& applications,
                             const std::optional<std::string>& next);
std::string applicationJson(const store::ApplicationRow& application);

/// Everything that networks know of one person.
struct KnownOfPerson {
  std::vector<store::Membership> memberships;
  std::vector<Network> coordinated;
  std::vector<store::ApplicationRow> applications;
  std::vector<store::NotesOf> notes;  ///< written when they handed a place over
  std::optional<Date> lastSeen;
};
std::string personJson(const KnownOfPerson& known);

/// The schemas of all of these and of what can be sent, by name (JSON Schema, draft 2020-12).
std::vector<std::pair<std::string, std::string>> schemas();

}  // namespace toimela::contacts::view
