#include "directory/schemas.h"

#include "kit/json_schema.h"

namespace toimela::directory {

namespace {

using namespace schema;

Json revision(std::string_view words) {
  return described(with(number(), "minimum", 1), words);
}

/// What may be left out of an organisation that is sent.
Properties details() {
  return {{"municipality", described(orNull(text()), "Code of one in the region.")},
          {"businessId", orNull(text())},
          {"registerNumber", with(orNull(text()), "maxLength", 40)},
          {"website", with(orNull(text()), "maxLength", 300)},
          {"summary", ref("LocalTextWish")}};
}

Json organisation() {
  return answer({{"id", ref("Id")},
                 {"name", ref("LocalText")},
                 {"sector", ref("Sector")},
                 {"region", ref("RegionCode")},
                 {"municipality", orNull(pattern("^[0-9]{3}$"))},
                 {"businessId", orNull(pattern("^[0-9]{7}-[0-9]$"))},
                 {"registerNumber", orNull(text())},
                 {"website", orNull(text())},
                 {"summary", ref("LocalText")},
                 {"revision", revision("Raised by every change.")}});
}

Json newOrganisation() {
  return wish({{"region", described(text(), "Code or slug: 06, pirkanmaa.")},
               {"name", ref("LocalTextWish")},
               {"sector", ref("Sector")}},
              details());
}

Json changedOrganisation() {
  return described(
      wish({{"name", ref("LocalTextWish")},
            {"sector", ref("Sector")},
            {"revision",
             revision("The one that was read; 409 if it is not the stored one any more.")}},
           details()),
      "The whole card: what does not come is emptied. Region and id stay as they are.");
}

Json region() {
  return answer({{"code", ref("RegionCode")},
                 {"slug", described(text(), "Stands in addresses.")},
                 {"name", ref("LocalText")},
                 {"tile", described(answer({{"column", number()}, {"row", number()}}),
                                    "Its place on the tile map.")}});
}

}  // namespace

void describeSchemas(Registry& registry) {
  registry.schema("Sector", oneOf({"association", "foundation", "municipality", "state", "school",
                                   "company", "other"})
                                .dump());
  registry.schema("Organisation", organisation().dump());
  registry.schema("OrganisationNew", newOrganisation().dump());
  registry.schema("OrganisationChange", changedOrganisation().dump());
  registry.schema("Region", region().dump());
  registry.schema("RegionList", wholeList(ref("Region")).dump());
  registry.schema("Municipality", answer({{"code", pattern("^[0-9]{3}$")},
                                          {"name", ref("LocalText")},
                                          {"region", ref("RegionCode")}})
                                      .dump());
}

}  // namespace toimela::directory
