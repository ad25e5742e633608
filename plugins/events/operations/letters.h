// Kinds of letters that changes of places queue; view/letters.cpp writes them.
#pragma once

#include <string_view>

namespace toimela::events::operations {

// About a registration.
inline constexpr std::string_view kRegistered = "events.registered";
// About a participant.
inline constexpr std::string_view kPromoted = "events.promoted";
inline constexpr std::string_view kOffered = "events.offered";
inline constexpr std::string_view kLapsed = "events.lapsed";
inline constexpr std::string_view kCancelled = "events.cancelled";
inline constexpr std::string_view kApproved = "events.approved";
inline constexpr std::string_view kDeclined = "events.declined";
inline constexpr std::string_view kMoved = "events.moved";

}  // namespace toimela::events::operations
