#include "domain/form_count.h"

namespace toimela::events {

std::string_view code(FormStep step) {
  switch (step) {
    case FormStep::begun: return "begun";
    case FormStep::registered: return "registered";
    case FormStep::unconfirmed: return "unconfirmed";
    case FormStep::fields: return "fields";
    case FormStep::full: return "full";
    case FormStep::ceiling: return "ceiling";
    case FormStep::duplicate: return "duplicate";
    case FormStep::closed: return "closed";
    case FormStep::workshop: return "workshop";
  }
  return "";
}

std::optional<FormStep> parseFormStep(std::string_view text) {
  for (const FormStep step : kFormSteps)
    if (code(step) == text) return step;
  return std::nullopt;
}

}  // namespace toimela::events
