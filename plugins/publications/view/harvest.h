// What another archive answers, read.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "view/intake.h"

namespace toimela::publications::view {

struct Harvest {
  std::vector<Sent> sent;                ///< without those that were deleted there
  int deleted = 0;
  std::string token;                     ///< empty: that was all
  std::string error;                     ///< of the protocol, as the archive says it
};
/// A page of ListRecords in oai_dc. Nothing when it is no such document.
std::optional<Harvest> readHarvest(const std::string& xml);

}  // namespace toimela::publications::view
