// The program's command line: finds the command, prepares what it needs, gives its exit code.
#pragma once

#include "toimela/export.h"

namespace toimela::commands {

/// 0 done, 1 could not, 2 wrong use.
TOIMELA_API int runCommandLine(int argc, char** argv);

}  // namespace toimela::commands
