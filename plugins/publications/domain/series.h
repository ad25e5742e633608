// What publications belong to: a series with issues, or a collection.
#pragma once

#include <optional>

#include "domain/identifiers.h"
#include "domain/ids.h"

namespace toimela::publications {

struct Series {
  SeriesId id{};
  bool isCollection = false;
  std::optional<RegionCode> region;
  LocalText title, about;
  std::optional<Issn> issn;
  std::int64_t revision = 0;
};

}  // namespace toimela::publications
