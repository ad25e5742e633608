// Another archive, taken in by OAI-PMH.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "exchange/remote.h"
#include "exchange/sums.h"
#include "toimela/host.h"

namespace toimela::publications::exchange {

struct Harvesting {
  std::string address;
  std::string set = {};        ///< empty: everything
  Outside outside = {};
  int mostPages = 10'000;
  std::chrono::milliseconds forAll = std::chrono::hours(6);
  std::function<void(const std::string&)> tell = [](const std::string&) {};  ///< what is wrong with a record
};

/// Takes all records in as drafts, a page in a commit. Throws std::runtime_error or Poco::Exception with a sentence;
/// pages that came before stay, and are known when it is tried again.
Sums harvest(Host& host, const Harvesting& harvesting);

}  // namespace toimela::publications::exchange
