// Decks and their texts as files: pages and tables.
#pragma once

#include "exchange/package.h"
#include "toimela/form.h"
#include "toimela/spreadsheet.h"
#include "view/card.h"

namespace toimela::trendcards::view {

View importPage(std::optional<RegionCode> region, const Form& form, const exchange::Problems& problems, const Words& words);
View importPreview(std::optional<RegionCode> region, const exchange::Package& package, const std::string& stored,
                   const std::string& mark, const Words& words);
std::string say(const exchange::Problem& problem, const Words& words);

/// The texts of an edition, a row for each card, as a translator takes them.
std::string textsTable(const Edition& edition, const Words& words);
/// What came back: cards with their numbers and texts. Errors name the row.
std::vector<Card> readTexts(const std::vector<spreadsheet::Row>& rows, const Edition& edition, Form& form);

}  // namespace toimela::trendcards::view
