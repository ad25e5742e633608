// Folders of export and import as ZIP files.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "toimela/http.h"

namespace toimela::publications::handlers {

/// A folder that goes with this object.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// What was in a ZIP file.
struct Unpacked {
  std::shared_ptr<TemporaryFolder> lifetime;
  std::filesystem::path root;  ///< where publications.csv or publications.xlsx lies
};
enum class ZipTrouble {
  damaged,   ///< no sound ZIP file, or encrypted
  tooLarge,  ///< more than 512 MiB or 10,000 files when unpacked, whatever its directory says
  badPlace,  ///< a name that leads out of the folder, a link, or one name twice
  noTable    ///< no publications.csv or publications.xlsx in it
};
/// Key of the words for it.
std::string_view messageKey(ZipTrouble trouble);
std::variant<Unpacked, ZipTrouble> unpack(const std::string& zip);
/// Does it look like a ZIP file with a folder, not like a spreadsheet in one?
bool isPackedFolder(const std::string& file);

/// The folder's files, as they are; most of them are packed already. Throws std::runtime_error when there is no room.
std::shared_ptr<const SpooledFile> pack(const std::filesystem::path& folder);

}  // namespace toimela::publications::handlers
