#include "search/analysis.h"

#include <libstemmer.h>
#include <libvoikko/voikko.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>
#include <unordered_map>

#include "toimela/words.h"

namespace toimela::search {

namespace {

bool isInWord(UChar32 c, bool isInside) {
  if (u_isalnum(c)) return true;
  // Marks belong to the letter before them, a soft hyphen to the word.
  return isInside && (c == 0xAD || u_charType(c) == U_NON_SPACING_MARK);
}

/// The folded form; most words are of the letters of Finnish and Swedish and need no tables.
std::string foldWord(std::string_view word) {
  std::string out;
  out.reserve(word.size());
  for (std::size_t i = 0; i < word.size(); ++i) {
    const auto c = static_cast<unsigned char>(word[i]);
    if (c < 0x80) {
      out += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
      continue;
    }
    const auto next = i + 1 < word.size() ? static_cast<unsigned char>(word[i + 1]) : 0;
    // Ä Å Ö and ä å ö: C3 84, C3 85, C3 96 and C3 A4, C3 A5, C3 B6.
    if (c == 0xC3 && (next == 0x84 || next == 0x85 || next == 0x96 || next == 0xA4 ||
                      next == 0xA5 || next == 0xB6)) {
      out += '\xC3';
      out += static_cast<char>(next | 0x20);
      ++i;
      continue;
    }
    std::string all;
    for (const auto& part : words::fold(word)) all += part;
    return all;
  }
  return out;
}

void shorten(std::string& word) {
  if (word.size() <= kLongestWord) return;
  std::size_t end = kLongestWord;
  while (end > 0 && (static_cast<unsigned char>(word[end]) & 0xC0) == 0x80) --end;
  word.resize(end);
}

void addDistinct(std::vector<std::string>& to, std::string what) {
  if (!what.empty() && std::ranges::find(to, what) == to.end()) to.push_back(std::move(what));
}

/// Snowball (snowballstem.org).
class Stemmer {
 public:
  explicit Stemmer(const char* language) : stemmer_(sb_stemmer_new(language, "UTF_8")) {
    if (!stemmer_) throw std::runtime_error(std::string("there is no stemmer for ") + language);
  }
  ~Stemmer() { sb_stemmer_delete(stemmer_); }
  Stemmer(const Stemmer&) = delete;
  Stemmer& operator=(const Stemmer&) = delete;

  std::string stem(const std::string& word) {
    const auto* found = sb_stemmer_stem(
        stemmer_, reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));
    return found ? std::string(reinterpret_cast<const char*>(found), sb_stemmer_length(stemmer_)) : word;
  }

 private:
  sb_stemmer* stemmer_;
};

/// One reading of a word by the dictionary.
struct Reading {
  std::string base;                ///< folded
  std::vector<std::string> parts;  ///< of the word as it was given; one for what is no compound
};

/// Voikko (voikko.puimula.org) with its morphology of standard Finnish.
class Dictionary {
 public:
  Dictionary() {
    const char* error = nullptr;
    handle_ = voikkoInit(&error, "fi", nullptr);
  }
  ~Dictionary() {
    if (handle_) voikkoTerminate(handle_);
  }
  Dictionary(const Dictionary&) = delete;
  Dictionary& operator=(const Dictionary&) = delete;

  bool isThere() const { return handle_ != nullptr; }

  /// Readings of a folded word; names are tried with a capital, and what stands only in front of
  /// others ("sosiaali-") with its hyphen.
  std::vector<Reading> readings(const std::string& word) {
    auto found = ask(word, word);
    if (found.empty()) found = ask(capitalised(word), word);
    if (found.empty()) found = ask(word + "-", word);
    return found;
  }

 private:
  static std::string capitalised(const std::string& word) {
    std::string out = word;
    if (out.size() > 1 && out[0] == '\xC3' && (out[1] & 0x20)) out[1] = static_cast<char>(out[1] & ~0x20);
    else if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 32);
    return out;
  }

