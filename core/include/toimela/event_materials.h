// Events that one plugin keeps, for others that bring something to them: the result of a workshop, a
// recording.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "toimela/access.h"
#include "toimela/data.h"
#include "toimela/types.h"

namespace toimela {

class Host;

struct EventSummary {
  std::int64_t key = 0;              ///< lasting
  LocalText title;
  Instant begins;
  std::optional<RegionCode> region;  ///< unset: of the nation
  std::string path;                  ///< of its page, without language
};

/// Service between plugins: `host.service<EventMaterials>()`, null when no plugin keeps events.
class EventMaterials {
 public:
  static constexpr std::string_view kName = "toimela.events";
  virtual ~EventMaterials() = default;

  /// Events of the region, or that the region organises with others (of the nation without one), that the
  /// actor may bring something to: from 90 days back to 30 days ahead, the latest first, at most 50. Nothing
  /// where events are switched off.
  virtual std::vector<EventSummary> openTo(ReadTx& tx, Host& host, const Actor& actor,
                                           std::optional<RegionCode> region) = 0;
  /// Nothing when there is no such event any more.
  virtual std::optional<EventSummary> find(ReadTx& tx, std::int64_t key) = 0;
  /// Puts a kept file, which belongs to the event from now on, or a link (https) among the materials of the
  /// event, for whoever sees the event, audited. False, with nothing changed, when the event is gone, the
  /// actor may not, or the link is none that a reader can follow safely.
  virtual bool attach(WriteTx& tx, Host& host, const Actor& actor, std::int64_t key, const LocalText& title,
                      const std::variant<FileId, std::string>& material) = 0;
};

}  // namespace toimela
