// ZIP files that somebody sent, read with the same care everywhere.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "toimela/types.h"

struct zip;  // of libzip

namespace toimela::files {

struct ZipProblem {
  enum class Kind {
    damaged,    ///< no sound ZIP file, or nothing in it
    encrypted,
    tooLarge,   ///< more files or bytes than may be, whatever its directory says
    badPlace    ///< a name that leads out of the folder, neither file nor folder, or one name for two things
  };
  Kind kind;
  std::string file;  ///< in the ZIP; empty: the whole of it
};

/// Takes the next piece of a file; false when it is more than may be.
using ZipTaker = std::function<bool(std::string_view piece)>;

/// A ZIP file that stays packed: all names in it are judged when it is opened, its files are read one by one. What
/// macOS adds for itself is left out. Used by one thread at a time.
class TOIMELA_API ZipReader {
 public:
  struct File {
    std::string name;           ///< with '/' between folders
    std::uint64_t size = 0;     ///< unpacked, in bytes, as the directory says; it never gives more
    bool isEncrypted = false;   ///< and so can not be read
    std::uint64_t index = 0;    ///< in the directory
  };

  /// `mostEntries` counts files and folders.
  static std::variant<ZipReader, ZipProblem> open(const std::string& path, std::int64_t mostEntries);
  /// In their order; no two have one name, and none lies in another.
  const std::vector<File>& files() const { return files_; }
  /// Ends at the first problem: throw away what was taken until then. Exceptions of the taker pass through.
  std::optional<ZipProblem> read(const File& file, const ZipTaker& take) const;

 private:
  using Archive = std::unique_ptr<zip, void (*)(zip*)>;
  ZipReader(Archive archive, std::vector<File> files) : archive_(std::move(archive)), files_(std::move(files)) {}
  Archive archive_;
  std::vector<File> files_;
};

struct ZipLimits {
  std::int64_t entries = 0;  ///< files and folders
  std::uint64_t bytes = 0;   ///< of all that is taken, unpacked
};

/// Goes through all files of a ZipReader. `open` is told the name of each and gives what takes its content, or nothing
/// for a file that is left out. Ends at the first problem: throw away what was taken until then. Exceptions of `open`
/// and of takers pass through.
TOIMELA_API std::optional<ZipProblem> readZip(const std::string& path, const ZipLimits& limits,
                                              const std::function<ZipTaker(const std::string& name)>& open);

}  // namespace toimela::files
