// Numbers and texts of XLSX cells as words. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace toimela::spreadsheet {

/// Is the format with this code one of dates? Years or days stand in it, outside quotes and brackets.
bool isDateFormat(std::string_view code);
/// The formats that need no code (ECMA-376, 18.8.30).
bool isDateFormat(int builtIn);

/// "2026-11-22", or "2026-11-22 09:30" when the number has a time of day; nothing when it is no day.
/// `from1904`: the calendar of old Macs.
std::optional<std::string> dateText(double serial, bool from1904);
/// A number without the noise of binary fractions: "1735895", "0.1".
std::string numberText(double value);

/// "C12" is {2, 12}: the column from 0, the row from 1.
struct Place {
  std::size_t column = 0;
  int row = 0;
};
std::optional<Place> parsePlace(std::string_view reference);

/// With _x000D_ and the like turned into what they stand for (ECMA-376, 22.9.2.19).
std::string unescaped(std::string_view text);

}  // namespace toimela::spreadsheet
