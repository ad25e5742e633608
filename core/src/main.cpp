#include <cstdlib>

#include "commands/command_line.h"
#include "reading/tools.h"
#include "spreadsheets/taking_apart.h"

int main(int argc, char** argv) {
  // No command for people: the program takes a foreign file apart in a process that can do nothing
  // else, and knows no configuration. It ends at once: there is nothing to clean up, and no system
  // calls left for what a sanitizer does at the end.
  if (argc == 4 && argv[1] == toimela::spreadsheet::kTakeApart)
    std::_Exit(toimela::spreadsheet::runTakingApart(std::atoi(argv[2]), std::atoi(argv[3])));
  if (argc == 3)
    if (const auto code = toimela::reading::runTool(argv[1], argv[2])) std::_Exit(*code);
  return toimela::commands::runCommandLine(argc, argv);
}
