#include "view/report_paper.h"

#include <algorithm>
#include <array>

#include "toimela/texts.h"
#include "view/paper.h"

namespace toimela::events::view {

namespace {

constexpr double kInner = kPaperWidth - 2 * kMargin;
constexpr double kFoot = kPaperHeight - kMargin;

/// Writes from the top of the page to its foot, and goes on on the next one.
class Sheet {
 public:
  explicit Sheet(Paper& paper) : paper_(paper) {}

  double y() const { return y_; }
  void skip(double height) { y_ += height; }
  /// Begins a new page unless so much fits on this one.
  bool need(double height) {
    if (y_ + height <= kFoot) return false;
    paper_.nextPage();
    y_ = kMargin;
    return true;
  }
  void text(const std::string& text, Paper::Style style) {
    style.lines = 0;
    y_ += paper_.text(kMargin, y_, kInner, text, style);
  }

 private:
  Paper& paper_;
  double y_ = kMargin;
};

std::string narrowedTo(const ReportPage& page, const Words& words) {
  std::string what;
  const auto add = [&](const std::string& part) {
    if (!part.empty()) what.append(what.empty() ? "" : " · ").append(part);
  };
  add(page.filter.project);
  if (page.filter.region) add(words.place(page.filter.region));
  const auto day = [&](std::optional<Instant> at, int before) {
    return at ? showDate(Date::of(*at).plusDays(-before), words.locale()) : std::string();
  };
  if (page.filter.from || page.filter.to) add(day(page.filter.from, 0) + "–" + day(page.filter.to, 1));
  if (page.filter.isTogether) add(words.text("events.report.together"));
  return what.empty() ? words.text("events.report.not_narrowed")
                      : words.format("events.report.narrowed", {{"what", what}});
}

void numbers(Paper& paper, Sheet& sheet, const ReportPage& page, const Words& words) {
  const auto all = reportNumbers(page.report, words);
  const double width = kInner / static_cast<double>(all.size());
  double height = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const double x = kMargin + static_cast<double>(i) * width;
    const double used = paper.text(x, sheet.y(), width - 8, all[i].first, {.size = 22, .bold = true});
    height = std::max(height, used + 2 + paper.text(x, sheet.y() + used + 2, width - 8, all[i].second,
                                                    {.size = 9, .lines = 3}));
  }
  sheet.skip(height + 16);
}

constexpr double kLabel = 150, kNumber = 44, kRow = 17;

void chart(Paper& paper, Sheet& sheet, const ExplainedChart& explained) {
  const auto& rows = explained.chart.rows;
  // A heading stands with the first of its rows.
  sheet.need(60 + kRow * static_cast<double>(std::min<std::size_t>(rows.size(), 8)));
  sheet.text(explained.chart.title, {.size = 14, .bold = true, .tag = "H2"});
  sheet.skip(4);
  if (!explained.sentence.empty()) sheet.text(explained.sentence, {.size = 10});
  sheet.skip(8);
  std::int64_t most = 1;
  for (const Chart::Row& row : rows) most = std::max(most, row.values.front());
  const double room = kInner - kLabel - kNumber - 12;
  for (const Chart::Row& row : rows) {
    sheet.need(kRow);
    const double y = sheet.y();
    paper.text(kMargin, y, kLabel, row.label, {.size = 9.5});
    paper.bar(kMargin + kLabel + 6, y + 1.5, room * static_cast<double>(row.values.front()) / static_cast<double>(most),
              kRow - 6);
    paper.text(kPaperWidth - kMargin - kNumber, y, kNumber, std::to_string(row.values.front()),
               {.size = 9.5, .align = Paper::Align::right});
    sheet.skip(kRow);
  }
  sheet.skip(16);
}

struct Column {
  std::string_view key;
  double width;
  Paper::Align align;
};
constexpr std::array kColumns{
    Column{"events.report.event", 170, Paper::Align::left}, Column{"events.figures.day", 58, Paper::Align::left},
    Column{"events.report.region", 84, Paper::Align::left},
    Column{"events.report.participants", 52, Paper::Align::right},
    Column{"events.report.third_sector", 40, Paper::Align::right},
    Column{"events.report.mean", 46, Paper::Align::right},
    Column{"events.report.new_partners", 43, Paper::Align::right}};

double row(Paper& paper, double y, const std::array<std::string, kColumns.size()>& cells, bool isHead) {
  double x = kMargin, height = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const double width = kColumns[i].width;
    height = std::max(height, paper.text(x, y, width - 4, cells[i],
                                         {.size = isHead ? 7.0 : 8.5, .bold = isHead, .align = kColumns[i].align,
                                          .lines = isHead ? 5 : 2}));
    x += width;
  }
  return height;
}

void head(Paper& paper, Sheet& sheet, const Words& words) {
  std::array<std::string, kColumns.size()> cells;
  for (std::size_t i = 0; i < cells.size(); ++i) cells[i] = words.text(kColumns[i].key);
  sheet.skip(row(paper, sheet.y(), cells, true) + 4);
  paper.line(kMargin, sheet.y(), kPaperWidth - kMargin, sheet.y(), 1);
  sheet.skip(4);
}

void events(Paper& paper, Sheet& sheet, const Report& report, const Words& words) {
  const Locale locale = words.locale();
  sheet.need(120);
  sheet.text(words.text("events.report.list"), {.size = 14, .bold = true, .tag = "H2"});
  sheet.skip(8);
  head(paper, sheet, words);
  for (const HeldEvent& event : report.events) {
    if (sheet.need(30)) head(paper, sheet, words);
    const double height = row(paper, sheet.y(),
                              {words.pick(event.title), showDate(Date::of(event.startsAt), locale),
                               words.place(event.region), std::to_string(event.people.all()),
                               percentText(event.people.thirdSectorShare(), locale),
                               meanText(event.feedback.mean(), locale),
                               percentText(event.feedback.partnerShare(), locale)},
                              false);
    sheet.skip(height + 3);
    paper.line(kMargin, sheet.y(), kPaperWidth - kMargin, sheet.y(), 0.3);
    sheet.skip(3);
  }
}

}  // namespace

std::string reportPaper(const ReportPage& page, const Words& words) {
  Paper paper(words.text("events.report.title"), std::string(code(words.locale())));
  Sheet sheet(paper);
  sheet.text(words.text("events.report.title"), {.size = 22, .bold = true, .tag = "H1"});
  sheet.skip(4);
  sheet.text(narrowedTo(page, words) + " · " + showDate(Date::today(), words.locale()), {.size = 11});
  sheet.skip(16);
  numbers(paper, sheet, page, words);
  sheet.text(words.text("events.report.how"), {.size = 9});
  sheet.skip(18);
  for (const ExplainedChart& explained : reportCharts(page.report, words))
    if (!explained.chart.rows.empty()) chart(paper, sheet, explained);
  if (!page.report.events.empty()) events(paper, sheet, page.report, words);
  return paper.finish();
}

}  // namespace toimela::events::view
