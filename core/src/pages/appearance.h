// Light or dark, as a reader chose it on this device.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "toimela/host.h"
#include "toimela/request.h"

namespace toimela::pages {

/// What a reader chose against what the device prefers.
enum class Theme { light, dark };

std::string_view code(Theme theme);
/// Nothing for a text that names no theme: the device decides then.
std::optional<Theme> parseTheme(std::string_view text);

/// Name of the cookie that keeps the choice: with the prefix that browsers demand https for, where
/// the service has it.
std::string themeCookie(std::string_view baseUrl);
/// What the reader chose, from the cookie.
std::optional<Theme> themeOf(const Request& request, std::string_view baseUrl);

Response showAppearance(const Request& request, Host& host);
Response changeAppearance(const Request& request, Host& host);

}  // namespace toimela::pages
