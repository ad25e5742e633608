#include "commands/command_line.h"

int main(int argc, char** argv) { return toimela::commands::runCommandLine(argc, argv); }
