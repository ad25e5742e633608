// When something was published, as exactly as it is known.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace toimela::publications {

/// A year, a month or a day: "2019", "2019-05", "2019-05-14" (ISO 8601; W3C-DTF as Dublin Core wants it). Also
/// read as Finns write it: "5/2019", "14.5.2019". From the year 1500 to 2100.
class Issued {
 public:
  static std::optional<Issued> parse(std::string_view text);
  const std::string& text() const { return text_; }
  int year() const;
  std::optional<unsigned> month() const;
  std::optional<unsigned> day() const;
  auto operator<=>(const Issued&) const = default;

 private:
  std::string text_;
};

}  // namespace toimela::publications
