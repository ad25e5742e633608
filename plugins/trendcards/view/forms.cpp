#include "view/forms.h"

#include <algorithm>
#include <utility>

#include "domain/png.h"

namespace toimela::trendcards::view {

namespace {

std::vector<Choice> colours() {
  std::vector<Choice> choices;
  for (const Colour colour : kColours) {
    const std::string code(kColours.code(colour));
    choices.push_back({code, "trendcards.colour." + code});
  }
  return choices;
}

std::vector<Choice> licences() {
  std::vector<Choice> choices;
  for (const Licence licence : kLicences) {
    const std::string code(kLicences.code(licence));
    choices.push_back({code, "trendcards.licence." + code});
  }
  return choices;
}

std::vector<Choice> languages(const std::vector<Language>& offered, const Words& words) {
  std::vector<Choice> choices;
  for (const Language& language : offered) choices.push_back({language.code(), words.language(language), true});
  return choices;
}

std::string of(std::string_view key, const std::string& theme, const Words& words) {
  return words.format(key, {{"theme", theme}});
}

/// Sources and tags, one a line, within bounds.
std::vector<std::string> readLines(Form& form, const char* field, std::size_t most, std::size_t longest) {
  auto found = lines(form.text(field));
  if (found.size() > most) form.error(field, "trendcards.error.too_many_lines", {{"most", std::to_string(most)}});
  for (const std::string& line : found)
    if (characters(line) > longest) {
      form.error(field, "trendcards.error.line_too_long", {{"most", std::to_string(longest)}});
      break;
    }
  return found;
}

}  // namespace

FormSpec newDeckFields(const Words& words) {
  return {Field::text("title", "trendcards.field.deck_title").required().longest(kLongestName),
          Field::choice("language", "trendcards.field.language", languages({std::begin(kLanguages), std::end(kLanguages)}, words)).required(),
          Field::text("theme", "trendcards.field.first_theme").hint("trendcards.field.first_theme_hint").required().longest(kLongestName),
          Field::choice("colour", "trendcards.field.colour", colours()).required(),
          Field::choice("licence", "trendcards.field.licence", licences()).required()};
}

NewDeck readNewDeck(const Form& form, std::optional<RegionCode> region) {
  const std::string theme = keyOf(form.text("theme"));
  const Colour colour = *kColours.parse(form.text("colour"));
  NewDeck made;
  made.deck = {.id = {}, .region = region, .key = keyOf(form.text("title")),
               .licence = *kLicences.parse(form.text("licence")), .themes = {{theme, colour}}};
  made.first.language = *Language::parse(form.text("language"));
  made.first.title = form.text("title");
  made.first.themes = {{theme, colour, form.text("theme")}};
  return made;
}

FormSpec deckBasics() {
  return {Field::text("key", "trendcards.field.key").hint("trendcards.field.key_hint").required().longest(40),
          Field::choice("licence", "trendcards.field.licence", licences()).required()};
}

FormSpec deckFields(const Deck& deck, const Words& words) {
  FormSpec fields = deckBasics();
  for (const DeckTheme& theme : deck.themes) {
    fields.push_back(Field::choice("colour_" + theme.key, "trendcards.field.colour", colours())
                         .asks(of("trendcards.field.colour_of", theme.key, words)).required());
    fields.push_back(Field::number("place_" + theme.key, "trendcards.field.place", 1, static_cast<std::int64_t>(kMostThemes))
                         .asks(of("trendcards.field.place_of", theme.key, words)).required());
    fields.push_back(Field::flag("remove_" + theme.key, "trendcards.field.remove")
                         .asks(of("trendcards.field.remove_of", theme.key, words)));
  }
  fields.push_back(Field::text("new_theme", "trendcards.field.new_theme").hint("trendcards.field.new_theme_hint").longest(kLongestName));
  fields.push_back(Field::choice("new_colour", "trendcards.field.new_colour", colours()));
  fields.push_back(Field::hidden("revision"));
  return fields;
}

Form filledDeck(const Deck& deck, const Words& words) {
  Form form(deckFields(deck, words));
  form.fill("key", deck.key).fill("licence", std::string(kLicences.code(deck.licence)));
  for (std::size_t i = 0; i < deck.themes.size(); ++i)
    form.fill("colour_" + deck.themes[i].key, std::string(kColours.code(deck.themes[i].colour)))
        .fill("place_" + deck.themes[i].key, std::to_string(i + 1));
  form.fill("revision", std::to_string(deck.revision));
  return form;
}

Deck readDeck(Form& form, Deck deck) {
  if (form.ok() && !isKey(form.text("key"))) form.error("key", "trendcards.error.key");
  deck.key = form.text("key");
  if (const auto licence = kLicences.parse(form.text("licence"))) deck.licence = *licence;
  std::vector<std::pair<std::int64_t, DeckTheme>> placed;
  for (const DeckTheme& theme : deck.themes)
    if (!form.flag("remove_" + theme.key))
      placed.emplace_back(form.number("place_" + theme.key).value_or(0),
                          DeckTheme{theme.key, kColours.parse(form.text("colour_" + theme.key)).value_or(theme.colour)});
  std::ranges::stable_sort(placed, {}, &std::pair<std::int64_t, DeckTheme>::first);
  std::vector<DeckTheme> themes;
  for (auto& [place, theme] : placed) themes.push_back(std::move(theme));
  if (const std::string& name = form.text("new_theme"); !name.empty()) {
    const std::string key = keyOf(name);
    if (std::ranges::find(themes, key, &DeckTheme::key) != themes.end()) form.error("new_theme", "trendcards.error.theme_twice");
    if (themes.size() >= kMostThemes)
      form.error("new_theme", "trendcards.error.too_many_lines", {{"most", std::to_string(kMostThemes)}});
    themes.push_back({key, kColours.parse(form.text("new_colour")).value_or(Colour::blue)});
  }
  if (themes.empty()) form.error("new_theme", "trendcards.error.no_theme");
  deck.themes = std::move(themes);
  if (const auto revision = parseId(form.text("revision"))) deck.revision = *revision;
  return deck;
}

FormSpec editionBasics() {
  return {Field::text("title", "trendcards.field.deck_title").required().longest(kLongestName),
          Field::multiline("introduction", "trendcards.field.introduction")
              .hint("trendcards.field.markdown").longest(kLongestIntroduction),
          Field::hidden("revision")};
}

FormSpec editionFields(const Edition& edition, const Words& words) {
  FormSpec fields = editionBasics();
  for (const Theme& theme : edition.themes)
    fields.push_back(Field::text("theme_" + theme.key, "trendcards.field.theme_name")
                         .asks(of("trendcards.field.theme_name_of", theme.key, words)).longest(kLongestName));
  return fields;
}

Form filledEdition(const Edition& edition, const Words& words) {
  Form form(editionFields(edition, words));
  form.fill("title", edition.title).fill("introduction", edition.introduction);
  for (const Theme& theme : edition.themes) form.fill("theme_" + theme.key, theme.name);
  form.fill("revision", std::to_string(edition.revision));
  return form;
}

Edition readEdition(const Form& form, Edition edition) {
  edition.title = form.text("title");
  edition.introduction = form.text("introduction");
  for (Theme& theme : edition.themes) theme.name = form.text("theme_" + theme.key);
  if (const auto revision = parseId(form.text("revision"))) edition.revision = *revision;
  return edition;
}

FormSpec cardFields(const Edition& edition, bool hasPicture) {
  std::vector<Choice> themes;
  for (const Theme& theme : edition.themes) themes.push_back({theme.key, theme.name.empty() ? theme.key : theme.name, true});
  FormSpec fields{
      Field::choice("theme", "trendcards.field.theme", std::move(themes)).required(),
      Field::text("title", "trendcards.field.title").longest(kLongestTitle),
      Field::multiline("front", "trendcards.field.front").hint("trendcards.field.front_hint").longest(kLongestFront),
      Field::multiline("back", "trendcards.field.back").hint("trendcards.field.back_hint").longest(kLongestBack),
      Field::multiline("sources", "trendcards.field.sources").hint("trendcards.field.one_a_line").longest(1500),
      Field::multiline("tags", "trendcards.field.tags").hint("trendcards.field.one_a_line").longest(300),
      Field::file("file", "trendcards.field.picture", ".png").hint("trendcards.field.picture_hint"),
      Field::text("alternative", "trendcards.field.alternative").hint("trendcards.field.alternative_hint").longest(kLongestAlternative)};
  if (hasPicture) fields.push_back(Field::flag("remove_picture", "trendcards.field.remove_picture"));
  fields.push_back(Field::hidden("card"));
  return fields;
}

Form filledCard(const Edition& edition, const Card& card) {
  Form form(cardFields(edition, card.image.has_value()));
  form.fill("theme", card.theme)
      .fill("title", card.title)
      .fill("front", card.front)
      .fill("back", card.back)
      .fill("sources", joined(card.sources, "\n"))
      .fill("tags", joined(card.tags, "\n"))
      .fill("alternative", card.alternative)
      .fill("card", card.id.value > 0 ? card.id.text() : std::string());
  return form;
}

Card readCard(Form& form, Card card) {
  card.theme = form.text("theme");
  card.title = form.text("title");
  card.front = form.text("front");
  card.back = form.text("back");
  card.sources = readLines(form, "sources", kMostSources, kLongestSource);
  card.tags = readLines(form, "tags", kMostTags, kLongestTag);
  card.alternative = form.text("alternative");
  return card;
}

FormSpec newEditionFields(const std::vector<Language>& free, const std::vector<EditionHead>& from, const Words& words) {
  std::vector<Choice> sources{{"", "trendcards.field.from_nothing"}};
  for (const EditionHead& edition : from)
    sources.push_back({edition.id.text(), words.language(edition.language) + ", " +
                                              words.format("trendcards.card.version", {{"version", edition.version}}), true});
  return {Field::choice("language", "trendcards.field.language", languages(free, words)).required(),
          Field::text("title", "trendcards.field.deck_title").required().longest(kLongestName),
          Field::choice("from", "trendcards.field.from", std::move(sources)).hint("trendcards.field.from_hint")};
}

FormSpec copyFields(const std::vector<const Region*>& regions, bool nation, const Words& words) {
  std::vector<Choice> places;
  if (nation) places.push_back({"nation", words.place(std::nullopt), true});
  for (const Region* region : regions) places.push_back({region->code.text(), words.pick(region->name), true});
  return {Field::choice("place", "trendcards.field.place_to", std::move(places)).required()};
}

}  // namespace toimela::trendcards::view
