#include "exchange/package.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "domain/png.h"

namespace toimela::trendcards::exchange {

namespace {

using Json = nlohmann::ordered_json;
using Kind = Problem::Kind;

constexpr std::string_view kFormat = "toimela-deck-1";

/// Reads one file after the other and notes everything that is wrong.
class Reader {
 public:
  explicit Reader(const Files& files) : files_(files) {}

  Problems problems;
  Package package;

  void read() {
    const auto json = document("deck.json");
    if (!json) return;
    file_ = "deck.json";
    if (text(*json, "format", true, 40) != kFormat) return add(Kind::wrongFormat, std::string(kFormat));
    readDeck(*json);
    const auto editions = json->find("editions");
    if (editions == json->end() || !editions->is_array() || editions->empty()) return add(Kind::wrongValue, "editions");
    if (editions->size() > std::size(kLanguages)) return add(Kind::tooMany, "editions");
    for (const Json& name : *editions) {
      file_ = "deck.json";
      if (!name.is_string()) add(Kind::wrongValue, "editions");
      else readEdition(name.get<std::string>());
    }
  }

 private:
  void add(Kind kind, std::string detail = {}) {
    if (problems.size() < kMostProblems) problems.push_back({kind, file_, card_, std::move(detail)});
  }

  std::optional<Json> document(const std::string& name) {
    file_ = name;
    const auto found = files_.find(name);
    if (found == files_.end()) {
      add(Kind::missingFile);
      return std::nullopt;
    }
    auto json = Json::parse(found->second, nullptr, false);
    if (!json.is_object()) {
      add(Kind::notJson);
      return std::nullopt;
    }
    return json;
  }

  std::string text(const Json& json, const char* field, bool isRequired, std::size_t longest) {
    const auto found = json.find(field);
    if (found == json.end() || found->is_null()) {
      if (isRequired) add(Kind::wrongValue, field);
      return {};
    }
    if (!found->is_string()) return add(Kind::wrongValue, field), std::string();
    auto value = found->get<std::string>();
    if (isRequired && value.empty()) add(Kind::wrongValue, field);
    // Nobody typed these, but they are shown and stored like what is typed.
    if (value.find('\0') != std::string::npos) return add(Kind::wrongValue, field), std::string();
    if (characters(value) > longest) add(Kind::tooLong, field);
    return value;
  }

  std::vector<std::string> texts(const Json& json, const char* field, std::size_t most, std::size_t longest) {
    std::vector<std::string> values;
    const auto found = json.find(field);
    if (found == json.end() || found->is_null()) return values;
    if (!found->is_array()) return add(Kind::wrongValue, field), values;
    if (found->size() > most) add(Kind::tooMany, field);
    for (const Json& each : *found) {
      if (!each.is_string() || lines(each.get<std::string>()).size() != 1) {
        add(Kind::wrongValue, field);
        continue;
      }
      values.push_back(lines(each.get<std::string>()).front());
      if (characters(values.back()) > longest) add(Kind::tooLong, field);
    }
    return values;
  }

  std::optional<std::int64_t> number(const Json& json, const char* field) {
    const auto found = json.find(field);
    if (found == json.end() || !found->is_number_integer()) return std::nullopt;
    return found->is_number_unsigned() && found->get<std::uint64_t>() > 1'000'000 ? 1'000'000 : found->get<std::int64_t>();
  }

  void readDeck(const Json& json) {
    package.deck.key = text(json, "key", true, 40);
    if (!isKey(package.deck.key)) add(Kind::wrongValue, "key");
    const auto licence = kLicences.parse(text(json, "licence", true, 40));
    if (licence) package.deck.licence = *licence;
    else add(Kind::wrongValue, "licence");
    const auto themes = json.find("themes");
    if (themes == json.end() || !themes->is_array() || themes->empty()) return add(Kind::wrongValue, "themes");
    if (themes->size() > kMostThemes) return add(Kind::tooMany, "themes");
    for (const Json& each : *themes) readTheme(each);
  }

  void readTheme(const Json& json) {
    if (!json.is_object()) return add(Kind::wrongValue, "themes");
    const std::string key = text(json, "key", true, 40);
    const auto colour = kColours.parse(text(json, "colour", true, 40));
    if (!isKey(key)) return add(Kind::wrongValue, "themes.key");
    if (!colour) return add(Kind::wrongValue, "themes.colour");
    if (std::ranges::find(package.deck.themes, key, &DeckTheme::key) != package.deck.themes.end())
      return add(Kind::twice, key);
    package.deck.themes.push_back({key, *colour});
  }

  void readEdition(const std::string& name) {
    if (name == "deck.json" || name.size() > 60) return add(Kind::wrongValue, "editions");
    const auto json = document(name);
    if (!json) return;
    PackagedEdition made{.file = name, .edition = {}, .pictures = {}};
    Edition& edition = made.edition;
    const auto plain = json->find("plain");
    const bool isPlain = plain != json->end() && plain->is_boolean() && plain->get<bool>();
    if (plain != json->end() && !plain->is_boolean()) add(Kind::wrongValue, "plain");
    const auto language = Language::parse(text(*json, "language", true, 10) + (isPlain ? "-plain" : ""));
    if (!language) return add(Kind::wrongValue, "language");
    for (const PackagedEdition& before : package.editions)
      if (before.edition.language == *language) return add(Kind::twice, language->code());
    edition.language = *language;
    edition.title = text(*json, "title", true, kLongestName);
    edition.introduction = text(*json, "introduction", false, kLongestIntroduction);
    readNames(*json, edition);
    const auto cards = json->find("cards");
    if (cards == json->end() || !cards->is_array()) return add(Kind::wrongValue, "cards");
    if (cards->size() > kMostCards) return add(Kind::tooMany, "cards");
    for (const Json& each : *cards) readCard(each, made);
    card_ = 0;
    edition.cardCount = std::ssize(edition.cards);
    package.editions.push_back(std::move(made));
  }

