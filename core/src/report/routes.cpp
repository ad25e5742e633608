// Every route of the report room.
#include "kit/json_schema.h"
#include "report/contribute.h"
#include "report/handlers.h"

namespace toimela::report {

namespace {

using namespace schema;

Json figure() {
  return answer({{"key", described(text(), "Lasting name of the figure within its part.")},
                 {"label", described(text(), "In the language of the request.")},
                 {"kind", oneOf({"count", "share", "mean"})},
                 {"value", described(orNull(Json{{"type", "number"}}), "A share is 0–1; null when there is nothing to tell.")},
                 {"ofTooFew", described(flag(), "Kept back, as it would tell of fewer than five people.")},
                 {"yearBefore", orNull(Json{{"type", "number"}})},
                 {"yearBeforeOfTooFew", flag()}});
}

Json list() {
  return answer({{"title", text()},
                 {"all", described(number(), "How many there are; at most 100 are named.")},
                 {"things", listOf(answer({{"title", ref("LocalText")}, {"url", text("uri")}, {"day", orNull(text("date"))}}))}});
}

Json wholeReport() {
  return answer({{"year", number()},
                 {"region", orNull(ref("RegionCode"))},
                 {"parts", listOf(answer({{"plugin", text()},
                                          {"title", text()},
                                          {"figures", listOf(figure())},
                                          {"lists", listOf(list())}}))}});
}

}  // namespace

void contribute(Registry& registry) {
  registry.schema("Report", wholeReport().dump());
  registry.routes({
      get("/report", showReport).anyone().cached().described("What happened in a year in the whole country"),
      get("/regions/{region}/report", showReport).anyone().cached().described("What happened in a year in a region"),
      // Not kept: its words are in the language that the request prefers.
      get("/api/v1/report", apiReport)
          .anyone().answers("Report")
          .reads("year", "this one without it").reads("region", "code or slug; the whole country without it")
          .described("What happened in a year, a part from each plugin"),
  });
  registry.navigation({"/regions/{region}/report", "report.navigation", std::nullopt, 80});
}

}  // namespace toimela::report
