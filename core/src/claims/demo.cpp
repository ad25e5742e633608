#include "claims/demo.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "claims/operations.h"

namespace toimela::claims {

namespace {

using nlohmann::json;

Organisation organisationOf(ReadTx& tx, const json& entry) {
  if (entry.contains("organisation")) {
    auto found = directory::matchOrganisations(tx, entry.at("organisation").get<std::string>(), 1);
    if (found.empty()) throw std::runtime_error("an example claim names an unknown organisation");
    return std::move(found.front());
  }
  const json& name = entry.at("name");
  return {.id = {},
          .name = {name.at("fi"), name.at("sv"), name.at("en")},
          .businessId = {},
          .registerNumber = "",
          .sector = parseSector(entry.at("sector").get<std::string>()).value(),
          .region = RegionCode::parse(entry.at("region").get<std::string>()).value()};
}

}  // namespace

void loadDemo(Host& host, const std::string& folder) {
  const json claims = json::parse(std::ifstream(folder + "/claims.json"));
  for (const json& entry : claims) {
    const auto person = host.read([&](ReadTx& tx) {
      return directory::findPerson(tx, EmailAddress::parse(entry.at("person").get<std::string>()).value());
    });
    if (!person) throw std::runtime_error("an example claim names an unknown person");
    host.writeAs(person->id, [&](WriteTx& tx) {
      const auto outcome = ask(tx, {.id = {},
                                    .person = person->id,
                                    .organisation = organisationOf(tx, entry),
                                    .title = entry.at("title"),
                                    .message = entry.at("message"),
                                    .reason = ""});
      if (const auto* id = std::get_if<ClaimId>(&outcome); id && entry.contains("declined"))
        decline(tx, core(host), *id, entry.at("declined"));
    });
  }
}

}  // namespace toimela::claims
