// Example posts, for trying the service out.
#pragma once

#include <string>

#include "toimela/host.h"

namespace toimela::contacts::handlers {

/// Loads board.json of the folder, after the example networks. It names networks by their Finnish
/// name and people by the first part of their address; days count back from today.
void loadBoardDemo(Host& host, const std::string& folder);

}  // namespace toimela::contacts::handlers
