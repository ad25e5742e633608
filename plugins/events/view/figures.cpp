#include "view/figures.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>

#include "toimela/numbers.h"

namespace toimela::events::view {

namespace {

std::string sectorName(Sector sector, const Words& words) {
  return words.text("directory.sector." + std::string(code(sector)));
}

Chart sectorChart(const SectorCounts& people, const Words& words) {
  Chart chart{.kind = Chart::Kind::barAcross,
              .title = words.text("events.figures.by_sector"),
              .category = words.text("events.figures.sector"),
              .series = {words.text("events.figures.people")},
              .rows = {}};
  for (const Sector sector : kSectors)
    if (const auto found = people.bySector.find(sector); found != people.bySector.end())
      chart.rows.push_back({sectorName(sector, words), {found->second}});
  if (people.unknown > 0) chart.rows.push_back({words.text("events.figures.unknown"), {people.unknown}});
  return chart;
}

Chart shareChart(const std::vector<store::Share>& shares, std::string_view title, std::string_view category,
                 bool areRegions, const Words& words) {
  Chart chart{.kind = Chart::Kind::barAcross,
              .title = words.text(title),
              .category = words.text(category),
              .series = {words.text("events.figures.people")},
              .rows = {}};
  for (const store::Share& share : shares) {
    std::string label = share.label.empty() ? words.text("events.figures.unknown")
                        : areRegions        ? words.place(RegionCode::parse(share.label))
                                            : share.label;
    chart.rows.push_back({std::move(label), {share.people}});
  }
  return chart;
}

void addNumber(std::vector<View>& numbers, const Words& words, std::string_view key, std::string number) {
  numbers.push_back(View());
  numbers.back().set("number", std::move(number)).set("unit", words.text(key));
}

/// How many gave each rating.
Chart ratingChart(const std::vector<store::GivenFeedback>& feedback, const Words& words) {
  std::map<int, std::int64_t> counts;
  for (const auto& given : feedback) ++counts[given.feedback.rating];
  Chart chart{.kind = Chart::Kind::bar,
              .title = words.text("events.figures.ratings"),
              .category = words.text("events.feedback.rating"),
              .series = {words.text("events.figures.answers")},
              .rows = {}};
  for (int rating = 1; rating <= 4; ++rating)
    chart.rows.push_back({words.text("events.feedback.rating." + std::to_string(rating)), {counts[rating]}});
  return chart;
}

/// By the year and by the region: where and when it was done.
Chart yearChart(const Report& report, const Words& words) {
  std::map<int, std::pair<std::int64_t, std::int64_t>> years;
  for (const HeldEvent& event : report.events) {
    auto& [events, people] = years[static_cast<int>(Date::of(event.startsAt).day().year())];
    ++events;
    people += event.people.all();
  }
  Chart chart{.kind = Chart::Kind::bar,
              .title = words.text("events.report.by_year"),
              .category = words.text("events.report.year"),
              .series = {words.text("events.figures.people")},
              .rows = {}};
  for (const auto& [year, sums] : years) chart.rows.push_back({std::to_string(year), {sums.second}});
  return chart;
}

Chart regionChart(const Report& report, const Words& words) {
  std::map<std::string, std::int64_t> people;
  for (const HeldEvent& event : report.events) people[words.place(event.region)] += event.people.all();
  Chart chart{.kind = Chart::Kind::barAcross,
              .title = words.text("events.report.by_region"),
              .category = words.text("events.report.region"),
              .series = {words.text("events.figures.people")},
              .rows = {}};
  for (const auto& [name, count] : people) chart.rows.push_back({name, {count}});
  std::ranges::stable_sort(chart.rows, [&](const Chart::Row& a, const Chart::Row& b) {
    return sortsBefore(a.label, b.label, words.locale());
  });
  return chart;
}

/// What a query may have as it stands; all else as %XX (RFC 3986, section 2.3).
std::string urlText(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool isPlain = byte < 0x80 && (std::isalnum(byte) || c == '-' || c == '_' || c == '.' || c == '~');
    if (isPlain)
      out += c;
    else
      (out += '%').append({kDigits[byte >> 4], kDigits[byte & 15]});
  }
  return out;
}

std::string dayField(std::optional<Instant> instant, int before) {
  return instant ? Date::of(*instant).plusDays(-before).text() : std::string();
}

/// "Most participants: associations, 774 (60 %)."
std::string sentenceOf(const Chart& chart, std::string_view key, const Words& words) {
  std::int64_t all = 0;
  const Chart::Row* most = nullptr;
  for (const Chart::Row& row : chart.rows) {
    all += row.values.front();
    // Of whom nothing is known is no answer to who came most.
    if (row.label == words.text("events.figures.unknown")) continue;
    if (!most || row.values.front() > most->values.front()) most = &row;
  }
  if (all == 0 || !most || most->values.front() == 0) return {};
  const std::int64_t count = most->values.front();
  return words.format(key, {{"label", most->label},
                            {"count", count},
                            {"share", percentText(static_cast<double>(count) / static_cast<double>(all), words.locale())}});
}

/// Its own region first, then those that organised it too.
std::string placesOf(const HeldEvent& event, const Words& words) {
  std::string places = words.place(event.region);
  for (const RegionCode region : event.coRegions) places += ", " + words.place(region);
  return places;
}

/// When half of those with a place had asked for it; nothing without people.
std::string fillingSentence(const std::vector<std::pair<Date, std::int64_t>>& days, const Words& words) {
  for (const auto& [day, people] : days)
    if (people * 2 >= days.back().second)
      return words.format("events.figures.half_by", {{"day", showDate(day, words.locale())}});
  return {};
}

}  // namespace

