#include "domain/deck.h"

#include <algorithm>
#include <cctype>

namespace toimela::trendcards {

std::string Language::code() const {
  return std::string(toimela::code(locale)) + (isPlain ? "-plain" : "");
}

std::optional<Language> Language::parse(std::string_view code) {
  for (const Language& language : kLanguages)
    if (language.code() == code) return language;
  return std::nullopt;
}

const Theme* Edition::theme(std::string_view key) const {
  const auto found = std::ranges::find(themes, key, &Theme::key);
  return found == themes.end() ? nullptr : &*found;
}
const Card* Edition::card(CardId wanted) const {
  const auto found = std::ranges::find(cards, wanted, &Card::id);
  return found == cards.end() ? nullptr : &*found;
}
const Card* Edition::numbered(std::int64_t number) const {
  const auto found = std::ranges::find(cards, number, &Card::number);
  return found == cards.end() ? nullptr : &*found;
}

bool isKey(std::string_view text) {
  if (text.empty() || text.size() > 40 || text.front() < 'a' || text.front() > 'z') return false;
  return std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

std::string keyOf(std::string_view name) {
  std::string key;
  for (std::size_t i = 0; i < name.size() && key.size() < 40; ++i) {
    const auto c = static_cast<unsigned char>(name[i]);
    if (c < 0x80 && std::isalnum(c)) {
      if (key.empty() && std::isdigit(c)) continue;
      key += static_cast<char>(std::tolower(c));
    } else if (c == 0xC3 && i + 1 < name.size()) {
      // The letters of Finnish and Swedish beyond ASCII: Ä Å ä å, Ö ö.
      const auto next = static_cast<unsigned char>(name[++i]);
      if (next == 0x84 || next == 0x85 || next == 0xA4 || next == 0xA5) key += 'a';
      else if (next == 0x96 || next == 0xB6) key += 'o';
    } else if (c < 0x80 && !key.empty() && key.back() != '-') {
      key += '-';
    }
  }
  while (!key.empty() && key.back() == '-') key.pop_back();
  return key.empty() ? "deck" : key;
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::vector<std::string> lines(std::string_view text) {
  std::vector<std::string> found;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto first = line.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) continue;
    found.emplace_back(line.substr(first, line.find_last_not_of(" \t\r") - first + 1));
  }
  return found;
}

std::string joined(const std::vector<std::string>& items, std::string_view between) {
  std::string text;
  for (const std::string& item : items) text.append(text.empty() ? "" : between).append(item);
  return text;
}

std::vector<EditionHead> readable(const std::vector<EditionHead>& editions) {
  std::vector<EditionHead> found;
  for (const Language& language : kLanguages) {
    const EditionHead* newest = nullptr;
    for (const EditionHead& each : editions)
      if (each.isPublished() && each.language == language && (!newest || each.version > newest->version)) newest = &each;
    if (newest) found.push_back(*newest);
  }
  return found;
}

const EditionHead* suiting(const std::vector<EditionHead>& readable, Locale reader) {
  for (const Language& wanted : {Language{reader}, Language{Locale::fi}})
    for (const EditionHead& each : readable)
      if (each.language == wanted) return &each;
  return readable.empty() ? nullptr : &readable.front();
}

namespace {

using Kind = Shortcoming::Kind;

void checkCard(const Edition& edition, const Card& card, std::vector<Shortcoming>& found) {
  const auto add = [&](Kind kind, std::string detail = {}) { found.push_back({kind, card.number, std::move(detail)}); };
  if (card.title.empty()) add(Kind::cardWithoutTitle);
  if (card.front.empty()) add(Kind::cardWithoutFront);
  if (!edition.theme(card.theme)) add(Kind::cardWithoutTheme);
  if (card.image && card.alternative.empty()) add(Kind::pictureWithoutAlternative);
  if (characters(card.title) > kLongestTitle) add(Kind::tooLong, "title");
  if (characters(card.front) > kLongestFront) add(Kind::tooLong, "front");
  if (characters(card.back) > kLongestBack) add(Kind::tooLong, "back");
}

}  // namespace

std::vector<Shortcoming> shortcomings(const Edition& edition) {
  std::vector<Shortcoming> found;
  if (edition.title.empty()) found.push_back({Kind::noTitle});
  if (edition.cards.empty()) found.push_back({Kind::noCards});
  for (const Theme& theme : edition.themes)
    if (theme.name.empty()) found.push_back({Kind::themeWithoutName, 0, theme.key});
  for (const Card& card : edition.cards) checkCard(edition, card, found);
  return found;
}

}  // namespace toimela::trendcards
