// A form as its template is given it.
#include <algorithm>
#include <array>

#include "pages/form_fields.h"
#include "toimela/form.h"
#include "toimela/texts.h"

namespace toimela {

namespace {

using pages::isChoice;
using pages::isLocal;
using pages::isMultiline;
using pages::partName;
using Kind = Field::Kind;

std::string idOf(std::string_view name) { return "f-" + std::string(name); }

/// Shows a form: one view for each field, with every name set, because a name that lacks would be
/// looked for in the page around.
class FormShow {
 public:
  FormShow(const FormSpec& spec, const Form& form, const Texts& texts, Locale locale)
      : spec_(spec), form_(form), texts_(texts), locale_(locale) {}

  View show() const {
    View view;
    std::vector<View> fields;
    fields.reserve(spec_.size());
    for (const Field& field : spec_) fields.push_back(show(field));
    view.list("fields", std::move(fields));
    view.flag("has_errors", !form_.ok());
    view.flag("has_required", std::any_of(spec_.begin(), spec_.end(), [](const Field& field) {
                return field.isRequired && field.kind != Kind::hidden;
              }));
    view.set("form_error", messageOf(""));
    view.list("errors", summary());
    return view;
  }

  std::string textOf(const Form::Error& error) const {
    const std::string label = targetOf(error.field).label;
    std::vector<TextArgument> arguments{{"field", label}};
    for (const auto& [name, value] : error.arguments) arguments.emplace_back(name, value);
    return texts_.format(locale_, error.key, arguments);
  }

 private:
  static constexpr std::array<std::pair<Kind, const char*>, 16> kFlags{
      {{Kind::text, "is_text"},
       {Kind::multiline, "is_textarea"},
       {Kind::localText, "is_local"},
       {Kind::localMultiline, "is_local"},
       {Kind::email, "is_email"},
       {Kind::password, "is_password"},
       {Kind::number, "is_number"},
       {Kind::date, "is_date"},
       {Kind::choice, "is_select"},
       {Kind::flag, "is_checkbox"},
       {Kind::businessId, "is_text"},
       {Kind::hidden, "is_hidden"},
       {Kind::choices, "is_choices"},
       {Kind::lookup, "is_lookup"},
       {Kind::file, "is_file"},
       {Kind::moment, "is_moment"}}};

  View show(const Field& field) const {
    View view;
    const std::string error = messageOf(field.name);
    describe(view, field, field.name, error, {});
    view.set("label", labelOf(field));
    view.set("hint", hintOf(field));
    view.flag("required", field.isRequired);
    view.set("autocomplete", field.autocompleteHint);
    view.set("maxlength", field.maxLength);
    view.set("min", field.least);
    view.set("max", field.most);
    for (const auto& [kind, name] : kFlags) view.flag(name, false);
    for (const auto& [kind, name] : kFlags) {
      if (kind == field.kind) view.flag(name, true);
    }
    view.set("source", field.source);
    view.set("accept", field.accepted);
    view.list("options", field.kind == Kind::choice    ? options(field)
                         : field.kind == Kind::choices ? boxes(field)
                                                       : std::vector<View>());
    view.list("parts", isLocal(field.kind) ? parts(field, error) : std::vector<View>());
    view.flag("is_multiline", isMultiline(field.kind));
    if (isLocal(field.kind)) {
      view.set("value", std::string());
      return view;
    }
    view.set("value", shownValue(field));
    view.flag("checked", field.kind == Kind::flag && form_.flag(field.name));
    return view;
  }

  /// Sets what ties an input to its hint and its error. `groupError` is that of the group it is in.
  void describe(View& view, const Field& field, std::string_view name, const std::string& error,
                const std::string& groupError) const {
    const std::string id = idOf(name);
    std::string describedBy;
    const auto add = [&](const std::string& other) {
      describedBy += (describedBy.empty() ? "" : " ") + other;
    };
    if (!hintOf(field).empty()) add(idOf(field.name) + "-hint");
    if (!groupError.empty()) add(idOf(field.name) + "-error");
    if (!error.empty()) add(id + "-error");
    view.set("id", id);
    view.set("name", std::string(name));
    view.set("error", error);
    view.flag("invalid", !error.empty() || !groupError.empty());
    view.set("describedby", std::move(describedBy));
  }

  std::vector<View> parts(const Field& field, const std::string& groupError) const {
    std::vector<View> parts;
    parts.reserve(kLocales.size());
    for (const Locale locale : kLocales) {
      const std::string name = partName(field.name, locale);
      View part;
      describe(part, field, name, messageOf(name), groupError);
      part.set("label", languageOf(locale));
      part.set("lang", std::string(code(locale)));
      part.set("value", form_.text(name));
      parts.push_back(std::move(part));
    }
    return parts;
  }