std::vector<ExplainedChart> reportCharts(const Report& report, const Words& words) {
  std::vector<ExplainedChart> charts;
  for (Chart chart : {sectorChart(report.people, words), yearChart(report, words), regionChart(report, words)}) {
    std::string sentence = sentenceOf(chart, "events.figures.most_people", words);
    charts.push_back({std::move(chart), std::move(sentence)});
  }
  return charts;
}

std::vector<std::pair<std::string, std::string>> reportNumbers(const Report& report, const Words& words) {
  const Locale locale = words.locale();
  return {{showNumber(std::ssize(report.events), locale), words.text("events.report.events")},
          {showNumber(report.people.all(), locale), words.text("events.report.participants")},
          {percentText(report.people.thirdSectorShare(), locale), words.text("events.report.third_sector")},
          {meanText(report.feedback.mean(), locale), words.text("events.report.mean")},
          {percentText(report.feedback.partnerShare(), locale), words.text("events.report.new_partners")}};
}

FeedbackSums sumsOf(const std::vector<store::GivenFeedback>& feedback) {
  FeedbackSums sums;
  for (const auto& given : feedback)
    sums += {1, given.feedback.rating, given.feedback.foundPartners ? 1 : 0,
             given.feedback.foundPartners.value_or(false) ? 1 : 0};
  return sums;
}

std::string percentText(std::optional<double> share, Locale locale) {
  if (!share) return "–";
  return std::to_string(std::lround(*share * 100)) + (locale == Locale::en ? "%" : "\u00a0%");
}

std::string meanText(std::optional<double> mean, Locale locale) {
  if (!mean) return "–";
  const long tenths = std::lround(*mean * 10);
  return std::to_string(tenths / 10) + (locale == Locale::en ? "." : ",") + std::to_string(tenths % 10);
}

std::vector<std::pair<Date, std::int64_t>> fillingOf(const std::map<Date, std::int64_t>& registeredOn) {
  std::vector<std::pair<Date, std::int64_t>> days;
  std::int64_t people = 0;
  for (const auto& [day, more] : registeredOn) days.emplace_back(day, people += more);
  return days;
}

