// TLS on a non-blocking socket, with OpenSSL.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>

#include "wire/server.h"

struct ssl_ctx_st;
struct ssl_st;

namespace toimela::wire {

struct IoResult {
  enum class Status { ok, blocked, end, failed };
  Status status = Status::blocked;
  std::size_t bytes = 0;
};

class TlsSession {
 public:
  TlsSession(ssl_ctx_st* context, int fd);

  IoResult handshake();
  IoResult read(char* to, std::size_t count);
  /// After `blocked`, the next call must begin with the same bytes (at any address).
  IoResult write(const char* from, std::size_t count);
  void sayGoodbye();

 private:
  struct Free {
    void operator()(ssl_st* session) const;
  };
  IoResult outcome(int result, std::size_t bytes);

  std::unique_ptr<ssl_st, Free> session_;
};

/// Certificate, key and rules that all sessions share. Thread-safe.
class TlsContext {
 public:
  /// Throws std::runtime_error with one line when the files do not make a usable pair.
  explicit TlsContext(const Tls& files);
  std::unique_ptr<TlsSession> accept(int fd) const;
  /// Reads the files anew, for the sessions that come from now on; those that are open keep what
  /// they began with. Throws like the constructor, and then everything stays as it was.
  void reload();

 private:
  const Tls files_;
  mutable std::mutex mutex_;
  std::shared_ptr<ssl_ctx_st> context_;  // a session holds its own count, by OpenSSL
};

}  // namespace toimela::wire
