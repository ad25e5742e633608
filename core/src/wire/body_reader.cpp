#include "wire/body_reader.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace toimela::wire {

namespace {

int hexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool isControl(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && byte != '\t') || byte == 0x7f;
}

constexpr int kLongestSize = 15;  // hexadecimal digits; keeps the number far from overflow

}  // namespace

ChunkDecoder::Step ChunkDecoder::next(std::string_view& input, std::string_view& piece) {
  while (!input.empty()) {
    if (at_ == At::data) {
      const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(left_, input.size()));
      piece = input.substr(0, taken);
      input.remove_prefix(taken);
      left_ -= taken;
      if (left_ == 0) at_ = At::dataCr;
      return Step::data;
    }
    const char c = input.front();
    input.remove_prefix(1);
    switch (at_) {
      case At::size:
        if (const int value = hexValue(c); value >= 0) {
          if (++digits_ > kLongestSize) return Step::tooLong;
          left_ = left_ * 16 + static_cast<std::uint64_t>(value);
        } else if (digits_ == 0) {
          return Step::bad;
        } else if (c == ';') {
          at_ = At::extension;
        } else if (c == '\r') {
          at_ = At::sizeLf;
        } else {
          return Step::bad;
        }
        break;
      case At::extension:
        if (++overhead_ > overheadCap_) return Step::tooLong;
        if (c == '\r') {
          at_ = At::sizeLf;
        } else if (isControl(c)) {
          return Step::bad;
        }
        break;
      case At::sizeLf:
        if (c != '\n') return Step::bad;
        digits_ = 0;
        at_ = left_ > 0 ? At::data : At::trailer;
        break;
      case At::dataCr:
        if (c != '\r') return Step::bad;
        at_ = At::dataLf;
        break;
      case At::dataLf:
        if (c != '\n') return Step::bad;
        at_ = At::size;
        break;
      case At::trailer:
        if (++overhead_ > overheadCap_) return Step::tooLong;
        if (c == '\r') {
          at_ = At::endLf;
        } else if (isControl(c) || c == ' ' || c == '\t') {
          return Step::bad;
        } else {
          at_ = At::trailerLine;
        }
        break;
      case At::trailerLine:
        if (++overhead_ > overheadCap_) return Step::tooLong;
        if (c == '\r') {
          at_ = At::trailerLf;
        } else if (isControl(c)) {
          return Step::bad;
        }
        break;
      case At::trailerLf:
        if (c != '\n') return Step::bad;
        at_ = At::trailer;
        break;
      case At::endLf:
        return c == '\n' ? Step::done : Step::bad;
      case At::data:
        break;
    }
  }
  return Step::more;
}

BodyStore::~BodyStore() {
  if (!path_.empty()) ::unlink(path_.c_str());
}

bool BodyStore::openFile() {
  std::string path = folder_ + "/body-XXXXXX";
  file_ = Fd(::mkostemp(path.data(), O_CLOEXEC));
  if (!file_) return false;
  path_ = std::move(path);
  return true;
}

bool BodyStore::writeFile(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file_.get(), bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool BodyStore::append(std::string_view bytes) {
  size_ += bytes.size();
  if (!file_ && memory_.size() + bytes.size() <= spoolAbove_) {
    memory_ += bytes;
    return true;
  }
  if (!file_) {
    if (!openFile() || !writeFile(memory_)) return false;
    std::string().swap(memory_);
  }
  return writeFile(bytes);
}

RequestBody BodyStore::take() {
  if (!file_) return std::move(memory_);
  file_.reset();
  auto file = std::make_shared<const SpooledFile>(path_, size_);
  path_.clear();
  return file;
}

BodyReader::BodyReader(bool chunked, std::uint64_t length, std::uint64_t largest,
                       const Options& options)
    : chunked_(chunked),
      left_(length),
      largest_(largest),
      decoder_(options.maxHeaderBytes),
      store_(options.spoolAbove, options.spoolFolder) {}

BodyReader::Result BodyReader::read(std::string_view& input) {
  if (!chunked_) {
    const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(left_, input.size()));
    if (!store_.append(input.substr(0, taken))) return Result::noSpace;
    input.remove_prefix(taken);
    left_ -= taken;
    return left_ == 0 ? Result::complete : Result::more;
  }
  for (;;) {
    std::string_view piece;
    switch (decoder_.next(input, piece)) {
      case ChunkDecoder::Step::more:
        return Result::more;
      case ChunkDecoder::Step::done:
        return Result::complete;
      case ChunkDecoder::Step::bad:
        return Result::bad;
      case ChunkDecoder::Step::tooLong:
        return Result::bad;
      case ChunkDecoder::Step::data:
        if (piece.size() > largest_ - store_.size()) return Result::tooLarge;
        if (!store_.append(piece)) return Result::noSpace;
        break;
    }
  }
}

}  // namespace toimela::wire
