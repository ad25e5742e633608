// Charts with their table: the table stands in the page, a script draws the chart from it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "toimela/export.h"
#include "toimela/types.h"
#include "toimela/view.h"

namespace toimela {

/// Numbers to compare. `{{#activity}}{{> chart}}{{/activity}}` shows them, with {{> chart_assets}}
/// once on the page. All texts are in the reader's language.
struct Chart {
  enum class Kind {
    bar,        ///< few things, or months
    barAcross,  ///< many things with long names
    line,       ///< something that goes on in time
  };
  Kind kind = Kind::bar;
  std::string title;                ///< caption of the table, name of the picture
  std::string category;             ///< what the rows are: "Month"
  std::vector<std::string> series;  ///< what the numbers are, a column each: "Joined"
  struct Row {
    std::string label;
    std::vector<std::int64_t> values;  ///< as many as there are series
  };
  std::vector<Row> rows;
};

/// What the partial {{> chart}} shows, the numbers as the reader writes them.
TOIMELA_API View chartView(const Chart& chart, Locale locale);

}  // namespace toimela
