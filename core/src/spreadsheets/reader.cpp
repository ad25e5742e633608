#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stdexcept>

#include "confinement/child.h"
#include "spreadsheets/taking_apart.h"

namespace toimela::spreadsheet {

const std::string& Row::cell(std::size_t column) const {
  static const std::string none;
  return column < cells.size() ? cells[column] : none;
}

Outcome read(const std::string& path, const Limits& limits) {
  const int in = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (in < 0) return Trouble::notATable;
  const std::shared_ptr<void> closes(nullptr, [in](void*) { ::close(in); });
  struct stat about{};
  if (::fstat(in, &about) != 0 || !S_ISREG(about.st_mode)) return Trouble::notATable;
  if (static_cast<std::uint64_t>(about.st_size) > limits.bytes) return Trouble::tooLarge;
  const auto result = confinement::run(
      {std::string(kTakeApart), std::to_string(limits.rows), std::to_string(limits.columns)}, in, {});
  if (result.end == confinement::Result::End::notConfined)
    throw std::runtime_error("a spreadsheet is not taken apart: the limits can not be had here");
  if (result.end != confinement::Result::End::done || result.code != 0) return Trouble::tooMuchWork;
  return decode(result.output);
}

}  // namespace toimela::spreadsheet
