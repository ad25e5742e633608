#include "handlers/search.h"

#include <algorithm>

#include "handlers/rights.h"
#include "store/finding.h"
#include "store/networks.h"
#include "store/people.h"
#include "view/people.h"
#include "view/trail.h"

namespace toimela::contacts::handlers {

namespace {

constexpr std::string_view kEverybodysGroup = "contacts.all";

std::string groupOf(NetworkId network) { return "contacts.network:" + network.text(); }
std::string groupOf(RegionCode region) { return "contacts.region:" + region.text(); }

void append(std::string& to, const std::string& text) {
  if (text.empty()) return;
  if (!to.empty()) to += "\n";
  to += text;
}

search::Document documentOf(const Network& network) {
  return {.id = network.id.value,
          .title = network.name,
          .keywords = {},
          .text = {search::plainText(network.purpose.fi), search::plainText(network.purpose.sv),
                   search::plainText(network.purpose.en)},
          .path = view::pathOf(network.id),
          .region = network.region,
          .date = {},
          .type = std::string(code(network.kind)),
          .project = {},
          .audience = search::Audience::everyone()};
}

/// Those who may see somebody who is no contact person.
search::Audience acquaintancesOf(const store::PersonCard& card) {
  auto audience =
      search::Audience::person(card.person.id).or_(search::Audience::group(kEverybodysGroup));
  for (const store::PersonPlace& place : card.places) {
    audience = audience.or_(search::Audience::group(groupOf(place.where.network)));
    if (place.where.region)
      audience = audience.or_(search::Audience::group(groupOf(*place.where.region)));
  }
  return audience;
}

/// Of a place only what everybody may know: who finds a person by a place learns of it.
search::Document documentOf(const store::PersonCard& card) {
  search::Document document{.id = card.person.id.value,
                            .title = {.fi = card.person.name(), .sv = {}, .en = {}},
                            .keywords = {},
                            .text = card.profile.help,
                            .path = view::pathOf(card.person.id),
                            .region = {},
                            .date = {},
                            .type = {},
                            .languages = card.profile.languages,
                            .project = {},
                            .audience = card.isPublic() ? search::Audience::everyone()
                                                        : acquaintancesOf(card)};
  for (const auto& words : card.profile.expertise)
    document.subjects.push_back({.fi = words, .sv = {}, .en = {}});
  for (const store::PersonPlace& place : card.places) {
    if (!isNamePublic(place.role)) continue;
    for (const Locale locale : kLocales) {
      append(document.keywords.in(locale), place.networkName.in(locale));
      append(document.keywords.in(locale), place.organisationName.in(locale));
    }
  }
  return document;
}

std::vector<std::string> groupsOf(ReadTx& tx, Host& host, const Actor& actor) {
  const Acquaintance reader = acquaintanceOf(actor, host, tx);
  std::vector<std::string> groups;
  if (reader.seesAll || reader.leadsAll) groups.emplace_back(kEverybodysGroup);
  for (const NetworkId network : reader.shared) groups.push_back(groupOf(network));
  for (const NetworkId network : reader.led) groups.push_back(groupOf(network));
  for (const RegionCode& region : reader.ledRegions) groups.push_back(groupOf(region));
  return groups;
}

}  // namespace

search::Source networkSource() {
  return {.kind = std::string(store::kNetworkKind),
          .labelKey = "contacts.search.networks",
          .typeLabels = "contacts.kind.",
          .list = store::networkIdsAfter,
          .read =
              [](ReadTx& tx, const std::vector<std::int64_t>& ids) {
                std::vector<search::Document> documents;
                for (const auto id : ids)
                  if (const auto network = store::findNetwork(tx, NetworkId{id}))
                    documents.push_back(documentOf(*network));
                return documents;
              }};
}

search::Source peopleSource() {
  return {.kind = std::string(store::kPersonKind),
          .labelKey = "contacts.people.search",
          .list =
              [](ReadTx& tx, std::int64_t after, int limit) {
                std::vector<std::int64_t> ids;
                for (const PersonId id : store::everybodyAfter(tx, PersonId{after}, limit))
                  ids.push_back(id.value);
                return ids;
              },
          .read =
              [](ReadTx& tx, const std::vector<std::int64_t>& ids) {
                std::vector<PersonId> people;
                for (const auto id : ids) people.push_back({id});
                std::vector<search::Document> documents;
                for (const auto& card : store::cardsOf(tx, people, Date::today()))
                  documents.push_back(documentOf(card));
                return documents;
              },
          .groups = groupsOf};
}

}  // namespace toimela::contacts::handlers
