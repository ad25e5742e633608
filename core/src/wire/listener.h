// Where clients come in: a bound and listening socket.
#pragma once

#include <string>

#include "wire/fd.h"

namespace toimela::wire {

/// Invariant: a Unix socket's file is removed when it is closed, as long as it is still ours.
class Listener {
 public:
  /// `address` as Options::listen. Throws std::runtime_error with one line.
  Listener(const std::string& address, bool reusePort);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  void close();
  int fd() const { return socket_.get(); }
  int port() const { return port_; }  ///< 0 on a Unix socket

 private:
  void listenOnPath(const std::string& path);
  void listenOnPort(const std::string& address, bool reusePort);

  Fd socket_;
  int port_ = 0;
  std::string path_;
  unsigned long long inode_ = 0;
};

}  // namespace toimela::wire
