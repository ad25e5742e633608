#include "toimela/types.h"

#include <unicode/timezone.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <stdexcept>

#include "kit/local_time.h"

namespace toimela {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool allDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), isDigit);
}

/// A number of digits only, that fits; the callers have bounded the length.
int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

template <std::size_t N>
std::optional<std::array<char, N>> digits(std::string_view text) {
  if (text.size() != N || !allDigits(text)) return std::nullopt;
  std::array<char, N> result;
  std::copy(text.begin(), text.end(), result.begin());
  return result;
}

bool isLocalPart(std::string_view text) {
  if (text.empty() || text.size() > 64 || text.front() == '.' || text.back() == '.') return false;
  if (text.find("..") != text.npos) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return isLetter(c) || isDigit(c) ||
           (c != '\0' &&
            std::string_view(".!#$%&'*+/=?^_`{|}~-").find(c) != std::string_view::npos);
  });
}

bool isDomainLabel(std::string_view text) {
  if (text.empty() || text.size() > 63 || text.front() == '-' || text.back() == '-') return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return isLetter(c) || isDigit(c) || c == '-'; });
}

bool isDomain(std::string_view text) {
  int labels = 0;
  std::string_view last;
  for (std::size_t from = 0; from <= text.size(); ++labels) {
    const std::size_t dot = std::min(text.find('.', from), text.size());
    last = text.substr(from, dot - from);
    if (!isDomainLabel(last)) return false;
    from = dot + 1;
  }
  // A last label of digits would be an IP address written without brackets.
  return labels >= 2 && !allDigits(last);
}

const icu::TimeZone& helsinki() {
  static const std::unique_ptr<const icu::TimeZone> zone = [] {
    std::unique_ptr<const icu::TimeZone> made(icu::TimeZone::createTimeZone("Europe/Helsinki"));
    if (!made || *made == icu::TimeZone::getUnknown()) {
      throw std::runtime_error("the time zone Europe/Helsinki is not known");
    }
    return made;
  }();
  return *zone;
}

void appendPadded(std::string& out, unsigned value, unsigned width) {
  char buffer[16];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  for (auto length = static_cast<unsigned>(end - buffer); length < width; ++length) out += '0';
  out.append(buffer, end);
}

void appendDay(std::string& out, const std::chrono::year_month_day& day) {
  appendPadded(out, static_cast<unsigned>(static_cast<int>(day.year())), 4);
  out += '-';
  appendPadded(out, static_cast<unsigned>(day.month()), 2);
  out += '-';
  appendPadded(out, static_cast<unsigned>(day.day()), 2);
}

}  // namespace

std::optional<std::int64_t> parseId(std::string_view text) {
  if (!allDigits(text) || text.front() == '0') return std::nullopt;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{}) return std::nullopt;
  return value;
}

std::optional<Locale> parseLocale(std::string_view text) {
  for (const Locale locale : kLocales) {
    if (code(locale) == text) return locale;
  }
  return std::nullopt;
}

LocalText::Picked LocalText::pick(Locale wanted) const {
  if (!in(wanted).empty()) return {in(wanted), wanted};
  // Finnish first, since it is the language that a text most probably has been written in.
  for (const Locale locale : kLocales) {
    if (!in(locale).empty()) return {in(locale), locale};
  }
  return {in(wanted), wanted};
}

std::optional<RegionCode> RegionCode::parse(std::string_view text) {
  const auto found = digits<2>(text);
  if (!found) return std::nullopt;
  RegionCode region;
  region.digits_ = *found;
  return region;
}

std::optional<MunicipalityCode> MunicipalityCode::parse(std::string_view text) {
  const auto found = digits<3>(text);
  if (!found) return std::nullopt;
  MunicipalityCode municipality;
  municipality.digits_ = *found;
  return municipality;
}

std::optional<EmailAddress> EmailAddress::parse(std::string_view text) {
  if (text.size() > 254) return std::nullopt;
  const std::size_t at = text.find('@');
  if (at == text.npos) return std::nullopt;
  if (!isLocalPart(text.substr(0, at)) || !isDomain(text.substr(at + 1))) return std::nullopt;
  EmailAddress address;
  address.text_ = text;
  std::transform(address.text_.begin() + static_cast<std::ptrdiff_t>(at), address.text_.end(),
                 address.text_.begin() + static_cast<std::ptrdiff_t>(at), lower);
  return address;
}

std::string EmailAddress::key() const {
  std::string key = text_;
  std::transform(key.begin(), key.end(), key.begin(), lower);
  return key;
}

std::optional<BusinessId> BusinessId::parse(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == text.npos || (dash != 6 && dash != 7) || text.size() != dash + 2) return std::nullopt;
  if (!allDigits(text.substr(0, dash)) || !isDigit(text.back())) return std::nullopt;
  const std::string padded = std::string(7 - dash, '0') + std::string(text);

  static constexpr std::array kWeights{7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) sum += kWeights[i] * (padded[i] - '0');
  if (sum == 0) return std::nullopt;
  // A remainder of one has no check digit: such numbers are never given.
  const int remainder = sum % 11;
  if (remainder == 1) return std::nullopt;
  if (padded.back() - '0' != (remainder == 0 ? 0 : 11 - remainder)) return std::nullopt;

  BusinessId id;
  id.text_ = padded;
  return id;
}

