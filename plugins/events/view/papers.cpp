#include "view/papers.h"

#include <algorithm>
#include <iterator>

#include "toimela/texts.h"
#include "view/paper.h"
#include "view/participants.h"

namespace toimela::events::view {

namespace {

constexpr double kInner = kPaperWidth - 2 * kMargin;

std::string titleOf(const Event& event, const Words& words) { return event.title.pick(words.locale()).text; }

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text.append(text.empty() ? "" : ", ").append(part);
  return text;
}

std::string workshopsOf(const Participant& participant, const Printed& printed, const Words& words) {
  return joined(sessionNames(participant.sessions, printed.sessions, words.locale()));
}

/// What a certificate says: where they were noted, or what they chose where nobody was noted.
std::string attendedBy(const Participant& participant, const Printed& printed, const Words& words) {
  if (printed.attended.empty()) return workshopsOf(participant, printed, words);
  const auto found = printed.attended.find(participant.id);
  return found == printed.attended.end() ? std::string()
                                         : joined(sessionNames(found->second, printed.sessions, words.locale()));
}

/// The columns of the sheet: where each begins, and how wide it is.
struct Column {
  std::string_view key;
  double x, width;
};
constexpr Column kColumns[] = {{"events.participant.name", kMargin, 150},
                               {"events.participant.organisation", kMargin + 156, 130},
                               {"events.participant.sessions", kMargin + 292, 90},
                               {"events.paper.signature", kMargin + 388, kInner - 388}};
constexpr double kRow = 26;

/// The head of a page of the sheet; where the rows begin.
double sheetHead(Paper& paper, const Printed& printed, const Words& words) {
  double y = kMargin;
  y += paper.text(kMargin, y, kInner, titleOf(printed.event, words),
                  {.size = 16, .bold = true, .lines = 2, .tag = "H1"}) + 4;
  y += paper.text(kMargin, y, kInner, words.time(printed.event.startsAt, printed.event.endsAt), {}) + 2;
  y += paper.text(kMargin, y, kInner, placeText(printed.event, words), {}) + 14;
  double height = 0;
  for (const Column& column : kColumns)
    height = std::max(height, paper.text(column.x, y, column.width, words.text(column.key), {.size = 9, .bold = true}));
  y += height + 4;
  paper.line(kMargin, y, kPaperWidth - kMargin, y, 1);
  return y;
}

void sheetRow(Paper& paper, double y, const store::ParticipantRow& row, const Printed& printed,
              const Words& words) {
  const Participant& p = row.participant;
  const std::string texts[] = {nameOf(p, words), row.organisationName, workshopsOf(p, printed, words)};
  for (std::size_t i = 0; i < std::size(texts); ++i)
    paper.text(kColumns[i].x, y + 8, kColumns[i].width, texts[i], {.size = 9.5});
  paper.line(kMargin, y + kRow, kPaperWidth - kMargin, y + kRow);
}

constexpr double kBadgeWidth = 85 * kMillimetre, kBadgeHeight = 54 * kMillimetre;
constexpr int kBadgeColumns = 2, kBadgeRows = 5;
constexpr double kBadgeLeft = (kPaperWidth - kBadgeColumns * kBadgeWidth) / 2;
constexpr double kBadgeTop = (kPaperHeight - kBadgeRows * kBadgeHeight) / 2;

void badge(Paper& paper, double x, double y, const store::ParticipantRow& row, const Printed& printed,
           const Words& words) {
  constexpr double kInset = 10;
  const double width = kBadgeWidth - 2 * kInset;
  paper.frame(x, y, kBadgeWidth, kBadgeHeight);
  double top = y + kInset;
  top += paper.text(x + kInset, top, width, titleOf(printed.event, words), {.size = 8}) + 16;
  top += paper.text(x + kInset, top, width, nameOf(row.participant, words),
                    {.size = 20, .bold = true, .lines = 2, .tag = "H1"}) + 4;
  paper.text(x + kInset, top, width, row.organisationName, {.size = 11, .lines = 2});
  paper.text(x + kInset, y + kBadgeHeight - kInset - 11, width, workshopsOf(row.participant, printed, words), {.size = 8});
}

void certificate(Paper& paper, const store::ParticipantRow& row, const Printed& printed, const Words& words) {
  const Event& event = printed.event;
  const auto put = [&](double y, const std::string& text, Paper::Style style) {
    style.align = Paper::Align::middle;
    style.lines = 0;
    return y + paper.text(kMargin, y, kInner, text, style);
  };
  double y = put(150, words.text("events.paper.certificate"), {.size = 28, .bold = true, .tag = "H1"}) + 60;
  y = put(y, nameOf(row.participant, words), {.size = 24, .bold = true}) + 8;
  y = put(y, row.organisationName, {.size = 13}) + 30;
  y = put(y, words.text("events.paper.has_attended"), {.size = 13}) + 12;
  y = put(y, titleOf(event, words), {.size = 18, .bold = true}) + 10;
  y = put(y, words.time(event.startsAt, event.endsAt), {.size = 13}) + 4;
  y = put(y, placeText(event, words), {.size = 13}) + 20;
  const std::string workshops = attendedBy(row.participant, printed, words);
  if (!workshops.empty()) put(y, words.text("events.participant.sessions") + ": " + workshops, {.size = 12});
  const double foot = kPaperHeight - 190;
  paper.text(kMargin, foot, kInner, showDate(Date::of(event.endsAt), words.locale()), {.size = 12});
  paper.line(kMargin, foot + 70, kMargin + 220, foot + 70);
  paper.text(kMargin, foot + 76, kInner, event.contactName, {.size = 12});
  paper.text(kMargin, foot + 93, kInner, printed.organiser, {.size = 12, .lines = 2});
}

}  // namespace

std::string signInSheet(const Printed& printed, const Words& words) {
  Paper paper(titleOf(printed.event, words), std::string(code(words.locale())));
  const double last = kPaperHeight - kMargin - kRow;
  double y = sheetHead(paper, printed, words);
  for (const store::ParticipantRow& row : printed.people) {
    if (y > last) {
      paper.nextPage();
      y = sheetHead(paper, printed, words);
    }
    sheetRow(paper, y, row, printed, words);
    y += kRow;
  }
  // Room for those who come without having registered.
  for (; y <= last; y += kRow) paper.line(kMargin, y + kRow, kPaperWidth - kMargin, y + kRow);
  return paper.finish();
}

std::string badges(const Printed& printed, const Words& words) {
  Paper paper(titleOf(printed.event, words), std::string(code(words.locale())));
  int place = 0;
  for (const store::ParticipantRow& row : printed.people) {
    if (place == kBadgeColumns * kBadgeRows) {
      paper.nextPage();
      place = 0;
    }
    badge(paper, kBadgeLeft + (place % kBadgeColumns) * kBadgeWidth,
          kBadgeTop + (place / kBadgeColumns) * kBadgeHeight, row, printed, words);
    ++place;
  }
  return paper.finish();
}

std::string certificates(const Printed& printed, const Words& words) {
  Paper paper(words.text("events.paper.certificate"), std::string(code(words.locale())));
  bool isFirst = true;
  for (const store::ParticipantRow& row : printed.people) {
    if (!isFirst) paper.nextPage();
    isFirst = false;
    certificate(paper, row, printed, words);
  }
  return paper.finish();
}

}  // namespace toimela::events::view
