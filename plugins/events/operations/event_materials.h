// What other plugins bring to an event.
#pragma once

#include "toimela/event_materials.h"

namespace toimela::events::operations {

class MaterialsOfEvents : public EventMaterials {
 public:
  std::vector<EventSummary> openTo(ReadTx& tx, Host& host, const Actor& actor,
                                   std::optional<RegionCode> region) override;
  std::optional<EventSummary> find(ReadTx& tx, std::int64_t key) override;
  bool attach(WriteTx& tx, Host& host, const Actor& actor, std::int64_t key, const LocalText& title,
              const std::variant<FileId, std::string>& material) override;
};

}  // namespace toimela::events::operations
