#include "pages/offline.h"

#include "host/core_host.h"
#include "pages/assets.h"

namespace toimela::pages {

Response serviceWorker(const Request& request, Host& host) {
  const Assets& assets = core(host).assets();
  Response response = assets.serve(assets.address("service-worker.js"), request.headers);
  // A new version is found because the address stays and the answer is asked for again.
  response.headers.set("Cache-Control", "no-cache");
  return response;
}

Response showOffline(const Request& request, Host& host) {
  return host.page(request, "offline", View{}, {.title = host.texts().get(request.locale, "offline.title")});
}

}  // namespace toimela::pages
