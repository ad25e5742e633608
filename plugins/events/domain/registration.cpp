#include "domain/registration.h"

namespace toimela::events {

std::string_view code(PlaceState state) {
  switch (state) {
    case PlaceState::pending: return "pending";
    case PlaceState::waiting: return "waiting";
    case PlaceState::offered: return "offered";
    case PlaceState::confirmed: return "confirmed";
    case PlaceState::cancelled: return "cancelled";
    case PlaceState::declined: return "declined";
    case PlaceState::lapsed: return "lapsed";
  }
  return "";
}

std::optional<PlaceState> parsePlaceState(std::string_view text) {
  for (const PlaceState state : kPlaceStates)
    if (code(state) == text) return state;
  return std::nullopt;
}

std::string_view code(GroupMode mode) { return mode == GroupMode::together ? "together" : "each"; }

std::optional<GroupMode> parseGroupMode(std::string_view text) {
  if (text == "together") return GroupMode::together;
  if (text == "each") return GroupMode::each;
  return std::nullopt;
}

}  // namespace toimela::events
