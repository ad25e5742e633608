#include "spreadsheets/confinement.h"

#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <memory>
#include <stdexcept>

namespace toimela::spreadsheet {

namespace {

void limit(decltype(RLIMIT_AS) what, rlim_t most) {
  const rlimit value{most, most};
  if (setrlimit(what, &value) != 0) throw std::runtime_error("a limit can not be set");
}

std::uint64_t mappedNow() {
  std::uint64_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  return pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

void leaveOnly(std::initializer_list<int> calls) {
  const std::unique_ptr<void, decltype(&seccomp_release)> filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)), seccomp_release);
  bool done = filter != nullptr;
  for (const int call : calls) done = done && seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0) == 0;
  if (!done || seccomp_load(filter.get()) != 0) throw std::runtime_error("system calls can not be limited");
}

}  // namespace

void confine() {
  prctl(PR_SET_DUMPABLE, 0);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_CPU, static_cast<rlim_t>(kMostTime.count()));
#ifndef __SANITIZE_ADDRESS__  // which maps terabytes of shadow
  limit(RLIMIT_AS, mappedNow() + kMostMemory);
#endif
  leaveOnly({SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(close), SCMP_SYS(brk), SCMP_SYS(mmap), SCMP_SYS(munmap),
             SCMP_SYS(mremap), SCMP_SYS(mprotect), SCMP_SYS(madvise), SCMP_SYS(futex), SCMP_SYS(getrandom),
             SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(tgkill),
             SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigreturn), SCMP_SYS(exit), SCMP_SYS(exit_group)});
}

}  // namespace toimela::spreadsheet
