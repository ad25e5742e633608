#include "wire/output.h"

#include <algorithm>
#include <array>

namespace toimela::wire {

namespace {
constexpr std::size_t kGather = 16;              // pieces in one call
constexpr std::uint64_t kFileStep = 512 * 1024;  // bytes of a file in one call
}  // namespace

void Output::add(std::string text) {
  if (text.empty()) return;
  bytes_ += text.size();
  Piece& piece = pieces_.emplace_back();
  piece.end = text.size();
  piece.text = std::move(text);
}

void Output::add(std::shared_ptr<const std::string> text, std::size_t begin, std::size_t end) {
  if (begin >= end) return;
  bytes_ += end - begin;
  Piece& piece = pieces_.emplace_back();
  piece.shared = std::move(text);
  piece.begin = begin;
  piece.end = end;
}

void Output::add(OpenFile file) {
  if (file.length == 0) return;
  bytes_ += file.length;
  Piece& piece = pieces_.emplace_back();
  piece.file = std::move(file.file);
  piece.begin = file.offset;
  piece.end = file.offset + file.length;
}

void Output::sentBytes(std::uint64_t count) {
  bytes_ -= count;
  while (count > 0) {
    Piece& piece = pieces_[first_];
    const std::uint64_t part = std::min(count, piece.end - piece.begin);
    piece.begin += part;
    count -= part;
    if (piece.begin == piece.end) {
      piece = Piece();
      ++first_;
    }
  }
  if (empty()) {
    pieces_.clear();
    first_ = 0;
  } else if (first_ >= 64 && first_ * 2 >= pieces_.size()) {
    pieces_.erase(pieces_.begin(), pieces_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
  }
}

Output::Result Output::flush(Channel& channel, std::uint64_t budget, std::uint64_t& sent,
                             std::vector<char>& scratch) {
  std::uint64_t spent = 0;
  while (!empty()) {
    if (spent >= budget) return Result::more;
    IoResult io;
    if (const Piece& front = pieces_[first_]; front.file) {
      io = channel.writeFile(front.file.get(), front.begin,
                             std::min(front.end - front.begin, kFileStep), scratch);
    } else {
      std::array<iovec, kGather> gathered;
      std::size_t count = 0;
      std::size_t next = first_;
      for (; next < pieces_.size() && count < kGather && !pieces_[next].file; ++next) {
        const Piece& piece = pieces_[next];
        gathered[count++] = {const_cast<char*>(piece.data()),
                             static_cast<std::size_t>(piece.end - piece.begin)};
      }
      io = channel.write(gathered.data(), static_cast<int>(count), next < pieces_.size(), scratch);
    }
    if (io.status == IoResult::Status::blocked) return Result::blocked;
    if (io.status != IoResult::Status::ok) return Result::failed;
    spent += io.bytes;
    sent += io.bytes;
    sentBytes(io.bytes);
  }
  return Result::drained;
}

void Output::clear() {
  std::vector<Piece>().swap(pieces_);
  first_ = 0;
  bytes_ = 0;
}

}  // namespace toimela::wire
