#include "domain/profile.h"

#include <algorithm>
#include <set>

#include "toimela/words.h"

namespace toimela::contacts {

namespace {

std::size_t lengthOf(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r";
  const auto first = text.find_first_not_of(kBlanks);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

/// Equal for what differs by case, accents and blanks only.
std::string sameness(std::string_view text) {
  std::string same;
  for (const auto& word : words::fold(text)) same += word + " ";
  return same.empty() ? std::string(text) : same;
}

}  // namespace

bool isSpokenLanguage(std::string_view code) {
  return std::ranges::find(kSpokenLanguages, code) != kSpokenLanguages.end();
}

bool isTargetGroup(std::string_view code) {
  return std::ranges::find(kTargetGroups, code) != kTargetGroups.end();
}

TypedExpertise readExpertise(std::string_view typed) {
  TypedExpertise read;
  std::set<std::string> seen;
  while (!typed.empty()) {
    const auto end = typed.find_first_of("\n,;");
    const auto one = trimmed(typed.substr(0, end));
    typed.remove_prefix(end == typed.npos ? typed.size() : end + 1);
    if (one.empty() || !seen.insert(sameness(one)).second) continue;
    read.tooLong = read.tooLong || lengthOf(one) > kLongestExpertise;
    read.words.emplace_back(one);
  }
  read.tooMany = read.words.size() > kMostExpertise;
  return read;
}

std::string writeExpertise(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& one : words) text += (text.empty() ? "" : "\n") + one;
  return text;
}

}  // namespace toimela::contacts
