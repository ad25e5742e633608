#include "files/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace toimela::files {

void unlockAndClose(int fd) noexcept {
  ::flock(fd, LOCK_UN);
  ::close(fd);
}

FileLock::~FileLock() { giveBack(); }

bool FileLock::take(const std::filesystem::path& file) {
  if (isTaken()) return true;
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) throw std::system_error(errno, std::generic_category(), "the file of a lock can not be opened");
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    ::close(fd);
    return false;
  }
  fd_ = fd;
  return true;
}

void FileLock::giveBack() {
  if (isTaken()) unlockAndClose(fd_);
  fd_ = -1;
}

}  // namespace toimela::files
