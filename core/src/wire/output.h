// What a connection has still to send.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "wire/answer.h"
#include "wire/channel.h"

namespace toimela::wire {

/// A queue of pieces in the order of sending. Shared pieces are never copied.
///
/// Invariant: pieces are only added at the end, so that a write that TLS wants repeated finds the
/// same bytes in front.
class Output {
 public:
  enum class Result { drained, blocked, more, failed };

  bool empty() const { return first_ == pieces_.size(); }
  std::uint64_t bytes() const { return bytes_; }  ///< unsent

  void add(std::string text);
  void add(std::shared_ptr<const std::string> text, std::size_t begin, std::size_t end);
  void add(OpenFile file);

  /// Sends until all is sent, the socket is full, or `budget` bytes went (Result::more). `sent` is
  /// increased by what went.
  Result flush(Channel& channel, std::uint64_t budget, std::uint64_t& sent,
               std::vector<char>& scratch);
  void clear();

 private:
  struct Piece {
    std::string text;
    std::shared_ptr<const std::string> shared;
    Fd file;
    std::uint64_t begin = 0;  ///< the next byte to send, in the text or in the file
    std::uint64_t end = 0;
    const char* data() const { return (shared ? shared->data() : text.data()) + begin; }
  };
  void sentBytes(std::uint64_t count);

  std::vector<Piece> pieces_;
  std::size_t first_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace toimela::wire
