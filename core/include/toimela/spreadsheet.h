// Tables as files that offices open and send: XLSX and CSV, written and read.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "toimela/export.h"
#include "toimela/http.h"
#include "toimela/types.h"

namespace toimela::spreadsheet {

enum class Format { xlsx, csv };
TOIMELA_API std::string_view code(Format format);  ///< "xlsx"; also the ending of the file's name
TOIMELA_API std::optional<Format> parseFormat(std::string_view code);

/// What stands in a cell. Days and moments become dates of the spreadsheet (moments in Finnish
/// time); in CSV they are "2026-11-22" and "2026-11-22 09:30".
using Cell = std::variant<std::monostate, std::string, std::int64_t, double, Date, Instant>;

/// Writes one table, row by row: in XLSX with a bold, frozen header that filters, in CSV as Finnish
/// offices read it (UTF-8 with a byte order mark, ';', CRLF; RFC 4180 for quotes).
///
/// Texts that begin with = + - @, tab, CR or NUL get an apostrophe in front, so that no program takes
/// them for a formula (OWASP, CSV injection); a telephone number keeps its + in XLSX, where text is
/// text. read() takes the apostrophe away again.
class TOIMELA_API Writer {
 public:
  Writer(Format format, std::string_view sheet, const std::vector<std::string>& header);
  ~Writer();
  Writer(Writer&&) noexcept;
  Writer& operator=(Writer&&) noexcept;

  void row(const std::vector<Cell>& cells);
  /// A line below the rows: that there was more, and how to get it.
  void note(std::string_view text);
  /// A further sheet of sentences, one below the other. CSV has no place for it and leaves it out.
  void page(std::string_view sheet, const std::vector<std::string>& sentences);
  /// The file. Call it once, last.
  std::string finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The file as a download; `name` is without ending.
TOIMELA_API Response download(Format format, std::string_view name, std::string content);

/// A row as it stands in the file; the number is the one that a spreadsheet program shows.
struct TOIMELA_API Row {
  int number = 0;
  std::vector<std::string> cells;  ///< without spaces around; empty ones at the end are left out

  /// The cell of a column from 0; empty beyond the end.
  const std::string& cell(std::size_t column) const;
};

struct Limits {
  std::uint64_t bytes = 10 * 1024 * 1024;
  int rows = 20'000;
  int columns = 100;
};

/// Why a file can not be read.
enum class Trouble { notATable, damaged, tooLarge, tooManyRows, tooManyColumns, tooMuchWork };
/// The sentence for whoever sent it; it names the usual limits.
TOIMELA_API std::string_view messageKey(Trouble trouble);

/// The rows that are not empty, of a CSV file or of the first sheet of an XLSX file; which one it is
/// is seen from the content. CSV may be UTF-8 or Windows-1252, with ';', ',' or tab. Dates come as
/// "2026-11-22", formulas as their last result.
///
/// The file is taken apart in a process of its own that can open nothing, has 20 s, and 512 MiB.
TOIMELA_API std::variant<std::vector<Row>, Trouble> read(const std::string& path, const Limits& limits = {});

}  // namespace toimela::spreadsheet
