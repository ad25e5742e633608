// The pages about how well the regions are covered by contact persons.
#pragma once

#include <optional>
#include <vector>

#include "domain/coverage.h"
#include "domain/network.h"
#include "store/coverage.h"
#include "toimela/form.h"
#include "toimela/view.h"
#include "view/words.h"

namespace toimela::contacts::view {

struct CoveragePage {
  Network network;
  bool isFollowed = false;
  std::vector<RegionCoverage> regions;
  std::vector<store::TermRow> terms;  ///< with the names of those in `regions`
  bool editsNetwork = false;
  bool announces = false;     ///< may write to the regions that are short
  bool editsMembers = false;  ///< also sees whose term ends and who has gone silent
};
View coveragePage(const CoveragePage& page, const Words& words);

/// A network in which contact persons of a region are missing.
struct MissingHere {
  Network network;
  RegionCoverage coverage;
};
/// For the page of a region.
std::vector<View> missingHere(const std::vector<MissingHere>& missing, const Words& words);

FormSpec coverageFields(const Network& network, const std::vector<Region>& regions,
                        const Words& words);
void fillCoverage(Form& form, const Network& network, const std::optional<CoverageRule>& rule);
/// Says at the field when the most is less than the least.
CoverageRule readCoverage(Form& form, const Network& network);
bool readFollows(const Form& form);
View coverageForm(const Network& network, const Form& form, const Words& words);

/// The state in words, with how many are missing: "one missing".
std::string stateText(const RegionCoverage& coverage, const Words& words);

}  // namespace toimela::contacts::view
