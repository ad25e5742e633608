#include "view/form_groups.h"

#include <algorithm>

namespace toimela::events::view {

namespace {

bool isLocal(const Field& field) {
  return field.kind == Field::Kind::localText || field.kind == Field::Kind::localMultiline;
}

View groupView(const FieldGroup& group, const Form& form, const Texts& texts, Locale locale) {
  View view = partOf(group.fields, form).view(texts, locale);
  view.set("group_name", group.name)
      .set("title", group.titleKey.empty() ? group.title : texts.get(locale, group.titleKey))
      .set("intro", group.introKey.empty() ? std::string() : texts.get(locale, group.introKey));
  return view;
}

/// A stored value as its field shows it.
std::string shown(const Field& field, const std::string& value, const Texts& texts, Locale locale) {
  if (value.empty()) return "–";
  if (field.kind == Field::Kind::moment)
    if (const auto moment = parseHelsinkiTime(value)) return showInstant(*moment, locale);
  if (field.kind == Field::Kind::flag) return texts.get(locale, "events.organise.yes");
  for (const Choice& choice : field.choices)
    if (choice.value == value) return choice.translated ? choice.label : texts.get(locale, choice.label);
  return value;
}

}  // namespace

FormSpec allFields(const std::vector<FieldGroup>& groups) {
  FormSpec fields;
  for (const FieldGroup& group : groups)
    fields.insert(fields.end(), group.fields.begin(), group.fields.end());
  return fields;
}

std::vector<std::string> partsOf(const Field& field) {
  if (!isLocal(field)) return {field.name};
  std::vector<std::string> names;
  for (const Locale locale : kLocales) names.push_back(field.name + "_" + std::string(code(locale)));
  return names;
}

Form partOf(const FormSpec& fields, const Form& form) {
  Form part(fields);
  for (const Field& field : fields) {
    const auto names = partsOf(field);
    for (const std::string& name : names) part.fill(name, form.text(name));
    for (const Form::Error& error : form.errors())
      if (error.field == field.name || std::ranges::find(names, error.field) != names.end())
        part.error(error.field, error.key, error.arguments);
  }
  return part;
}

View groupedForm(const std::vector<FieldGroup>& groups, const Form& form, const Texts& texts,
                 Locale locale) {
  View view = form.view(texts, locale);
  std::vector<View> views;
  for (const FieldGroup& group : groups) views.push_back(groupView(group, form, texts, locale));
  view.list("groups", std::move(views));
  return view;
}

void explainStale(Form& form, const Form& stored, const FormSpec& fields, const Texts& texts,
                  Locale locale) {
  form.error("", "events.error.stale");
  for (const Field& field : fields) {
    if (field.kind == Field::Kind::hidden) {
      form.fill(field.name, stored.text(field.name));
      continue;
    }
    for (const std::string& name : partsOf(field))
      if (form.text(name) != stored.text(name))
        form.error(name, "events.error.now_is",
                   {{"now", shown(field, stored.text(name), texts, locale)}});
  }
}

}  // namespace toimela::events::view
