// What becomes of the forms by which people register, in numbers only.
#pragma once

#include <optional>
#include <string_view>

#include "toimela/codes.h"

namespace toimela::events {

/// What a form's way can be. Those from `fields` on are where a form was left: what its last answer said.
enum class FormStep { begun, registered, unconfirmed, fields, full, ceiling, duplicate, closed, workshop };
inline constexpr auto kFormSteps = codes<FormStep>({
    {FormStep::begun, "begun"}, {FormStep::registered, "registered"},
    {FormStep::unconfirmed, "unconfirmed"}, {FormStep::fields, "fields"},
    {FormStep::full, "full"}, {FormStep::ceiling, "ceiling"},
    {FormStep::duplicate, "duplicate"}, {FormStep::closed, "closed"},
    {FormStep::workshop, "workshop"}});
constexpr std::string_view code(FormStep step) { return kFormSteps.code(step); }
constexpr std::optional<FormStep> parseFormStep(std::string_view code) {
  return kFormSteps.parse(code);
}
/// Is it an answer that was not a registration?
constexpr bool isTrouble(FormStep step) {
  return step != FormStep::begun && step != FormStep::registered && step != FormStep::unconfirmed;
}

}  // namespace toimela::events
