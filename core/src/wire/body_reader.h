// From the bytes after a head to a RequestBody.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "wire/fd.h"
#include "wire/server.h"

namespace toimela::wire {

/// Takes the chunked coding (RFC 9112, section 7.1) off a body that arrives in any pieces.
/// Extensions and trailers are read over; together they may not exceed `overheadCap` bytes.
class ChunkDecoder {
 public:
  enum class Step {
    more,  ///< all input is used
    data,  ///< `piece` holds bytes of the body; call again
    done,  ///< the body ended; what is left in `input` belongs to the next request
    bad,   ///< not chunked coding
    tooLong
  };

  explicit ChunkDecoder(std::size_t overheadCap) : overheadCap_(overheadCap) {}

  Step next(std::string_view& input, std::string_view& piece);

 private:
  enum class At {
    size,
    extension,
    sizeLf,
    data,
    dataCr,
    dataLf,
    trailer,
    trailerLine,
    trailerLf,
    endLf
  };

  std::size_t overheadCap_;
  std::size_t overhead_ = 0;
  std::uint64_t left_ = 0;  ///< of the chunk
  int digits_ = 0;
  At at_ = At::size;
};

/// Keeps a body in memory up to a threshold and in a private file above it. The file goes with
/// this object unless take() has handed it over.
class BodyStore {
 public:
  BodyStore(std::size_t spoolAbove, const std::string& folder)
      : spoolAbove_(spoolAbove), folder_(folder) {}
  ~BodyStore();
  BodyStore(const BodyStore&) = delete;
  BodyStore& operator=(const BodyStore&) = delete;

  /// False when the file can't be made or written.
  bool append(std::string_view bytes);
  std::uint64_t size() const { return size_; }
  RequestBody take();

 private:
  bool openFile();
  bool writeFile(std::string_view bytes);

  std::size_t spoolAbove_;
  const std::string& folder_;
  std::string memory_;
  std::string path_;
  Fd file_;
  std::uint64_t size_ = 0;
};

/// Reads one body, by length or chunked, with a cap.
class BodyReader {
 public:
  enum class Result { more, complete, bad, tooLarge, noSpace };

  /// `length` is used when the body is not chunked.
  BodyReader(bool chunked, std::uint64_t length, std::uint64_t largest, const Options& options);

  /// Uses bytes from the front of `input`; leaves there what follows the body.
  Result read(std::string_view& input);
  /// How many bytes of the body are still to come; not known for a chunked one.
  std::uint64_t left() const { return left_; }
  bool chunked() const { return chunked_; }
  std::uint64_t received() const { return store_.size(); }
  RequestBody take() { return store_.take(); }

 private:
  bool chunked_;
  std::uint64_t left_;
  std::uint64_t largest_;
  ChunkDecoder decoder_;
  BodyStore store_;
};

}  // namespace toimela::wire