View eventFigures(const EventFigures& figures, const Words& words) {
  const FeedbackSums sums = sumsOf(figures.feedback);
  std::vector<View> numbers;
  addNumber(numbers, words, "events.figures.places", std::to_string(figures.sectors.all()));
  addNumber(numbers, words, "events.report.third_sector",
            percentText(figures.sectors.thirdSectorShare(), words.locale()));
  addNumber(numbers, words, "events.figures.answers", std::to_string(sums.answers));
  addNumber(numbers, words, "events.report.mean", meanText(sums.mean(), words.locale()));
  addNumber(numbers, words, "events.report.new_partners", percentText(sums.partnerShare(), words.locale()));

  Chart filling{.kind = Chart::Kind::line,
                .title = words.text("events.figures.filling"),
                .category = words.text("events.figures.day"),
                .series = {words.text("events.figures.people")},
                .rows = {}};
  const auto days = fillingOf(figures.registeredOn);
  for (const auto& [day, people] : days)
    filling.rows.push_back({showDate(day, words.locale()), {people}});

  std::vector<View> answers;
  for (const auto& given : figures.feedback) {
    if (given.feedback.answer.empty()) continue;
    answers.push_back(View());
    answers.back()
        .set("answer", given.feedback.answer)
        .set("answer_lang", given.feedback.locale == words.locale() ? "" : std::string(code(given.feedback.locale)))
        .set("name", given.name);
  }
  const Chart sectors = sectorChart(figures.sectors, words);
  const Chart regions =
      shareChart(figures.regions, "events.figures.by_region", "events.report.region", true, words);
  const Chart organisations = shareChart(figures.organisations, "events.figures.by_organisation",
                                         "events.figures.organisation", false, words);
  const Chart ratings = ratingChart(figures.feedback, words);
  View view;
  view.text("event", figures.event.title, words.locale())
      .set("event_href", words.link(pathOf(figures.event.id) + "/manage"))
      .set("names_action", words.link(pathOf(figures.event.id) + "/figures/names"))
      .list("numbers", std::move(numbers))
      .flag("has_people", figures.sectors.all() > 0)
      .set("file", words.link(pathOf(figures.event.id) + "/figures?format=xlsx"))
      .group("sectors", chartView(sectors, words.locale()))
      .set("sectors_sentence", sentenceOf(sectors, "events.figures.most_people", words))
      .group("regions", chartView(regions, words.locale()))
      .set("regions_sentence", sentenceOf(regions, "events.figures.most_people", words))
      .group("organisations", chartView(organisations, words.locale()))
      .set("organisations_sentence", sentenceOf(organisations, "events.figures.most_people", words))
      .group("filling", chartView(filling, words.locale()))
      .set("filling_sentence", fillingSentence(days, words))
      .flag("has_feedback", !figures.feedback.empty())
      .group("ratings", chartView(ratings, words.locale()))
      .set("ratings_sentence", sentenceOf(ratings, "events.figures.most_rated", words))
      .flag("has_answers", !answers.empty())
      .list("answers", std::move(answers))
      .flag("is_named", figures.isNamed)
      .flag("may_choose_names", figures.mayChooseNames);
  return view;
}

FormSpec reportFields(const std::vector<Region>& regions, const std::vector<std::string>& projects) {
  std::vector<Choice> regionChoices, projectChoices;
  for (const Region& region : regions) regionChoices.push_back({region.code.text(), region.name.fi, true});
  for (const std::string& project : projects) projectChoices.push_back({project, project, true});
  return {Field::text("project", "events.report.project").longest(60),
          Field::choice("region", "events.report.region", std::move(regionChoices)),
          Field::date("from", "events.report.from"), Field::date("to", "events.report.to"),
          Field::flag("together", "events.report.together")};
}

