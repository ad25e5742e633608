#include "view/json.h"

#include <nlohmann/json.hpp>

#include "domain/png.h"
#include "view/collections.h"
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
          {"publishedAt", edition.publishedAt ? Json(isoText(*edition.publishedAt)) : Json()},
          {"revision", edition.revision}};
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
          {"putAside", deck.putAsideAt.has_value()},
          {"revision", deck.revision},
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
          {"state", oneOf(kEditionStates)}, {"title", kText}, {"cards", kCount}, {"publishedAt", kOptionalText}, {"revision", kCount}};
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

Json collectionObject(const ListedCollection& listed, const Host& host) {
  const Collection& collection = listed.collection;
  Json cards = Json::array();
  for (const Collected& card : listed.cards)
    cards.push_back({{"id", card.card.text()},
                     {"deck", card.deck.text()},
                     {"edition", card.edition.text()},
                     {"number", card.number},
                     {"title", card.title}});
  return {{"id", collection.id.text()},
          {"name", collection.name},
          {"shared", collection.isShared},
          {"link", collection.isShared ? Json(host.baseUrl() + "/fi" + sharedPath(collection)) : Json()},
          {"cards", std::move(cards)}};
}

Json described(Json schema, const char* words) {
  schema["description"] = words;
  return schema;
}

/// What is sent to change something: nothing of it must come.
Json changes(Json properties) { return {{"type", "object"}, {"properties", std::move(properties)}}; }

void addChangeSchemas(Registry& registry) {
  const Json revision = described(kCount, "As it was read: who saved it meanwhile is not overwritten (409)");
  const Json themes = listOf(changes({{"key", kText}, {"colour", oneOf(kColours)}}));
  registry.schema("TrendcardsDeckChange",
                  changes({{"key", kText}, {"licence", oneOf(kLicences)},
                           {"themes", described(themes, "All of them, in their order; one with cards can not be left out (409)")},
                           {"putAside", kFlag}, {"revision", revision}}).dump());
  registry.schema("TrendcardsDeckCopy",
                  object({{"place", described(kText, "Code of a region, or \"nation\"")}}).dump());
  Json fresh = object({{"language", kText}, {"title", kText}});
  fresh["properties"]["from"] = described(kId, "The newest edition of another language, whose cards are copied");
  registry.schema("TrendcardsEditionNew", fresh.dump());
  registry.schema("TrendcardsEditionChange",
                  changes({{"title", kText}, {"introduction", kText},
                           {"themes", listOf(changes({{"key", kText}, {"name", kText}}))}, {"revision", revision}}).dump());
  // OpenAPI takes the media type of the body from here.
  registry.schema("TrendcardsPicture",
                  Json{{"type", "string"}, {"contentMediaType", "image/png"}, {"maxLength", kHeaviestPicture},
                       {"description", "At most 1200 × 900 pixels and 2 MiB"}}.dump());
}

void addCollectionSchemas(Registry& registry) {
  const Json cards = listOf(object({{"id", kId}, {"deck", kId}, {"edition", kId}, {"number", kCount}, {"title", kText}}));
  registry.schema("TrendcardsCollection",
                  object({{"id", kId}, {"name", kText}, {"shared", kFlag}, {"link", kOptionalText}, {"cards", cards}}).dump());
  const Json ids = described(listOf(kId), "Ids of published cards, in their order");
  Json fresh = object({{"name", kText}});
  fresh["properties"]["cards"] = ids;
  registry.schema("TrendcardsCollectionNew", fresh.dump());
  registry.schema("TrendcardsCollectionChange", changes({{"name", kText}, {"cards", ids}, {"shared", kFlag}}).dump());
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

std::string collectionsJson(const std::vector<ListedCollection>& collections, const std::optional<std::string>& next,
                            const Host& host) {
  Json items = Json::array();
  for (const ListedCollection& each : collections) items.push_back(collectionObject(each, host));
  return Json{{"items", std::move(items)}, {"next", next ? Json(*next) : Json()}}.dump();
}

std::string collectionJson(const ListedCollection& collection, const Host& host) {
  return collectionObject(collection, host).dump();
}

std::string cardJson(const Card& card, const Host& host) { return cardObject(card, host).dump(); }

void addSchemas(Registry& registry) {
  registry.schema("TrendcardsDeck",
                  object({{"id", kId},
                          {"region", kOptionalText},
                          {"key", kText},
                          {"licence", oneOf(kLicences)},
                          {"origin", kOptionalText},
                          {"putAside", kFlag},
                          {"revision", kCount},
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
  Json change = cardChanges();
  change["number"] = described(kCount, "Its new place; the others make room");
  registry.schema("TrendcardsCardChange", changes(std::move(change)).dump());
  addChangeSchemas(registry);
  addCollectionSchemas(registry);
}

}  // namespace toimela::trendcards::view
