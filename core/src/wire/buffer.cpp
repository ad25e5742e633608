#include "wire/buffer.h"

#include <cstring>
#include <utility>

namespace toimela::wire {

namespace {
constexpr std::size_t kKept = 1024;  // blocks
}

std::unique_ptr<char[]> BlockPool::take() {
  if (free_.empty()) return std::unique_ptr<char[]>(new char[kBlock]);
  auto block = std::move(free_.back());
  free_.pop_back();
  return block;
}

void BlockPool::give(std::unique_ptr<char[]> block) {
  if (free_.size() < kKept) free_.push_back(std::move(block));
}

std::size_t Buffer::space(BlockPool& pool) {
  if (!data_) {
    data_ = pool.take();
    capacity_ = BlockPool::kBlock;
    begin_ = end_ = 0;
  }
  if (end_ < capacity_) return capacity_ - end_;
  if (begin_ > 0) {
    std::memmove(data_.get(), data_.get() + begin_, size());
    end_ -= begin_;
    begin_ = 0;
    return capacity_ - end_;
  }
  std::unique_ptr<char[]> larger(new char[capacity_ * 2]);
  std::memcpy(larger.get(), data_.get(), end_);
  if (capacity_ == BlockPool::kBlock) pool.give(std::move(data_));
  data_ = std::move(larger);
  capacity_ *= 2;
  return capacity_ - end_;
}

void Buffer::release(BlockPool& pool) {
  if (!data_) return;
  if (capacity_ == BlockPool::kBlock) pool.give(std::move(data_));
  data_.reset();
  capacity_ = begin_ = end_ = 0;
}

}  // namespace toimela::wire
