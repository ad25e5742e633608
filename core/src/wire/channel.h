// One accepted socket, plain or under TLS, as a non-blocking source and sink of bytes.
#pragma once

#include <sys/uio.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "wire/fd.h"
#include "wire/tls.h"

namespace toimela::wire {

class Channel {
 public:
  using Status = IoResult::Status;

  Channel(Fd socket, std::unique_ptr<TlsSession> tls)
      : socket_(std::move(socket)), tls_(std::move(tls)) {}

  bool secure() const { return tls_ != nullptr; }
  int fd() const { return socket_.get(); }

  IoResult handshake() { return tls_->handshake(); }
  IoResult read(char* to, std::size_t count);
  /// True when a plain read that filled less than its space has surely emptied the socket.
  bool shortReadMeansEmpty() const { return tls_ == nullptr; }

  /// Writes what the pieces hold, in one call. `more` promises that a file follows at once.
  /// Under TLS the pieces are gathered in `scratch`, at most one record at a time.
  IoResult write(const iovec* pieces, int count, bool more, std::vector<char>& scratch);
  IoResult writeFile(int file, std::uint64_t offset, std::size_t count, std::vector<char>& scratch);

  /// Bytes handed to the kernel that the other end has not taken yet.
  std::size_t untaken() const;
  /// Ends our direction; the other end can still read what was sent.
  void shutDownWriting();
  /// Makes the coming close look like the failure that it is.
  void resetOnClose();
  void closeSocket() {
    tls_.reset();
    socket_.reset();
  }

 private:
  Fd socket_;
  std::unique_ptr<TlsSession> tls_;
};

}  // namespace toimela::wire
