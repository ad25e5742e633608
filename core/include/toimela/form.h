// A form declared once: shown, read, checked and shown again with what was typed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "toimela/export.h"
#include "toimela/http.h"
#include "toimela/types.h"
#include "toimela/view.h"

namespace toimela {

class Texts;

/// A choice of a select or radio field. `label` is a translation key, or a ready text when
/// `translated` is set (names from the database).
struct Choice {
  std::string value;
  std::string label;
  bool translated = false;
};

/// One field. Made with the functions below and the chained setters.
struct TOIMELA_API Field {
  enum class Kind { text, multiline, localText, localMultiline, email, password, number, date, choice, flag, businessId, hidden, choices, lookup, file, moment };
  std::string name;
  Kind kind = Kind::text;
  std::string labelKey;
  std::string hintKey;
  std::string labelText, hintText;             ///< ready texts instead of keys, see asks()
  bool isRequired = false;
  std::size_t maxLength = 200;                 ///< in characters
  std::int64_t least = 0, most = 1'000'000'000;
  std::vector<Choice> choices;
  std::string autocompleteHint;                ///< HTML autocomplete token (WCAG 1.3.5)
  std::string source;                          ///< lookup: path of the suggestions, see Field::lookup
  std::string accepted;                        ///< file: HTML accept attribute, ".csv,.xlsx"

  static Field text(std::string name, std::string labelKey);
  static Field multiline(std::string name, std::string labelKey);
  /// Three inputs name_fi, name_sv, name_en; required means at least one language.
  static Field localText(std::string name, std::string labelKey);
  static Field localMultiline(std::string name, std::string labelKey);
  static Field email(std::string name, std::string labelKey);
  static Field password(std::string name, std::string labelKey);
  static Field number(std::string name, std::string labelKey, std::int64_t least, std::int64_t most);
  static Field date(std::string name, std::string labelKey);
  /// A day and a time of day in Finland; read with Form::moment().
  static Field moment(std::string name, std::string labelKey);
  static Field choice(std::string name, std::string labelKey, std::vector<Choice> choices);
  static Field flag(std::string name, std::string labelKey);
  static Field businessId(std::string name, std::string labelKey);
  static Field hidden(std::string name);
  /// Several of the choices, as a group of boxes; read with Form::texts().
  static Field several(std::string name, std::string labelKey, std::vector<Choice> choices);
  /// A text with suggestions from `source`, a GET route that answers ?q=… with a JSON list of texts.
  /// Without a script the text is typed in full; the handler finds what it means.
  static Field lookup(std::string name, std::string labelKey, std::string source);
  /// A file to send; the form's tag needs enctype="multipart/form-data". The file itself is in
  /// Request::files. `accepted` as in HTML: ".csv,.xlsx".
  static Field file(std::string name, std::string labelKey, std::string accepted);

  Field required() && { isRequired = true; return std::move(*this); }
  Field longest(std::size_t characters) && { maxLength = characters; return std::move(*this); }
  Field hint(std::string key) && { hintKey = std::move(key); return std::move(*this); }
  /// A label and a hint that somebody wrote, in the reader's language, instead of those of the interface.
  Field asks(std::string label, std::string hint = {}) && {
    labelText = std::move(label);
    hintText = std::move(hint);
    return std::move(*this);
  }
  Field autocomplete(std::string token) && { autocompleteHint = std::move(token); return std::move(*this); }
};

using FormSpec = std::vector<Field>;

/// One filled form. Reading checks every field by its kind and collects errors; the typed getters
/// give what was read, empty for a field that is empty or wrong.
class TOIMELA_API Form {
 public:
  /// An empty form, or one filled from a stored thing with fill().
  explicit Form(FormSpec spec);
  /// Reads what was sent. Fields that the spec does not have are ignored.
  static Form read(FormSpec spec, const Fields& sent);

  bool ok() const { return errors_.empty(); }
  /// Adds an error to a field ("" for the form as a whole): a translation key with arguments.
  void error(std::string_view field, std::string key, std::vector<std::pair<std::string, std::string>> arguments = {});

  Form& fill(std::string_view field, std::string value);
  Form& fill(std::string_view field, const LocalText& value);
  Form& fill(std::string_view field, const std::vector<std::string>& values);

  const std::string& text(std::string_view field) const;
  LocalText localText(std::string_view field) const;
  std::optional<EmailAddress> email(std::string_view field) const;
  std::optional<std::int64_t> number(std::string_view field) const;
  std::optional<Date> date(std::string_view field) const;
  std::optional<Instant> moment(std::string_view field) const;
  std::optional<BusinessId> businessId(std::string_view field) const;
  bool flag(std::string_view field) const;
  /// What was ticked of a field of choices.
  std::vector<std::string> texts(std::string_view field) const;

  struct Error {
    std::string field;
    std::string key;
    std::vector<std::pair<std::string, std::string>> arguments;
  };
  const std::vector<Error>& errors() const { return errors_; }
  struct Message {
    std::string field;
    std::string text;
  };
  /// The errors in words.
  std::vector<Message> messages(const Texts& texts, Locale locale) const;

  /// What the partial {{> form}} shows: "fields" (id, name, label, value, error, …) and "errors".
  View view(const Texts& texts, Locale locale) const;

 private:
  std::string& slot(std::string_view name);
  bool readPart(const Field& field, std::string_view name, const Fields& sent);
  bool readChoices(const Field& field, const Fields& sent);
  void check(const Field& field);

  FormSpec spec_;
  std::vector<std::pair<std::string, std::string>> values_;
  std::vector<Error> errors_;
};

}  // namespace toimela
