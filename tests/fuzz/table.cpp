// A table as CSV, the values of XLSX cells, and what the process that takes a foreign file apart answers.
#include "promise.h"
#include "spreadsheets/csv.h"
#include "spreadsheets/taking_apart.h"
#include "spreadsheets/xlsx_values.h"

using namespace toimela;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto text = fuzz::textOf(data + 1, size - 1);
  constexpr spreadsheet::Limits kLimits{.bytes = 64 * 1024, .rows = 50, .columns = 20};
  switch (data[0] % 3) {
    case 0:
      try {
        spreadsheet::Collector rows(kLimits);
        spreadsheet::readCsv(std::string(text), rows);
        const auto taken = rows.take();
        fuzz::promise(std::ssize(taken) <= kLimits.rows);
        for (const spreadsheet::Row& row : taken) fuzz::promise(std::ssize(row.cells) <= kLimits.columns && row.number > 0);
        const auto outcome = spreadsheet::decode(spreadsheet::encode(taken));
        const auto* again = std::get_if<std::vector<spreadsheet::Row>>(&outcome);
        fuzz::promise(again && again->size() == taken.size());
        for (std::size_t i = 0; i < taken.size(); ++i) fuzz::promise((*again)[i].cells == taken[i].cells);
      } catch (const spreadsheet::Refused&) {
      }
      break;
    case 1:
      spreadsheet::isDateFormat(text);
      spreadsheet::unescaped(text);
      if (const auto place = spreadsheet::parsePlace(text)) fuzz::promise(place->row > 0);
      if (double serial = 0; text.size() >= sizeof serial) {
        std::copy_n(text.data(), sizeof serial, reinterpret_cast<char*>(&serial));
        spreadsheet::dateText(serial, text.size() % 2 == 0);
        spreadsheet::numberText(serial);
      }
      break;
    default:
      try {
        spreadsheet::decode(std::string(text));
      } catch (const std::runtime_error&) {
      }
  }
  return 0;
}
