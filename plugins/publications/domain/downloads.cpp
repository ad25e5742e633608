#include "domain/downloads.h"

#include <algorithm>
#include <array>

namespace toimela::publications {

namespace {

/// More readers than this at once are not told apart: what is kept stays small.
constexpr std::size_t kMost = 100'000;

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  return result;
}

}  // namespace

bool isRobot(std::string_view userAgent) {
  constexpr std::array<std::string_view, 22> kMarks{
      "bot",     "crawl",   "spider",  "slurp",  "curl/",    "wget/",  "python", "java/",  "libwww", "scrapy", "http-client",
      "httpclient", "go-http", "harvest", "monitor", "feedfetcher", "lighthouse", "headless", "preview", "archiver", "perl", "ruby"};
  const std::string name = lower(userAgent);
  if (name.empty()) return true;
  return std::ranges::any_of(kMarks, [&](std::string_view mark) { return name.find(mark) != std::string::npos; });
}

bool isContinuation(std::string_view range) {
  if (range.empty()) return false;
  const auto equals = range.find('=');
  return equals == range.npos || !range.substr(equals + 1).starts_with("0-");
}

bool RecentClicks::counts(const std::string& reader, PartId part, Instant at) {
  if (at - swept_ >= kDoubleClick || last_.size() >= kMost) {
    std::erase_if(last_, [&](const auto& each) { return at - each.second >= kDoubleClick; });
    if (last_.size() >= kMost) last_.clear();
    swept_ = at;
  }
  const auto [found, isNew] = last_.try_emplace({part, reader}, at);
  const bool isCounted = isNew || at - found->second >= kDoubleClick;
  found->second = at;
  return isCounted;
}

}  // namespace toimela::publications
