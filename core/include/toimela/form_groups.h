// A long form whose fields stand in groups with headings, shown by the partial {{> form_groups}}:
//
//   <form class="form" method="post" …>{{#form}}{{> form_groups}}{{/form}}…</form>
//   view.group("form", groupedForm(groups, form, words.texts(), words.locale()));
#pragma once

#include <string>
#include <vector>

#include "toimela/export.h"
#include "toimela/form.h"
#include "toimela/texts.h"
#include "toimela/view.h"

namespace toimela {

struct FieldGroup {
  std::string name;      ///< of its heading's id
  std::string titleKey;
  std::string introKey;  ///< a sentence below the heading; may be empty
  FormSpec fields;       ///< each of them one of the form's
};

/// What the partial shows: the errors of the whole form, and its groups. Groups without fields are
/// left out; so are fields of the form that no group has.
TOIMELA_API View groupedForm(const std::vector<FieldGroup>& groups, const Form& form, const Texts& texts, Locale locale);

}  // namespace toimela
