#include "toimela/form.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

#include "pages/typed_text.h"
#include "toimela/texts.h"

namespace toimela {

namespace {

using Kind = Field::Kind;

bool isLocal(Kind kind) { return kind == Kind::localText || kind == Kind::localMultiline; }
bool isMultiline(Kind kind) { return kind == Kind::multiline || kind == Kind::localMultiline; }

std::string partName(std::string_view field, Locale locale) {
  return std::string(field) + "_" + std::string(code(locale));
}

std::string idOf(std::string_view name) { return "f-" + std::string(name); }

std::optional<std::int64_t> parseNumber(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool isChoice(const Field& field, std::string_view value) {
  return std::any_of(field.choices.begin(), field.choices.end(),
                     [&](const Choice& choice) { return choice.value == value; });
}

const Field& find(const FormSpec& spec, std::string_view name) {
  const auto found = std::find_if(spec.begin(), spec.end(), [&](const Field& f) { return f.name == name; });
  if (found == spec.end()) throw std::out_of_range("the form has no field " + std::string(name));
  return *found;
}

Field make(std::string name, Kind kind, std::string labelKey, std::size_t maxLength) {
  Field field;
  field.name = std::move(name);
  field.kind = kind;
  field.labelKey = std::move(labelKey);
  field.maxLength = maxLength;
  return field;
}

/// Key of the error of a field that must not be empty but is.
std::string_view missingKey(Kind kind) {
  if (kind == Kind::choice) return "form.error.choose";
  if (kind == Kind::flag) return "form.error.tick";
  if (isLocal(kind)) return "form.error.required_local";
  return "form.error.required";
}

}  // namespace

Field Field::text(std::string name, std::string labelKey) {
  return make(std::move(name), Kind::text, std::move(labelKey), 200);
}
Field Field::multiline(std::string name, std::string labelKey) {
  return make(std::move(name), Kind::multiline, std::move(labelKey), 5000);
}
Field Field::localText(std::string name, std::string labelKey) {
  return make(std::move(name), Kind::localText, std::move(labelKey), 200);
}
Field Field::localMultiline(std::string name, std::string labelKey) {
  return make(std::move(name), Kind::localMultiline, std::move(labelKey), 5000);
}
Field Field::email(std::string name, std::string labelKey) {
  return make(std::move(name), Kind::email, std::move(labelKey), 254);
}
Field Field::password(std::string name, std::string labelKey) {
  return make(std::move(name), Kind::password, std::move(labelKey), 256);
}
Field Field::number(std::string name, std::string labelKey, std::int64_t least, std::int64_t most) {
  Field field = make(std::move(name), Kind::number, std::move(labelKey), 20);
  field.least = least;
  field.most = most;
  return field;
}
Field Field::date(std::string name, std::string labelKey) {
  return make(std::move(name), Kind::date, std::move(labelKey), 10);
}
Field Field::choice(std::string name, std::string labelKey, std::vector<Choice> choices) {
  Field field = make(std::move(name), Kind::choice, std::move(labelKey), 200);
  field.choices = std::move(choices);
  return field;
}
Field Field::flag(std::string name, std::string labelKey) {
  return make(std::move(name), Kind::flag, std::move(labelKey), 5);
}
Field Field::businessId(std::string name, std::string labelKey) {
  return make(std::move(name), Kind::businessId, std::move(labelKey), 9);
}
Field Field::hidden(std::string name) { return make(std::move(name), Kind::hidden, {}, 200); }

Form::Form(FormSpec spec) : spec_(std::move(spec)) {
  for (const Field& field : spec_) {
    if (!isLocal(field.kind)) {
      values_.emplace_back(field.name, std::string());
      continue;
    }
    for (const Locale locale : kLocales) values_.emplace_back(partName(field.name, locale), std::string());
  }
}

Form Form::read(FormSpec spec, const Fields& sent) {
  Form form(std::move(spec));
  for (const Field& field : form.spec_) {
    if (isLocal(field.kind)) {
      for (const Locale locale : kLocales) {
        form.readPart(field, partName(field.name, locale), sent);
      }
      if (field.isRequired && form.localText(field.name).empty()) {
        form.error(field.name, std::string(missingKey(field.kind)));
      }
    } else if (form.readPart(field, field.name, sent)) {
      form.check(field);
    }
  }
  return form;
}

bool Form::readPart(const Field& field, std::string_view name, const Fields& sent) {
  const auto tidy = field.kind == Kind::password ? pages::Tidy::nothing
                    : isMultiline(field.kind)    ? pages::Tidy::lines
                                                 : pages::Tidy::line;
  auto typed = pages::readTyped(sent.text(name), tidy);
  slot(name) = std::move(typed.text);
  if (typed.hasBadCharacters) {
    error(name, "form.error.characters");
  } else if (typed.length > field.maxLength) {
    error(name, "form.error.too_long",
          {{"most", std::to_string(field.maxLength)}, {"length", std::to_string(typed.length)}});
  } else {
    return true;
  }
  return false;
}

void Form::check(const Field& field) {
  std::string& value = slot(field.name);
  // A box that is not ticked is not sent; what a ticked one sends is up to the page.
  if (field.kind == Kind::flag) value = value.empty() || value == "0" ? "" : "1";
  if (value.empty()) {
    if (field.isRequired) error(field.name, std::string(missingKey(field.kind)));
    return;
  }
  switch (field.kind) {
    case Kind::email:
      if (!EmailAddress::parse(value)) error(field.name, "form.error.email");
      return;
    case Kind::date:
      if (!Date::parse(value)) error(field.name, "form.error.date");
      return;
    case Kind::businessId:
      if (!BusinessId::parse(value)) error(field.name, "form.error.business_id");
      return;
    case Kind::choice:
      if (!isChoice(field, value)) error(field.name, "form.error.choice");
      return;
    case Kind::number: {
      const auto number = parseNumber(value);
      if (!number) {
        error(field.name, "form.error.number");
      } else if (*number < field.least || *number > field.most) {
        error(field.name, "form.error.range",
              {{"least", std::to_string(field.least)}, {"most", std::to_string(field.most)}});
      }
      return;
    }
    default: return;
  }
}

void Form::error(std::string_view field, std::string key,
                 std::vector<std::pair<std::string, std::string>> arguments) {
  errors_.push_back({std::string(field), std::move(key), std::move(arguments)});
}

Form& Form::fill(std::string_view field, std::string value) {
  slot(field) = std::move(value);
  return *this;
}

Form& Form::fill(std::string_view field, const LocalText& value) {
  for (const Locale locale : kLocales) slot(partName(field, locale)) = value.in(locale);
  return *this;
}

std::string& Form::slot(std::string_view name) {
  const auto found =
      std::find_if(values_.begin(), values_.end(), [&](const auto& value) { return value.first == name; });
  if (found == values_.end()) throw std::out_of_range("the form has no field " + std::string(name));
  return found->second;
}

const std::string& Form::text(std::string_view field) const { return const_cast<Form*>(this)->slot(field); }

LocalText Form::localText(std::string_view field) const {
  LocalText result;
  for (const Locale locale : kLocales) result.in(locale) = text(partName(field, locale));
  return result;
}

std::optional<EmailAddress> Form::email(std::string_view field) const {
  return EmailAddress::parse(text(field));
}

std::optional<std::int64_t> Form::number(std::string_view field) const {
  const Field& declared = find(spec_, field);
  const auto found = parseNumber(text(field));
  return found && *found >= declared.least && *found <= declared.most ? found : std::nullopt;
}

std::optional<Date> Form::date(std::string_view field) const { return Date::parse(text(field)); }

std::optional<BusinessId> Form::businessId(std::string_view field) const {
  return BusinessId::parse(text(field));
}

bool Form::flag(std::string_view field) const { return text(field) == "1"; }

namespace {

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

