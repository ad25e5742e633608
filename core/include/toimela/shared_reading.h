// Reading in a crowd: many requests that ask the same of the database are answered by asking it once.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

#include "toimela/data.h"

namespace toimela {

/// Service of the core, always there: `host.service<SharedReading>()`. For the few routes that thousands
/// may call within the same second, and for short works: of one process they are run one after the other.
///
/// It is no weaker than Host::read(): a work sees one state of the database, which is no older than its
/// call. What one work has read is given to the next one while the database says that nothing was
/// committed in between.
class TOIMELA_API SharedReading {
 public:
  static constexpr std::string_view kName = "core.shared_reading";
  virtual ~SharedReading() = default;

  /// Like Host::read(). `work` may run on another thread and more than once, so it must have no effect
  /// outside; it must not read again by itself.
  template <class F>
  auto read(F&& work) {
    std::optional<std::invoke_result_t<F, ReadTx&>> result;
    readErased([&](ReadTx& tx) { result.emplace(work(tx)); });
    return std::move(*result);
  }

 protected:
  virtual void readErased(const std::function<void(ReadTx&)>& work) = 0;
};

}  // namespace toimela
