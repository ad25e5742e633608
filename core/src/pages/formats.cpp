// How dates and numbers look and names are ordered in each language.
#include <unicode/coll.h>
#include <unicode/stringpiece.h>

#include <array>
#include <memory>
#include <stdexcept>

#include "kit/local_time.h"
#include "toimela/numbers.h"
#include "toimela/texts.h"

namespace toimela {

namespace {

constexpr std::array<std::string_view, 12> kEnglishMonths{
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

std::string twoDigits(long value) {
  return {static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
}

/// A collator is made once a thread and language: making one is slow, and sharing one is not safe.
const icu::Collator& collator(Locale locale) {
  thread_local std::array<std::unique_ptr<icu::Collator>, kLocales.size()> collators;
  auto& own = collators[static_cast<std::size_t>(locale)];
  if (!own) {
    UErrorCode status = U_ZERO_ERROR;
    own.reset(
        icu::Collator::createInstance(icu::Locale(std::string(code(locale)).c_str()), status));
    if (U_FAILURE(status)) throw std::runtime_error("there is no alphabet for a language");
  }
  return *own;
}

icu::StringPiece piece(std::string_view text) {
  return {text.data(), static_cast<std::int32_t>(text.size())};
}

}  // namespace

std::string showDate(Date date, Locale locale) {
  const auto day = std::to_string(static_cast<unsigned>(date.day().day()));
  const auto month = static_cast<unsigned>(date.day().month());
  const auto year = std::to_string(static_cast<int>(date.day().year()));
  if (locale == Locale::en)
    return day + " " + std::string(kEnglishMonths.at(month - 1)) + " " + year;
  return day + "." + std::to_string(month) + "." + year;
}

std::string showInstant(Instant instant, Locale locale) {
  const auto local = helsinkiTime(instant);
  const std::chrono::hh_mm_ss time{local - std::chrono::floor<std::chrono::days>(local)};
  const long hours = time.hours().count();
  const std::string minutes = twoDigits(time.minutes().count());
  const std::string date = showDate(Date::of(instant), locale);
  switch (locale) {
    case Locale::fi:
      return date + " klo " + std::to_string(hours) + "." + minutes;
    case Locale::sv:
      return date + " kl. " + std::to_string(hours) + "." + minutes;
    case Locale::en:
      return date + ", " + twoDigits(hours) + ":" + minutes;
  }
  return date;
}

std::string showNumber(std::int64_t number, Locale locale) {
  std::string digits = std::to_string(number < 0 ? -number : number);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), locale == Locale::en ? "," : "\u00a0");
  return (number >= 0 ? "" : locale == Locale::en ? "-" : "\u2212") + digits;
}

bool sortsBefore(std::string_view a, std::string_view b, Locale locale) {
  UErrorCode status = U_ZERO_ERROR;
  const UCollationResult order = collator(locale).compareUTF8(piece(a), piece(b), status);
  if (U_FAILURE(status)) throw std::runtime_error("two names can not be compared");
  return order == UCOL_LESS;
}

}  // namespace toimela
