// Child processes as whole-program tests need them: in a folder of their own, with their output
// kept, and never outliving the tests.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace toimela::program_tests {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// Longest time a test waits for something that should happen; only a failing test uses it up.
constexpr auto kPatience = 30s;

/// Waits until `condition` holds; false when it does not come.
template <class Condition>
bool eventually(Condition condition, std::chrono::milliseconds patience = kPatience) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(1ms);
  }
  return true;
}

/// A temporary folder, gone with this object.
class Folder {
 public:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "toimela-program-XXXXXX").string();
    if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
    path_ = pattern;
  }
  ~Folder() {
    std::error_code none;
    fs::remove_all(path_, none);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const fs::path& path() const { return path_; }
  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

inline std::string readFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

inline void writeFile(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

using Settings = std::map<std::string, std::string>;  ///< of Toimela: "listen" → "127.0.0.1:0"

/// A limit of the system that the child is born with.
struct ChildOptions {
  std::optional<rlim_t> largestFile;  ///< writing beyond it fails instead of killing the child
};

/// One child process. Killed with this object, and by the kernel when the tests themselves die.
class Child {
 public:
  Child(std::vector<std::string> command, const Settings& settings, ChildOptions options = {}) {
    std::vector<std::string> environment;
    for (char** entry = environ; *entry; ++entry)
      // The settings of the one who runs the tests are none of the program's business here.
      if (std::string_view(*entry).substr(0, 8) != "TOIMELA_") environment.emplace_back(*entry);
    for (const auto& [name, value] : settings) {
      std::string variable = "TOIMELA_";
      for (unsigned char c : name) variable += static_cast<char>(std::toupper(c));
      environment.push_back(variable + "=" + value);
    }
    const auto pointers = [](std::vector<std::string>& texts) {
      std::vector<char*> list;
      for (std::string& text : texts) list.push_back(text.data());
      list.push_back(nullptr);
      return list;
    };
    auto arguments = pointers(command), variables = pointers(environment);
    const int out = create("out"), err = create("err");
    pid_ = fork();
    if (pid_ < 0) throw std::runtime_error("can not fork");
    if (pid_ == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      if (options.largestFile) {
        const rlimit limit{*options.largestFile, *options.largestFile};
        setrlimit(RLIMIT_FSIZE, &limit);
        signal(SIGXFSZ, SIG_IGN);
      }
      dup2(out, 1);
      dup2(err, 2);
      execve(arguments[0], arguments.data(), variables.data());
      _exit(127);
    }
    ::close(out);
    ::close(err);
  }
  ~Child() {
    if (running()) {
      ::kill(pid_, SIGKILL);
      wait();
    }
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void send(int signal) {
    if (running()) ::kill(pid_, signal);
  }
  bool running() {
    if (!status_) {
      int status = 0;
      if (waitpid(pid_, &status, WNOHANG) == pid_) status_ = status;
    }
    return !status_;
  }
  /// Its exit code, or minus the signal that ended it. Throws when it does not end.
  int wait() {
    if (!eventually([&] { return !running(); }))
      throw std::runtime_error("a child does not end:\n" + err());
    return WIFEXITED(*status_) ? WEXITSTATUS(*status_) : -WTERMSIG(*status_);
  }
  std::string out() const { return readFile(folder_.path() / "out"); }
  std::string err() const { return readFile(folder_.path() / "err"); }
  pid_t pid() const { return pid_; }

 private:
  int create(const char* name) const {
    const int fd =
        ::open(folder_.file(name).c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0) throw std::runtime_error("can not create a file");
    return fd;
  }

  Folder folder_;
  pid_t pid_ = -1;
  std::optional<int> status_;
};

inline std::string programPath() { return std::string(TOIMELA_BUILD_FOLDER) + "/bin/toimela"; }

/// Where things are that the program looks up by itself once it is installed.
inline Settings withFolders(Settings settings) {
  settings.try_emplace("share", TOIMELA_SOURCE_FOLDER);
  // Tests call faster than any person; those of the limits set their own.
  for (const char* rate : {"rate_read", "rate_write", "rate_credentials"}) settings.try_emplace(rate, "0");
  settings.try_emplace("plugins", std::string(TOIMELA_BUILD_FOLDER) + "/lib/toimela/plugins");
  return settings;
}

struct Ended {
  int code;
  std::string out, err;
};

/// Runs `toimela <words>` to its end.
inline Ended runToEnd(std::vector<std::string> words, const Settings& settings) {
  words.insert(words.begin(), programPath());
  Child child(std::move(words), withFolders(settings));
  const int code = child.wait();
  return {code, child.out(), child.err()};
}

/// Where a server listens.
struct Endpoint {
  int port = 0;
  std::string socket;  ///< path of a Unix socket instead

  std::string authority() const {
    return socket.empty() ? "127.0.0.1:" + std::to_string(port) : "localhost";
  }
};

/// A running `toimela serve`.
class Server {
 public:
  explicit Server(Settings settings, ChildOptions options = {},
                  const std::string& program = programPath()) {
    settings.try_emplace("listen", "127.0.0.1:0");
    child_ = std::make_unique<Child>(std::vector<std::string>{program, "serve"},
                                     withFolders(settings), options);
    const bool came = eventually([&] { return findEndpoint() || !child_->running(); });
    if (!child_->running())
      throw std::runtime_error("the program ended with " + std::to_string(child_->wait()) + ":\n" +
                               child_->err());
    if (!came) throw std::runtime_error("the program does not serve:\n" + child_->err());
  }

  const Endpoint& endpoint() const { return endpoint_; }
  std::string log() const { return child_->err(); }
  bool running() { return child_->running(); }
  void send(int signal) { child_->send(signal); }
  /// As an administrator stops it; the exit code.
  int stop() {
    child_->send(SIGTERM);
    return child_->wait();
  }
  /// As a power cut stops it.
  void kill() {
    child_->send(SIGKILL);
    child_->wait();
  }
  int wait() { return child_->wait(); }

 private:
  /// Reads where it serves from the log, which is text or JSON.
  bool findEndpoint() {
    const std::string log = child_->err();
    for (const std::string mark : {" serving listen=\"", "\"serving\",\"listen\":\""}) {
      const auto at = log.find(mark);
      if (at == std::string::npos) continue;
      const auto end = log.find('"', at + mark.size());
      if (end == std::string::npos) return false;
      keepEndpoint(log.substr(at + mark.size(), end - at - mark.size()));
      return true;
    }
    return false;
  }

  void keepEndpoint(const std::string& where) {
    if (where.rfind("unix:", 0) == 0)
      endpoint_.socket = where.substr(5);
    else
      endpoint_.port = std::stoi(where.substr(where.rfind(':') + 1));
  }

  std::unique_ptr<Child> child_;
  Endpoint endpoint_;
};

}  // namespace toimela::program_tests
