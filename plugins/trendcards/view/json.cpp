#include "view/json.h"

#include <nlohmann/json.hpp>

#include "view/words.h"

namespace toimela::trendcards::view {

namespace {

using Json = nlohmann::ordered_json;

const Json kId{{"type", "string"}, {"pattern", "^[1-9][0-9]*$"}};
const Json kText{{"type", "string"}};
const Json kOptionalText{{"type", Json::array({"string", "null"})}};
const Json kCount{{"type", "integer"}, {"minimum", 0}};
const Json kFlag{{"type", "boolean"}};

Json object(Json properties) {
  Json required = Json::array();
  for (const auto& [name, schema] : properties.items()) required.push_back(name);
  return {{"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(required)}};
}
Json listOf(Json item) { return {{"type", "array"}, {"items", std::move(item)}}; }
template <class Table>
Json oneOf(const Table& table) {
  Json codes = Json::array();
  for (const auto value : table) codes.push_back(table.code(value));
  return {{"type", "string"}, {"enum", std::move(codes)}};
}

Json headObject(const EditionHead& edition) {
  return {{"id", edition.id.text()},
          {"language", code(edition.language.locale)},
          {"plain", edition.language.isPlain},
          {"version", edition.version},
          {"state", kEditionStates.code(edition.state)},
          {"title", edition.title},
          {"cards", edition.cardCount},
          {"publishedAt", edition.publishedAt ? Json(isoText(*edition.publishedAt)) : Json()}};
}

Json deckObject(const ListedDeck& listed, bool all) {
  const Deck& deck = listed.deck;
  Json themes = Json::array(), editions = Json::array();
  for (const DeckTheme& theme : deck.themes) themes.push_back({{"key", theme.key}, {"colour", kColours.code(theme.colour)}});
  for (const EditionHead& edition : all ? listed.editions : readable(listed.editions)) editions.push_back(headObject(edition));
  return {{"id", deck.id.text()},
          {"region", deck.region ? Json(deck.region->text()) : Json()},
          {"key", deck.key},
          {"licence", kLicences.code(deck.licence)},
          {"origin", deck.origin ? Json(deck.origin->text()) : Json()},
          {"themes", std::move(themes)},
          {"editions", std::move(editions)}};
}

Json cardObject(const Card& card, const Host& host) {
  return {{"id", card.id.text()},
          {"number", card.number},
          {"trend", card.trend},
          {"theme", card.theme},
          {"title", card.title},
          {"front", card.front},
          {"back", card.back},
          {"sources", card.sources},
          {"picture", card.image ? Json(host.baseUrl() + "/fi" + picturePath(card.id)) : Json()},
          {"alternative", card.alternative},
          {"tags", card.tags}};
}

Json headProperties() {
  return {{"id", kId},       {"language", kText}, {"plain", kFlag},  {"version", kCount},
          {"state", oneOf(kEditionStates)}, {"title", kText}, {"cards", kCount}, {"publishedAt", kOptionalText}};
}

Json cardProperties() {
  return {{"id", kId},       {"number", kCount}, {"trend", kCount},     {"theme", kText},
          {"title", kText},  {"front", kText},   {"back", kText},       {"sources", listOf(kText)},
          {"picture", kOptionalText}, {"alternative", kText}, {"tags", listOf(kText)}};
}

/// Of a card that is sent: Markdown in `front` and `back`.
Json cardChanges() {
  return {{"theme", kText}, {"title", kText}, {"front", kText}, {"back", kText},
          {"sources", listOf(kText)}, {"alternative", kText}, {"tags", listOf(kText)}};
}

}  // namespace

std::string decksJson(const std::vector<ListedDeck>& decks, const std::optional<std::string>& next) {
  Json items = Json::array();
  for (const ListedDeck& deck : decks) items.push_back(deckObject(deck, false));
  return Json{{"items", std::move(items)}, {"next", next ? Json(*next) : Json()}}.dump();
}

std::string deckJson(const ListedDeck& deck, bool all) { return deckObject(deck, all).dump(); }

std::string editionJson(const Edition& edition, const Host& host) {
  Json json = headObject(edition);
  Json themes = Json::array(), cards = Json::array();
  for (const Theme& theme : edition.themes)
    themes.push_back({{"key", theme.key}, {"colour", kColours.code(theme.colour)}, {"name", theme.name}});
  for (const Card& card : edition.cards) cards.push_back(cardObject(card, host));
  json["deck"] = edition.deck.text();
  json["introduction"] = edition.introduction;
  json["themes"] = std::move(themes);
  json["cards"] = std::move(cards);
  return json.dump();
}

std::string cardJson(const Card& card, const Host& host) { return cardObject(card, host).dump(); }

void addSchemas(Registry& registry) {
  registry.schema("TrendcardsDeck",
                  object({{"id", kId},
                          {"region", kOptionalText},
                          {"key", kText},
                          {"licence", oneOf(kLicences)},
                          {"origin", kOptionalText},
                          {"themes", listOf(object({{"key", kText}, {"colour", oneOf(kColours)}}))},
                          {"editions", listOf(object(headProperties()))}})
                      .dump());
  registry.schema("TrendcardsCard", object(cardProperties()).dump());
  Json edition = headProperties();
  edition["deck"] = kId;
  edition["introduction"] = kText;
  edition["themes"] = listOf(object({{"key", kText}, {"colour", oneOf(kColours)}, {"name", kText}}));
  edition["cards"] = listOf(Json{{"$ref", "#/components/schemas/TrendcardsCard"}});
  registry.schema("TrendcardsEdition", object(edition).dump());
  Json fresh = object({{"title", kText}, {"language", kText}, {"theme", kText}, {"colour", oneOf(kColours)}, {"licence", oneOf(kLicences)}});
  fresh["properties"]["region"] = {{"type", "string"}, {"description", "Code of the region; without it the whole country"}};
  registry.schema("TrendcardsDeckNew", fresh.dump());
  Json added{{"type", "object"}, {"properties", cardChanges()}, {"required", Json::array({"theme"})}};
  registry.schema("TrendcardsCardNew", added.dump());
  registry.schema("TrendcardsCardChange", Json{{"type", "object"}, {"properties", cardChanges()}}.dump());
}

}  // namespace toimela::trendcards::view
