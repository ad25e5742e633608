#include "commands/command_line.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "commands/builtin.h"
#include "commands/config.h"
#include "host/program.h"

namespace toimela::commands {

namespace {

constexpr int kDone = 0, kWrongUse = 2;

/// What stood on the command line: settings taken out, the words that are left.
struct Line {
  std::string configFile;
  std::map<std::string, std::string> overrides;
  std::vector<std::string> words;
  bool help = false;
};

Line parse(int argc, char** argv) {
  Line line;
  if (const char* file = std::getenv("TOIMELA_CONFIG")) line.configFile = file;
  for (int i = 1; i < argc; ++i) {
    std::string word = argv[i];
    if (word == "--help" || word == "-h") {
      line.help = true;
      continue;
    }
    if (word.rfind("--", 0) != 0) {
      line.words.push_back(std::move(word));
      continue;
    }
    std::string name = word.substr(2), value;
    bool hasValue = false;
    if (auto equals = name.find('='); equals != std::string::npos) {
      value = name.substr(equals + 1);
      name.resize(equals);
      hasValue = true;
    }
    std::replace(name.begin(), name.end(), '-', '_');
    const bool isSetting = name == "config" || std::any_of(settings().begin(), settings().end(),
                                                           [&](const Setting& s) { return s.name == name; });
    if (!isSetting) {
      line.words.push_back(std::move(word));
      continue;
    }
    if (!hasValue) {
      if (i + 1 == argc) throw ConfigError(word + " takes a value");
      value = argv[++i];
    }
    if (name == "config") line.configFile = value;
    else line.overrides[name] = value;
  }
  return line;
}

std::string fullName(const plugins::From<Command>& command) {
  return command.plugin == "core" ? command.what.name : command.plugin + " " + command.what.name;
}

/// A contributed command by the longest run of words that names one.
const plugins::From<Command>* findContributed(const plugins::Contributions& contributions,
                                              const std::vector<std::string>& words, std::size_t& used) {
  const plugins::From<Command>* found = nullptr;
  for (const auto& command : contributions.commands) {
    const std::string full = fullName(command);
    std::string typed;
    for (std::size_t n = 0; n < words.size(); ++n) {
      typed += (n ? " " : "") + words[n];
      if (typed == full && n + 1 > used) {
        used = n + 1;
        found = &command;
      }
    }
  }
  return found;
}

/// How a command is used, and what it does.
void printUsage(std::ostream& out, std::string_view name, std::string_view usage, std::string_view summary) {
  out << "Usage: toimela " << name << (usage.empty() ? "" : " ") << usage << '\n';
  if (!summary.empty()) out << "\n  " << summary << '\n';
}

/// The commands whose name begins with the word, as "plugin" begins "plugin list"; how many.
int printGroup(std::ostream& out, const plugins::Contributions& contributions, const std::string& word) {
  int count = 0;
  for (const auto& command : contributions.commands) {
    const std::string full = fullName(command);
    if (!full.starts_with(word + " ")) continue;
    if (count++ == 0) out << "Usage:\n";
    out << "  toimela " << full << ' ' << command.what.usage << "\n      " << command.what.summary << '\n';
  }
  return count;
}

void printHelp(std::ostream& out, const plugins::Contributions* contributions) {
  out << "Usage: toimela COMMAND [ARGUMENTS] [--SETTING VALUE]\n\nCommands:\n";
  auto row = [&](const std::string& name, const std::string& summary) {
    out << "  " << name << std::string(name.size() < 34 ? 34 - name.size() : 1, ' ') << summary << '\n';
  };
  for (const Builtin& builtin : builtins()) row(std::string(builtin.name) + " " + std::string(builtin.usage), std::string(builtin.summary));
  if (contributions)
    for (const auto& [plugin, command] : contributions->commands)
      row((plugin == "core" ? "" : plugin + " ") + command.name + " " + command.usage, command.summary);
  out << "\nSettings (also as TOIMELA_… in the environment and in a file given with --config):\n";
  for (const Setting& setting : settings()) {
    std::string option = "--" + setting.name;
    std::replace(option.begin(), option.end(), '_', '-');
    row(option, setting.meaning);
  }
}

int run(int argc, char** argv) {
  Line line = parse(argc, argv);
  if (!line.words.empty() && line.words[0] == "help") {
    line.words.erase(line.words.begin());
    line.help = true;
  }
  if (line.words.empty() && !line.help) {
    printHelp(std::cerr, nullptr);
    return kWrongUse;
  }
  if (!line.words.empty()) {
    for (const Builtin& builtin : builtins()) {
      if (builtin.name != line.words[0]) continue;
      if (line.help) {
        printUsage(std::cout, builtin.name, builtin.usage, builtin.help.empty() ? builtin.summary : "");
        if (!builtin.help.empty()) std::cout << '\n' << builtin.help;
        return kDone;
      }
      const Config config = Config::load(line.configFile, line.overrides, Config::processEnvironment());
      return builtin.run(config, {line.words.begin() + 1, line.words.end()});
    }
  }
  host::Program program(Config::load(line.configFile, line.overrides, Config::processEnvironment()));
  const auto& contributions = program.contributions();
  if (line.words.empty()) {
    printHelp(std::cout, &contributions);
    return kDone;
  }
  std::size_t used = 0;
  const auto* contributed = findContributed(contributions, line.words, used);
  if (!contributed) {
    if (printGroup(line.help ? std::cout : std::cerr, contributions, line.words[0]) > 0)
      return line.help ? kDone : kWrongUse;
    std::cerr << "toimela: there is no command '" << line.words[0] << "'; see 'toimela --help'\n";
    return kWrongUse;
  }
  const Command& command = contributed->what;
  if (line.help) {
    printUsage(std::cout, fullName(*contributed), command.usage, command.summary);
    return kDone;
  }
  program.prepareDatabase();
  const int code = command.run(program.hostOf(contributed->plugin),
                               {line.words.begin() + static_cast<std::ptrdiff_t>(used), line.words.end()});
  if (code == kWrongUse) printUsage(std::cerr, fullName(*contributed), command.usage, "");
  return code;
}

}  // namespace

int runCommandLine(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const ConfigError& e) {
    std::cerr << "toimela: " << e.what() << '\n';
    return 2;
  } catch (const std::exception& e) {
    std::cerr << "toimela: " << e.what() << '\n';
    return 1;
  }
}

}  // namespace toimela::commands
