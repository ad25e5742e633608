#include "toimela/form_groups.h"

#include <algorithm>

#include "pages/form_fields.h"

namespace toimela {

namespace {

/// Names under which the texts of a field are sent.
std::vector<std::string> namesOf(const Field& field) {
  if (!pages::isLocal(field.kind)) return {field.name};
  std::vector<std::string> names;
  for (const Locale locale : kLocales) names.push_back(pages::partName(field.name, locale));
  return names;
}

/// Some fields of a form, with what was typed into them and what is wrong with it.
Form partOf(const FormSpec& fields, const Form& form) {
  Form part(fields);
  for (const Field& field : fields) {
    const auto names = namesOf(field);
    for (const std::string& name : names) part.fill(name, form.text(name));
    for (const Form::Error& error : form.errors())
      if (error.field == field.name || std::ranges::find(names, error.field) != names.end())
        part.error(error.field, error.key, error.arguments);
  }
  return part;
}

}  // namespace

View groupedForm(const std::vector<FieldGroup>& groups, const Form& form, const Texts& texts, Locale locale) {
  View view = form.view(texts, locale);
  std::vector<View> views;
  for (const FieldGroup& group : groups) {
    if (group.fields.empty()) continue;
    View one = partOf(group.fields, form).view(texts, locale);
    one.set("group_name", group.name)
        .set("title", texts.get(locale, group.titleKey))
        .set("intro", group.introKey.empty() ? std::string() : texts.get(locale, group.introKey));
    views.push_back(std::move(one));
  }
  view.list("groups", std::move(views));
  return view;
}

}  // namespace toimela