  void readNames(const Json& json, Edition& edition) {
    const auto names = json.find("themes");
    if (names == json.end() || !names->is_object()) return add(Kind::wrongValue, "themes");
    for (const DeckTheme& theme : package.deck.themes) {
      // An older edition does not have the themes that came after it.
      if (!names->contains(theme.key)) continue;
      std::string name = text(*names, theme.key.c_str(), false, kLongestName);
      if (name.empty()) add(Kind::themeWithoutName, theme.key);
      edition.themes.push_back({theme.key, theme.colour, std::move(name)});
    }
  }

  void readCard(const Json& json, PackagedEdition& made) {
    card_ = std::ssize(made.edition.cards) + 1;
    if (!json.is_object()) return add(Kind::wrongValue, "cards");
    Card card;
    card.number = card_;
    if (number(json, "number") != card_) add(Kind::wrongNumber, std::to_string(card_));
    card.trend = json.contains("trend") ? number(json, "trend").value_or(0) : card_;
    if (card.trend < 1 || card.trend > 100'000) add(Kind::wrongValue, "trend");
    if (std::ranges::find(made.edition.cards, card.trend, &Card::trend) != made.edition.cards.end()) add(Kind::twice, "trend");
    card.theme = text(json, "theme", true, 40);
    if (!made.edition.theme(card.theme)) add(Kind::unknownTheme, card.theme);
    card.title = text(json, "title", true, kLongestTitle);
    card.front = text(json, "front", true, kLongestFront);
    card.back = text(json, "back", false, kLongestBack);
    card.sources = texts(json, "sources", kMostSources, kLongestSource);
    card.tags = texts(json, "tags", kMostTags, kLongestTag);
    card.alternative = text(json, "alternative", false, kLongestAlternative);
    made.pictures.push_back(readPicture(json, card));
    made.edition.cards.push_back(std::move(card));
  }

  std::string readPicture(const Json& json, const Card& card) {
    std::string name = text(json, "image", false, 100);
    if (name.empty()) return name;
    if (card.alternative.empty()) add(Kind::pictureWithoutAlternative);
    if (package.pictures.contains(name)) return name;
    const auto found = files_.find(name);
    if (found == files_.end()) return add(Kind::missingFile, name), name;
    const auto fault = faultOf(found->second);
    if (fault == PictureFault::notPng || fault == PictureFault::otherFormat) add(Kind::pictureNotPng, name);
    if (fault == PictureFault::tooManyPixels) add(Kind::pictureTooManyPixels, name);
    if (fault == PictureFault::tooHeavy) add(Kind::pictureTooHeavy, name);
    if (!fault) package.pictures.emplace(name, found->second);
    return name;
  }

  const Files& files_;
  std::string file_;
  std::int64_t card_ = 0;
};

Json written(const Card& card, const std::string& picture) {
  Json json{{"number", card.number}};
  if (card.trend != card.number) json["trend"] = card.trend;
  json["theme"] = card.theme;
  json["title"] = card.title;
  json["front"] = card.front;
  json["back"] = card.back;
  json["sources"] = card.sources;
  if (!picture.empty()) json["image"] = picture;
  json["alternative"] = card.alternative;
  json["tags"] = card.tags;
  return json;
}

Json written(const PackagedEdition& packaged) {
  const Edition& edition = packaged.edition;
  Json names = Json::object(), cards = Json::array();
  for (const Theme& theme : edition.themes) names[theme.key] = theme.name;
  for (std::size_t i = 0; i < edition.cards.size(); ++i) cards.push_back(written(edition.cards[i], packaged.pictures[i]));
  return {{"language", code(edition.language.locale)},
          {"plain", edition.language.isPlain},
          {"title", edition.title},
          {"introduction", edition.introduction},
          {"themes", std::move(names)},
          {"cards", std::move(cards)}};
}

}  // namespace

std::variant<Package, Problems> parse(const Files& files) {
  Reader reader(files);
  reader.read();
  if (!reader.problems.empty()) return std::move(reader.problems);
  return std::move(reader.package);
}

Files write(const Package& package) {
  Json themes = Json::array(), editions = Json::array();
  for (const DeckTheme& theme : package.deck.themes)
    themes.push_back({{"key", theme.key}, {"colour", kColours.code(theme.colour)}});
  Files files = package.pictures;
  for (const PackagedEdition& each : package.editions) {
    editions.push_back(each.file);
    files[each.file] = written(each).dump(2) + "\n";
  }
  const Json deck{{"format", kFormat},
                  {"key", package.deck.key},
                  {"licence", kLicences.code(package.deck.licence)},
                  {"themes", std::move(themes)},
                  {"editions", std::move(editions)}};
  files["deck.json"] = deck.dump(2) + "\n";
  return files;
}

}  // namespace toimela::trendcards::exchange
