// Commands of the program itself; rooms and plugins contribute theirs through the registry.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "commands/config.h"

namespace toimela::commands {

struct Builtin {
  std::string_view name, usage, summary;
  int (*run)(const Config& config, const std::vector<std::string>& arguments);
  std::string_view help = {};  ///< for `toimela NAME --help`, below usage and summary
};
const std::vector<Builtin>& builtins();

}  // namespace toimela::commands
