#include "plugins/dependency_order.h"

#include <algorithm>
#include <map>
#include <set>

#include "plugins/declarations.h"

namespace toimela::plugins {

namespace {

/// Walks the dependencies depth first; a plugin is placed once all that it depends on are.
class Walk {
 public:
  explicit Walk(std::vector<Plugin> plugins) {
    for (Plugin& plugin : plugins) {
      std::string name = plugin.name;
      plugins_.emplace(std::move(name), std::move(plugin));
    }
  }

  std::vector<Plugin> run() {
    for (auto& [name, plugin] : plugins_) visit(plugin);
    std::vector<Plugin> result;
    for (Plugin* plugin : usable_) result.push_back(std::move(*plugin));
    for (Plugin* plugin : broken_) result.push_back(std::move(*plugin));
    return result;
  }

 private:
  void visit(Plugin& plugin) {
    if (done_.contains(&plugin)) return;
    if (auto start = std::find(path_.begin(), path_.end(), &plugin); start != path_.end()) {
      reportCycle(start);
      return;
    }
    path_.push_back(&plugin);
    for (const std::string& dependency : plugin.dependencies) {
      if (dependency == kCore) continue;
      auto found = plugins_.find(dependency);
      if (found == plugins_.end()) {
        complain(plugin, missingDependency(dependency));
        continue;
      }
      visit(found->second);
      if (!found->second.usable()) complain(plugin, unusableDependency(dependency));
    }
    path_.pop_back();
    done_.insert(&plugin);
    (plugin.usable() ? usable_ : broken_).push_back(&plugin);
  }

  void reportCycle(std::vector<Plugin*>::iterator start) {
    std::string way;
    for (auto step = start; step != path_.end(); ++step) way += (*step)->name + " → ";
    way += (*start)->name;
    for (auto step = start; step != path_.end(); ++step)
      complain(**step, "It depends on itself: " + way + ".");
  }

  static void complain(Plugin& plugin, std::string problem) {
    if (plugin.usable()) plugin.problem = std::move(problem);
  }

  std::map<std::string, Plugin> plugins_;
  std::vector<Plugin*> path_, usable_, broken_;
  std::set<Plugin*> done_;
};

}  // namespace

std::string missingDependency(const std::string& dependency) {
  return "It needs the plugin '" + dependency + "', which is not installed.";
}

std::string unusableDependency(const std::string& dependency) {
  return "It needs the plugin '" + dependency + "', which can not be used.";
}

std::vector<Plugin> inDependencyOrder(std::vector<Plugin> plugins) {
  return Walk(std::move(plugins)).run();
}

}  // namespace toimela::plugins
