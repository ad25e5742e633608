#include "pages/catalogue.h"

#include <Poco/Logger.h>
#include <unicode/messagepattern.h>
#include <unicode/msgfmt.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <fstream>
#include <iterator>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <stdexcept>
#include <unordered_map>

namespace toimela::pages {

namespace {

using Path = std::filesystem::path;

[[noreturn]] void refuse(const Path& file, const std::string& why) {
  throw std::runtime_error(file.string() + ": " + why);
}

std::string contents(const Path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) refuse(file, "can not be read");
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The messages of one file. A key that is there twice would silently lose one of its texts.
std::map<std::string, std::string> readMessages(const Path& file) {
  std::set<std::string> seen;
  const auto noticeKey = [&](int depth, nlohmann::json::parse_event_t event,
                             nlohmann::json& parsed) {
    if (event == nlohmann::json::parse_event_t::key && depth == 1 &&
        !seen.insert(parsed.get<std::string>()).second) {
      refuse(file, "the key \"" + parsed.get<std::string>() + "\" is there twice");
    }
    return true;
  };
  nlohmann::json document;
  try {
    document = nlohmann::json::parse(contents(file), noticeKey);
  } catch (const nlohmann::json::exception& error) {
    refuse(file, error.what());
  }
  if (!document.is_object()) refuse(file, "must be an object of key and message");
  std::map<std::string, std::string> messages;
  for (const auto& [key, value] : document.items()) {
    if (!value.is_string()) refuse(file, "the message \"" + key + "\" must be a text");
    messages.emplace(key, value.get<std::string>());
  }
  return messages;
}

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

icu::UnicodeString unicode(std::string_view text) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

icu::Locale icuLocale(Locale locale) {
  switch (locale) {
    case Locale::fi:
      return {"fi", "FI"};
    case Locale::sv:
      return {"sv", "FI"};
    // British order of dates and a day that begins at midnight suit readers in Finland.
    case Locale::en:
      return {"en", "GB"};
  }
  return {"fi", "FI"};
}

/// One message in one language.
/// Invariant: either nothing is to be filled in and `text` is what is shown, or `arguments` names
/// what is, and `pieces` has the fixed parts around them when no ICU is needed for it.
struct Message {
  std::string text;
  std::vector<std::string> arguments;
  struct Piece {
    std::string fixed;     ///< stands before the argument
    std::string argument;  ///< empty in the last piece
  };
  std::vector<Piece> pieces;
  std::shared_ptr<const icu::MessageFormat> format;
};

/// Names of the arguments of a pattern, each once and sorted.
std::vector<std::string> argumentsOf(const icu::MessagePattern& pattern) {
  std::set<std::string> names;
  for (std::int32_t i = 0; i < pattern.countParts(); ++i) {
    const auto& part = pattern.getPart(i);
    if (part.getType() == UMSGPAT_PART_TYPE_ARG_NAME ||
        part.getType() == UMSGPAT_PART_TYPE_ARG_NUMBER) {
      names.insert(utf8(pattern.getSubstring(part)));
    }
  }
  return {names.begin(), names.end()};
}

/// A message of nothing but text and {name}, cut at the names; empty when there is more to it.
std::vector<Message::Piece> cut(const icu::MessagePattern& pattern) {
  std::vector<Message::Piece> pieces;
  const icu::UnicodeString& source = pattern.getPatternString();
  std::int32_t from = 0;
  for (std::int32_t i = 0; i < pattern.countParts(); ++i) {
    const auto& part = pattern.getPart(i);
    switch (part.getType()) {
      case UMSGPAT_PART_TYPE_MSG_START:
      case UMSGPAT_PART_TYPE_MSG_LIMIT:
        break;
      case UMSGPAT_PART_TYPE_ARG_START: {
        if (part.getArgType() != UMSGPAT_ARG_TYPE_NONE) return {};
        const auto& name = pattern.getPart(i + 1);
        pieces.push_back({utf8(source.tempSubStringBetween(from, part.getIndex())),
                          utf8(pattern.getSubstring(name))});
        i = pattern.getLimitPartIndex(i);
        from = pattern.getPart(i).getLimit();
        break;
      }
      default:
        return {};  // quoting, plurals and the like are ICU's
    }
  }
  pieces.push_back({utf8(source.tempSubString(from)), {}});
  return pieces;
}

Message compile(const Path& file, const std::string& key, Locale locale, std::string source) {
  const icu::UnicodeString pattern = unicode(source);
  UErrorCode status = U_ZERO_ERROR;
  UParseError place;
  const icu::MessagePattern parsed(pattern, &place, status);
  if (U_FAILURE(status)) {
    refuse(file, "the message \"" + key + "\" does not parse near character " +
                     std::to_string(place.offset) + " (" + u_errorName(status) + ")");
  }
  Message message;
  message.arguments = argumentsOf(parsed);
  message.pieces = cut(parsed);
  if (message.arguments.empty() && !message.pieces.empty()) {
    message.text = std::move(source);
    return message;
  }
  auto format = std::make_shared<icu::MessageFormat>(pattern, icuLocale(locale), place, status);
  if (U_FAILURE(status)) {
    refuse(file, "the message \"" + key + "\" is not understood (" + u_errorName(status) + ")");
  }
  if (message.arguments.empty()) {
    // Only apostrophes are special here: what they quote is worked out once.
    icu::UnicodeString shown;
    format->format(nullptr, nullptr, 0, shown, status);
    if (U_FAILURE(status)) refuse(file, "the message \"" + key + "\" can not be shown");
    message.text = utf8(shown);
    return message;
  }
  message.text = std::move(source);
  message.format = std::move(format);
  return message;
}

/// Numbers up to 999 look the same in all three languages; larger ones are grouped, and negative
/// ones have a sign of their own.
bool isPlainNumber(std::int64_t number) { return number >= 0 && number < 1000; }

/// A message that was filled in with nothing but a small number. The same counts come again from
/// row to row and from page to page, so each thread remembers what they look like.
struct Counted {
  std::uint64_t instance;
  const Message* message;
  std::int64_t number;
  bool operator==(const Counted&) const = default;
};
struct CountedHash {
  std::size_t operator()(const Counted& counted) const {
    return std::hash<const void*>{}(counted.message) * 31 +
           std::hash<std::int64_t>{}(counted.number);
  }
};
constexpr std::size_t kMostCounted = 4096;

bool isCount(const Message& message, const std::vector<TextArgument>& arguments) {
  if (arguments.size() != 1 || message.arguments.size() != 1) return false;
  const auto* number = std::get_if<std::int64_t>(&arguments.front().second);
  return number && isPlainNumber(*number) && message.arguments.front() == arguments.front().first;
}

std::uint64_t nextInstance() {
  static std::atomic<std::uint64_t> counter{0};
  return ++counter;
}

struct KeyHash : std::hash<std::string_view> {
  using is_transparent = void;
};

}  // namespace

struct Catalogue::Impl {
  using Messages = std::array<Message, kLocales.size()>;
  const std::uint64_t instance = nextInstance();
  std::unordered_map<std::string, Messages, KeyHash, std::equal_to<>> messages;
  mutable std::mutex unknownMutex;
  mutable std::set<std::string, std::less<>> unknown;

