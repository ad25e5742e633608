#include "paper/hyphens.h"

#include <libvoikko/voikko.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <map>
#include <utility>
#include <vector>

namespace toimela::trendcards::paper {

namespace {

/// Letters that stay together at the beginning and at the end of a word.
constexpr std::size_t kLeast = 3;
constexpr std::string_view kSoftHyphen = "\u00AD";

}  // namespace

struct Hyphens::Impl {
  VoikkoHandle* voikko = nullptr;
  std::map<std::pair<std::size_t, std::string>, std::string> known;

  /// Marks of Voikko: '-' before a letter where a line may end, '=' in place of a hyphen of the word.
  std::string parted(const std::string& word, const std::vector<std::size_t>& letters) const {
    std::string out;
    char* marks = voikkoHyphenateCstr(voikko, word.c_str());
    if (!marks) return word;
    const std::string_view pattern(marks);
    for (std::size_t i = 0; i < letters.size(); ++i) {
      if (i < pattern.size() && pattern[i] == '-' && i >= kLeast && letters.size() - i >= kLeast) out += kSoftHyphen;
      const std::size_t end = i + 1 < letters.size() ? letters[i + 1] : word.size();
      out.append(word, letters[i], end - letters[i]);
    }
    voikkoFreeCstr(marks);
    return out;
  }
};

Hyphens::Hyphens(Locale language) : impl_(std::make_unique<Impl>()) {
  if (language != Locale::fi) return;
  const char* trouble = nullptr;
  // Without its dictionary words are not parted; the text is there all the same.
  impl_->voikko = voikkoInit(&trouble, "fi", nullptr);
  // A hyphenation that adds or drops a letter ("vaa'an") would change the word.
  if (impl_->voikko) voikkoSetBooleanOption(impl_->voikko, VOIKKO_OPT_NO_UGLY_HYPHENATION, 1);
}
Hyphens::~Hyphens() {
  if (impl_->voikko) voikkoTerminate(impl_->voikko);
}

const std::string& Hyphens::softened(const std::string& text, std::size_t least) const {
  if (!impl_->voikko) return text;
  const auto [found, isNew] = impl_->known.try_emplace({least, text});
  if (isNew) found->second = made(text, least);
  return found->second;
}

std::string Hyphens::made(std::string_view text, std::size_t least) const {
  std::string out, word;
  std::vector<std::size_t> letters;
  const auto flush = [&] {
    out += letters.size() >= least ? impl_->parted(word, letters) : word;
    word.clear();
    letters.clear();
  };
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    const std::int32_t begin = at;
    UChar32 letter = 0;
    U8_NEXT_OR_FFFD(bytes, at, size, letter);
    const auto piece = text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(at - begin));
    if (u_isalpha(letter)) {
      letters.push_back(word.size());
      word += piece;
      continue;
    }
    flush();
    out += piece;
  }
  flush();
  return out;
}

}  // namespace toimela::trendcards::paper
