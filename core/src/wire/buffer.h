// Where a connection keeps bytes that it has read and not yet used.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace toimela::wire {

/// Blocks for buffers, used again in the order that keeps them warm in the processor's cache.
/// For one loop thread.
class BlockPool {
 public:
  static constexpr std::size_t kBlock = 4096;

  std::unique_ptr<char[]> take();
  void give(std::unique_ptr<char[]> block);

 private:
  std::vector<std::unique_ptr<char[]>> free_;
};

/// A run of bytes that grows at its end and is used from its front. An empty one holds no memory
/// after release(): that is what makes an idle connection light.
///
/// Invariant: views into the content stay valid until space() or release() is called.
class Buffer {
 public:
  std::string_view content() const { return {data_.get() + begin_, end_ - begin_}; }
  std::size_t size() const { return end_ - begin_; }
  bool empty() const { return begin_ == end_; }

  /// Room for at least one more byte, at data(), of the returned size.
  std::size_t space(BlockPool& pool);
  char* spaceAt() { return data_.get() + end_; }
  void filled(std::size_t count) { end_ += count; }
  void consume(std::size_t count) {
    begin_ += count;
    if (begin_ == end_) begin_ = end_ = 0;
  }
  void release(BlockPool& pool);

 private:
  std::unique_ptr<char[]> data_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace toimela::wire
