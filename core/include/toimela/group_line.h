// Those who come while one group is being served go together in the next one.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace toimela {

/// A line in front of something that costs about as much for many as for one: a commit, a question to
/// the database. Whoever finds nobody served serves at once; everybody who comes meanwhile is served
/// together by the first of them. Thread-safe.
///
/// Invariant: never are two groups of one line served at the same time, and nobody is overtaken.
template <class Item>
class GroupLine {
 public:
  /// A group has `most` members at the most.
  explicit GroupLine(std::size_t most) : most_(most) {}

  /// Returns when `item` was served. `serve` gets a span of Item* and is called by one of those who wait,
  /// without a lock. It must not throw: what goes wrong for an item belongs into the item.
  template <class Serve>
  void join(Item& item, Serve&& serve) {
    const auto self = std::make_shared<Place>(&item);
    {
      const std::lock_guard lock(mutex_);
      waiting_.push_back(self);
      if (!isServing_) self->turn = Turn::leads;
      isServing_ = true;
    }
    if (self->wait() == Turn::served) return;
    // Who leads is the first of those who wait, so they are in the group themselves.
    std::vector<std::shared_ptr<Place>> group;
    {
      const std::lock_guard lock(mutex_);
      const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(most_, waiting_.size()));
      group.assign(waiting_.begin(), end);
      waiting_.erase(waiting_.begin(), end);
    }
    std::vector<Item*> items;
    for (const auto& place : group) items.push_back(place->item);
    serve(std::span<Item* const>(items));
    for (const auto& place : group)
      if (place != self) place->call(Turn::served);
    std::shared_ptr<Place> next;
    {
      const std::lock_guard lock(mutex_);
      isServing_ = !waiting_.empty();
      if (isServing_) next = waiting_.front();
    }
    if (next) next->call(Turn::leads);
  }

 private:
  enum class Turn { waits, leads, served };

  /// Each is called by itself: one call for all would wake hundreds, who then wait for one lock. It is
  /// shared, because who is called may be gone before the caller has done with it.
  struct Place {
    explicit Place(Item* of) : item(of) {}

    Turn wait() {
      std::unique_lock lock(mutex);
      called.wait(lock, [this] { return turn != Turn::waits; });
      return turn;
    }
    void call(Turn to) {
      {
        const std::lock_guard lock(mutex);
        turn = to;
      }
      called.notify_one();
    }

    Item* const item;
    Turn turn = Turn::waits;
    std::mutex mutex;
    std::condition_variable called;
  };

  const std::size_t most_;
  std::mutex mutex_;
  std::deque<std::shared_ptr<Place>> waiting_;
  bool isServing_ = false;
};

}  // namespace toimela
