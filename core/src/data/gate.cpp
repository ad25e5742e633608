#include "data/gate.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <thread>

namespace toimela::data {

namespace {
// Well below the length of a transaction, or the one who just left comes back unseen.
constexpr std::chrono::microseconds kLookEvery{200};
}

Gate::Gate(const std::string& databaseFile) {
  const auto folder = std::filesystem::path(databaseFile).parent_path();
  folder_ = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

Gate::~Gate() {
  if (folder_ >= 0) ::close(folder_);
}

bool Gate::enter(Clock::time_point until) {
  if (folder_ < 0) return true;
  while (::flock(folder_, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    if (errno != EWOULDBLOCK) return true;  // a file system without such locks
    if (Clock::now() >= until) return false;
    std::this_thread::sleep_for(kLookEvery);
  }
  return true;
}

void Gate::leave() {
  if (folder_ >= 0) ::flock(folder_, LOCK_UN);
}

}  // namespace toimela::data
