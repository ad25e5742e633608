#include "doctor/finding.h"

#include <algorithm>

namespace toimela::doctor {

std::string line(const Finding& finding) {
  using Level = Finding::Level;
  const char* word = finding.level == Level::ok        ? "ok       "
                     : finding.level == Level::warning ? "warning  "
                                                       : "problem  ";
  std::string text = word + finding.what + ": " + finding.text;
  if (!finding.advice.empty()) text += ". " + finding.advice;
  // Texts of databases and servers come with line breaks.
  std::replace_if(text.begin(), text.end(), [](unsigned char c) { return c < 0x20; }, ' ');
  return text;
}

int exitCode(const Findings& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& f) { return f.level == Finding::Level::problem; })
             ? 1
             : 0;
}

}  // namespace toimela::doctor
