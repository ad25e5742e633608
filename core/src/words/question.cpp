#include "words/question.h"

#include <algorithm>

#include "words/fold.h"

namespace toimela::words {

namespace {

constexpr std::size_t kLongestWord = 60;  // bytes; what is beyond does not count
constexpr std::size_t kBeginnings = 3;    // words of a search that a name may begin with

// No key has a '~'.
KeyRange keysBeginningWith(const std::string& key) { return {key, key + "~"}; }

}  // namespace

std::optional<Place> parsePlace(std::string_view text) {
  const auto dot = text.find('.');
  if (text.empty() || (text[0] != '0' && text[0] != '1') || dot == text.npos) return std::nullopt;
  const auto id = parseId(text.substr(dot + 1));
  const auto key = text.substr(1, dot - 1);
  if (!id || key.find_first_not_of("0123456789abcdef") != key.npos) return std::nullopt;
  return Place{text[0] == '1', std::string(key), *id};
}

const KeyRange* Search::beginningOf(std::string_view key) const {
  const auto found = std::ranges::find_if(beginnings, [&](const auto& range) { return range.has(key); });
  return found == beginnings.end() ? nullptr : &*found;
}

bool Search::matches(std::string_view folded) const {
  return std::ranges::all_of(terms, [&](const Term& term) { return term.isIn(folded); });
}

std::string shortened(std::string word) {
  if (word.size() <= kLongestWord) return word;
  std::size_t end = kLongestWord;
  while (end > 0 && (static_cast<unsigned char>(word[end]) & 0xC0) == 0x80) --end;
  return word.substr(0, end);
}

Search searchFor(const Question& question) {
  Search search{question.kind, question.locale, {}, {}, false};
  auto words = fold(question.typed);
  search.isHopeless = words.empty() && question.typed.find_first_not_of(' ') != std::string::npos;
  if (words.size() > kMostWords) words.resize(kMostWords);
  for (auto& word : words) {
    word = shortened(std::move(word));
    const auto key = orderKey({word}, question.locale);
    // One within another would be walked twice.
    if (search.beginnings.size() < kBeginnings && !search.beginningOf(key)) {
      std::erase_if(search.beginnings, [&](const auto& other) { return other.from.starts_with(key); });
      search.beginnings.push_back(keysBeginningWith(key));
    }
    search.terms.push_back({word});
  }
  std::ranges::sort(search.beginnings, {}, &KeyRange::from);
  std::ranges::stable_sort(search.terms, std::greater{}, [](const Term& t) { return t.text.size(); });
  for (std::size_t i = 0; i < std::min(question.marks.size(), kMostMarks); ++i)
    search.terms.push_back({std::string(kMarkSign) + question.marks[i], true});
  return search;
}

}  // namespace toimela::words
