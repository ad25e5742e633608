// What becomes of the forms by which people register, in numbers only.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace toimela::events {

/// What a form's way can be. Those from `fields` on are where a form was left: what its last answer said.
enum class FormStep { begun, registered, unconfirmed, fields, full, ceiling, duplicate, closed, workshop };
inline constexpr std::array kFormSteps{FormStep::begun,   FormStep::registered, FormStep::unconfirmed,
                                       FormStep::fields,  FormStep::full,       FormStep::ceiling,
                                       FormStep::duplicate, FormStep::closed,   FormStep::workshop};
std::string_view code(FormStep step);
std::optional<FormStep> parseFormStep(std::string_view code);
/// Is it an answer that was not a registration?
constexpr bool isTrouble(FormStep step) {
  return step != FormStep::begun && step != FormStep::registered && step != FormStep::unconfirmed;
}

}  // namespace toimela::events
