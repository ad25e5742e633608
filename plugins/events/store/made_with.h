// What programs made with a key of their own, so that asking again makes nothing more.
#pragma once

#include <optional>
#include <string>

#include "domain/ids.h"
#include "toimela/data.h"

namespace toimela::events::store {

struct Made {
  EventId event;
  std::optional<SessionId> session;  ///< unset: the event itself
};
std::optional<Made> madeWith(ReadTx& tx, const std::string& key);
/// False when another request noted it at the same moment.
[[nodiscard]] bool noteMadeWith(WriteTx& tx, const std::string& key, const Made& made);

}  // namespace toimela::events::store
