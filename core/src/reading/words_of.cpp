#include "reading/words_of.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "files/container.h"

namespace toimela::reading {

namespace {

constexpr std::uint64_t kMostPart = 64 * 1024 * 1024;   // bytes, unpacked
constexpr std::uint64_t kMostParts = 200 * 1024 * 1024;

/// The upper half of Windows-1252 that is not Latin-1 (WHATWG Encoding, section 9.1); 0: no character.
constexpr std::array<char16_t, 32> kWindows{0x20AC, 0, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160,
                                            0x2039, 0x152, 0, 0x17D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013,
                                            0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0, 0x17E, 0x178};

void append(std::string& text, UChar32 character) {
  if (character < 0 || character > 0x10ffff || U_IS_SURROGATE(character)) return;
  std::array<char, 4> bytes;
  std::int32_t length = 0;
  U8_APPEND_UNSAFE(reinterpret_cast<std::uint8_t*>(bytes.data()), length, character);
  text.append(bytes.data(), static_cast<std::size_t>(length));
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  return result;
}

/// "&amp;" and the like at the front of `rest`; how many bytes it took, 0 when it is none.
std::size_t appendEntity(std::string& text, std::string_view rest) {
  const auto end = rest.substr(0, 12).find(';');
  if (end == std::string_view::npos) return 0;
  const std::string_view name = rest.substr(1, end - 1);
  constexpr std::array<std::pair<std::string_view, char>, 6> kNames{
      {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}, {"nbsp", ' '}}};
  for (const auto& [known, character] : kNames)
    if (name == known) {
      text += character;
      return end + 1;
    }
  if (name.size() < 2 || name[0] != '#') return 0;
  const bool isHex = name[1] == 'x' || name[1] == 'X';
  const std::string_view digits = name.substr(isHex ? 2 : 1);
  UChar32 character = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), character, isHex ? 16 : 10);
  if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return 0;
  append(text, character);
  return end + 1;
}

/// Tags inside which a word goes on: runs of text in office documents, emphasis in HTML.
bool isWithinWord(std::string_view tag) {
  constexpr std::array<std::string_view, 20> kInline{"w:r", "w:t", "w:rpr", "w:prooferr", "a:r", "a:t", "a:rpr",
                                                     "text:span", "text:a", "span", "b", "i", "em", "strong", "u",
                                                     "a", "sub", "sup", "small", "text:soft-page-break"};
  return std::ranges::find(kInline, tag) != kInline.end() || tag.starts_with("w:b") || tag.starts_with("w:lang") ||
         tag.starts_with("w:rfonts") || tag.starts_with("w:sz");
}

std::string_view after(std::string_view text, std::string_view mark) {
  const auto at = text.find(mark);
  return at == std::string_view::npos ? std::string_view() : text.substr(at + mark.size());
}

using Parts = std::vector<std::string>;

/// Parts in the order of their numbers: slide2 before slide10.
void sortByNumber(Parts& parts) {
  std::ranges::sort(parts, [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  });
}

Parts partsOf(const files::Container& container, std::string_view type) {
  Parts parts;
  const auto take = [&](auto&& isWanted) {
    for (const auto& entry : container.entries())
      if (isWanted(entry.name)) parts.push_back(entry.name);
  };
  if (type.find("wordprocessingml") != std::string_view::npos) {
    take([](const std::string& name) {
      return name == "word/document.xml" || name == "word/footnotes.xml" || name == "word/endnotes.xml";
    });
  } else if (type.find("presentationml") != std::string_view::npos) {
    take([](const std::string& name) { return name.starts_with("ppt/slides/slide") && name.ends_with(".xml"); });
    sortByNumber(parts);
  } else if (type.find("spreadsheetml") != std::string_view::npos) {
    take([](const std::string& name) { return name == "xl/sharedStrings.xml"; });
  } else if (type == "application/epub+zip") {
    take([](const std::string& name) {
      const std::string ending = lower(name);
      return ending.ends_with(".xhtml") || ending.ends_with(".html") || ending.ends_with(".htm");
    });
  } else {
    take([](const std::string& name) { return name == "content.xml"; });
  }
  return parts;
}

}  // namespace

std::string tidied(std::string_view text, std::size_t most) {
  std::string result;
  result.reserve(std::min(text.size(), most));
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(std::min<std::size_t>(text.size(), INT32_MAX));
  bool isParted = false;
  for (std::int32_t at = 0; at < size && result.size() < most;) {
    const std::uint8_t first = bytes[at];
    UChar32 character;
    U8_NEXT(bytes, at, size, character);
    if (character < 0) {
      character = first >= 0x80 && first < 0xA0 ? kWindows[first - 0x80] : first;
      if (character == 0) character = ' ';
    }
    if (u_isUWhiteSpace(character) || u_charType(character) == U_CONTROL_CHAR || character == 0xFEFF) {
      isParted = true;
      continue;
    }
    if (isParted && !result.empty()) result += ' ';
    isParted = false;
    append(result, character);
  }
  return result;
}

std::string withoutMarkup(std::string_view markup) {
  std::string text;
  while (!markup.empty()) {
    if (markup.front() == '<') {
      if (markup.starts_with("<!--")) {
        markup = after(markup, "-->");
        continue;
      }
      if (markup.starts_with("<![CDATA[")) {
        const auto end = markup.find("]]>");
        text += markup.substr(9, end == std::string_view::npos ? end : end - 9);
        markup = after(markup, "]]>");
        continue;
      }
      const auto end = markup.find('>');
      std::string_view inside = markup.substr(1, end == std::string_view::npos ? end : end - 1);
      markup = end == std::string_view::npos ? std::string_view() : markup.substr(end + 1);
      const bool isClosing = inside.starts_with('/');
      if (isClosing) inside.remove_prefix(1);
      const std::string tag = lower(inside.substr(0, inside.find_first_of(" \t\r\n/")));
      if (!isClosing && (tag == "script" || tag == "style") && !inside.ends_with('/')) {
        const std::string close = "</" + tag;
        const auto at = markup.find(close);
        markup = at == std::string_view::npos ? std::string_view() : after(markup.substr(at), ">");
      }
      if (!isWithinWord(tag)) text += ' ';
      continue;
    }
    if (markup.front() == '&')
      if (const std::size_t taken = appendEntity(text, markup)) {
        markup.remove_prefix(taken);
        continue;
      }
    const auto next = std::min(markup.find_first_of("<&", 1), markup.size());
    text += markup.substr(0, next);
    markup.remove_prefix(next);
  }
  return text;
}

std::optional<std::string> wordsIn(std::string_view content, std::string_view type, std::size_t most) {
  if (type == "text/plain" || type == "text/csv") return tidied(content, most);
  const auto container = files::Container::inMemory(content);
  if (!container) return std::nullopt;
  std::string words;
  std::uint64_t unpacked = 0;
  for (const std::string& part : partsOf(*container, type)) {
    const auto markup = container->read(part, kMostPart);
    if (!markup || (unpacked += markup->size()) > kMostParts) return std::nullopt;
    if (!words.empty()) words += ' ';
    words += tidied(withoutMarkup(*markup), most - std::min(most, words.size()));
    if (words.size() >= most) break;
  }
  return words;
}

}  // namespace toimela::reading
