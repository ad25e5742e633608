#include "reading/reading.h"

#include <algorithm>
#include <fstream>
#include <vector>

#include "confinement/child.h"
#include "reading/limits.h"
#include "reading/tools.h"
#include "reading/words_of.h"

namespace toimela::reading {

namespace {

using confinement::Result;

/// Exit codes of a child that could not begin: see confinement::become.
constexpr int kNoProgram = 127;
constexpr std::string_view kPng = "\x89PNG\r\n\x1a\n";

std::optional<Result> poppler(const std::filesystem::path& pdf, std::string_view tool, bool withErrors = false) {
  return confinement::runOn(pdf.string(), {std::string(kPoppler), std::string(tool)}, kPdfLimits, withErrors);
}

Words judged(const std::optional<Result>& result) {
  if (!result) return {Words::Outcome::unreadable, {}};
  if (result->end == Result::End::notConfined || (result->end == Result::End::done && result->code == kNoProgram))
    return {Words::Outcome::notConfined, {}};
  if (result->end != Result::End::done || result->code != 0) return {Words::Outcome::unreadable, {}};
  return {Words::Outcome::read, tidied(result->output, kMostWords)};
}

/// The word stands in the file somewhere, whatever it means there.
bool mentions(const std::filesystem::path& file, std::string_view word) {
  std::ifstream in(file, std::ios::binary);
  std::string window;
  std::vector<char> buffer(1024 * 1024);
  while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())), in.gcount() > 0) {
    window.append(buffer.data(), static_cast<std::size_t>(in.gcount()));
    if (window.find(word) != std::string::npos) return true;
    window.erase(0, window.size() - std::min(window.size(), word.size()));
  }
  return false;
}

}  // namespace

Words wordsOf(const std::filesystem::path& file, std::string_view type) {
  if (type == "application/pdf") return judged(poppler(file, kPdfText));
  return judged(confinement::runOn(file.string(), {std::string(kReadWords), std::string(type)}, kWordLimits));
}

std::optional<std::string> firstPage(const std::filesystem::path& pdf) {
  auto result = poppler(pdf, kPdfPicture);
  if (!result || result->end != Result::End::done || result->code != 0 || !result->output.starts_with(kPng))
    return std::nullopt;
  return std::move(result->output);
}

bool needsPassword(const std::filesystem::path& pdf) {
  if (!mentions(pdf, "/Encrypt")) return false;
  const auto result = poppler(pdf, kPdfFacts, true);
  return result && result->output.find("Incorrect password") != std::string::npos;
}

std::optional<std::string> whyNot() {
  const auto result = confinement::runOn("/dev/null", {std::string(kPoppler), std::string(kPdfFacts)}, kPdfLimits);
  if (!result || result->end == Result::End::notConfined)
    return "this machine can not confine a process (seccomp and Landlock of Linux 5.13 are needed)";
  if (result->end == Result::End::done && result->code == kNoProgram) return "poppler-utils is not installed";
  return std::nullopt;
}

}  // namespace toimela::reading