Instant now() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::string isoText(Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::hh_mm_ss time{instant - day};
  std::string out;
  out.reserve(20);
  appendDay(out, day);
  out += 'T';
  appendPadded(out, static_cast<unsigned>(time.hours().count()), 2);
  out += ':';
  appendPadded(out, static_cast<unsigned>(time.minutes().count()), 2);
  out += ':';
  appendPadded(out, static_cast<unsigned>(time.seconds().count()), 2);
  out += 'Z';
  return out;
}

std::chrono::local_time<std::chrono::milliseconds> helsinkiTime(Instant instant) {
  // The offset changes at full hours only, so one answer of the time zone serves a whole hour.
  struct Remembered {
    std::chrono::sys_time<std::chrono::hours> hour =
        std::chrono::sys_time<std::chrono::hours>::max();
    std::chrono::milliseconds offset{};
  };
  thread_local Remembered remembered;
  const auto hour = std::chrono::floor<std::chrono::hours>(instant);
  if (hour != remembered.hour) {
    std::int32_t standard = 0, summer = 0;
    UErrorCode status = U_ZERO_ERROR;
    helsinki().getOffset(static_cast<double>(instant.time_since_epoch().count()), false, standard,
                         summer, status);
    if (U_FAILURE(status)) throw std::runtime_error("the time of day in Helsinki can not be told");
    remembered = {hour, std::chrono::milliseconds{standard + summer}};
  }
  return std::chrono::local_time<std::chrono::milliseconds>{instant.time_since_epoch() +
                                                            remembered.offset};
}

std::optional<Instant> parseHelsinkiTime(std::string_view text) {
  const std::size_t gap = text.find_first_of("T ");
  if (gap == text.npos) return std::nullopt;
  const auto date = Date::parse(text.substr(0, gap));
  const std::string_view time = text.substr(gap + 1);
  const std::size_t colon = time.find_first_of(":.");
  if (!date || colon == time.npos || colon == 0 || colon > 2) return std::nullopt;
  const std::string_view hour = time.substr(0, colon), minute = time.substr(colon + 1, 2);
  // A browser may send seconds; nobody means them.
  const std::string_view rest = time.substr(std::min(time.size(), colon + 3));
  const bool isWhole = rest.empty() || (rest.size() == 3 && rest[0] == ':' && allDigits(rest.substr(1)));
  if (!isWhole || minute.size() != 2 || !allDigits(hour) || !allDigits(minute)) return std::nullopt;
  if (number(hour) > 23 || number(minute) > 59) return std::nullopt;

  const std::chrono::local_time<std::chrono::milliseconds> wanted =
      std::chrono::local_days{date->day()} + std::chrono::hours{number(hour)} +
      std::chrono::minutes{number(minute)};
  // The offset is one of two: whichever shows the wanted time is right, the summer one if both do.
  for (const int offset : {3, 2}) {
    const Instant instant{wanted.time_since_epoch() - std::chrono::hours{offset}};
    if (helsinkiTime(instant) == wanted) return instant;
  }
  return std::nullopt;
}

std::string helsinkiText(Instant instant) {
  const auto local = helsinkiTime(instant);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::hh_mm_ss time{local - day};
  std::string out;
  out.reserve(16);
  appendDay(out, std::chrono::year_month_day{day});
  out += 'T';
  appendPadded(out, static_cast<unsigned>(time.hours().count()), 2);
  out += ':';
  appendPadded(out, static_cast<unsigned>(time.minutes().count()), 2);
  return out;
}

std::optional<Date> Date::parse(std::string_view text) {
  std::string_view year, month, day;
  if (text.size() == 10 && text[4] == '-' && text[7] == '-') {
    year = text.substr(0, 4);
    month = text.substr(5, 2);
    day = text.substr(8, 2);
  } else {
    const std::size_t first = text.find('.');
    const std::size_t second = first == text.npos ? first : text.find('.', first + 1);
    if (second == text.npos || first > 2 || second - first > 3) return std::nullopt;
    day = text.substr(0, first);
    month = text.substr(first + 1, second - first - 1);
    year = text.substr(second + 1);
  }
  if (year.size() != 4 || year.front() == '0') return std::nullopt;
  if (!allDigits(year) || !allDigits(month) || !allDigits(day)) return std::nullopt;
  const std::chrono::year_month_day found{std::chrono::year{number(year)},
                                          std::chrono::month{static_cast<unsigned>(number(month))},
                                          std::chrono::day{static_cast<unsigned>(number(day))}};
  if (!found.ok()) return std::nullopt;
  return Date(found);
}

Date Date::of(Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(helsinkiTime(instant));
  return Date(std::chrono::year_month_day{day});
}

std::string Date::text() const {
  std::string out;
  out.reserve(10);
  appendDay(out, day_);
  return out;
}

Date Date::plusDays(int days) const {
  return Date(std::chrono::year_month_day{std::chrono::local_days{day_} + std::chrono::days{days}});
}

}  // namespace toimela
