// Names of things in the reader's language.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/event.h"
#include "domain/registration.h"
#include "toimela/wording.h"

namespace toimela::events::view {

class Words : public Wording {
 public:
  using Wording::Wording;

  /// "events.kind.network" and the like: the word for a code.
  template <class T>
  const std::string& word(std::string_view group, T value) const {
    return text(std::string("events.").append(group).append(".").append(code(value)));
  }
  /// "pirkanmaa"; "nation" without a region.
  std::string slug(std::optional<RegionCode> region) const;
  /// "12.12.2026 klo 9.00–15.00"; both days when it ends on another one.
  std::string time(Instant from, Instant to) const;
};

/// "/events/12", without language.
std::string pathOf(EventId event);
/// Where an event is: house, address, municipality; or that it is online.
std::string placeText(const Event& event, const Words& words);

}  // namespace toimela::events::view
