// What a look at one part of the service has found.
#pragma once

#include <string>
#include <vector>

namespace toimela::doctor {

struct Finding {
  enum class Level { ok, warning, problem } level = Level::ok;
  std::string what;    ///< the part, one or two words: "disk space"
  std::string text;    ///< what is found, in plain words
  std::string advice;  ///< what to do; empty when all is well
};

using Findings = std::vector<Finding>;

inline Finding ok(std::string what, std::string text) {
  return {Finding::Level::ok, std::move(what), std::move(text), {}};
}
inline Finding warning(std::string what, std::string text, std::string advice) {
  return {Finding::Level::warning, std::move(what), std::move(text), std::move(advice)};
}
inline Finding problem(std::string what, std::string text, std::string advice) {
  return {Finding::Level::problem, std::move(what), std::move(text), std::move(advice)};
}

/// One line: "problem  disk space: 12 MB are free: make room …".
std::string line(const Finding& finding);
/// 1 if there is a problem, else 0.
int exitCode(const Findings& findings);

}  // namespace toimela::doctor