  std::vector<View> options(const Field& field) const {
    const std::string& value = form_.text(field.name);
    const bool isKnown = isChoice(field, value);
    std::vector<View> options;
    options.reserve(field.choices.size() + 1);
    // Nothing is chosen on behalf of the reader.
    if (!isChoice(field, "") && (!isKnown || !field.isRequired)) {
      options.push_back(option(
          "", texts_.get(locale_, field.isRequired ? "form.choose" : "form.no_choice"), !isKnown));
    }
    for (const Choice& choice : field.choices) {
      options.push_back(option(choice.value,
                               choice.translated ? choice.label : texts_.get(locale_, choice.label),
                               choice.value == value));
    }
    return options;
  }

  std::vector<View> boxes(const Field& field) const {
    const auto ticked = form_.texts(field.name);
    std::vector<View> boxes;
    boxes.reserve(field.choices.size());
    for (const Choice& choice : field.choices) {
      boxes.push_back(option(choice.value,
                             choice.translated ? choice.label : texts_.get(locale_, choice.label),
                             std::find(ticked.begin(), ticked.end(), choice.value) != ticked.end()));
      boxes.back().set("box_id", idOf(field.name) + "-" + std::to_string(boxes.size()));
    }
    return boxes;
  }

  static View option(std::string value, std::string label, bool isSelected) {
    View view;
    view.set("value", std::move(value));
    view.set("label", std::move(label));
    view.flag("selected", isSelected);
    return view;
  }

  std::string shownValue(const Field& field) const {
    const std::string& value = form_.text(field.name);
    if (field.kind == Kind::password) return {};
    if (field.kind == Kind::flag) return "1";
    // A browser's fields for days and moments take nothing but these.
    if (field.kind == Kind::moment) {
      const auto moment = parseHelsinkiTime(value);
      return moment ? helsinkiText(*moment) : value;
    }
    if (field.kind != Kind::date) return value;
    const auto date = Date::parse(value);
    return date ? date->text() : value;
  }

  std::string hintOf(const Field& field) const {
    if (!field.hintText.empty()) return field.hintText;
    return field.hintKey.empty() ? std::string() : texts_.get(locale_, field.hintKey);
  }
  std::string labelOf(const Field& field) const {
    if (!field.labelText.empty()) return field.labelText;
    return field.labelKey.empty() ? std::string() : texts_.get(locale_, field.labelKey);
  }

  const std::string& languageOf(Locale locale) const {
    return texts_.get(locale_, "form.language." + std::string(code(locale)));
  }

  struct Target {
    std::string id, label;
  };
  /// What an error is about: a field, a part of one, or nothing that is shown.
  Target targetOf(std::string_view name) const {
    for (const Field& field : spec_) {
      if (field.kind == Kind::hidden) continue;
      if (field.name == name) {
        std::string id = idOf(isLocal(field.kind) ? partName(name, kLocales.front()) : name);
        if (field.kind == Kind::choices) id += "-1";
        return {std::move(id), labelOf(field)};
      }
      if (!isLocal(field.kind)) continue;
      for (const Locale locale : kLocales) {
        if (partName(field.name, locale) != name) continue;
        return {idOf(name), labelOf(field) + " – " + languageOf(locale)};
      }
    }
    return {};
  }

  std::string messageOf(std::string_view field) const {
    std::string message;
    for (const Form::Error& error : form_.errors()) {
      if (error.field != field) continue;
      if (!message.empty()) message += ' ';
      message += textOf(error);
    }
    return message;
  }

  std::vector<View> summary() const {
    std::vector<View> errors;
    errors.reserve(form_.errors().size());
    for (const Form::Error& error : form_.errors()) {
      const std::string id = targetOf(error.field).id;
      View view;
      view.set("href", id.empty() ? std::string() : "#" + id);
      view.set("text", textOf(error));
      errors.push_back(std::move(view));
    }
    return errors;
  }

  const FormSpec& spec_;
  const Form& form_;
  const Texts& texts_;
  Locale locale_;
};

}  // namespace

std::vector<Form::Message> Form::messages(const Texts& texts, Locale locale) const {
  const FormShow show(spec_, *this, texts, locale);
  std::vector<Message> messages;
  messages.reserve(errors_.size());
  for (const Error& error : errors_) messages.push_back({error.field, show.textOf(error)});
  return messages;
}

View Form::view(const Texts& texts, Locale locale) const {
  return FormShow(spec_, *this, texts, locale).show();
}

}  // namespace toimela
