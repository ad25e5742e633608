// Why a registration was not taken, in the form that asked for it.
#pragma once

#include <string>

#include "operations/places.h"
#include "toimela/form.h"

namespace toimela::events::view {

/// Puts the sentence at its field. `fieldOf` names the field of a participant: (index, "email").
template <class FieldOf>
void explain(Form& form, const operations::Refusal& refusal, FieldOf fieldOf);

/// The key of the sentence.
std::string_view keyOf(const operations::Refusal& refusal);
/// 409 when the same form could be taken at another time, 422 when it must be changed.
int statusOf(const operations::Refusal& refusal);

template <class FieldOf>
void explain(Form& form, const operations::Refusal& refusal, FieldOf fieldOf) {
  using Why = operations::Refusal::Why;
  std::string field;
  if (refusal.why == Why::duplicate) field = fieldOf(refusal.index, "email");
  if (refusal.why == Why::unknownWorkshop || refusal.why == Why::overlapping)
    field = fieldOf(refusal.index, "sessions");
  form.error(field, std::string(keyOf(refusal)), {{"left", std::to_string(refusal.left)}});
}

}  // namespace toimela::events::view
