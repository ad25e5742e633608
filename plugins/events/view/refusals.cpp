#include "view/refusals.h"

namespace toimela::events::view {

namespace {

using operations::Refusal;
using Why = Refusal::Why;

std::string_view keyOf(Registering registering) {
  switch (registering) {
    case Registering::notPublished: return "events.refusal.not_published";
    case Registering::cancelled: return "events.refusal.cancelled";
    case Registering::notYet: return "events.refusal.not_yet";
    case Registering::closed: return "events.refusal.closed";
    default: return "events.refusal.over";
  }
}

}  // namespace

std::string_view keyOf(const Refusal& refusal) {
  switch (refusal.why) {
    case Why::notOpen: return keyOf(refusal.registering);
    case Why::full: return "events.refusal.full";
    case Why::duplicate: return "events.refusal.duplicate";
    case Why::overCeiling: return "events.refusal.over_ceiling";
    case Why::unknownWorkshop: return "events.refusal.unknown_workshop";
    case Why::overlapping: return "events.refusal.overlapping";
  }
  return "";
}

int statusOf(const Refusal& refusal) {
  return refusal.why == Why::notOpen || refusal.why == Why::full ? 409 : 422;
}

}  // namespace toimela::events::view
