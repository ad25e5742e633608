// Workshops that one plugin lets people hold, for others whose things they belong to.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "toimela/access.h"
#include "toimela/data.h"

namespace toimela {

class Host;

struct WorkshopSummary {
  std::string title;
  std::string path;      ///< of the page for who leads it, without language
  bool isOver = false;
};

/// Service between plugins: `host.service<Workshops>()`, null when no plugin holds workshops.
class Workshops {
 public:
  static constexpr std::string_view kName = "toimela.workshops";
  virtual ~Workshops() = default;

  /// Where the actor begins a workshop that belongs to the event (a key of EventMaterials), without language;
  /// empty when they may not, or the event takes nothing from them.
  virtual std::string newPath(ReadTx& tx, Host& host, const Actor& actor, std::int64_t event) = 0;
  /// Workshops of the event that the actor may lead, the newest first.
  virtual std::vector<WorkshopSummary> of(ReadTx& tx, Host& host, const Actor& actor, std::int64_t event) = 0;
};

}  // namespace toimela
