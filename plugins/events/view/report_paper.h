// The report over events on paper: numbers, charts with a sentence each, and every event.
#pragma once

#include <string>

#include "view/figures.h"

namespace toimela::events::view {

/// A PDF file on A4, in the reader's language.
std::string reportPaper(const ReportPage& page, const Words& words);

}  // namespace toimela::events::view
