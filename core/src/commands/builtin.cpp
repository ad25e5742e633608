#include "commands/builtin.h"

#include <pthread.h>

#include <csignal>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "claims/demo.h"
#include "commands/operations.h"
#include "directory/demo.h"
#include "directory/reference.h"
#include "directory/scale.h"
#include "host/program.h"

namespace toimela::commands {

namespace {

using Arguments = std::vector<std::string>;

int wrongUse(const std::string& usage) {
  std::cerr << "Usage: toimela " << usage << '\n';
  return 2;
}

bool take(Arguments& arguments, std::string_view flag) {
  auto found = std::find(arguments.begin(), arguments.end(), flag);
  if (found == arguments.end()) return false;
  arguments.erase(found);
  return true;
}

int serve(const Config& config, const Arguments& arguments) {
  if (!arguments.empty()) return wrongUse("serve");
  // Signals are waited for in this thread only, so block them before any other thread exists.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  host::Program program(config);
  program.prepareDatabase();
  program.start();
  const std::string listen = config.text("listen");
  const std::string where = listen.rfind("unix:", 0) == 0
                                ? listen
                                : listen.substr(0, listen.rfind(':')) + ":" + std::to_string(program.port());
  program.log().write(host::Log::Level::information, "serving", {{"listen", where}});
  int signal = 0;
  for (sigwait(&signals, &signal); signal == SIGHUP; sigwait(&signals, &signal)) program.reload();
  program.log().write(host::Log::Level::information, "stopping");
  program.stop();
  return 0;
}

const char* word(data::MigrationState::Status status) {
  using Status = data::MigrationState::Status;
  switch (status) {
    case Status::applied: return "applied";
    case Status::pending: return "pending";
    case Status::changed: return "changed since it was applied";
    default: return "unknown to this program";
  }
}

int migrate(const Config& config, const Arguments& given) {
  Arguments arguments = given;
  const bool statusOnly = take(arguments, "--status");
  if (!arguments.empty()) return wrongUse("migrate [--status]");
  host::Program program(config);
  if (!statusOnly) program.prepareDatabase();
  bool behind = false;
  for (const auto& state : program.migrationStates()) {
    std::cout << state.component << ' ' << state.number << ' ' << state.name << ": " << word(state.status) << '\n';
    behind = behind || state.status != data::MigrationState::Status::applied;
  }
  return behind ? 1 : 0;
}

/// Content by the hundred thousand beside the demonstration content.
int addScale(host::Program& program, const Arguments& sizes) {
  const auto number = [&](std::size_t at, std::int64_t otherwise) -> std::optional<std::int64_t> {
    return sizes.size() > at ? parseId(sizes[at]) : otherwise;
  };
  const auto organisations = number(0, directory::kScaleOrganisations);
  const auto people = number(1, directory::kScalePeople);
  if (sizes.size() > 2 || !organisations || !people)
    return wrongUse("demo --scale [ORGANISATIONS [PEOPLE]]");
  const auto all = *organisations + *people;
  directory::loadScale(program.hostOf("core"), *organisations, *people, [&](std::int64_t done) {
    if (done == all || done % 10'000 == 0) std::cout << done << " of " << all << std::endl;
  });
  return 0;
}

int demo(const Config& config, const Arguments& given) {
  Arguments arguments = given;
  const bool isLarge = take(arguments, "--scale");
  if (!isLarge && !arguments.empty()) return wrongUse("demo [--scale [ORGANISATIONS [PEOPLE]]]");
  host::Program program(config);
  program.prepareDatabase();
  const auto file = program.dataFolder() / "demo-accounts.json";
  auto accounts = directory::loadDemo(program.hostOf("core"), (program.share() / "db" / "demo").string());
  if (accounts.empty()) {
    std::cout << "The database has people already; nothing was added.\n";
    return 0;
  }
  claims::loadDemo(program.hostOf("core"), (program.share() / "db" / "demo").string());
  for (const auto& [plugin, loader] : program.contributions().demos) {
    const auto* found = program.contributions().find(plugin);
    if (plugin != "core" && found) loader(program.hostOf(plugin), (found->folder / "demo").string());
  }
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const auto& account : accounts)
    list.push_back({{"email", account.email}, {"password", account.password}, {"role", account.role}, {"scope", account.scope}});
  std::ofstream(file) << list.dump(2) << '\n';
  std::cout << "Demonstration content is in place; accounts are in " << file.string() << '\n';
  return isLarge ? addScale(program, arguments) : 0;
}

std::string demand(const Rule& rule) {
  if (rule.kind == Rule::Kind::anyone) return "anyone";
  if (rule.kind == Rule::Kind::signedIn) return "signed in";
  return std::string(rule.permission.name) + (rule.orOwner ? " or owner" : "") + (rule.anyScope ? " anywhere" : "");
}

int routes(const Config& config, const Arguments& given) {
  Arguments arguments = given;
  const bool json = take(arguments, "--json");
  if (!arguments.empty()) return wrongUse("routes [--json]");
  host::Program program(config);
  program.dispatcher();  // refuses a table that is not sound
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const auto& [plugin, route] : program.contributions().routes) {
    const char* rate = route.rateClass == RateClass::read ? "read" : route.rateClass == RateClass::write ? "write" : "credentials";
    const bool csrf = !isSafe(route.method) && route.csrfChecked;
    if (json) {
      list.push_back({{"plugin", plugin}, {"method", name(route.method)}, {"pattern", route.pattern},
                      {"localised", routing::isLocalised(route.pattern)}, {"rule", demand(route.rule)},
                      {"permission", route.rule.kind == Rule::Kind::permission ? std::string(route.rule.permission.name) : ""},
                      {"orOwner", route.rule.orOwner}, {"anywhere", route.rule.anyScope},
                      {"scoped", static_cast<bool>(route.rule.scope)}, {"csrf", csrf}, {"rate", rate},
                      {"cached", route.isCached}, {"summary", route.summary}});
      continue;
    }
    auto pad = [](std::string text, std::size_t width) {
      text.resize(std::max(width, text.size() + 1), ' ');
      return text;
    };
    std::cout << pad(std::string(name(route.method)), 6) << pad(route.pattern, 58) << pad(demand(route.rule), 34)
              << pad(csrf ? "csrf" : "-", 5) << pad(rate, 12) << pad(plugin, 10) << route.summary << '\n';
  }
  if (json) std::cout << list.dump(1) << '\n';
  return 0;
}

int roles(const Config& config, const Arguments& given) {
  Arguments arguments = given;
  const bool json = take(arguments, "--json");
  if (!arguments.empty()) return wrongUse("roles [--json]");
  host::Program program(config);
  program.prepareDatabase();
  auto state = program.freshState();
  nlohmann::ordered_json list = nlohmann::ordered_json::object();
  for (const auto& [plugin, spec] : program.contributions().permissions) {
    std::string permission(spec.permission.name), holders;
    nlohmann::ordered_json held = nlohmann::ordered_json::array();
    for (Role role : kRoles) {
      if (!state->rights->roleHolds(role, permission)) continue;
      held.push_back(std::string(code(role)));
      holders += (holders.empty() ? "" : ", ") + std::string(code(role));
    }
    list[permission] = held;
    if (!json) std::cout << permission << ": " << (holders.empty() ? "nobody" : holders) << '\n';
  }
  if (json) std::cout << list.dump(1) << '\n';
  return 0;
}

int showConfig(const Config& config, const Arguments& arguments) {
  if (!arguments.empty()) return wrongUse("config");
  for (const Setting& setting : settings())
    std::cout << setting.name << " = " << config.shown(setting.name) << "   (" << config.origin(setting.name) << ")\n";
  return 0;
}

int reference(const Config& config, const Arguments& arguments) {
  if (arguments.empty() || arguments[0] != "update" || (arguments.size() != 1 && arguments.size() != 3))
    return wrongUse("reference update [REGIONS.json MUNICIPALITIES.json]");
  host::Program program(config);
  program.prepareDatabase();
  const auto folder = program.share() / "db" / "reference";
  directory::updateReference(program.database(),
                             arguments.size() == 3 ? std::filesystem::path(arguments[1]) : folder / "regions.json",
                             arguments.size() == 3 ? std::filesystem::path(arguments[2]) : folder / "municipalities.json");
  std::cout << "Regions and municipalities are up to date.\n";
  return 0;
}

}  // namespace

const std::vector<Builtin>& builtins() {
  static const std::vector<Builtin> all{
      {"serve", "", "serve until SIGTERM or SIGINT; SIGHUP reads the certificate anew", serve},
      {"migrate", "[--status]", "bring the database up to date, or say what is pending", migrate},
      {"demo", "[--scale]", "load demonstration content into an empty database; with --scale 110,000 organisations", demo},
      {"routes", "[--json]", "every route with what it demands", routes},
      {"roles", "[--json]", "who may do what", roles},
      {"config", "", "what is in force and where it comes from", showConfig},
      {"reference", "update [FILES]", "update regions and municipalities", reference},
      {"backup", "FILE", "save everything, while the service runs", backup, kBackupHelp},
      {"restore", "FILE [--into-empty | --check]", "bring a backup back into an empty database", restore, kRestoreHelp},
      {"doctor", "[--thorough]", "is everything in order that the service stands on", doctor, kDoctorHelp},
      {"jobs", "[list | run NAME]", "what is done again and again, and doing it out of turn", jobs, kJobsHelp},
  };
  return all;
}

}  // namespace toimela::commands
