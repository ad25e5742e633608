// `toimela secret renew`, for when somebody may have read the database or a backup.
#pragma once

#include "toimela/registry.h"

namespace toimela::access {

Command secretRenewCommand();

}  // namespace toimela::access
