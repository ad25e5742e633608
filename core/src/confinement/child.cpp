#include "confinement/child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <utility>

namespace toimela::confinement {

namespace {

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
  SpawnSettings(int in, int out, bool withErrors) {
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    if (withErrors) posix_spawn_file_actions_adddup2(&actions, out, STDERR_FILENO);
    else posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
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
  Child(int in, int out, std::vector<std::string> words, bool withErrors) {
    std::string program = programPath();
    std::vector<char*> arguments{program.data()};
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    std::array<char*, 1> environment{nullptr};
    SpawnSettings settings(in, out, withErrors);
    if (::posix_spawn(&id_, program.c_str(), &settings.actions, &settings.attributes, arguments.data(),
                      environment.data()) != 0)
      throw std::runtime_error("the process that takes foreign files apart can not be started");
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
std::optional<std::string> readUntilClosed(int file, const Limits& limits) {
  const auto deadline = std::chrono::steady_clock::now() + limits.time;
  std::string answer;
  std::array<char, 64 * 1024> buffer;
  while (answer.size() <= limits.output) {
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

Result run(const std::vector<std::string>& words, int input, const Limits& limits, bool withErrors) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe to a process that takes files apart");
  File from(ends[0]), to(ends[1]);
  Child child(input, to.number(), words, withErrors);
  to.close();
  auto output = readUntilClosed(from.number(), limits);
  if (!output) return {Result::End::tooMuchWork};
  const auto code = child.exitCode();
  if (code == kNotConfined) return {Result::End::notConfined};
  if (!code) return {Result::End::tooMuchWork};
  return {Result::End::done, *code, std::move(*output)};
}

std::optional<Result> runOn(const std::string& path, const std::vector<std::string>& words, const Limits& limits,
                            bool withErrors) {
  const File in(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (in.number() < 0) return std::nullopt;
  return run(words, in.number(), limits, withErrors);
}

}  // namespace toimela::confinement
