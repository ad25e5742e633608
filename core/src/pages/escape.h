// Escaping for HTML: the one place where text becomes safe to stand in a page.
#pragma once

#include <string>
#include <string_view>

namespace toimela::pages {

/// Appends `text` so that it is nothing but text in HTML, in quoted attributes too.
void appendEscaped(std::string& out, std::string_view text);

/// May a link lead there? Paths, fragments and queries may, and http, https, mailto and tel;
/// javascript: and every other scheme may not.
bool isSafeAddress(std::string_view address);

}  // namespace toimela::pages
