// What keeps open pages usable while the network is away (docs/offline.md).
#pragma once

#include "toimela/host.h"
#include "toimela/request.h"

namespace toimela::pages {

/// The asset "service-worker.js" at an address of its own: the address is the identity of a worker, and
/// its folder is what the worker may look after (Service Workers, W3C, 2.2 "scope url").
Response serviceWorker(const Request& request, Host& host);
/// What the worker shows instead of a page that it can not fetch.
Response showOffline(const Request& request, Host& host);

}  // namespace toimela::pages
