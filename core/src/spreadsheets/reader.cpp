#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "spreadsheets/confinement.h"
#include "spreadsheets/taking_apart.h"

namespace toimela::spreadsheet {

namespace {

constexpr std::size_t kMostAnswer = 256 * 1024 * 1024;

class File {
 public:
  explicit File(int number) : number_(number) {}
  ~File() { close(); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int number() const { return number_; }
  void close() {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
  }

 private:
  int number_;
};

/// The program itself: this process, or the one beside it when a test or a tool has the kit.
std::string programPath() {
  std::error_code none;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", none);
  if (self.filename() == "toimela") return "/proc/self/exe";
  return (self.parent_path() / "toimela").string();
}

class SpawnSettings {
 public:
  SpawnSettings(int in, int out) {
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    posix_spawnattr_init(&attributes);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  }
  ~SpawnSettings() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;

  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
};

/// A started process that is gone when this object is.
class Child {
 public:
  Child(int in, int out, const Limits& limits) {
    std::string program = programPath(), word(kTakeApart), rows = std::to_string(limits.rows),
                columns = std::to_string(limits.columns);
    std::array<char*, 5> arguments{program.data(), word.data(), rows.data(), columns.data(), nullptr};
    std::array<char*, 1> environment{nullptr};
    SpawnSettings settings(in, out);
    if (::posix_spawn(&id_, program.c_str(), &settings.actions, &settings.attributes, arguments.data(), environment.data()) != 0)
      throw std::runtime_error("the process that takes spreadsheets apart can not be started");
  }
  ~Child() {
    if (!ended_) {
      ::kill(id_, SIGKILL);
      wait();
    }
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// Waits for its end; its exit code, or nothing when a signal ended it.
  std::optional<int> exitCode() {
    const int status = wait();
    return WIFEXITED(status) ? std::optional(WEXITSTATUS(status)) : std::nullopt;
  }

 private:
  int wait() {
    int status = 0;
    while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) {}
    ended_ = true;
    return status;
  }

  pid_t id_ = 0;
  bool ended_ = false;
};

/// Everything until the other end closes; nothing when that takes too long or is too much.
std::optional<std::string> readUntilClosed(int file) {
  const auto deadline = std::chrono::steady_clock::now() + kMostTime;
  std::string answer;
  std::array<char, 64 * 1024> buffer;
  while (answer.size() <= kMostAnswer) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0) return std::nullopt;
    pollfd readable{file, POLLIN, 0};
    if (::poll(&readable, 1, static_cast<int>(left.count())) == 0) return std::nullopt;
    const ssize_t got = ::read(file, buffer.data(), buffer.size());
    if (got == 0) return answer;
    if (got > 0) answer.append(buffer.data(), static_cast<std::size_t>(got));
    else if (errno != EINTR) return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

const std::string& Row::cell(std::size_t column) const {
  static const std::string none;
  return column < cells.size() ? cells[column] : none;
}

Outcome read(const std::string& path, const Limits& limits) {
  File in(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat about{};
  if (in.number() < 0 || ::fstat(in.number(), &about) != 0 || !S_ISREG(about.st_mode)) return Trouble::notATable;
  if (static_cast<std::uint64_t>(about.st_size) > limits.bytes) return Trouble::tooLarge;
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe for reading a spreadsheet");
  File from(ends[0]), to(ends[1]);
  Child child(in.number(), to.number(), limits);
  to.close();
  const auto answer = readUntilClosed(from.number());
  if (!answer) return Trouble::tooMuchWork;
  const auto code = child.exitCode();
  if (code == kNotConfined) throw std::runtime_error("a spreadsheet is not taken apart: the limits can not be had here");
  if (code != 0) return Trouble::tooMuchWork;
  return decode(*answer);
}

}  // namespace toimela::spreadsheet
