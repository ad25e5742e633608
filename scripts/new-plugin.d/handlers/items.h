// The pages of a region's items.
#pragma once

#include "toimela/host.h"

namespace toimela::@name@ {

inline constexpr Permission kAddItem{"@name@.item.add"};

}  // namespace toimela::@name@

namespace toimela::@name@::handlers {

Response showItems(const Request& request, Host& host);
Response newItem(const Request& request, Host& host);
Response addItem(const Request& request, Host& host);

}  // namespace toimela::@name@::handlers
