#include "search/query.h"

#include <algorithm>

#include "search/index.h"

namespace toimela::search {

namespace {

using Xapian::Query;

// The nearer a form is to what was typed, the more it is worth.
constexpr double kOwnLanguage = 0.9, kOtherLanguage = 0.7, kWithinCompound = 0.5, kPartsOfTyped = 0.35;
constexpr std::size_t kShortestBeginning = 3;
constexpr Xapian::termcount kMostExpanded = 60;

/// The bytes of a quotation mark at the place; 0 where there is none.
std::size_t quoteAt(std::string_view text, std::size_t at) {
  if (text[at] == '"') return 1;
  for (const std::string_view mark : {"”", "“", "„", "«", "»", "‟"})
    if (text.substr(at).starts_with(mark)) return mark.size();
  return 0;
}

Query scaled(const std::string& term, double weight) {
  return weight == 1.0 ? Query(term) : Query(Query::OP_SCALE_WEIGHT, Query(term), weight);
}

Query anyOf(const std::vector<Query>& queries) {
  return queries.size() == 1 ? queries.front() : Query(Query::OP_OR, queries.begin(), queries.end());
}
Query allOf(const std::vector<Query>& queries) {
  return queries.size() == 1 ? queries.front() : Query(Query::OP_AND, queries.begin(), queries.end());
}

/// All parts of a compound that was typed, each as a word or within another compound.
Query partsQuery(const std::vector<std::vector<std::string>>& parts) {
  std::vector<Query> all;
  for (const auto& bases : parts) {
    std::vector<Query> any;
    for (const auto& base : bases) any.emplace_back(prefix::kPart + base);
    all.push_back(anyOf(any));
  }
  return Query(Query::OP_SCALE_WEIGHT, allOf(all), kPartsOfTyped);
}

/// The word in any form; what has it has one of its forms, so the word as it stands can only say more.
Query wordQuery(const std::string& word, bool mayBegin, Locale reader, Analyser& analyser, std::vector<Query>& better) {
  better.emplace_back(prefix::kSurface + word);
  std::vector<Query> any;
  for (const Locale locale : kLocales) {
    const double weight = locale == reader ? kOwnLanguage : kOtherLanguage;
    const Forms& forms = analyser.forms(locale, word);
    for (const auto& term : forms.whole) {
      if (term[0] == prefix::kFinnish) {
        any.push_back(scaled(prefix::kPart + term.substr(1), weight * kWithinCompound));
        better.push_back(scaled(term, weight * (1 - kWithinCompound)));
      } else {
        any.push_back(scaled(term, weight));
      }
    }
    if (!forms.parts.empty()) any.push_back(partsQuery(forms.parts));
  }
  if (mayBegin && word.size() >= kShortestBeginning)
    any.emplace_back(Query::OP_WILDCARD, prefix::kSurface + word, kMostExpanded,
                     Query::WILDCARD_LIMIT_MOST_FREQUENT, Query::OP_OR);
  return anyOf(any);
}

Query phraseQuery(const std::vector<std::string>& words) {
  std::vector<Query> terms;
  for (const auto& word : words) terms.emplace_back(prefix::kSurface + word);
  if (terms.size() == 1) return terms.front();
  return Query(Query::OP_PHRASE, terms.begin(), terms.end(), static_cast<Xapian::termcount>(terms.size()));
}

}  // namespace

Typed parseTyped(std::string_view text) {
  Typed typed;
  std::size_t left = kMostWords;
  const auto wordsOf = [&](std::string_view part) {
    std::vector<std::string> words;
    for (auto& token : tokensOf(part, left)) words.push_back(std::move(token.word));
    left -= words.size();
    return words;
  };
  bool isQuoted = false;
  std::size_t begin = 0;
  const auto close = [&](std::size_t end) {
    auto words = wordsOf(text.substr(begin, end - begin));
    if (isQuoted && !words.empty()) typed.phrases.push_back(std::move(words));
    else typed.words.insert(typed.words.end(), words.begin(), words.end());
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t quote = quoteAt(text, at);
    if (quote > 0) {
      close(at);
      isQuoted = !isQuoted;
      at += quote;
      begin = at;
    } else {
      ++at;
    }
  }
  close(text.size());
  const auto isCommon = [](const std::string& word) { return isStopWord(word); };
  if (!typed.phrases.empty() || !std::ranges::all_of(typed.words, isCommon)) std::erase_if(typed.words, isCommon);
  return typed;
}

Wanted queryOf(const Typed& typed, Strictness strictness, Locale locale, Analyser& analyser) {
  std::vector<Query> words, all, better;
  for (const auto& word : typed.words)
    words.push_back(wordQuery(word, strictness != Strictness::all && typed.unknown.contains(word), locale, analyser, better));
  for (const auto& phrase : typed.phrases) all.push_back(phraseQuery(phrase));
  if (!words.empty()) all.push_back(strictness == Strictness::any ? anyOf(words) : allOf(words));
  return {all.empty() ? Query::MatchAll : allOf(all), Query(Query::OP_OR, better.begin(), better.end())};
}

Sought soughtOf(const Typed& typed, Strictness strictness, Analyser& analyser) {
  Sought sought;
  const auto take = [&](const std::string& word) {
    sought.near.insert(prefix::kSurface + word);
    for (const Locale locale : kLocales) {
      const Forms& forms = analyser.forms(locale, word);
      for (const auto& term : forms.whole) {
        sought.near.insert(term);
        if (term[0] == prefix::kFinnish) sought.near.insert(prefix::kPart + term.substr(1));
      }
      for (const auto& bases : forms.parts)
        for (const auto& base : bases) {
          sought.far.insert(prefix::kFinnish + base);
          sought.far.insert(prefix::kPart + base);
        }
    }
    if (strictness != Strictness::all && typed.unknown.contains(word) && word.size() >= kShortestBeginning)
      sought.beginnings.push_back(word);
  };
  for (const auto& word : typed.words) take(word);
  for (const auto& phrase : typed.phrases)
    for (const auto& word : phrase) sought.near.insert(prefix::kSurface + word);
  return sought;
}

Query headingQuery(const Typed& typed, Analyser& analyser) {
  std::vector<Query> any;
  for (const auto& word : typed.words)
    for (const Locale locale : kLocales)
      for (const auto& term : analyser.forms(locale, word).whole) any.emplace_back(headingTerm(term));
  return Query(Query::OP_OR, any.begin(), any.end());
}

Query suggestionQuery(const Typed& typed) {
  std::vector<std::string> words = typed.words;
  for (const auto& phrase : typed.phrases) words.insert(words.end(), phrase.begin(), phrase.end());
  if (words.empty() || words.back().size() < 2) return Query::MatchNothing;
  std::vector<Query> all;
  for (std::size_t i = 0; i + 1 < words.size(); ++i)
    all.emplace_back(Query::OP_WILDCARD, prefix::kTitle + words[i], kMostExpanded,
                     Query::WILDCARD_LIMIT_MOST_FREQUENT, Query::OP_OR);
  all.emplace_back(Query::OP_WILDCARD, prefix::kTitle + words.back(), kMostExpanded,
                   Query::WILDCARD_LIMIT_MOST_FREQUENT, Query::OP_OR);
  return allOf(all);
}

}  // namespace toimela::search
