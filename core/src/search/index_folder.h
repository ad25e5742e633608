// Where the index of this machine lies, and who may write into it.
#pragma once

#include <filesystem>
#include <optional>

namespace toimela::search {

/// A folder of indexes of which one is current. A new one is made beside it and takes its place at
/// once; who reads the old one goes on until they look again.
class IndexFolder {
 public:
  explicit IndexFolder(std::filesystem::path root);

  std::optional<std::filesystem::path> current() const;
  /// A folder that is not there yet.
  std::filesystem::path fresh() const;
  void publish(const std::filesystem::path& index) const;
  /// Removes every index but the current one. Only for who has the building lock.
  void sweep() const;
  std::filesystem::path writerLock() const { return root_ / "writer.lock"; }
  std::filesystem::path buildingLock() const { return root_ / "building.lock"; }

 private:
  std::filesystem::path root_;
};

}  // namespace toimela::search
