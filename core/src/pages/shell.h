// What every page has around its content: head, navigation, region bar, languages, message.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "host/core_host.h"
#include "pages/templates.h"
#include "toimela/host.h"
#include "toimela/request.h"
#include "toimela/view.h"

namespace toimela::pages {

/// The names that every template may use, tiles too: base, lang, is_signed_in, user_name, reference
/// and csrf.
void fillCommon(View& view, const Request& request);

/// The common names and the group "shell" that layout.mustache shows. Asks no database, so that it
/// serves error pages too. `options.title` must be a ready text.
void fillShell(View& view, const Request& request, CoreHost& host, const PageOptions& options);

/// The box as HTML, or nothing when its plugin has nothing to show or is off where the reader is.
/// `host` is the one of the tile's plugin.
std::optional<SafeHtml> renderTile(const Templates& templates, CoreHost& host, const Request& request,
                                   const plugins::From<Tile>& tile);

/// The path and query of the request in another language; the query only where the request can be
/// repeated by following a link.
std::string inLanguage(const Request& request, Locale locale);

}  // namespace toimela::pages
