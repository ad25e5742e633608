// The result of a session in words: one report, which the page, the paper and the files all show.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/deck.h"
#include "domain/reckoning.h"
#include "toimela/spreadsheet.h"
#include "view/words.h"

namespace toimela::trendcards::view {

/// A session with what came of it and the edition it was held with, all of a reckoning that outlives it.
struct Outcome {
  explicit Outcome(const Reckoning& reckoning)
      : session(reckoning.session()), result(reckoning.result()), edition(reckoning.edition()) {}

  const Session& session;
  const Result& result;
  const Edition& edition;
};

struct ReportColumn {
  std::string label;
  bool isNumber = false;
  bool isBar = false;     ///< 0–100, also drawn
  bool isContent = false; ///< in the language of the deck, not of the reader
};
struct ReportTable {
  std::vector<ReportColumn> columns;
  std::vector<std::vector<spreadsheet::Cell>> rows;
};
/// A card on the plane, in steps of its scales (1–5).
struct PlanePoint {
  int card = 0;
  Spread likelihood, impact;
};
/// Cards are drawn a little apart, for answers in whole steps would lie on each other: by so much of a
/// step to the right and up, by their place in the list.
struct Apart {
  double right = 0, up = 0;
};
inline Apart apart(std::size_t index) {
  return {(static_cast<double>(index % 3) - 1) / 9, (static_cast<double>(index / 3 % 3) - 1) / 9};
}

struct ReportSection {
  std::string key;                     ///< "ranking", "plane", … ; also in the page's ids
  std::string heading;
  std::vector<std::string> sentences;  ///< what it means
  std::vector<PlanePoint> plane;       ///< drawn where there are any
  std::string across = {}, up = {};    ///< what the scales of the plane are called
  std::optional<ReportTable> table;
};
struct Report {
  std::string title;
  std::string question;                ///< may be empty
  std::vector<std::string> facts;      ///< deck, place, day, how many took part
  std::vector<ReportSection> sections;
  std::string foot;                    ///< how it is reckoned
};
Report reportOf(const Outcome& outcome, const Words& words);

/// "0,82" in Finnish and Swedish, "0.82" in English.
std::string decimalText(double value, int digits, Locale locale);
/// The title of the session, or of its exercise and deck when it has none.
std::string titleOf(const Session& session, const std::string& deck, const Words& words);
/// "Yksimielisyys: vahva", with what it is said from.
std::vector<std::string> agreementSentences(const Agreement& agreement, const Words& words);

// ---- as files ----

std::string markdownOf(const Report& report);
/// The first table with a table of its own; other sections on a second sheet.
std::string workbookOf(const Report& report, const Words& words);
/// Tagged, with its fonts in it.
std::string paperOf(const Report& report, Locale language);
std::string jsonOf(const Outcome& outcome, Instant at);

}  // namespace toimela::trendcards::view
