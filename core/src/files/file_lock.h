// Locks of files between processes (flock(2)).
#pragma once

#include <filesystem>

namespace toimela::files {

/// Gives a lock back and closes its file. To close it alone is not enough: a process that another
/// thread is starting has a copy of every open file until it has become its program, and would hold
/// the lock for that long.
void unlockAndClose(int fd) noexcept;

/// A lock that ends with the process, however that ends.
class FileLock {
 public:
  FileLock() = default;
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  /// False when somebody else has it. Throws std::system_error when the file can not be opened.
  bool take(const std::filesystem::path& file);
  bool isTaken() const { return fd_ >= 0; }
  void giveBack();

 private:
  int fd_ = -1;
};

}  // namespace toimela::files
