// What was removed from an event and can still be taken back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/event.h"
#include "toimela/codes.h"
#include "toimela/types.h"

namespace toimela::events {

/// A part of an event, or a whole draft or template, that was put aside at a moment. Removed once more it is another one, so that an old
/// page takes back nothing that was removed later.
struct Removed {
  enum class Part { session, quota, material, picture, event, question };
  Part part;
  std::int64_t id;  ///< of the session, quota, material, event or question, or of the picture's file
  Instant at;

  /// For an address: "quota-7-1735689600000".
  std::string text() const;
  static std::optional<Removed> parse(std::string_view text);
};
inline constexpr auto kRemovedParts = codes<Removed::Part>({{Removed::Part::session, "session"},
                                                            {Removed::Part::quota, "quota"},
                                                            {Removed::Part::material, "material"},
                                                            {Removed::Part::picture, "picture"},
                                                            {Removed::Part::event, "event"},
                                                            {Removed::Part::question, "question"}});

/// May it come back now? Sessions and quotas are about places: they stay away from an event that was
/// called off, or has ended since.
bool mayReturn(const Removed& removed, const Event& event, Instant now);

}  // namespace toimela::events
