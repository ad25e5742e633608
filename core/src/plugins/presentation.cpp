#include "plugins/presentation.h"

#include <stdexcept>

namespace toimela::plugins {

std::string_view outcomeKey(SwitchOutcome outcome) {
  switch (outcome) {
    case SwitchOutcome::locked: return "plugins.outcome.locked";
    case SwitchOutcome::notAvailable: return "plugins.outcome.not_available";
    case SwitchOutcome::alwaysOn: return "plugins.outcome.always_on";
    case SwitchOutcome::neededBy: return "plugins.outcome.needed_by";
    case SwitchOutcome::needs: return "plugins.outcome.needs";
    case SwitchOutcome::done:
    case SwitchOutcome::unknownPlugin: break;
  }
  throw std::logic_error("an outcome that has no message");
}

std::string titleOf(const Contributions& contributions, const Texts& texts, Locale locale,
                    std::string_view plugin) {
  const std::string key = std::string(plugin) + ".name";
  if (texts.has(key)) return texts.get(locale, key);
  for (const auto& item : contributions.navigation)
    if (item.plugin == plugin) return texts.get(locale, item.what.labelKey);
  return std::string(plugin);
}

std::string descriptionOf(const Texts& texts, Locale locale, std::string_view plugin) {
  const std::string key = std::string(plugin) + ".description";
  return texts.has(key) ? texts.get(locale, key) : std::string();
}

std::string outcomeText(const Contributions& contributions, const Texts& texts, Locale locale,
                        std::string_view plugin, const SwitchResult& result) {
  auto title = [&](std::string_view name) { return titleOf(contributions, texts, locale, name); };
  return texts.format(locale, outcomeKey(result.outcome),
                      {{"plugin", title(plugin)}, {"other", title(result.other)}});
}

}  // namespace toimela::plugins
