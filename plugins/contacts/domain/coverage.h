// How well a region is covered by contact persons.
#pragma once

#include <algorithm>

namespace toimela::contacts {

/// How many organisations have a contact person in a region, against how many should.
struct Coverage {
  int organisations = 0;
  int target = 0;  ///< 0: the region has set none

  bool hasTarget() const { return target > 0; }
  bool isMet() const { return organisations >= target; }
  int missing() const { return std::max(0, target - organisations); }
};

}  // namespace toimela::contacts
