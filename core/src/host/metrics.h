// Counters for /metrics, in Prometheus' text format. No personal data, no paths.
#pragma once

#include <array>
#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "wire/server.h"

namespace toimela::host {

class Metrics {
 public:
  void count(std::string_view plugin, int status, std::chrono::microseconds took);
  /// `statements`: of the database, since the start.
  std::string text(const wire::Counters& wire, std::uint64_t statements) const;

 private:
  /// Upper bounds of the histogram's buckets, in seconds.
  static constexpr std::array kBounds{0.001, 0.005, 0.02, 0.1, 0.5, 2.0};
  struct Series {
    std::map<int, std::uint64_t> byStatus;
    std::array<std::uint64_t, kBounds.size()> buckets{};
    std::uint64_t total = 0;
    double seconds = 0;
  };
  mutable std::mutex mutex_;
  std::map<std::string, Series, std::less<>> plugins_;
};

}  // namespace toimela::host
