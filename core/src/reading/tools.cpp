#include "reading/tools.h"

#include <unistd.h>

#include <array>
#include <new>
#include <stdexcept>
#include <string>

#include "confinement/confinement.h"
#include "reading/limits.h"
#include "reading/reading.h"
#include "reading/words_of.h"

namespace toimela::reading {

namespace {

/// Standard input, which is a file: it is opened anew there, and read by pages instead of as a whole.
constexpr const char* kInput = "/proc/self/fd/0";

bool writeAll(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

int readWords(std::string_view type) {
  // Whatever is loaded at its first use is loaded now: afterwards no file can be opened.
  wordsIn("a", "text/plain", 1);
  try {
    confinement::confine(kWordLimits);
  } catch (const std::runtime_error&) {
    return confinement::kNotConfined;
  }
  try {
    std::string content;
    std::array<char, 64 * 1024> buffer;
    for (ssize_t got; (got = ::read(STDIN_FILENO, buffer.data(), buffer.size())) > 0;)
      content.append(buffer.data(), static_cast<std::size_t>(got));
    const auto words = wordsIn(content, type, kMostWords);
    return words && writeAll(*words) ? 0 : 1;
  } catch (const std::bad_alloc&) {
    return 1;
  }
}

int runPoppler(std::string_view tool) {
  if (tool == kPdfText)
    return confinement::become("/usr/bin/pdftotext", {"-q", "-enc", "UTF-8", "-nopgbrk", kInput, "-"}, kPdfLimits);
  if (tool == kPdfFacts) return confinement::become("/usr/bin/pdfinfo", {kInput}, kPdfLimits);
  if (tool == kPdfPicture)
    return confinement::become("/usr/bin/pdftoppm",
                               {"-q", "-png", "-f", "1", "-l", "1", "-singlefile", "-scale-to",
                                std::to_string(kPictureSide), kInput},
                               kPdfLimits);
  return 2;
}

}  // namespace

std::optional<int> runTool(std::string_view word, std::string_view argument) {
  if (word == kReadWords) return readWords(argument);
  if (word == kPoppler) return runPoppler(argument);
  return std::nullopt;
}

}  // namespace toimela::reading
