// The words and the first page of a foreign file, taken out in a confined process.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace toimela::reading {

/// At most so many bytes of words are kept of a file.
inline constexpr std::size_t kMostWords = 1'000'000;
/// Pixels of the longer side of a small picture.
inline constexpr int kPictureSide = 480;

struct Words {
  enum class Outcome {
    read,
    unreadable,    ///< damaged, hostile or too much work; another attempt would end alike
    notConfined    ///< nothing was tried: this machine can not confine a process, or has no poppler
  } outcome = Outcome::unreadable;
  std::string text;  ///< UTF-8, one space between words; may be empty
};
Words wordsOf(const std::filesystem::path& file, std::string_view type);

/// The first page of a PDF as PNG; nothing when it can not be drawn.
std::optional<std::string> firstPage(const std::filesystem::path& pdf);

/// Does a PDF need a password to be opened? One that only forbids printing does not.
bool needsPassword(const std::filesystem::path& pdf);

/// Why nothing can be read on this machine, for the doctor; nothing when all is there.
std::optional<std::string> whyNot();

}  // namespace toimela::reading
