// How a row of the audit log reads.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "audit/audit.h"
#include "toimela/texts.h"
#include "toimela/table.h"

namespace toimela::audit {

/// What was done, in words: the text "<component>.audit.<rest>" of the action "<component>.<rest>",
/// or the action itself when nobody has words for it.
std::string actionName(const Texts& texts, Locale locale, const std::string& action);

/// Names and values of a detail, nested names joined by dots. A detail that is no JSON object comes
/// back whole under an empty name.
std::vector<std::pair<std::string, std::string>> detailLines(const std::string& detail);

/// When, who, what was done, to what, where, and how exactly.
TableRow tableRow(const Row& row, const Host& host, Locale locale);

}  // namespace toimela::audit
