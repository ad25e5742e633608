// What an import is made of: a folder of export, or a ZIP file with one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>

#include "toimela/host.h"
#include "toimela/http.h"

namespace toimela::publications::exchange {

/// Something in it can not be read.
struct Damaged : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Bundle {
 public:
  virtual ~Bundle() = default;

  /// A table by its name without ending, as CSV or XLSX: where it lies, for as long as this object lives. Nothing
  /// when there is none. Throws Damaged.
  virtual std::optional<std::filesystem::path> table(const std::string& name) = 0;
  /// Is there a file of that path? None that leads out of the bundle is.
  virtual bool has(const std::string& path) const = 0;
  /// A copy of a file that it has. Throws Damaged, or DatabaseFull.
  virtual std::shared_ptr<const SpooledFile> take(const std::string& path) const = 0;
};

std::unique_ptr<Bundle> openFolder(Host& host, const std::filesystem::path& folder);

enum class ZipTrouble {
  damaged,   ///< no sound ZIP file, or encrypted
  tooLarge,  ///< more than 512 MiB or 10,000 files when unpacked
  badPlace,  ///< a name that leads out of the folder, a link, or one name twice
  noTable    ///< no publications.csv or publications.xlsx in it
};
/// Key of the words for it.
std::string_view messageKey(ZipTrouble trouble);
/// It stays packed: what is taken of it is unpacked one by one, never beyond the size that its directory says.
std::variant<std::unique_ptr<Bundle>, ZipTrouble> openZip(Host& host, const std::string& file);
/// Does it look like a ZIP file with a folder, not like a spreadsheet in one?
bool isPackedFolder(const std::string& file);

}  // namespace toimela::publications::exchange
