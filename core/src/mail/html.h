// The HTML part of a mail, made of its plain text: pure.
#pragma once

#include <string>
#include <string_view>

#include "toimela/types.h"

namespace toimela::mail {

/// A small document: blank lines part paragraphs, lines that begin with "- " are a list, a first
/// line with "# " is a heading, and addresses that begin with `linked` are links. All else is
/// escaped, so what people wrote can not become markup or a link to somewhere else.
std::string htmlOf(std::string_view text, Locale language, std::string_view linked);

}  // namespace toimela::mail
