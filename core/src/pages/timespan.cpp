#include "toimela/timespan.h"

#include <array>
#include <string_view>

#include "kit/local_time.h"
#include "toimela/texts.h"

namespace toimela {

namespace {

constexpr std::array<std::array<std::string_view, 7>, 3> kWeekdays{{
    {"su", "ma", "ti", "ke", "to", "pe", "la"},
    {"sön", "mån", "tis", "ons", "tors", "fre", "lör"},
    {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
}};

std::string dayText(Instant instant, Locale locale) {
  const Date date = Date::of(instant);
  const std::chrono::weekday weekday{std::chrono::local_days{date.day()}};
  std::string text(kWeekdays.at(static_cast<std::size_t>(locale)).at(weekday.c_encoding()));
  return text.append(" ").append(showDate(date, locale));
}

std::string_view beforeTime(Locale locale) {
  return locale == Locale::fi ? " klo " : locale == Locale::sv ? " kl. " : ", ";
}

}  // namespace

std::string showTimeOfDay(Instant instant, Locale locale) {
  const auto local = helsinkiTime(instant);
  const std::chrono::hh_mm_ss time{local - std::chrono::floor<std::chrono::days>(local)};
  const std::string hours = std::to_string(time.hours().count());
  const std::string minutes = std::to_string(time.minutes().count());
  const bool isPadded = locale == Locale::en && hours.size() == 1;
  return (isPadded ? "0" : "") + hours + (locale == Locale::en ? ":" : ".") +
         (minutes.size() == 1 ? "0" : "") + minutes;
}

std::string showSpan(Instant from, Instant to, Locale locale) {
  std::string text = dayText(from, locale);
  text.append(beforeTime(locale)).append(showTimeOfDay(from, locale));
  if (Date::of(from) == Date::of(to)) return text.append("–").append(showTimeOfDay(to, locale));
  text.append(" – ").append(dayText(to, locale));
  return text.append(beforeTime(locale)).append(showTimeOfDay(to, locale));
}

}  // namespace toimela
