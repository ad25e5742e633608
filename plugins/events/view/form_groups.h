// A form whose fields stand in groups with headings.
#pragma once

#include <string>
#include <vector>

#include "toimela/form.h"
#include "toimela/texts.h"

namespace toimela::events::view {

struct FieldGroup {
  std::string name;      ///< of its heading's id
  std::string titleKey;
  std::string introKey;  ///< a sentence below the heading; may be empty
  FormSpec fields;
  std::string title = {};  ///< ready, in place of the key
};

FormSpec allFields(const std::vector<FieldGroup>& groups);
/// The names under which a field's texts are sent.
std::vector<std::string> partsOf(const Field& field);
/// Some fields of a form with what was typed into them and what is wrong with it.
Form partOf(const FormSpec& fields, const Form& form);
/// What {{> organise_form}} shows: the errors of the whole form, and "groups".
View groupedForm(const std::vector<FieldGroup>& groups, const Form& form, const Texts& texts,
                 Locale locale);
/// Says that someone else saved meanwhile, and at each field what stands there now where it is not
/// what was typed. `stored` is the same form filled with what was saved; sent once more, what was
/// typed replaces it.
void explainStale(Form& form, const Form& stored, const FormSpec& fields, const Texts& texts,
                  Locale locale);

}  // namespace toimela::events::view
