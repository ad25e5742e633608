// The marks that documents carry for their audience, and readers for what they may find.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "toimela/access.h"

namespace toimela::search {

inline constexpr std::string_view kVisitorMark = "v", kSignedInMark = "s";
std::string personMark(PersonId person);
std::string groupMark(std::string_view name);
/// Of a grant of this reach whose role has the permission.
std::string holderMark(Permission permission, const std::optional<RegionCode>& region,
                       const std::optional<OrganisationId>& organisation);

}  // namespace toimela::search
