#include "plugins/contributions.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <stdexcept>

#include "plugins/declarations.h"
#include "plugins/dependency_order.h"

namespace toimela::plugins {

namespace {

/// Collects what one plugin registers, apart from everything that is there already.
class Collector : public Registry {
 public:
  explicit Collector(std::string plugin) : plugin_(std::move(plugin)) {}

  void routes(std::vector<Route> routes) override { addAll(collected.routes, std::move(routes)); }
  void permissions(std::vector<PermissionSpec> permissions) override {
    addAll(collected.permissions, std::move(permissions));
  }
  void navigation(NavigationItem item) override { add(collected.navigation, std::move(item)); }
  void tile(Tile tile) override { add(collected.tiles, std::move(tile)); }
  void settings(std::vector<RegionSetting> settings) override {
    addAll(collected.settings, std::move(settings));
  }
  void job(ScheduledJob job) override { add(collected.jobs, std::move(job)); }
  void command(Command command) override { add(collected.commands, std::move(command)); }
  void personalData(PersonalData personalData) override {
    add(collected.personalData, std::move(personalData));
  }
  void letter(Letter letter) override { add(collected.letters, std::move(letter)); }
  void search(toimela::search::Source source) override { add(collected.search, std::move(source)); }
  void demo(DemoLoader loader) override { add(collected.demos, std::move(loader)); }
  void schema(std::string name, std::string json) override {
    add(collected.schemas, Contributions::Schema{std::move(name), std::move(json)});
  }

  Contributions collected;

 protected:
  void onErased(std::string_view event,
                std::function<void(WriteTx&, const void*)> handler) override {
    collected.subscriptions.push_back({plugin_, std::string(event), std::move(handler)});
  }
  void provideErased(std::string_view name, std::shared_ptr<void> service) override {
    if (!collected.services.emplace(name, std::move(service)).second)
      throw std::invalid_argument("The service '" + std::string(name) + "' is declared twice.");
  }

 private:
  template <class T>
  void add(std::vector<From<T>>& to, T what) {
    to.push_back({plugin_, std::move(what)});
  }
  template <class T>
  void addAll(std::vector<From<T>>& to, std::vector<T> all) {
    for (T& what : all) add(to, std::move(what));
  }

  std::string plugin_;
};

template <class T>
void append(std::vector<T>& to, std::vector<T>& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

template <class T>
void dropOf(std::vector<T>& from, const std::set<std::string>& plugins) {
  std::erase_if(from, [&](const T& each) { return plugins.contains(each.plugin); });
}

}  // namespace

const Plugin* Contributions::find(std::string_view name) const {
  auto found = std::find_if(plugins.begin(), plugins.end(),
                            [&](const Plugin& plugin) { return plugin.name == name; });
  return found == plugins.end() ? nullptr : &*found;
}

void contribute(Contributions& contributions, const Plugin& plugin,
                void (*registerPlugin)(Registry&)) {
  if (plugin.name != kCore) checkNameIsFree(contributions, plugin.name);
  Collector collector(plugin.name);
  registerPlugin(collector);
  Contributions& added = collector.collected;
  checkDeclarations(contributions, added, plugin.name);

  if (!contributions.find(plugin.name)) contributions.plugins.push_back(plugin);
  append(contributions.routes, added.routes);
  append(contributions.permissions, added.permissions);
  append(contributions.navigation, added.navigation);
  append(contributions.tiles, added.tiles);
  append(contributions.settings, added.settings);
  append(contributions.jobs, added.jobs);
  append(contributions.commands, added.commands);
  append(contributions.personalData, added.personalData);
  append(contributions.letters, added.letters);
  append(contributions.search, added.search);
  append(contributions.demos, added.demos);
  append(contributions.schemas, added.schemas);
  append(contributions.subscriptions, added.subscriptions);
  contributions.services.merge(added.services);
  for (const auto& [service, object] : contributions.services)
    contributions.serviceOwners.try_emplace(service, plugin.name);
}

void withdraw(Contributions& contributions, std::string_view plugin, const std::string& problem) {
  std::set<std::string> broken;
  for (Plugin& each : contributions.plugins) {
    if (each.name == plugin) {
      each.problem = problem;
      broken.insert(each.name);
    }
  }
  // The list is in dependency order: whoever depends on a broken one comes after it.
  for (Plugin& each : contributions.plugins) {
    if (!each.usable()) continue;
    for (const std::string& dependency : each.dependencies) {
      if (!broken.contains(dependency)) continue;
      each.problem = unusableDependency(dependency);
      broken.insert(each.name);
      break;
    }
  }
  std::stable_partition(contributions.plugins.begin(), contributions.plugins.end(),
                        [](const Plugin& each) { return each.usable(); });

  dropOf(contributions.routes, broken);
  dropOf(contributions.permissions, broken);
  dropOf(contributions.navigation, broken);
  dropOf(contributions.tiles, broken);
  dropOf(contributions.settings, broken);
  dropOf(contributions.jobs, broken);
  dropOf(contributions.commands, broken);
  dropOf(contributions.personalData, broken);
  dropOf(contributions.letters, broken);
  dropOf(contributions.search, broken);
  dropOf(contributions.demos, broken);
  dropOf(contributions.schemas, broken);
  dropOf(contributions.subscriptions, broken);
  std::erase_if(contributions.serviceOwners, [&](const auto& owner) {
    if (!broken.contains(owner.second)) return false;
    contributions.services.erase(owner.first);
    return true;
  });
}

}  // namespace toimela::plugins
