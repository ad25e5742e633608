// The yearly report as a page, a table to take along, and JSON.
#pragma once

#include <string>
#include <vector>

#include "report/gathering.h"
#include "toimela/spreadsheet.h"
#include "toimela/wording.h"

namespace toimela::report {

/// "12 345", "60 %", "3,4"; "under 5" of too few people, "–" where there is nothing to tell.
std::string shown(const Figure& figure, const Wording& words);

View reportPage(const Question& question, const std::vector<ToldPart>& parts, const Wording& words);
/// Every figure a row, then every thing that a list names.
std::string reportSheet(const Question& question, const std::vector<ToldPart>& parts, spreadsheet::Format format,
                        const Wording& words);
std::string reportJson(const Question& question, const std::vector<ToldPart>& parts, Host& host);

}  // namespace toimela::report