 private:
  static constexpr std::array<std::pair<Kind, const char*>, 12> kFlags{{{Kind::text, "is_text"},
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
                                                                        {Kind::hidden, "is_hidden"}}};

  View show(const Field& field) const {
    View view;
    const std::string error = messageOf(field.name);
    describe(view, field, field.name, error, {});
    view.set("label", labelOf(field));
    view.set("hint", field.hintKey.empty() ? std::string() : texts_.get(locale_, field.hintKey));
    view.flag("required", field.isRequired);
    view.set("autocomplete", field.autocompleteHint);
    view.set("maxlength", field.maxLength);
    view.set("min", field.least);
    view.set("max", field.most);
    for (const auto& [kind, name] : kFlags) view.flag(name, false);
    for (const auto& [kind, name] : kFlags) {
      if (kind == field.kind) view.flag(name, true);
    }
    view.list("options", field.kind == Kind::choice ? options(field) : std::vector<View>());
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
    const auto add = [&](const std::string& other) { describedBy += (describedBy.empty() ? "" : " ") + other; };
    if (!field.hintKey.empty()) add(idOf(field.name) + "-hint");
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
      options.push_back(option("", texts_.get(locale_, field.isRequired ? "form.choose" : "form.no_choice"),
                               !isKnown));
    }
    for (const Choice& choice : field.choices) {
      options.push_back(option(choice.value, choice.translated ? choice.label : texts_.get(locale_, choice.label),
                               choice.value == value));
    }
    return options;
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
    if (field.kind != Kind::date) return value;
    // A browser's date field takes nothing but this.
    const auto date = Date::parse(value);
    return date ? date->text() : value;
  }

  std::string labelOf(const Field& field) const {
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
        return {idOf(isLocal(field.kind) ? partName(name, kLocales.front()) : name), labelOf(field)};
      }
      if (!isLocal(field.kind)) continue;
      for (const Locale locale : kLocales) {
        if (partName(field.name, locale) != name) continue;
        return {idOf(name), labelOf(field) + " – " + languageOf(locale)};
      }
    }
    return {};
  }

  std::string textOf(const Form::Error& error) const {
    const std::string label = targetOf(error.field).label;
    std::vector<TextArgument> arguments{{"field", label}};
    for (const auto& [name, value] : error.arguments) arguments.emplace_back(name, value);
    return texts_.format(locale_, error.key, arguments);
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

View Form::view(const Texts& texts, Locale locale) const { return FormShow(spec_, *this, texts, locale).show(); }

}  // namespace toimela
