// What national administrators changed of the roles that permissions are declared with.
#pragma once

#include <string>
#include <vector>

#include "access/rights.h"
#include "toimela/data.h"

namespace toimela::access {

/// Stores what is wished of declared permissions: a row only where it differs from what the plugin
/// declared; what no wish names stays. Returns how many entries of the matrix this changed.
int saveRoleMatrix(WriteTx& tx, const std::vector<PermissionSpec>& declared,
                   const std::vector<Rights::Change>& wished);

/// May this be taken from the role? National administrators keep what they need to undo a mistake.
bool isFixed(std::string_view permission, Role role);

}  // namespace toimela::access