View reportPage(const ReportPage& page, const Request& request, const Words& words) {
  std::vector<View> regions, projects, rows;
  for (const Region& region : page.regions) {
    regions.push_back(View());
    regions.back()
        .set("value", region.code.text())
        .set("label", region.name.pick(words.locale()).text)
        .flag("is_chosen", page.filter.region == region.code);
  }
  for (const std::string& project : page.projects) {
    projects.push_back(View());
    projects.back().set("value", project).flag("is_chosen", page.filter.project == project);
  }
  for (const HeldEvent& event : page.report.events) {
    rows.push_back(View());
    rows.back()
        .text("title", event.title, words.locale())
        .set("href", words.link(pathOf(event.id) + "/figures"))
        .set("day", showDate(Date::of(event.startsAt), words.locale()))
        .set("region", placesOf(event, words))
        .set("people", showNumber(event.people.all(), words.locale()))
        .set("third_sector", percentText(event.people.thirdSectorShare(), words.locale()))
        .set("mean", meanText(event.feedback.mean(), words.locale()))
        .set("partners", percentText(event.feedback.partnerShare(), words.locale()));
  }
  const std::string from = dayField(page.filter.from, 0), to = dayField(page.filter.to, 1);
  const std::string query = "?project=" + urlText(page.filter.project) +
                            "&region=" + (page.filter.region ? page.filter.region->text() : "") +
                            "&from=" + from + "&to=" + to + (page.filter.isTogether ? "&together=1" : "") +
                            "&format=";
  std::vector<View> numbers, charts;
  for (const auto& [number, unit] : reportNumbers(page.report, words)) {
    numbers.push_back(View());
    numbers.back().set("number", number).set("unit", unit);
  }
  for (const auto& [chart, sentence] : reportCharts(page.report, words)) {
    charts.push_back(View());
    charts.back()
        .set("id", "chart-" + std::to_string(charts.size()))
        .set("title", chart.title)
        .set("sentence", sentence)
        .group("chart", chartView(chart, words.locale()));
  }
  View view;
  view.list("regions", std::move(regions))
      .list("projects", std::move(projects))
      .set("from", from)
      .set("to", to)
      .flag("together", page.filter.isTogether)
      .set("left_out", page.filter.isTogether || page.together == 0
                           ? std::string()
                           : words.count("events.report.left_out", page.together))
      .set("action", request.link("/events/report"))
      .set("file", request.link("/events/report") + query + "xlsx")
      .set("pdf", request.link("/events/report") + query + "pdf")
      .list("numbers", std::move(numbers))
      .flag("has_events", !page.report.events.empty())
      .list("rows", std::move(rows))
      .list("charts", std::move(charts));
  return view;
}

std::string eventSheet(const EventFigures& figures, spreadsheet::Format format, const Words& words) {
  using spreadsheet::Cell;
  spreadsheet::Writer writer(format, words.text("events.tab.figures"),
                             {words.text("events.figures.measure"), words.text("events.figures.group"),
                              words.text("events.figures.people")});
  const FeedbackSums sums = sumsOf(figures.feedback);
  const auto number = [](std::optional<double> value) { return value ? Cell(*value) : Cell(); };
  const auto sum = [&](std::string_view key, Cell value) {
    writer.row({words.text(key), std::string(), std::move(value)});
  };
  sum("events.figures.places", figures.sectors.all());
  sum("events.report.third_sector", number(figures.sectors.thirdSectorShare()));
  sum("events.figures.answers", sums.answers);
  sum("events.report.mean", number(sums.mean()));
  sum("events.report.new_partners", number(sums.partnerShare()));
  for (const Chart& chart :
       {sectorChart(figures.sectors, words),
        shareChart(figures.regions, "events.figures.by_region", "events.report.region", true, words),
        shareChart(figures.organisations, "events.figures.by_organisation", "events.figures.organisation", false,
                   words),
        ratingChart(figures.feedback, words)})
    for (const Chart::Row& row : chart.rows) writer.row({chart.title, row.label, row.values.front()});
  for (const auto& [day, people] : fillingOf(figures.registeredOn))
    writer.row({words.text("events.figures.filling"), day, people});
  return writer.finish();
}

std::string reportSheet(const Report& report, spreadsheet::Format format, const Words& words) {
  using spreadsheet::Cell;
  const auto number = [](std::optional<double> value) { return value ? Cell(*value) : Cell(); };
  const auto row = [&](std::string title, Cell day, std::string region, const SectorCounts& people,
                       const FeedbackSums& feedback) {
    return std::vector<Cell>{std::move(title),
                             std::move(day),
                             std::move(region),
                             people.all(),
                             people.thirdSector(),
                             number(people.thirdSectorShare()),
                             feedback.answers,
                             number(feedback.mean()),
                             number(feedback.partnerShare())};
  };
  std::vector<std::string> header;
  for (const char* key : {"events.report.event", "events.figures.day", "events.report.region",
                          "events.report.participants", "events.report.third_sector_people",
                          "events.report.third_sector", "events.figures.answers", "events.report.mean",
                          "events.report.new_partners"})
    header.push_back(words.text(key));
  spreadsheet::Writer writer(format, words.text("events.report.title"), header);
  for (const HeldEvent& event : report.events)
    writer.row(row(event.title.pick(words.locale()).text, Date::of(event.startsAt), placesOf(event, words),
                   event.people, event.feedback));
  writer.row(row(words.text("events.report.all"), Cell(), "", report.people, report.feedback));
  return writer.finish();
}

}  // namespace toimela::events::view
