// What a person tells of themselves in the directory: what they know, for whom, in which languages,
// and who may see how to reach them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "toimela/codes.h"
#include "toimela/types.h"

namespace toimela::contacts {

/// To whom a contact detail is shown.
enum class Level {
  everyone,     ///< whoever can see the person
  network,      ///< those who work in a common network
  coordinators  ///< coordinators of a common network and administrators
};
inline constexpr auto kLevels = codes<Level>({
    {Level::everyone, "public"}, {Level::network, "network"},
    {Level::coordinators, "coordinators"}});
constexpr std::string_view code(Level level) { return kLevels.code(level); }
constexpr std::optional<Level> parseLevel(std::string_view code) { return kLevels.parse(code); }

struct Levels {
  Level email = Level::network;
  Level phone = Level::network;
};

/// Languages of Finland's people and of those who have moved here, by ISO 639; the Finnish and
/// Finland-Swedish sign languages are "fse" and "fss".
inline constexpr std::array<std::string_view, 18> kSpokenLanguages{
    "fi", "sv", "en", "se", "smn", "sms", "fse", "fss", "et",
    "ru", "uk", "ar", "so", "fa", "ckb", "de", "fr", "es"};

/// Whom the work is for: the groups that the networks' projects name.
inline constexpr std::array<std::string_view, 12> kTargetGroups{
    "youth",        "longterm",  "partial",  "disabled", "mental",   "substance",
    "neurodiverse", "immigrants", "learners", "ageing",   "families", "employers"};

bool isSpokenLanguage(std::string_view code);
bool isTargetGroup(std::string_view code);

struct Profile {
  std::vector<std::string> expertise;
  std::vector<std::string> languages;     ///< of kSpokenLanguages, in that order
  std::vector<std::string> targetGroups;  ///< of kTargetGroups, in that order
  LocalText help;                         ///< "what I can help with"
  Levels levels;
  std::int64_t revision = 0;  ///< 0: never saved
};

inline constexpr std::size_t kMostExpertise = 20;
inline constexpr std::size_t kLongestExpertise = 60;  ///< in characters

/// A list of expertise as typed: one on a line, or between commas or semicolons. Repetitions (other
/// letters' case counts as one) and blanks are left out.
struct TypedExpertise {
  std::vector<std::string> words;
  bool tooMany = false;
  bool tooLong = false;  ///< one of them is
};
TypedExpertise readExpertise(std::string_view typed);
/// One on a line, as readExpertise() takes it.
std::string writeExpertise(const std::vector<std::string>& words);

}  // namespace toimela::contacts
