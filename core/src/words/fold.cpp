#include "words/fold.h"

#include <unicode/coll.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "toimela/words.h"

namespace toimela::words {

namespace {

// Longer names are told apart by their ids.
constexpr int kKeyBytes = 40;

constexpr UChar32 kA = 0xE4, kO = 0xF6, kRing = 0xE5;

void demand(UErrorCode status, const char* what) {
  if (U_FAILURE(status)) throw std::runtime_error(what);
}

const icu::Normalizer2& composer() {
  UErrorCode status = U_ZERO_ERROR;
  const auto* found = icu::Normalizer2::getNFKCCasefoldInstance(status);
  demand(status, "Unicode's case folding is not available");
  return *found;
}

const icu::Normalizer2& decomposer() {
  UErrorCode status = U_ZERO_ERROR;
  const auto* found = icu::Normalizer2::getNFKDInstance(status);
  demand(status, "Unicode's decomposition is not available");
  return *found;
}

/// Letters of the languages of Finland and its neighbours that Unicode does not take apart.
void appendKin(UChar32 letter, icu::UnicodeString& out) {
  switch (letter) {
    case 0xF8: out.append(kO); return;                 // ø
    case 0xE6: out.append(kA); return;                 // æ
    case 0x111: case 0xF0: out.append(u'd'); return;   // đ of Sámi, ð
    case 0x14B: out.append(u'n'); return;              // ŋ of Sámi
    case 0x167: out.append(u't'); return;              // ŧ of Sámi
    case 0x1E5: out.append(u'g'); return;              // ǥ of Skolt Sámi
    case 0x142: out.append(u'l'); return;              // ł
    case 0xFE: out.append(u"th", 2); return;           // þ
    default: out.append(letter);
  }
}

icu::UnicodeString folded(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString lower =
      composer().normalize(icu::UnicodeString::fromUTF8({text.data(), static_cast<int>(text.size())}), status);
  demand(status, "a text can not be folded");
  icu::UnicodeString out;
  for (int i = 0; i < lower.length(); i = lower.moveIndex32(i, 1)) {
    const UChar32 letter = lower.char32At(i);
    if (letter == kA || letter == kO || letter == kRing) {
      out.append(letter);
      continue;
    }
    icu::UnicodeString parts;
    if (!decomposer().getDecomposition(letter, parts)) parts.append(letter);
    for (int j = 0; j < parts.length(); j = parts.moveIndex32(j, 1))
      if (u_charType(parts.char32At(j)) != U_NON_SPACING_MARK) appendKin(parts.char32At(j), out);
  }
  return out;
}

std::unique_ptr<icu::Collator> makeCollator(Locale locale) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::Collator> made(
      icu::Collator::createInstance(icu::Locale(std::string(code(locale)).c_str()), status));
  demand(status, "the order of a language is not available");
  made->setStrength(icu::Collator::PRIMARY);
  return made;
}

const icu::Collator& collator(Locale locale) {
  static const std::unique_ptr<icu::Collator> fi = makeCollator(Locale::fi),
                                              sv = makeCollator(Locale::sv),
                                              en = makeCollator(Locale::en);
  return locale == Locale::fi ? *fi : locale == Locale::sv ? *sv : *en;
}

}  // namespace

std::vector<std::string> fold(std::string_view text) {
  const icu::UnicodeString all = folded(text);
  std::vector<std::string> words;
  std::string word;
  for (int i = 0; i < all.length(); i = all.moveIndex32(i, 1)) {
    const UChar32 letter = all.char32At(i);
    if (u_isalnum(letter)) {
      icu::UnicodeString(letter).toUTF8String(word);
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

std::string plain(std::string_view word) {
  std::string out;
  for (std::size_t i = 0; i < word.size(); ++i) {
    // Two bytes each in UTF-8: C3 A4, C3 A5, C3 B6.
    if (word[i] == '\xC3' && i + 1 < word.size()) {
      const char second = word[i + 1];
      if (second == '\xA4' || second == '\xA5' || second == '\xB6') {
        out += second == '\xB6' ? 'o' : 'a';
        ++i;
        continue;
      }
    }
    out += word[i];
  }
  return out;
}

std::string orderKey(const std::vector<std::string>& words, Locale locale) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  const icu::UnicodeString name = icu::UnicodeString::fromUTF8(text);
  std::uint8_t bytes[kKeyBytes + 1];
  const int needed = collator(locale).getSortKey(name, bytes, kKeyBytes);
  std::string key;
  for (int i = 0; i < std::min(needed, kKeyBytes) && bytes[i]; ++i) {
    key += "0123456789abcdef"[bytes[i] >> 4];
    key += "0123456789abcdef"[bytes[i] & 15];
  }
  return key;
}

}  // namespace toimela::words
