#include "routing/language.h"

namespace toimela::routing {

Locale negotiated(std::optional<std::string_view> accepted) {
  if (!accepted) return Locale::fi;
  // Browsers list languages by preference; the first of ours wins.
  std::size_t best = std::string_view::npos;
  Locale locale = Locale::fi;
  for (Locale candidate : kLocales) {
    std::size_t at = accepted->find(code(candidate));
    if (at < best) {
      best = at;
      locale = candidate;
    }
  }
  return locale;
}

}  // namespace toimela::routing
