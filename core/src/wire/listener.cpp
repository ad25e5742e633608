#include "wire/listener.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string_view>

namespace toimela::wire {

namespace {

constexpr int kBacklog = 4096;
constexpr int kUnsentInKernel = 256 * 1024;  // so that a slow reader's response waits with us
constexpr std::string_view kUnix = "unix:";

[[noreturn]] void fail(const std::string& address, const std::string& why) {
  throw std::runtime_error("Cannot listen on " + address + ": " + why);
}

void turnOn(int socket, int level, int option, int value = 1) {
  ::setsockopt(socket, level, option, &value, sizeof value);
}

bool someoneListens(const sockaddr_un& address) {
  const Fd probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  return ::connect(probe.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 ||
         errno == EAGAIN;
}

}  // namespace

Listener::Listener(const std::string& address, bool reusePort) {
  if (address.substr(0, kUnix.size()) == kUnix) {
    listenOnPath(address.substr(kUnix.size()));
  } else {
    listenOnPort(address, reusePort);
  }
}

Listener::~Listener() { close(); }

void Listener::close() {
  socket_.reset();
  if (path_.empty()) return;
  struct stat facts {};
  if (::stat(path_.c_str(), &facts) == 0 && facts.st_ino == inode_) ::unlink(path_.c_str());
  path_.clear();
}

void Listener::listenOnPath(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof address.sun_path)
    fail("unix:" + path, "not a usable path");
  std::memcpy(address.sun_path, path.data(), path.size());
  struct stat facts {};
  if (::lstat(path.c_str(), &facts) == 0) {
    if (!S_ISSOCK(facts.st_mode)) fail("unix:" + path, "another file is there");
    if (someoneListens(address)) fail("unix:" + path, std::strerror(EADDRINUSE));
    ::unlink(path.c_str());
  }
  socket_ = Fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  // The mode is given before the file appears (the umask can only narrow it), and again after, so
  // that nobody can come in between.
  if (!socket_ || ::fchmod(socket_.get(), 0660) != 0 ||
      ::bind(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    fail("unix:" + path, std::strerror(errno));
  }
  path_ = path;
  if (::stat(path.c_str(), &facts) == 0) inode_ = facts.st_ino;
  if (::chmod(path.c_str(), 0660) != 0 || ::listen(socket_.get(), kBacklog) != 0) {
    fail("unix:" + path, std::strerror(errno));
  }
}

void Listener::listenOnPort(const std::string& address, bool reusePort) {
  const std::size_t colon = address.rfind(':');
  if (colon == std::string::npos || colon == 0) fail(address, "expected host:port or unix:/path");
  std::string host = address.substr(0, colon);
  const std::string port = address.substr(colon + 1);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  } else if (host.find(':') != std::string::npos) {
    fail(address, "an IPv6 address needs brackets");
  }
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (const int error = ::getaddrinfo(host.c_str(), port.c_str(), &hints, &found); error != 0) {
    fail(address, ::gai_strerror(error));
  }
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> addresses(found, ::freeaddrinfo);
  socket_ = Fd(::socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!socket_) fail(address, std::strerror(errno));
  turnOn(socket_.get(), SOL_SOCKET, SO_REUSEADDR);
  if (reusePort) turnOn(socket_.get(), SOL_SOCKET, SO_REUSEPORT);
  // Accepted sockets inherit these two.
  turnOn(socket_.get(), IPPROTO_TCP, TCP_NODELAY);
  turnOn(socket_.get(), IPPROTO_TCP, TCP_NOTSENT_LOWAT, kUnsentInKernel);
  if (::bind(socket_.get(), found->ai_addr, found->ai_addrlen) != 0 ||
      ::listen(socket_.get(), kBacklog) != 0) {
    fail(address, std::strerror(errno));
  }
  sockaddr_storage bound{};
  socklen_t length = sizeof bound;
  ::getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&bound), &length);
  port_ = ntohs(bound.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6&>(bound).sin6_port
                                            : reinterpret_cast<sockaddr_in&>(bound).sin_port);
}

}  // namespace toimela::wire
