// Files for the demonstration, in place of the originals.
#pragma once

#include <string>

namespace toimela::publications::view {

/// One tagged A4 page that says what it stands for.
std::string examplePdf(const std::string& title, const std::string& byline, const std::string& note);
/// Two seconds of a soft tone: WAV, 8 bits, 8 kHz.
std::string exampleSound();

}  // namespace toimela::publications::view
