// The words of the interface, by key, in the reader's language (ICU message format).
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "toimela/export.h"
#include "toimela/types.h"

namespace toimela {

/// An argument of a message: {name} in the text. Numbers take part in plural forms.
using TextArgument = std::pair<std::string_view, std::variant<std::int64_t, std::string>>;

class TOIMELA_API Texts {
 public:
  virtual ~Texts() = default;

  /// The text of `key`; the key itself, logged once, when it is unknown (start-up checks that every
  /// key used by a template exists in all three languages).
  virtual const std::string& get(Locale locale, std::string_view key) const = 0;
  virtual bool has(std::string_view key) const = 0;
  /// With arguments filled in, plural forms chosen by the language's rules.
  virtual std::string format(Locale locale, std::string_view key,
                             const std::vector<TextArgument>& arguments) const = 0;
};

/// "22.11.2026" in Finnish and Swedish, "22 November 2026" in English.
TOIMELA_API std::string showDate(Date date, Locale locale);
/// Date and time of day in Europe/Helsinki.
TOIMELA_API std::string showInstant(Instant instant, Locale locale);
/// Orders names as a reader of the language expects (å ä ö at the end).
TOIMELA_API bool sortsBefore(std::string_view a, std::string_view b, Locale locale);

}  // namespace toimela
