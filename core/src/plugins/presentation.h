// How plugins and the outcomes of switching read.
#pragma once

#include <string>
#include <string_view>

#include "plugins/contributions.h"
#include "plugins/switches.h"
#include "toimela/texts.h"

namespace toimela::plugins {

/// What people call the plugin: its text "<plugin>.name", else the label of its first link in the
/// navigation, else its technical name.
std::string titleOf(const Contributions& contributions, const Texts& texts, Locale locale,
                    std::string_view plugin);
/// What it is for: its text "<plugin>.description"; may be empty.
std::string descriptionOf(const Texts& texts, Locale locale, std::string_view plugin);

/// Translation key of the outcome's message, with the arguments "plugin" and "other"; not for done
/// and unknownPlugin.
std::string_view outcomeKey(SwitchOutcome outcome);
/// Why a wish was not granted. For any outcome but done and unknownPlugin.
std::string outcomeText(const Contributions& contributions, const Texts& texts, Locale locale,
                        std::string_view plugin, const SwitchResult& result);

}  // namespace toimela::plugins
