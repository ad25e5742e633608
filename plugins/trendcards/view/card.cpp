#include "view/card.h"

#include "domain/draw.h"

namespace toimela::trendcards::view {

namespace {

std::string withQuery(std::string path, std::initializer_list<std::string> parameters) {
  char mark = '?';
  for (const std::string& parameter : parameters) {
    if (parameter.empty()) continue;
    path.append(1, mark).append(parameter);
    mark = '&';
  }
  return path;
}

std::string editionParameter(const CardAddress& address) {
  return address.edition ? "edition=" + address.edition->text() : std::string();
}

}  // namespace

View cardView(const Card& card, const Edition& edition, const Words& words) {
  const Theme* theme = edition.theme(card.theme);
  View view;
  view.set("number", card.number)
      .set("of", words.format("trendcards.card.of", {{"number", card.number}, {"total", std::ssize(edition.cards)}}))
      .set("theme", theme ? theme->name : std::string())
      .set("colour", std::string(kColours.code(theme ? theme->colour : Colour::blue)))
      .set("title", card.title)
      .set("card_lang", edition.language.locale == words.locale() ? "" : std::string(code(edition.language.locale)))
      .set("picture", card.image ? words.link(picturePath(card.id)) : std::string())
      .set("alternative", card.alternative)
      .html("front", markdown(card.front))
      .html("back", markdown(card.back))
      .set("tags", joined(card.tags, ", "))
      .set("deck_title", edition.title)
      .set("version", words.format("trendcards.card.version", {{"version", edition.version}}));
  setList(view, "sources", each(card.sources, [](const std::string& source) {
            View item;
            item.set("source", source);
            return item;
          }));
  return view;
}

std::string cardPath(const CardAddress& address, std::int64_t number) {
  return withQuery(pathOf(address.deck) + "/cards/" + std::to_string(number),
                   {editionParameter(address), address.isBack ? "side=back" : "", address.isFull ? "view=full" : ""});
}
std::string deckPath(const CardAddress& address) {
  return withQuery(pathOf(address.deck), {editionParameter(address)});
}
std::string drawPath(const CardAddress& address, const std::vector<std::int64_t>& numbers) {
  return withQuery(pathOf(address.deck) + "/draw", {editionParameter(address), "cards=" + drawText(numbers)});
}

}  // namespace toimela::trendcards::view
