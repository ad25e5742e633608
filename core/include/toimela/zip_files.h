// ZIP files that somebody sent, read with the same care everywhere.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "toimela/types.h"

namespace toimela::files {

struct ZipProblem {
  enum class Kind {
    damaged,    ///< no sound ZIP file, or nothing in it
    encrypted,
    tooLarge,   ///< more files or bytes than may be, whatever its directory says
    badPlace    ///< a name that leads out of the folder, neither file nor folder, or one name twice
  };
  Kind kind;
  std::string file;  ///< in the ZIP; empty: the whole of it
};

struct ZipLimits {
  std::int64_t entries = 0;  ///< files and folders
  std::uint64_t bytes = 0;   ///< of all that is taken, unpacked
};

/// Takes the next piece of a file; false when it is more than may be.
using ZipTaker = std::function<bool(std::string_view piece)>;

/// Goes through all files in their order. `open` is told the name of each, with '/' between folders, and gives what
/// takes its content, or nothing for a file that is left out. What macOS adds for itself is left out unasked. Ends at
/// the first problem: throw away what was taken until then. Exceptions of `open` and of takers pass through.
TOIMELA_API std::optional<ZipProblem> readZip(const std::string& path, const ZipLimits& limits,
                                              const std::function<ZipTaker(const std::string& name)>& open);

}  // namespace toimela::files
