#include "files/names.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

namespace toimela::files {

namespace {

constexpr std::size_t kMostBytes = 150;
constexpr std::size_t kLongestEnding = 10;

bool mayStay(UChar32 character) {
  switch (u_charType(character)) {
    case U_CONTROL_CHAR:
    case U_FORMAT_CHAR:
    case U_SURROGATE:
    case U_PRIVATE_USE_CHAR:
    case U_UNASSIGNED:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
      return false;
    default:
      return character != 0xFFFD;
  }
}

std::string composed(std::string_view text) {
  const auto given = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
  icu::UnicodeString kept;
  for (std::int32_t at = 0; at < given.length(); at = given.moveIndex32(at, 1)) {
    const UChar32 character = given.char32At(at);
    if (mayStay(character)) kept.append(u_isUWhiteSpace(character) ? UChar32{' '} : character);
  }
  UErrorCode status = U_ZERO_ERROR;
  const auto* composer = icu::Normalizer2::getNFCInstance(status);
  if (U_SUCCESS(status)) kept = composer->normalize(kept, status);
  std::string result;
  kept.toUTF8String(result);
  return result;
}

/// Cut between characters.
void cut(std::string& text, std::size_t most) {
  if (text.size() <= most) return;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  text.resize(most);
}

void trim(std::string& text) {
  const auto isOuter = [](char c) { return c == ' ' || c == '.'; };
  while (!text.empty() && isOuter(text.back())) text.pop_back();
  text.erase(text.begin(), std::ranges::find_if_not(text, isOuter));
}

std::size_t dotOf(std::string_view name) {
  const auto dot = name.rfind('.');
  return dot == 0 || name.size() - dot > kLongestEnding + 1 ? std::string_view::npos : dot;
}

}  // namespace

std::string cleanName(std::string_view sent) {
  if (const auto folder = sent.find_last_of("/\\"); folder != std::string_view::npos)
    sent.remove_prefix(folder + 1);
  std::string name = composed(sent);
  trim(name);
  if (name.empty()) return "file";
  const auto dot = dotOf(name);
  std::string ending = dot == std::string::npos ? std::string() : name.substr(dot);
  name.resize(name.size() - ending.size());
  cut(name, kMostBytes - ending.size());
  return name + ending;
}

std::string endingOf(std::string_view name) {
  const auto dot = dotOf(name);
  if (dot == std::string_view::npos) return {};
  std::string ending(name.substr(dot + 1));
  for (char& c : ending)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  return ending;
}

std::string withEnding(std::string_view name, std::string_view ending) {
  std::string stem(name.substr(0, dotOf(name)));
  cut(stem, kMostBytes - ending.size() - 1);
  return stem + '.' + std::string(ending);
}

}  // namespace toimela::files
