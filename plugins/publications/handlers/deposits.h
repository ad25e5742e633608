// What other plugins bring into the archive.
#pragma once

#include "toimela/archive.h"

namespace toimela::publications::handlers {

/// Drafts of the kind "report", dated today, all rights reserved until somebody who works with the
/// draft says otherwise.
class Deposits : public toimela::Archive {
 public:
  bool takesFrom(Host& host, const Actor& actor, std::optional<RegionCode> region) override;
  std::string deposit(WriteTx& tx, const Deposit& deposit) override;
};

}  // namespace toimela::publications::handlers
