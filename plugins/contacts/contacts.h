// The names that the rooms of this plugin share.
#pragma once

#include <string_view>

#include "toimela/access.h"

namespace toimela::contacts {

inline constexpr std::string_view kPlugin = "contacts";

inline constexpr Permission kAddNetwork{"contacts.network.add"};
inline constexpr Permission kEditNetwork{"contacts.network.edit"};
inline constexpr Permission kEditMembers{"contacts.member.edit"};
inline constexpr Permission kAddMembers{"contacts.member.add"};
inline constexpr Permission kViewDetails{"contacts.details.view"};
inline constexpr Permission kModerateBoard{"contacts.board.moderate"};

/// Setting of a region: how many organisations should have a contact person; 0 means no target.
inline constexpr std::string_view kTargetOrganisations = "target_organisations";

}  // namespace toimela::contacts
