// The rules for what a plugin may declare. Each check throws std::invalid_argument with a sentence
// for whoever writes the plugin.
#pragma once

#include <string>
#include <string_view>

#include "plugins/contributions.h"

namespace toimela::plugins {

inline constexpr std::string_view kCore = "core";

/// Lower-case letters, digits and '_', beginning with a letter.
bool isPluginName(std::string_view name);

/// A pattern without the names of its parameters: two routes of one method and one shape would
/// answer the same requests.
std::string shapeOf(std::string_view pattern);

/// Checks everything that `added` holds of one plugin, against itself and against what is there.
void checkDeclarations(const Contributions& present, const Contributions& added,
                       std::string_view plugin);

/// Throws when core itself already uses the name: for its addresses or for a command.
void checkNameIsFree(const Contributions& present, std::string_view plugin);

}  // namespace toimela::plugins
