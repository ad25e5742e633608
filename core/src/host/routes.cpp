// What machines ask for: health, metrics, assets.
#include <nlohmann/json.hpp>

#include "host/core_host.h"
#include "host/open_api.h"

namespace toimela::host {

namespace {

Response health(const Request&, Host&) { return Response::text(200, "ok\n"); }

Response readiness(const Request&, Host& host) {
  return core(host).ready() ? Response::text(200, "ready\n") : Response::text(503, "the database does not answer\n");
}

Response metrics(const Request&, Host& host) {
  Response response = Response::text(200, core(host).metricsText());
  response.headers.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
  return response;
}

Response asset(const Request& request, Host& host) { return core(host).assets().serve(request.path, request.headers); }

Response openApi(const Request&, Host& host) {
  return host.json(describeApi(core(host).contributions(), host.baseUrl()));
}

}  // namespace

void contribute(Registry& registry) {
  describeSharedSchemas(registry);
  registry.routes({
      get("/healthz", health).anyone().standalone().described("The process runs."),
      get("/readyz", readiness).anyone().standalone().described("The process can serve: its database answers."),
      get("/metrics", metrics).anyone().standalone().described("Counters for Prometheus."),
      get("/assets/{file*}", asset).anyone().standalone().described("Style sheets, scripts, fonts and images."),
      get("/api/v1/openapi.json", openApi)
          .anyone()
          .cached()
          .answers("OpenApi")
          .described("This description of the API."),
  });
}

}  // namespace toimela::host