  /// The pieces of a word at the '=' of its structure, in which every other sign stands for one
  /// letter of the word.
  static std::vector<std::string> split(const std::string& word, const std::string& structure) {
    std::vector<std::string> pieces;
    std::size_t at = 0;
    for (const char sign : structure) {
      if (sign == '=') {
        pieces.emplace_back();
        continue;
      }
      if (at >= word.size()) break;
      if (pieces.empty()) pieces.emplace_back();
      do pieces.back() += word[at++];
      while (at < word.size() && (static_cast<unsigned char>(word[at]) & 0xC0) == 0x80);
    }
    std::erase_if(pieces, [](const std::string& piece) { return piece.empty(); });
    return pieces;
  }

  std::vector<Reading> ask(const std::string& asked, const std::string& word) {
    std::vector<Reading> readings;
    voikko_mor_analysis** all = voikkoAnalyzeWordCstr(handle_, asked.c_str());
    if (!all) return readings;
    for (auto** one = all; *one; ++one) {
      Reading reading;
      for (const auto& part : words::fold(value(*one, "BASEFORM"))) reading.base += part;
      if (reading.base.empty()) continue;
      shorten(reading.base);
      reading.parts = split(word, value(*one, "STRUCTURE"));
      const auto same = [&](const Reading& r) { return r.base == reading.base && r.parts == reading.parts; };
      if (std::ranges::none_of(readings, same)) readings.push_back(std::move(reading));
    }
    voikko_free_mor_analysis(all);
    return readings;
  }

  static std::string value(voikko_mor_analysis* analysis, const char* key) {
    char* found = voikko_mor_analysis_value_cstr(analysis, key);
    if (!found) return {};
    std::string text = found;
    voikko_free_mor_analysis_value_cstr(found);
    return text;
  }

  VoikkoHandle* handle_ = nullptr;
};

constexpr std::size_t kMostParts = 6;

/// Remembers what was made of words; those that come again and again stay when room has to be made for others.
template <class T>
class Memory {
 public:
  /// So many at most.
  explicit Memory(std::size_t most) : half_(most / 2 + 1) {}

  /// The reference holds until the next call.
  template <class F>
  const T& get(const std::string& word, F&& make) {
    if (const auto found = young_.find(word); found != young_.end()) return found->second;
    const auto kept = old_.find(word);
    T made = kept == old_.end() ? make() : std::move(kept->second);
    if (young_.size() >= half_) {
      old_ = std::move(young_);
      young_.clear();
    }
    return young_.emplace(word, std::move(made)).first->second;
  }

 private:
  std::size_t half_;
  std::unordered_map<std::string, T> young_, old_;  ///< asked for lately, and before that
};

}  // namespace

std::string headingTerm(std::string_view term) { return prefix::kHeading + std::string(term); }

std::vector<Token> tokensOf(std::string_view text, std::size_t most) {
  std::vector<Token> tokens;
  const auto length = static_cast<std::int64_t>(text.size());
  const char* const bytes = text.data();
  std::int64_t begin = -1;
  const auto close = [&](std::int64_t end) {
    if (begin < 0) return;
    const auto from = static_cast<std::size_t>(begin), to = static_cast<std::size_t>(end);
    std::string word = foldWord(text.substr(from, to - from));
    shorten(word);
    if (!word.empty()) tokens.push_back({std::move(word), from, to});
    begin = -1;
  };
  for (std::int64_t at = 0; at < length && tokens.size() < most;) {
    const std::int64_t start = at;
    UChar32 c = 0;
    U8_NEXT(bytes, at, length, c);
    if (c >= 0 && isInWord(c, begin >= 0)) {
      if (begin < 0) begin = start;
    } else {
      close(start);
    }
  }
  if (tokens.size() < most) close(length);
  return tokens;
}

struct Analyser::Impl {
  Impl(std::size_t remembered, Finnish finnish)
      : known{Memory<Forms>(remembered), Memory<Forms>(remembered), Memory<Forms>(remembered)},
        knownParts{Memory<std::vector<std::string>>(remembered), Memory<std::vector<std::string>>(remembered)} {
    if (finnish == Finnish::dictionary) dictionary.emplace();
    if (dictionary && !dictionary->isThere()) dictionary.reset();
  }

