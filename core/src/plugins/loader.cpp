// Finding and loading plugins. The libraries stay loaded for the life of the process: their
// handlers, exceptions and thread-local variables may be in use until its very end.
#include <dlfcn.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <vector>

#include "plugins/contributions.h"
#include "plugins/declarations.h"
#include "plugins/dependency_order.h"
#include "toimela/plugin.h"

namespace toimela::plugins {

namespace {

constexpr const char* kLibrary = "plugin.so";
constexpr const char* kDescriptor = "toimela_plugin";

using Register = void (*)(Registry&);

std::string lastLoaderError() {
  const char* message = dlerror();
  return message ? message : "unknown reason";
}

std::vector<std::string> wordsOf(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(std::move(word));
  return words;
}

/// Fills in what the plugin says of itself, or its problem. Returns its entry point.
Register open(Plugin& plugin) {
  if (!isPluginName(plugin.name)) {
    plugin.problem = "Its folder must be named with lower-case letters, digits and '_'.";
    return nullptr;
  }
  // Symbols are bound now and stay its own: a plugin neither stops half-way nor meets another's.
  void* library = dlopen((plugin.folder / kLibrary).c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    plugin.problem = "Its library can not be loaded: " + lastLoaderError() + ".";
    return nullptr;
  }
  auto* descriptor = static_cast<const ToimelaPluginDescriptor*>(dlsym(library, kDescriptor));
  if (!descriptor) {
    plugin.problem = "Its library does not export '" + std::string(kDescriptor) + "'.";
    return nullptr;
  }
  // Nothing behind the version can be trusted before the version is the same.
  if (descriptor->apiVersion != TOIMELA_API_VERSION) {
    plugin.problem = "It was built for version " + std::to_string(descriptor->apiVersion) +
                     " of the plugin interface; this is version " +
                     std::to_string(TOIMELA_API_VERSION) + ".";
    return nullptr;
  }
  if (!descriptor->name || !descriptor->version || !descriptor->buildId ||
      !descriptor->dependencies || !descriptor->registerPlugin) {
    plugin.problem = "Its description has an empty place.";
    return nullptr;
  }
  plugin.version = descriptor->version;
  plugin.dependencies = wordsOf(descriptor->dependencies);
  if (descriptor->name != plugin.name) {
    plugin.problem = "It calls itself '" + std::string(descriptor->name) +
                     "'; its folder must have the same name.";
    return nullptr;
  }
  if (std::string_view(descriptor->buildId) != TOIMELA_BUILD_ID) {
    plugin.problem = "It was built with '" + std::string(descriptor->buildId) +
                     "'; this program with '" + TOIMELA_BUILD_ID +
                     "'. Build it anew with this program's kit.";
    return nullptr;
  }
  return descriptor->registerPlugin;
}

std::string whatWentWrong() {
  try {
    throw;
  } catch (const std::exception& e) {
    return e.what();
  } catch (...) {
    return "it threw something that is no exception.";
  }
}

}  // namespace

void loadPlugins(Contributions& contributions, const std::filesystem::path& folder) {
  std::vector<Plugin> found;
  std::map<std::string, Register> entries;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(folder, none)) {
    if (!std::filesystem::exists(entry.path() / kLibrary)) continue;
    Plugin plugin{.name = entry.path().filename().string(), .folder = entry.path()};
    Register registerPlugin = open(plugin);
    entries.emplace(plugin.name, registerPlugin);
    found.push_back(std::move(plugin));
  }

  std::vector<Plugin> broken;
  for (Plugin& plugin : inDependencyOrder(std::move(found))) {
    for (const std::string& dependency : plugin.dependencies)
      if (plugin.usable() && dependency != kCore && !contributions.find(dependency))
        plugin.problem = unusableDependency(dependency);
    if (plugin.usable()) {
      try {
        contribute(contributions, plugin, entries.at(plugin.name));
        continue;
      } catch (...) {
        plugin.problem = "It could not be registered: " + whatWentWrong();
      }
    }
    broken.push_back(std::move(plugin));
  }
  contributions.plugins.insert(contributions.plugins.end(), std::make_move_iterator(broken.begin()),
                               std::make_move_iterator(broken.end()));
}

}  // namespace toimela::plugins
