#include "search/question_of.h"

#include <algorithm>
#include <charconv>

#include "directory/search_pattern.h"
#include "search/query.h"
#include "toimela/host.h"

namespace toimela::search {

namespace {

constexpr std::size_t kLongestValue = 240, kMostFilters = 12;

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' '), last = text.find_last_not_of(' ');
  return first == std::string_view::npos ? std::string() : std::string(text.substr(first, last - first + 1));
}

void refuseControls(std::string_view text) {
  for (const unsigned char c : text)
    if (c < 0x20 || c == 0x7F) throw RequestError(400, "error.400.text", "control characters in a search");
}

std::string escaped(std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const unsigned char c : text) {
    const bool isPlain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                         c == '.' || c == '_' || c == '~';
    if (isPlain) out += static_cast<char>(c);
    else (out += '%') += {kHex[c >> 4], kHex[c & 15]};
  }
  return out;
}

}  // namespace

Question questionOf(const Request& request) {
  Question question{.typed = trimmed(directory::beginning(request.query.text("q"), kMostTyped)), .locale = request.locale};
  refuseControls(question.typed);
  for (const Facet facet : kFacets)
    for (const auto value : request.query.every(code(facet))) {
      refuseControls(value);
      if (!value.empty() && value.size() <= kLongestValue && question.filters.size() < kMostFilters)
        question.filters.push_back({facet, std::string(value)});
    }
  if (request.query.text("sort") == "newest") question.sort = Sort::newest;
  question.limit = kHitsOnPage;
  const auto page = request.query.text("page");
  int number = 1;
  std::from_chars(page.data(), page.data() + page.size(), number);
  question.first = (std::clamp(number, 1, kDeepest / kHitsOnPage) - 1) * kHitsOnPage;
  return question;
}

std::string addressOf(const Question& question, int page) {
  std::string address;
  const auto add = [&](std::string_view name, std::string_view value) {
    ((address += address.empty() ? "" : "&") += name) += "=";
    address += escaped(value);
  };
  add("q", question.typed);
  for (const Filter& filter : question.filters) add(code(filter.facet), filter.value);
  if (question.sort == Sort::newest) add("sort", "newest");
  if (page > 1) add("page", std::to_string(page));
  return address;
}

int pageOf(const Question& question) { return question.first / kHitsOnPage + 1; }

}  // namespace toimela::search
