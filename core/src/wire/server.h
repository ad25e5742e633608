// The wire room: from bytes on a socket to a WireRequest, and from a Response to bytes.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "toimela/http.h"

namespace toimela::wire {

/// A complete answer kept for anonymous visitors: everything but the status line, Date and
/// Connection, which the loop writes itself. `rest` is "Name: value\r\n…\r\n\r\n" and the body;
/// it must hold a Content-Length that is right for the body, if the status has a body.
struct CachedResponse {
  int status = 200;
  std::string rest;            ///< header fields, blank line, body
  std::size_t headLength = 0;  ///< length of the part of `rest` before the body (for HEAD)
};

/// What the loop asks about a request before its body is read.
struct BodyRule {
  std::uint64_t largest = 0;  ///< bytes; more is refused with 413
  /// A body of known length that breaks off is handled with what has come of it: for uploads that are
  /// gone on with. Whether it was all, Content-Length tells.
  bool keepsPart = false;
};

/// The fields of a head as views into the connection's buffer; looked up like Headers. Building
/// them allocates nothing once the vector has grown, which is what the page cache's path needs.
class HeadFields {
 public:
  using Field = std::pair<std::string_view, std::string_view>;

  /// The first field of that name (compared without case), if any.
  std::optional<std::string_view> find(std::string_view name) const;
  bool has(std::string_view name) const { return find(name).has_value(); }
  const std::vector<Field>& all() const { return fields_; }

  void add(std::string_view name, std::string_view value) { fields_.emplace_back(name, value); }
  void clear() { fields_.clear(); }
  /// Gives the field at `index` (which must exist) another value.
  void replace(std::size_t index, std::string_view value) { fields_[index].second = value; }
  Headers toHeaders() const;

 private:
  std::vector<Field> fields_;
};

/// Head of a request, with views into the connection's buffer: valid only during the call.
struct RequestHead {
  Method method;
  std::string_view path;
  std::string_view query;
  const HeadFields* headers;
  std::string_view peer;
  bool secure;
};

/// What the wire needs from the program behind it.
class Application {
 public:
  virtual ~Application() = default;

  /// On a loop thread, when the header is complete. Must not block.
  virtual BodyRule bodyRule(const RequestHead& head) const = 0;

  /// On a loop thread: could this request be answered from the page cache at all? A cheap look at
  /// method, cookies and the like; must not block.
  virtual bool cacheable(const RequestHead& head) const = 0;

  /// Makes sure that what cached() answers from now on holds no page older than this call, then
  /// calls `ready` (inline, or later from any thread). The loop calls it once for all cacheable
  /// requests that one round of events brought, so that its cost is shared.
  virtual void freshen(std::function<void()> ready) = 0;

  /// On a loop thread, after freshen(): the kept answer, or null to have the request handled.
  virtual std::shared_ptr<const CachedResponse> cached(const RequestHead& head) = 0;

  /// On a worker thread. Never throws: errors are mapped to responses inside.
  virtual Response handle(WireRequest request) noexcept = 0;

  /// A response the wire must give by itself (400, 405, 408, 413, 414, 417, 431, 500, 501, 503,
  /// 505); the application words it. `head` is null when the head could not be read. On a loop
  /// thread, or on a worker for 500; must not block.
  virtual Response refusal(int status, const RequestHead* head) const noexcept = 0;
};

struct Tls {
  std::string certificateFile;  ///< PEM chain
  std::string keyFile;          ///< PEM
};

struct Options {
  std::string listen = "127.0.0.1:8080";  ///< "host:port", "[v6]:port" or "unix:/path"
  bool reusePort = true;                  ///< let several processes share the port
  std::optional<Tls> tls;
  int loops = 1;            ///< event loop threads
  int workers = 8;          ///< threads that run handlers
  std::size_t queue = 512;  ///< requests that may wait for a worker; more get 503
  std::size_t maxConnections = 20000;
  std::size_t maxHeaderBytes = 16 * 1024;
  std::size_t maxHeaderFields = 100;
  std::size_t maxTargetBytes = 8 * 1024;
  std::size_t spoolAbove = 64 * 1024;  ///< larger bodies go to a file in spoolFolder
  std::string spoolFolder = "/tmp";
  std::chrono::milliseconds headerDeadline{10'000};  ///< from the first byte to the blank line
  std::chrono::milliseconds bodyStall{15'000};       ///< longest pause between pieces of a body
  std::uint64_t bodyMinRate = 500;                   ///< bytes/s, averaged over the whole body
  std::uint64_t sendMinRate = 500;                   ///< the same for the reader of a response
  std::chrono::milliseconds rateGrace{15'000};       ///< before the two rates are looked at
  std::chrono::milliseconds sendStall{20'000};  ///< longest time without the reader taking bytes
  std::chrono::milliseconds keepAlive{75'000};  ///< idle between requests
  std::chrono::milliseconds linger{2'000};      ///< for the reader to take a last response
  std::chrono::milliseconds eventPing{20'000};  ///< comment line on an idle event stream
  std::size_t eventBacklog = 256 * 1024;        ///< unsent bytes at which a subscriber is closed
  std::size_t streamsOfOneReader = 8;           ///< open at once in a loop; the newest stay
  std::chrono::milliseconds drain{10'000};      ///< how long stop() lets requests finish
};

struct Counters {
  std::uint64_t connections = 0;  ///< open now
  std::uint64_t accepted = 0;     ///< since start
  std::uint64_t requests = 0;     ///< complete requests since start
  std::uint64_t refused = 0;      ///< answered by refusal()
  std::uint64_t cacheHits = 0;
  std::uint64_t queued = 0;        ///< waiting for a worker now
  std::uint64_t busy = 0;          ///< workers busy now
  std::uint64_t eventStreams = 0;  ///< open now
};

/// Serves an Application. Thread-safe.
class Server {
 public:
  /// Binds at once; throws std::runtime_error with one clear line when that is impossible.
  /// `application` must outlive the server.
  Server(Options options, Application& application);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  void start();
  /// Stops accepting, lets running requests finish (up to Options::drain), closes idle ones. Then
  /// waits for the handlers that still run, however long they take. Calling it twice is harmless.
  void stop();
  /// The TCP port in use (for listen port 0); 0 on a Unix socket.
  int port() const;
  Counters counters() const;

  /// Reads certificate and key anew for connections to come; open ones go on with the old. Throws
  /// std::runtime_error with one line when the files are no good, and keeps what it has. Nothing
  /// without TLS.
  void reloadTls();

  /// Sends `frame` (complete text/event-stream framing, blank line included) to every open event
  /// stream of the topic in this process. From any thread; a reader too slow for it is closed. An
  /// empty frame ends the streams of the topic.
  void publish(std::string_view topic, std::shared_ptr<const std::string> frame);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace toimela::wire
