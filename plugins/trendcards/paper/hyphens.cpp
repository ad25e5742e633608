#include "paper/hyphens.h"

#include <hyphen.h>
#include <libvoikko/voikko.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdlib>
#include <map>
#include <utility>
#include <vector>

namespace toimela::trendcards::paper {

namespace {

/// Letters that stay together at the beginning and at the end of a word.
constexpr std::size_t kLeast = 3;
constexpr std::string_view kSoftHyphen = "\u00AD";

struct Letter {
  UChar32 code;
  std::size_t at;  ///< its first byte
};

/// Says before which letters of a word a line may end.
class Parting {
 public:
  virtual ~Parting() = default;
  virtual std::vector<bool> of(const std::string& word, const std::vector<Letter>& letters) const = 0;
};

class Finnish : public Parting {
 public:
  Finnish() {
    const char* trouble = nullptr;
    voikko_ = voikkoInit(&trouble, "fi", nullptr);
    // A hyphenation that adds or drops a letter ("vaa'an") would change the word.
    if (voikko_) voikkoSetBooleanOption(voikko_, VOIKKO_OPT_NO_UGLY_HYPHENATION, 1);
  }
  ~Finnish() override {
    if (voikko_) voikkoTerminate(voikko_);
  }
  Finnish(const Finnish&) = delete;
  Finnish& operator=(const Finnish&) = delete;

  /// Marks of Voikko: '-' before a letter where a line may end, '=' in place of a hyphen of the word.
  std::vector<bool> of(const std::string& word, const std::vector<Letter>&) const override {
    char* marks = voikko_ ? voikkoHyphenateCstr(voikko_, word.c_str()) : nullptr;
    if (!marks) return {};
    std::vector<bool> ends;
    for (const char mark : std::string_view(marks)) ends.push_back(mark == '-');
    voikkoFreeCstr(marks);
    return ends;
  }

 private:
  VoikkoHandle* voikko_ = nullptr;
};

class Swedish : public Parting {
 public:
  Swedish() : patterns_(hnj_hyphen_load("/usr/share/hyphen/hyph_sv_FI.dic")) {}
  ~Swedish() override {
    if (patterns_) hnj_hyphen_free(patterns_);
  }
  Swedish(const Swedish&) = delete;
  Swedish& operator=(const Swedish&) = delete;

  /// Marks of libhyphen: an odd digit for a letter after which a line may end. The patterns are in ISO 8859-1,
  /// and in small letters.
  std::vector<bool> of(const std::string&, const std::vector<Letter>& letters) const override {
    std::string latin;
    for (const Letter& letter : letters) {
      const UChar32 small = u_tolower(letter.code);
      if (small > 0xFF) return {};
      latin += static_cast<char>(small);
    }
    if (!patterns_ || patterns_->utf8) return {};
    std::string marks(latin.size() + 5, '\0');
    Changes changes;
    if (hnj_hyphen_hyphenate2(patterns_, latin.data(), static_cast<int>(latin.size()), marks.data(), nullptr,
                              &changes.letters, &changes.places, &changes.lengths) != 0 || changes.letters)
      return {};
    std::vector<bool> ends(letters.size());
    for (std::size_t i = 1; i < ends.size(); ++i) ends[i] = (marks[i - 1] & 1) != 0;
    return ends;
  }

 private:
  /// How letters would change where a word is parted, one for each letter of the word; Swedish has none.
  struct Changes {
    char** letters = nullptr;
    int *places = nullptr, *lengths = nullptr;
    ~Changes() {
      std::free(letters);
      std::free(places);
      std::free(lengths);
    }
  };

  HyphenDict* patterns_;
};

/// Without its dictionary words are not parted; the text is there all the same.
std::unique_ptr<Parting> partingOf(Locale language) {
  if (language == Locale::fi) return std::make_unique<Finnish>();
  if (language == Locale::sv) return std::make_unique<Swedish>();
  return nullptr;
}

}  // namespace

struct Hyphens::Impl {
  std::unique_ptr<Parting> parting;
  std::map<std::pair<std::size_t, std::string>, std::string> known;

  std::string parted(const std::string& word, const std::vector<Letter>& letters) const {
    const auto ends = parting->of(word, letters);
    std::string out;
    for (std::size_t i = 0; i < letters.size(); ++i) {
      if (i < ends.size() && ends[i] && i >= kLeast && letters.size() - i >= kLeast) out += kSoftHyphen;
      const std::size_t end = i + 1 < letters.size() ? letters[i + 1].at : word.size();
      out.append(word, letters[i].at, end - letters[i].at);
    }
    return out;
  }
};

Hyphens::Hyphens(Locale language) : impl_(std::make_unique<Impl>()) { impl_->parting = partingOf(language); }
Hyphens::~Hyphens() = default;

const std::string& Hyphens::softened(const std::string& text, std::size_t least) const {
  if (!impl_->parting) return text;
  const auto [found, isNew] = impl_->known.try_emplace({least, text});
  if (isNew) found->second = made(text, least);
  return found->second;
}

std::string Hyphens::made(std::string_view text, std::size_t least) const {
  std::string out, word;
  std::vector<Letter> letters;
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
      letters.push_back({letter, word.size()});
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
