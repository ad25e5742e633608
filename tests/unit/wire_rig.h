// What the wire room's tests share: an application whose behaviour a test sets, a server on a
// free port with short deadlines, and a client that writes and reads raw bytes.
#pragma once

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "wire/server.h"

namespace toimela::wire::testing {

using namespace std::chrono_literals;

/// Longest time a test waits for something that should happen; only a failing test uses it up.
constexpr auto kPatience = 20s;

/// Waits until `condition` holds; false when it does not come.
template <typename Condition>
bool eventually(Condition condition) {
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(1ms);
  }
  return true;
}

/// A door that handlers wait at until the test opens it.
class Gate {
 public:
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void pass() {
    std::unique_lock lock(mutex_);
    ++arrived_;
    changed_.notify_all();
    changed_.wait_for(lock, kPatience, [this] { return open_; });
  }
  bool awaitArrivals(int count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kPatience, [&] { return arrived_ >= count; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
  int arrived_ = 0;
};

class TestApplication : public Application {
 public:
  std::uint64_t largestBody = 1024 * 1024;
  std::function<Response(WireRequest)> onRequest = [](const WireRequest& request) {
    return Response::text(200, std::string(name(request.method)) + " " + request.path);
  };
  std::function<bool(const RequestHead&)> isCacheable = [](const RequestHead&) { return false; };
  std::function<void(std::function<void()>)> onFreshen = [](const std::function<void()>& ready) {
    ready();
  };
  std::function<std::shared_ptr<const CachedResponse>(const RequestHead&)> lookUp =
      [](const RequestHead&) { return nullptr; };

  BodyRule bodyRule(const RequestHead&) const override { return {largestBody}; }
  bool cacheable(const RequestHead& head) const override { return isCacheable(head); }
  void freshen(std::function<void()> ready) override { onFreshen(std::move(ready)); }
  std::shared_ptr<const CachedResponse> cached(const RequestHead& head) override {
    return lookUp(head);
  }
  Response handle(WireRequest request) noexcept override {
    try {
      return onRequest(std::move(request));
    } catch (const std::exception&) {
      return Response::text(500, "handler failed");
    }
  }
  Response refusal(int status, const RequestHead* head) const noexcept override {
    return Response::text(status,
                          "refused " + std::to_string(status) +
                              (head != nullptr ? " " + std::string(head->path) : std::string()));
  }
};

struct Reply {
  int status = 0;
  Headers headers;
  std::string body;
  bool complete = false;  ///< the framing says so
};

class Client {
 public:
  explicit Client(int port, int receiveBuffer = 0)
      : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (receiveBuffer > 0) {
      ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer);
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    open(reinterpret_cast<const sockaddr*>(&address), sizeof address);
  }
  explicit Client(const std::string& path) : fd_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.data(), path.size());
    open(reinterpret_cast<const sockaddr*>(&address), sizeof address);
  }
  Client(Client&& other) noexcept
      : fd_(std::exchange(other.fd_, -1)), received_(std::move(other.received_)) {}
  Client(const Client&) = delete;
  ~Client() { close(); }

  void close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }
  int fd() const { return fd_; }

  /// False when the server has closed.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  void endWriting() { ::shutdown(fd_, SHUT_WR); }

  /// Reads until `text` has come (true) or the server has closed or was silent too long.
  bool await(std::string_view text) {
    while (received_.find(text) == std::string::npos) {
      if (!readMore()) return false;
    }
    return true;
  }

  /// One response, by its framing.
  Reply receive(bool toHead = false) {
    Reply reply;
    std::size_t end;
    while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
      if (!readMore()) return reply;
    }
    parseHead(received_.substr(0, end + 2), reply);
    received_.erase(0, end + 4);
    if (toHead || reply.status == 204 || reply.status == 304 || reply.status == 100) {
      reply.complete = true;
    } else if (const auto length = reply.headers.find("Content-Length")) {
      const auto size = static_cast<std::size_t>(std::stoul(std::string(*length)));
      while (received_.size() < size && readMore()) {
      }
      reply.complete = received_.size() >= size;
      reply.body = received_.substr(0, size);
      received_.erase(0, size);
    } else if (reply.headers.find("Transfer-Encoding") == "chunked") {
      reply.complete = receiveChunks(reply.body);
    } else {
      while (readMore()) {
      }
      reply.body = std::exchange(received_, {});
      reply.complete = ended_;
    }
    return reply;
  }

  /// Everything that comes until the server closes.
  std::string receiveAll() {
    while (readMore()) {
    }
    return std::exchange(received_, {});
  }
  /// What has been read so far and not been used.
  std::string takeReceived() { return std::exchange(received_, {}); }
  /// True when the server closes without another byte.
  bool seesEnd() { return received_.empty() && !readMore() && (ended_ || reset_); }
  bool wasReset() const { return reset_; }
  bool hasBytes() const { return !received_.empty(); }

 private:
  void open(const sockaddr* address, socklen_t length) {
    const timeval patience{std::chrono::duration_cast<std::chrono::seconds>(kPatience).count(), 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (::connect(fd_, address, length) != 0) {
      close();
      throw std::runtime_error(std::string("connect: ") + std::strerror(errno));
    }
  }

  bool readMore() {
    char bytes[16384];
    const ssize_t got = ::recv(fd_, bytes, sizeof bytes, 0);
    if (got > 0) {
      received_.append(bytes, static_cast<std::size_t>(got));
      return true;
    }
    ended_ = got == 0;
    reset_ = got < 0 && errno == ECONNRESET;
    return false;
  }

  static void parseHead(const std::string& head, Reply& reply) {
    std::size_t at = head.find("\r\n");
    if (head.size() > 12) reply.status = std::atoi(head.c_str() + 9);
    for (at += 2; at < head.size();) {
      const std::size_t end = head.find("\r\n", at);
      const std::size_t colon = head.find(": ", at);
      reply.headers.add(head.substr(at, colon - at), head.substr(colon + 2, end - colon - 2));
      at = end + 2;
    }
  }

  bool receiveChunks(std::string& body) {
    for (;;) {
      std::size_t end;
      while ((end = received_.find("\r\n")) == std::string::npos) {
        if (!readMore()) return false;
      }
      const std::size_t size = std::stoul(received_.substr(0, end), nullptr, 16);
      while (received_.size() < end + 2 + size + 2) {
        if (!readMore()) return false;
      }
      body += received_.substr(end + 2, size);
      received_.erase(0, end + 2 + size + 2);
      if (size == 0) return true;
    }
  }

  int fd_;
  std::string received_;
  bool ended_ = false;
  bool reset_ = false;
};

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "wire-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = pattern;
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  std::string path() const { return path_; }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path_), {}));
  }

 private:
  std::string path_;
};