  const Message* find(Locale locale, std::string_view key) const {
    const auto found = messages.find(key);
    return found == messages.end() ? nullptr : &found->second[static_cast<std::size_t>(locale)];
  }

  /// The key as the text to be shown. Bounded, should keys ever come from outside.
  const std::string& complain(std::string_view key) const {
    static constexpr std::size_t kMostRemembered = 1000;
    static const std::string kNothing;
    const std::lock_guard lock(unknownMutex);
    if (const auto found = unknown.find(key); found != unknown.end()) return *found;
    if (unknown.size() >= kMostRemembered) return kNothing;
    const auto& kept = *unknown.emplace(key).first;
    Poco::Logger::get("pages").warning("there is no text for the key \"" + kept + "\"");
    return kept;
  }

  /// A language may do without an argument (a plural that looks like the singular), but no two may
  /// have different ones: that is a name misspelt.
  static void requireSameArguments(const Path& file, const std::string& key,
                                   const Messages& messages) {
    std::set<std::string> all;
    for (const Message& message : messages)
      all.insert(message.arguments.begin(), message.arguments.end());
    const bool oneHasAll =
        std::any_of(messages.begin(), messages.end(),
                    [&](const Message& message) { return message.arguments.size() == all.size(); });
    if (!oneHasAll)
      refuse(file, "the arguments of the message \"" + key + "\" differ between languages");
  }

