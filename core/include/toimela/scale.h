// `toimela demo --scale`: content by the hundred thousand, for measuring. A plugin adds its part.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "toimela/types.h"

namespace toimela {

/// Some of the invented people have been added; published in their transaction, batch by batch. The
/// same numbers come with the same names at every run, so that two databases can be compared.
struct ScaleBatch {
  static constexpr std::string_view kName = "core.scale_batch";
  struct Person {
    std::int64_t number;  ///< from 0
    PersonId person;
    OrganisationId organisation;
    RegionCode region;    ///< of the organisation
  };
  std::vector<Person> people;
};

}  // namespace toimela
