// How well the regions are covered by contact persons.
#pragma once

#include <vector>

#include "domain/coverage.h"
#include "store/coverage.h"
#include "toimela/host.h"
#include "toimela/registry.h"
#include "view/coverage.h"

namespace toimela::contacts::handlers {

/// The coverage of each region of the network; empty when the network does not follow it.
std::vector<RegionCoverage> coverageOfNetwork(Host& host, const Network& network,
                                              const std::optional<CoverageRule>& rule,
                                              const std::vector<store::TermRow>& terms,
                                              Date today);
/// What is short in a region, over all networks that follow their coverage.
std::vector<view::MissingHere> missingIn(ReadTx& tx, Host& host, RegionCode region, Date today);

Response showCoverage(const Request& request, Host& host);
Response editCoverage(const Request& request, Host& host);
Response saveCoverage(const Request& request, Host& host);
Response confirmMember(const Request& request, Host& host);
/// As JSON: counts and states by region.
Response apiCoverage(const Request& request, Host& host);

/// Tells each coordinator once a week what is short and which terms end.
ScheduledJob tellCoverage();
/// Notes the day when a member signs in.
void noteSignIn(WriteTx& tx, PersonId person);

}  // namespace toimela::contacts::handlers
