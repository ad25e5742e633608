// Values that can not hold nonsense: ids, places, addresses, times, texts in three languages.
#pragma once

#include <array>
#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "toimela/export.h"

namespace toimela {

/// The number of a row of one kind; ids of different kinds do not mix.
template <class Tag>
struct Id {
  std::int64_t value = 0;
  auto operator<=>(const Id&) const = default;
  std::string text() const { return std::to_string(value); }
};
using PersonId = Id<struct PersonTag>;
using OrganisationId = Id<struct OrganisationTag>;
using FileId = Id<struct FileTag>;

/// A positive whole number from a path or a form; nothing for anything else.
TOIMELA_API std::optional<std::int64_t> parseId(std::string_view text);

/// Languages of the interface and of content. Finnish is the last resort of every fallback.
enum class Locale { fi, sv, en };
inline constexpr std::array kLocales{Locale::fi, Locale::sv, Locale::en};
constexpr std::string_view code(Locale locale) {
  return locale == Locale::fi ? "fi" : locale == Locale::sv ? "sv" : "en";
}
TOIMELA_API std::optional<Locale> parseLocale(std::string_view code);

/// A content text per language; a language may be missing.
struct LocalText {
  std::string fi, sv, en;

  const std::string& in(Locale locale) const {
    return locale == Locale::fi ? fi : locale == Locale::sv ? sv : en;
  }
  std::string& in(Locale locale) { return const_cast<std::string&>(std::as_const(*this).in(locale)); }
  /// The text for a reader of `wanted` and the language it really is in (for the lang attribute).
  struct Picked {
    const std::string& text;
    Locale locale;
  };
  TOIMELA_API Picked pick(Locale wanted) const;
  bool empty() const { return fi.empty() && sv.empty() && en.empty(); }
  bool operator==(const LocalText&) const = default;
};

/// Statistics Finland's code of a region (maakunta): two digits.
class TOIMELA_API RegionCode {
 public:
  static std::optional<RegionCode> parse(std::string_view text);
  std::string text() const { return {digits_.data(), 2}; }
  auto operator<=>(const RegionCode&) const = default;

 private:
  std::array<char, 2> digits_{};
};

/// Statistics Finland's code of a municipality: three digits.
class TOIMELA_API MunicipalityCode {
 public:
  static std::optional<MunicipalityCode> parse(std::string_view text);
  std::string text() const { return {digits_.data(), 3}; }
  auto operator<=>(const MunicipalityCode&) const = default;

 private:
  std::array<char, 3> digits_{};
};

/// An e-mail address that can be mailed to: one '@', a domain with a dot, no spaces or control
/// characters, at most 254 characters (RFC 5321). The domain is kept in lower case.
class TOIMELA_API EmailAddress {
 public:
  static std::optional<EmailAddress> parse(std::string_view text);
  const std::string& text() const { return text_; }
  /// For looking up: the whole address in lower case.
  std::string key() const;
  auto operator<=>(const EmailAddress&) const = default;

 private:
  std::string text_;
};

/// Finnish business id (Y-tunnus) with its check digit; older six-digit ones are padded.
/// Weights 7 9 10 5 8 4 2, sum modulo 11 (Patentti- ja rekisterihallitus).
class TOIMELA_API BusinessId {
 public:
  static std::optional<BusinessId> parse(std::string_view text);
  const std::string& text() const { return text_; }  ///< "1234567-1"
  auto operator<=>(const BusinessId&) const = default;

 private:
  std::string text_;
};

/// A moment in UTC, to the millisecond.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
TOIMELA_API Instant now();
/// "2026-11-22T09:30:00Z"
TOIMELA_API std::string isoText(Instant instant);
/// The moment that clocks in Finland show as "2026-11-22T09:30" (also "2026-11-22 09:30" and
/// "22.11.2026 9.30"); nothing when there is no such time, as in the hour that summer time skips. In
/// the hour that comes twice it is the earlier one.
TOIMELA_API std::optional<Instant> parseHelsinkiTime(std::string_view text);
/// "2026-11-22T09:30", as clocks in Finland show it.
TOIMELA_API std::string helsinkiText(Instant instant);

/// A calendar day in Finland.
class TOIMELA_API Date {
 public:
  /// "2026-11-22" or "22.11.2026"; nothing when there is no such day.
  static std::optional<Date> parse(std::string_view text);
  /// The day that `instant` falls on in Europe/Helsinki.
  static Date of(Instant instant);
  static Date today() { return of(now()); }
  explicit Date(std::chrono::year_month_day day) : day_(day) {}

  std::string text() const;  ///< ISO 8601, "2026-11-22"
  std::chrono::year_month_day day() const { return day_; }
  Date plusDays(int days) const;
  auto operator<=>(const Date&) const = default;

 private:
  std::chrono::year_month_day day_;
};

/// From a day to a day, both included; without an end it goes on.
struct DateRange {
  Date from;
  std::optional<Date> to;

  bool contains(Date day) const { return from <= day && (!to || day <= *to); }
  bool overlaps(const DateRange& other) const {
    return (!to || other.from <= *to) && (!other.to || from <= *other.to);
  }
  bool ordered() const { return !to || from <= *to; }
};

}  // namespace toimela
