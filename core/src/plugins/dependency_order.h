// In which order plugins come so that each follows what it depends on: pure.
#pragma once

#include <vector>

#include "plugins/contributions.h"

namespace toimela::plugins {

/// Sorts the plugins: each after its dependencies, by name where these leave a choice, the unusable
/// last. A plugin gets its `problem` when it depends on one that is missing or unusable, or on
/// itself through others. Dependencies on core are taken for granted.
std::vector<Plugin> inDependencyOrder(std::vector<Plugin> plugins);

/// What is wrong with a plugin's dependency, as a sentence.
std::string missingDependency(const std::string& dependency);
std::string unusableDependency(const std::string& dependency);

}  // namespace toimela::plugins
