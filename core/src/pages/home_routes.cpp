// Every route of the pages room.
#include "host/core_host.h"
#include "pages/appearance.h"
#include "pages/crawlers.h"
#include "pages/home_handlers.h"
#include "pages/offline.h"
#include "pages/service_pages.h"
#include "toimela/registry.h"

namespace toimela::pages {

void contribute(Registry& registry) {
  registry.routes({
      get("/", showHome).anyone().cached().described("What Toimela is, and the map of the regions"),
      get("/regions/{region}", showRegion)
          .anyone().cached().described("What a region offers and who takes part in it"),
      get("/appearance", showAppearance).anyone().described("Light or dark, as a choice of this browser"),
      post("/appearance", changeAppearance).anyone().described("Keeps the choice in a cookie"),
      get("/robots.txt", robots).anyone().cached().described("What search engines are asked to leave out, and where sitemaps are"),
      get("/sitemap.xml", sitemapIndex).anyone().cached().described("The sitemaps of core and plugins"),
      get("/sitemaps/pages.xml", sitemapOfPages).anyone().cached().described("Pages of the navigation, for search engines"),
      get("/service-worker.js", serviceWorker).anyone().cached().described("Keeps what is open usable while the network is away"),
      get("/offline", showOffline).anyone().cached().described("What is shown while the network is away"),
      get("/shortcuts", showShortcuts).anyone().cached().described("What the keys of a keyboard do"),
      get("/accessibility", showAccessibility)
          .anyone().cached().described("How accessible the service is, and whom to tell what is not"),
      get("/dashboard", showDashboard).signedIn().described("What concerns the person who is signed in"),
  });
}

}  // namespace toimela::pages
