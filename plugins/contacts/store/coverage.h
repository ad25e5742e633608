// What networks have set about their coverage, and the terms it is reckoned from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/coverage.h"
#include "store/members.h"
#include "toimela/data.h"

namespace toimela::contacts::store {

/// Nothing when the network does not follow its coverage.
std::optional<CoverageRule> findCoverageRule(ReadTx& tx, NetworkId network);

/// A contact person's term with the names that a page shows.
struct TermRow {
  Term term;
  std::string person;
  LocalText organisation;
};
/// Of the contact persons of today and later who speak for a region.
std::vector<TermRow> termsOf(ReadTx& tx, NetworkId network, Date today);

/// Networks that follow their coverage and where it matters: not in regions where the plugin is off.
std::vector<Network> networksWithCoverage(ReadTx& tx);
/// Of these, the ones whose coordinator was not told since `before`.
std::vector<Network> networksToTell(ReadTx& tx, Instant before);

/// Saves the rule; a stale revision (0 for a rule that is new) makes it false.
[[nodiscard]] bool saveCoverageRule(WriteTx& tx, NetworkId network, const CoverageRule& rule);
void removeCoverageRule(WriteTx& tx, NetworkId network);
void noteTold(WriteTx& tx, NetworkId network);

/// Notes that the member still has the place.
void confirmMember(WriteTx& tx, NetworkId network, MemberId member, Date day);

/// Notes that the person signed in, if they are a member anywhere.
void noteSeen(WriteTx& tx, PersonId person, Date day);
std::optional<Date> lastSeen(ReadTx& tx, PersonId person);
void forgetSeen(WriteTx& tx, PersonId person);

}  // namespace toimela::contacts::store
