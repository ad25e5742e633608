#include "commands/command_line.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "commands/builtin.h"
#include "commands/config.h"
#include "host/program.h"

namespace toimela::commands {

namespace {

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

/// A contributed command by the longest run of words that names one.
const plugins::From<Command>* findContributed(const plugins::Contributions& contributions,
                                              const std::vector<std::string>& words, std::size_t& used) {
  const plugins::From<Command>* found = nullptr;
  for (const auto& command : contributions.commands) {
    std::string full = command.plugin == "core" ? command.what.name : command.plugin + " " + command.what.name;
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

void printHelp(std::ostream& out, const Builtin& builtin) {
  out << "Usage: toimela " << builtin.name << (builtin.usage.empty() ? "" : " ") << builtin.usage << "\n\n";
  if (builtin.help.empty()) out << builtin.summary << '\n';
  else out << builtin.help;
}

int run(int argc, char** argv) {
  Line line = parse(argc, argv);
  if (line.words.empty() && !line.help) {
    printHelp(std::cerr, nullptr);
    return 2;
  }
  Config config = Config::load(line.configFile, line.overrides, Config::processEnvironment());

  if (!line.words.empty()) {
    for (const Builtin& builtin : builtins()) {
      if (builtin.name != line.words[0]) continue;
      if (line.help) {
        printHelp(std::cout, builtin);
        return 0;
      }
      std::vector<std::string> arguments(line.words.begin() + 1, line.words.end());
      return builtin.run(config, arguments);
    }
  }
  host::Program program(config);
  if (line.help || line.words[0] == "help") {
    printHelp(std::cout, &program.contributions());
    return 0;
  }
  std::size_t used = 0;
  const auto* contributed = findContributed(program.contributions(), line.words, used);
  if (!contributed) {
    std::cerr << "toimela: there is no command '" << line.words[0] << "'; see 'toimela --help'\n";
    return 2;
  }
  program.prepareDatabase();
  return contributed->what.run(program.hostOf(contributed->plugin),
                               {line.words.begin() + static_cast<std::ptrdiff_t>(used), line.words.end()});
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
