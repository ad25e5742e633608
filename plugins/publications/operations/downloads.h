// Counting what readers take, without knowing who they are.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "domain/downloads.h"
#include "toimela/host.h"
#include "toimela/request.h"

namespace toimela::publications::operations {

/// Counts in memory and writes now and then: a row changed with every download would empty the kept pages
/// every time. What was counted in the last seconds before the process ends is lost; each process has its own,
/// so a double click that reaches two of them counts twice.
class Downloads {
 public:
  static constexpr std::chrono::seconds kWritten{10};

  /// The reader of `request` takes a part; robots, double clicks, further pieces and editors do not count.
  void note(const Request& request, Host& host, PublicationId publication, PartId part, Instant at);
  /// Writes what was counted. Where nothing can be written it is kept for the next time.
  void write(Host& host);

 private:
  std::mutex mutex_;
  RecentClicks clicks_;
  std::map<std::pair<PublicationId, std::string>, std::int64_t> counted_;
  Instant written_{};
};

}  // namespace toimela::publications::operations
