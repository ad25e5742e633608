// The pages of a region's items.
#pragma once

#include "toimela/host.h"
#include "toimela/route.h"

namespace toimela::@name@ {

inline constexpr Permission kEditItems{"@name@.items.edit"};

Response showItems(const Request& request, Host& host);
Response newItem(const Request& request, Host& host);
Response addItem(const Request& request, Host& host);

}  // namespace toimela::@name@