struct Rig;

/// Stops the server when it goes: declared after what handlers refer to, it goes before that.
class [[nodiscard]] Running {
 public:
  explicit Running(Rig& rig) : rig_(rig) {}
  ~Running();
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

 private:
  Rig& rig_;
};

/// A server to be run; a test sets `application` and `options` before start().
struct Rig {
  TestApplication application;
  Options options;
  TemporaryFolder spool;
  std::unique_ptr<Server> server;

  Rig() {
    options.listen = "127.0.0.1:0";
    options.workers = 2;
    options.linger = 500ms;
    options.drain = 3s;
    options.spoolFolder = spool.path();
  }
  Running start() {
    server = std::make_unique<Server>(options, application);
    server->start();
    return Running(*this);
  }
  Client connect(int receiveBuffer = 0) { return Client(server->port(), receiveBuffer); }
};

inline Running::~Running() {
  if (rig_.server) rig_.server->stop();
}

inline std::string get(const std::string& target, const std::string& more = "") {
  return "GET " + target + " HTTP/1.1\r\nHost: example.fi\r\n" + more + "\r\n";
}

inline std::shared_ptr<const CachedResponse> page(const std::string& body) {
  auto kept = std::make_shared<CachedResponse>();
  kept->rest =
      "Content-Type: text/html\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  kept->headLength = kept->rest.size();
  kept->rest += body;
  return kept;
}

}  // namespace toimela::wire::testing
