// Starting this program once more as a process that takes a foreign file apart.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "confinement/confinement.h"

namespace toimela::confinement {

struct Result {
  enum class End {
    done,         ///< by itself; see `code`
    tooMuchWork,  ///< it took too long, too much memory, said too much, or was ended by a signal
    notConfined   ///< the limits can not be had on this machine: nothing was done
  } end = End::done;
  int code = 0;
  std::string output;
};

/// Runs `toimela WORDS…` with the open file as its standard input, and waits for its end. `withErrors`
/// puts what it says on standard error into the output, else nobody hears it. The process is gone
/// when this returns. Throws std::runtime_error when none can be started.
Result run(const std::vector<std::string>& words, int input, const Limits& limits, bool withErrors = false);
/// The same for a file by its path; nothing when it can not be opened.
std::optional<Result> runOn(const std::string& path, const std::vector<std::string>& words, const Limits& limits,
                            bool withErrors = false);

}  // namespace toimela::confinement
