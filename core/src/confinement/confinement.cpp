#include "confinement/confinement.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <memory>
#include <stdexcept>

namespace toimela::confinement {

namespace {

using Filter = std::unique_ptr<void, decltype(&seccomp_release)>;

void limit(decltype(RLIMIT_AS) what, rlim_t most) {
  const rlimit value{most, most};
  if (setrlimit(what, &value) != 0) throw std::runtime_error("a limit can not be set");
}

std::uint64_t mappedNow() {
  std::uint64_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  return pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

void limitWork(const Limits& limits) {
  prctl(PR_SET_DUMPABLE, 0);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_CPU, static_cast<rlim_t>(limits.time.count()));
}

void demand(bool isDone, const char* what) {
  if (!isDone) throw std::runtime_error(what);
}

Filter denyAll() {
  Filter filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)), seccomp_release);
  demand(filter != nullptr, "system calls can not be limited");
  return filter;
}

void allow(const Filter& filter, std::initializer_list<int> calls) {
  for (const int call : calls)
    demand(seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0) == 0, "system calls can not be limited");
}

void load(const Filter& filter) { demand(seccomp_load(filter.get()) == 0, "system calls can not be limited"); }

/// What every process needs once its files are open.
void allowWork(const Filter& filter) {
  allow(filter,
        {SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(close), SCMP_SYS(brk), SCMP_SYS(mmap), SCMP_SYS(munmap),
         SCMP_SYS(mremap), SCMP_SYS(mprotect), SCMP_SYS(madvise), SCMP_SYS(futex), SCMP_SYS(getrandom),
         SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(tgkill),
         SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigreturn), SCMP_SYS(exit),
         SCMP_SYS(exit_group)});
#ifdef __SANITIZE_ADDRESS__  // which tries by a pipe whether memory can be read
  allow(filter, {SCMP_SYS(pipe), SCMP_SYS(pipe2), SCMP_SYS(readlink), SCMP_SYS(sigaltstack)});
#endif
}

/// Loading a program and its libraries, and reading files; nothing that makes, changes or names one,
/// no new process or thread, no socket.
void allowReading(const Filter& filter) {
  allow(filter, {SCMP_SYS(pread64), SCMP_SYS(readv), SCMP_SYS(writev), SCMP_SYS(lseek), SCMP_SYS(fstat), SCMP_SYS(stat),
                 SCMP_SYS(lstat), SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(statfs), SCMP_SYS(fstatfs),
                 SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(readlink), SCMP_SYS(readlinkat),
                 SCMP_SYS(getcwd), SCMP_SYS(getdents64), SCMP_SYS(fadvise64), SCMP_SYS(fcntl), SCMP_SYS(execve),
                 SCMP_SYS(arch_prctl), SCMP_SYS(set_tid_address), SCMP_SYS(set_robust_list), SCMP_SYS(rseq),
                 SCMP_SYS(sigaltstack), SCMP_SYS(uname), SCMP_SYS(sysinfo), SCMP_SYS(sched_getaffinity),
                 SCMP_SYS(sched_yield), SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getegid),
                 SCMP_SYS(clock_getres), SCMP_SYS(times), SCMP_SYS(getrusage)});
  // Limits may be asked for, not set; files may be opened for reading.
  constexpr scmp_datum_t kWrites = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY);
  const bool isDone =
      seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1, SCMP_A2(SCMP_CMP_EQ, 0)) == 0 &&
      seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(openat), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, kWrites, 0)) ==
          0 &&
      seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(open), 1, SCMP_A1(SCMP_CMP_MASKED_EQ, kWrites, 0)) == 0;
  demand(isDone, "system calls can not be limited");
}

class Ruleset {
 public:
  Ruleset() {
    landlock_ruleset_attr handled{};
    // The rights of the first version of Landlock: all that a file can be used for.
    handled.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;
    fd_ = static_cast<int>(::syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0));
    demand(fd_ >= 0, "files can not be shut away");
  }
  ~Ruleset() { ::close(fd_); }
  Ruleset(const Ruleset&) = delete;
  Ruleset& operator=(const Ruleset&) = delete;

  void allowBelow(const char* folder) const {
    const int fd = ::open(folder, O_PATH | O_CLOEXEC);
    if (fd < 0) return;  // what is not there needs no right
    const bool isDone = add(fd, LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR);
    ::close(fd);
    demand(isDone, "files can not be shut away");
  }
  void allowFile(const char* path) const {
    const int fd = ::open(path, O_PATH | O_CLOEXEC);
    if (fd < 0) return;
    const bool isDone = add(fd, LANDLOCK_ACCESS_FS_READ_FILE);
    ::close(fd);
    demand(isDone, "files can not be shut away");
  }
  void enforce() const {
    demand(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::syscall(SYS_landlock_restrict_self, fd_, 0) == 0,
           "files can not be shut away");
  }

 private:
  bool add(int fd, std::uint64_t rights) const {
    landlock_path_beneath_attr rule{};
    rule.allowed_access = rights;
    rule.parent_fd = fd;
    return ::syscall(SYS_landlock_add_rule, fd_, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
  }
  int fd_;
};

void shutFilesAway() {
  const Ruleset rules;
  for (const char* folder : {"/usr/bin", "/usr/lib", "/usr/lib64", "/usr/share", "/lib", "/lib64", "/etc/fonts",
                             "/var/cache/fontconfig"})
    rules.allowBelow(folder);
  rules.allowFile("/etc/ld.so.cache");
  rules.allowFile("/proc/self/fd/0");
  rules.enforce();
}

}  // namespace

void confine(const Limits& limits) {
  limitWork(limits);
#ifndef __SANITIZE_ADDRESS__  // which maps terabytes of shadow
  limit(RLIMIT_AS, mappedNow() + limits.memory);
#endif
  const Filter filter = denyAll();
  allowWork(filter);
  load(filter);
}

int become(const std::string& program, const std::vector<std::string>& arguments, const Limits& limits) {
  std::vector<char*> words{const_cast<char*>(program.c_str())};
  for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
  words.push_back(nullptr);
  std::array<char*, 2> environment{const_cast<char*>("LC_ALL=C.UTF-8"), nullptr};
  if (::access(program.c_str(), X_OK) != 0) return 127;
  try {
    limitWork(limits);
    limit(RLIMIT_NOFILE, 64);
    shutFilesAway();
    const Filter filter = denyAll();
    allowWork(filter);
    allowReading(filter);
    // Of the program that it becomes: what is mapped now goes. Nothing is to be had above it from here
    // on, so the filter, which needs little, comes last.
#ifdef __SANITIZE_ADDRESS__
    load(filter);
#else
    limit(RLIMIT_AS, std::max(limits.memory + 128 * 1024 * 1024, mappedNow() + 16 * 1024 * 1024));
    load(filter);
#endif
  } catch (const std::runtime_error&) {
    return kNotConfined;
  }
  ::execve(program.c_str(), words.data(), environment.data());
  return 127;
}

}  // namespace toimela::confinement