  Forms make(Locale locale, const std::string& word) {
    switch (locale) {
      case Locale::sv: return {.whole = {prefix::kSwedish + swedish.stem(word)}};
      case Locale::en: return {.whole = {prefix::kEnglish + english.stem(word)}};
      case Locale::fi: break;
    }
    return dictionary ? makeFinnish(word) : Forms{.whole = {prefix::kStem + finnish.stem(word)}};
  }

  Forms makeFinnish(const std::string& word) {
    Forms forms;
    const auto readings = dictionary->readings(word);
    for (const Reading& reading : readings) {
      addDistinct(forms.whole, prefix::kFinnish + reading.base);
      if (reading.parts.size() < 2 || reading.parts.size() > kMostParts) continue;
      addInner(forms.inner, reading.parts);
      if (forms.parts.size() < reading.parts.size()) {
        forms.parts.clear();
        for (std::size_t i = 0; i < reading.parts.size(); ++i)
          forms.parts.push_back(basesOf(reading.parts[i], i + 1 == reading.parts.size()));
      }
    }
    if (readings.empty()) forms.whole.push_back(prefix::kStem + finnish.stem(word));
    return forms;
  }

  void addInner(std::vector<std::string>& inner, const std::vector<std::string>& parts) {
    for (std::size_t from = 0; from < parts.size(); ++from) {
      std::string piece;
      for (std::size_t to = from; to < parts.size(); ++to) {
        piece += parts[to];
        if (from == 0 && to + 1 == parts.size()) break;  // that is the word itself
        for (const auto& base : basesOf(piece, to + 1 == parts.size())) addDistinct(inner, base);
      }
    }
  }

  /// What a part of a compound can be the form of. In front of others words in -nen end in -s:
  /// "yhteis", "kehittämis".
  /// Compounds are endless, and their parts are not: they are remembered.
  const std::vector<std::string>& basesOf(const std::string& part, bool isLast) {
    return knownParts[isLast].get(part, [&] { return makeBases(part, isLast); });
  }

  std::vector<std::string> makeBases(const std::string& part, bool isLast) {
    std::vector<std::string> bases;
    const auto take = [&](const std::string& word) {
      for (auto& reading : dictionary->readings(word)) addDistinct(bases, std::move(reading.base));
    };
    if (!isLast && part.size() > 3 && part.ends_with('s')) take(part.substr(0, part.size() - 1) + "nen");
    take(part);
    if (bases.empty()) bases.push_back(part);
    return bases;
  }

  std::optional<Dictionary> dictionary;
  Stemmer finnish{"finnish"}, swedish{"swedish"}, english{"english"};
  std::array<Memory<Forms>, kLocales.size()> known;
  std::array<Memory<std::vector<std::string>>, 2> knownParts;  ///< the others, the last ones
};

Analyser::Analyser(std::size_t remembered, Finnish finnish)
    : impl_(std::make_unique<Impl>(remembered, finnish)) {}
Analyser::~Analyser() = default;

bool Analyser::hasDictionary() const { return impl_->dictionary.has_value(); }

const Forms& Analyser::forms(Locale locale, const std::string& word) {
  return impl_->known[static_cast<std::size_t>(locale)].get(word, [&] { return impl_->make(locale, word); });
}

bool isStopWord(std::string_view word) {
  static const std::set<std::string, std::less<>> kWords{
      "ja",   "on",   "ei",   "se",   "että", "tai", "sekä", "joka", "kun",  "niin", "myös", "oli",
      "ovat", "mutta", "kuin", "eli", "ne",  "jos",  "olla", "ole",  "joita", "jotka", "mitä", "miten",
      "och",  "i",    "att",  "det",  "som", "en",   "ett",  "på",   "är",   "av",   "för",  "med",
      "till", "den",  "om",   "de",   "vid", "hur",  "inte", "var",  "eller",
      "the",  "of",   "and",  "a",    "to",  "in",   "is",   "for",  "with", "an",   "by",   "or",
      "are",  "at",   "how",  "what"};
  return kWords.contains(word);
}

}  // namespace toimela::search
