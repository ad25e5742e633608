// Names of things in the reader's language.
#pragma once

#include <string>

#include "domain/member.h"
#include "domain/network.h"
#include "toimela/wording.h"

namespace toimela::contacts::view {

class Words : public Wording {
 public:
  using Wording::Wording;

  const std::string& kind(NetworkKind kind) const;
  const std::string& role(MemberRole role) const;
  /// "1.1.2024–31.12.2025", "1.1.2024–"
  std::string period(const DateRange& period) const;
};

}  // namespace toimela::contacts::view
