#include <catch2/catch.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "files/file_lock.h"
#include "scratch_folder.h"

using namespace toimela;

namespace {

/// A process with copies of all files that are open at the moment, as one has that is just being started.
class ProcessBeingStarted {
 public:
  ProcessBeingStarted() {
    REQUIRE(::pipe(ends_.data()) == 0);
    child_ = ::fork();
    if (child_ == 0) {
      ::close(ends_[1]);
      char none;
      [[maybe_unused]] const auto got = ::read(ends_[0], &none, 1);
      ::_exit(0);
    }
    REQUIRE(child_ > 0);
  }
  ~ProcessBeingStarted() {
    for (const int end : ends_) ::close(end);
    ::waitpid(child_, nullptr, 0);
  }
  ProcessBeingStarted(const ProcessBeingStarted&) = delete;
  ProcessBeingStarted& operator=(const ProcessBeingStarted&) = delete;

 private:
  std::array<int, 2> ends_{};
  pid_t child_ = -1;
};

}  // namespace

TEST_CASE("a file's lock is had by one at a time") {
  const testing::ScratchFolder folder;
  files::FileLock first, second;
  CHECK(first.take(folder.path() / "a.lock"));
  CHECK(first.take(folder.path() / "a.lock"));
  CHECK_FALSE(second.take(folder.path() / "a.lock"));
  CHECK_FALSE(second.isTaken());
  first.giveBack();
  CHECK(second.take(folder.path() / "a.lock"));
}

TEST_CASE("a lock that is given back is free though another process is just being started") {
  const testing::ScratchFolder folder;
  files::FileLock first, second;
  REQUIRE(first.take(folder.path() / "a.lock"));
  const ProcessBeingStarted copies;
  CHECK_FALSE(second.take(folder.path() / "a.lock"));
  first.giveBack();
  CHECK(second.take(folder.path() / "a.lock"));
}