  void addGroup(const std::string& plugin, const std::array<Path, kLocales.size()>& files);
  /// By ICU, which takes longer than anything else on a page of many counts.
  std::string filledIn(const Message& message, std::string_view key,
                       const std::vector<TextArgument>& arguments) const;
};

void Catalogue::Impl::addGroup(const std::string& plugin,
                               const std::array<Path, kLocales.size()>& files) {
  std::array<std::map<std::string, std::string>, kLocales.size()> read;
  for (const Locale locale : kLocales) {
    const auto i = static_cast<std::size_t>(locale);
    if (!std::filesystem::is_regular_file(files[i])) refuse(files[i], "is missing");
    read[i] = readMessages(files[i]);
  }
  for (std::size_t one = 0; one < read.size(); ++one) {
    for (std::size_t other = 0; other < read.size(); ++other) {
      for (const auto& [key, text] : read[one]) {
        if (!read[other].contains(key)) {
          refuse(files[other], "the key \"" + key + "\" is missing, which " +
                                   files[one].filename().string() + " has");
        }
      }
    }
  }
  const std::string prefix = plugin + ".";
  for (const auto& [key, finnish] : read[0]) {
    if (!plugin.empty() && !key.starts_with(prefix)) {
      refuse(files[0], "the key \"" + key + "\" must begin with \"" + prefix + "\"");
    }
    if (messages.contains(key)) refuse(files[0], "the key \"" + key + "\" is in another file too");
    Messages compiled;
    for (const Locale locale : kLocales) {
      const auto i = static_cast<std::size_t>(locale);
      compiled[i] = compile(files[i], key, locale, std::move(read[i].at(key)));
    }
    requireSameArguments(files[0], key, compiled);
    messages.emplace(key, std::move(compiled));
  }
}

Catalogue::Catalogue() : impl_(std::make_unique<Impl>()) {}
Catalogue::~Catalogue() = default;

void Catalogue::add(const std::string& plugin, const std::filesystem::path& folder) {
  std::set<std::string> groups;
  if (!std::filesystem::exists(folder)) return;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    // "access.fi.json" belongs to the group "access.", "fi.json" to the group without a name.
    const std::string stem = entry.path().stem().string();
    const std::size_t dot = stem.rfind('.');
    const std::size_t from = dot == stem.npos ? 0 : dot + 1;
    if (!parseLocale(stem.substr(from))) refuse(entry.path(), "is in no language of the interface");
    groups.insert(stem.substr(0, from));
  }
  for (const std::string& group : groups) {
    std::array<Path, kLocales.size()> files;
    for (const Locale locale : kLocales) {
      files[static_cast<std::size_t>(locale)] =
          folder / (group + std::string(code(locale)) + ".json");
    }
    impl_->addGroup(plugin == "core" ? "" : plugin, files);
  }
}

const std::string& Catalogue::get(Locale locale, std::string_view key) const {
  const Message* message = impl_->find(locale, key);
  return message ? message->text : impl_->complain(key);
}

bool Catalogue::has(std::string_view key) const { return impl_->messages.contains(key); }

bool Catalogue::hasArguments(std::string_view key) const {
  const auto found = impl_->messages.find(key);
  return found != impl_->messages.end() &&
         std::any_of(found->second.begin(), found->second.end(),
                     [](const Message& message) { return !message.arguments.empty(); });
}

std::string Catalogue::format(Locale locale, std::string_view key,
                              const std::vector<TextArgument>& arguments) const {
  const Message* message = impl_->find(locale, key);
  if (!message) return impl_->complain(key);
  if (message->arguments.empty()) return message->text;

  const auto given = [&](std::string_view name) {
    return std::find_if(arguments.begin(), arguments.end(),
                        [&](const TextArgument& argument) { return argument.first == name; });
  };
  const bool isSimple = !message->pieces.empty() &&
                        std::all_of(arguments.begin(), arguments.end(), [](const auto& argument) {
                          const auto* number = std::get_if<std::int64_t>(&argument.second);
                          return !number || isPlainNumber(*number);
                        });
  if (isSimple) {
    std::string out;
    for (const Message::Piece& piece : message->pieces) {
      out += piece.fixed;
      if (piece.argument.empty()) continue;
      const auto argument = given(piece.argument);
      if (argument == arguments.end()) {
        out += "{" + piece.argument + "}";
      } else if (const auto* number = std::get_if<std::int64_t>(&argument->second)) {
        out += std::to_string(*number);
      } else {
        out += std::get<std::string>(argument->second);
      }
    }
    return out;
  }

  if (!isCount(*message, arguments)) return impl_->filledIn(*message, key, arguments);
  thread_local std::unordered_map<Counted, std::string, CountedHash> known;
  const Counted counted{impl_->instance, message, std::get<std::int64_t>(arguments.front().second)};
  if (const auto found = known.find(counted); found != known.end()) return found->second;
  if (known.size() >= kMostCounted) known.clear();
  return known.emplace(counted, impl_->filledIn(*message, key, arguments)).first->second;
}

std::string Catalogue::Impl::filledIn(const Message& message, std::string_view key,
                                      const std::vector<TextArgument>& arguments) const {
  // ICU fills in parts of a format when it is first used, so each thread has copies of its own.
  thread_local std::map<std::pair<std::uint64_t, const void*>, std::unique_ptr<icu::MessageFormat>>
      copies;
  auto& own = copies[{instance, &message}];
  if (!own) own.reset(message.format->clone());

  std::vector<icu::UnicodeString> names;
  std::vector<icu::Formattable> values;
  names.reserve(arguments.size());
  values.reserve(arguments.size());
  for (const auto& [name, value] : arguments) {
    names.push_back(unicode(name));
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      values.emplace_back(*number);
    } else {
      values.emplace_back(unicode(std::get<std::string>(value)));
    }
  }
  icu::UnicodeString shown;
  UErrorCode status = U_ZERO_ERROR;
  own->format(names.data(), values.data(), static_cast<std::int32_t>(names.size()), shown, status);
  if (U_FAILURE(status)) {
    throw std::runtime_error("the text \"" + std::string(key) + "\" can not be filled in (" +
                             u_errorName(status) + ")");
  }
  return utf8(shown);
}

}  // namespace toimela::pages
