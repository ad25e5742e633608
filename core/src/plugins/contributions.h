// Everything that core and plugins contribute, gathered by their registries and then frozen.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "toimela/registry.h"
#include "toimela/search.h"

namespace toimela::plugins {

/// One plugin as it was found, whether it could be used or not. "core" is the first of them.
struct Plugin {
  std::string name;
  std::string version;
  std::filesystem::path folder;           ///< templates, locales, migrations, assets, demo
  std::vector<std::string> dependencies;
  std::string problem;                    ///< why it is not in use; empty when it is
  bool usable() const { return problem.empty(); }
};

template <class T>
struct From {
  std::string plugin;
  T what;
};

/// Invariant: read-only once the host serves.
struct Contributions {
  std::vector<Plugin> plugins;            ///< core first, then in dependency order, then the broken
  std::vector<From<Route>> routes;
  std::vector<From<PermissionSpec>> permissions;
  std::vector<From<NavigationItem>> navigation;
  std::vector<From<Tile>> tiles;
  std::vector<From<RegionSetting>> settings;
  std::vector<From<ScheduledJob>> jobs;
  std::vector<From<Command>> commands;
  std::vector<From<PersonalData>> personalData;
  std::vector<From<Letter>> letters;
  std::vector<From<toimela::search::Source>> search;
  std::vector<From<DemoLoader>> demos;
  struct Schema {
    std::string name;
    std::string json;
  };
  std::vector<From<Schema>> schemas;
  struct Subscription {
    std::string plugin, event;
    std::function<void(WriteTx&, const void*)> handler;
  };
  std::vector<Subscription> subscriptions;
  std::map<std::string, std::shared_ptr<void>, std::less<>> services;
  std::map<std::string, std::string, std::less<>> serviceOwners;  ///< service → plugin

  const Plugin* find(std::string_view name) const;
};

/// Lets `registerPlugin` contribute in the name of `plugin`, which is added to the list of plugins
/// when it is not there. What it declares is checked (see declarations.h): names carry the plugin's
/// prefix ("contacts.member.edit"), patterns its name ("/contacts", "/regions/{region}/contacts",
/// "/api/v1/contacts"), every route has a rule. Core may call it many times, once for each room.
/// Throws std::invalid_argument with a sentence that names what is wrong; nothing was added then.
void contribute(Contributions& contributions, const Plugin& plugin,
                void (*registerPlugin)(Registry&));

/// Takes back everything of a plugin that turned out to be broken after it had contributed (a
/// template, a text, a migration), and of the plugins that depend on it. Before serving only.
void withdraw(Contributions& contributions, std::string_view plugin, const std::string& problem);

/// Finds the plugins in `folder`, loads them in dependency order and lets each contribute. A broken
/// one gets its `problem` and harms nobody else. Libraries are never unloaded.
void loadPlugins(Contributions& contributions, const std::filesystem::path& folder);

}  // namespace toimela::plugins
