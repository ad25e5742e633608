#include "toimela/form.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "pages/form_fields.h"
#include "pages/typed_text.h"

namespace toimela {

namespace {

using pages::isChoice;
using pages::isLocal;
using pages::isMultiline;
using pages::partName;
using Kind = Field::Kind;

std::optional<std::int64_t> parseNumber(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

const Field& find(const FormSpec& spec, std::string_view name) {
  const auto found =
      std::find_if(spec.begin(), spec.end(), [&](const Field& f) { return f.name == name; });
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
  if (kind == Kind::choice || kind == Kind::choices) return "form.error.choose";
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
Field Field::moment(std::string name, std::string labelKey) {
  return make(std::move(name), Kind::moment, std::move(labelKey), 20);
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
Field Field::several(std::string name, std::string labelKey, std::vector<Choice> choices) {
  Field field = make(std::move(name), Kind::choices, std::move(labelKey), 5000);
  field.choices = std::move(choices);
  return field;
}
Field Field::lookup(std::string name, std::string labelKey, std::string source) {
  Field field = make(std::move(name), Kind::lookup, std::move(labelKey), 300);
  field.source = std::move(source);
  return field;
}
Field Field::file(std::string name, std::string labelKey, std::string accepted) {
  Field field = make(std::move(name), Kind::file, std::move(labelKey), 300);
  field.accepted = std::move(accepted);
  return field;
}
Field Field::hidden(std::string name) { return make(std::move(name), Kind::hidden, {}, 200); }

Form::Form(FormSpec spec) : spec_(std::move(spec)) {
  for (const Field& field : spec_) {
    if (!isLocal(field.kind)) {
      values_.emplace_back(field.name, std::string());
      continue;
    }
    for (const Locale locale : kLocales)
      values_.emplace_back(partName(field.name, locale), std::string());
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
  if (field.kind == Kind::choices) return readChoices(field, sent);
  // A file does not come among the fields; whether one is there is for the handler to say.
  if (field.kind == Kind::file) return false;
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

bool Form::readChoices(const Field& field, const Fields& sent) {
  std::string& values = slot(field.name);
  for (const std::string_view value : sent.every(field.name)) {
    if (value.empty()) continue;
    if (!isChoice(field, value)) {
      error(field.name, "form.error.choice");
      return false;
    }
    values.append(values.empty() ? "" : "\n").append(value);
  }
  return true;
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
    case Kind::moment:
      if (!parseHelsinkiTime(value)) error(field.name, "form.error.moment");
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
    default:
      return;
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

Form& Form::fill(std::string_view field, const std::vector<std::string>& values) {
  std::string& joined = slot(field);
  joined.clear();
  for (const std::string& value : values) joined.append(joined.empty() ? "" : "\n").append(value);
  return *this;
}

std::string& Form::slot(std::string_view name) {
  const auto found = std::find_if(values_.begin(), values_.end(),
                                  [&](const auto& value) { return value.first == name; });
  if (found == values_.end()) throw std::out_of_range("the form has no field " + std::string(name));
  return found->second;
}

const std::string& Form::text(std::string_view field) const {
  return const_cast<Form*>(this)->slot(field);
}

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

std::optional<Instant> Form::moment(std::string_view field) const {
  return parseHelsinkiTime(text(field));
}

std::optional<BusinessId> Form::businessId(std::string_view field) const {
  return BusinessId::parse(text(field));
}

bool Form::flag(std::string_view field) const { return text(field) == "1"; }

std::vector<std::string> Form::texts(std::string_view field) const {
  std::vector<std::string> result;
  std::string_view rest = text(field);
  while (!rest.empty()) {
    const std::string_view one = rest.substr(0, rest.find('\n'));
    result.emplace_back(one);
    rest.remove_prefix(std::min(rest.size(), one.size() + 1));
  }
  return result;
}

}  // namespace toimela
