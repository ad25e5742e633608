#include "report/handlers.h"

#include "report/presentation.h"

namespace toimela::report {

namespace {

int thisYear() { return static_cast<int>(Date::today().day().year()); }

/// A year that was or is; this one when none is asked for, nothing for anything else.
std::optional<int> yearAsked(const Request& request) {
  const auto text = request.query.text("year");
  if (text.empty()) return thisYear();
  const auto year = parseId(text);
  if (!year || *year < kFirstYear || *year > thisYear()) return std::nullopt;
  return static_cast<int>(*year);
}

/// By slug or code.
const Region* regionAsked(const Request& request, const Host& host) {
  const auto text = request.query.text("region");
  const auto code = RegionCode::parse(text);
  return code ? host.region(*code) : host.region(text);
}

/// Readers are led to no page that they may not see.
void dropClosedPaths(std::vector<ToldPart>& parts, CoreHost& host, const Actor& actor) {
  const auto rights = host.state()->rights;
  for (ToldPart& told : parts)
    if (told.part.pathNeeds && !rights->allowedSomewhere(actor, *told.part.pathNeeds)) told.part.path.clear();
}

}  // namespace

Response showReport(const Request& request, Host& host) {
  const auto year = yearAsked(request);
  if (!year) throw NotFound();
  if (!request.region && !request.query.text("region").empty()) {
    const Region* region = regionAsked(request, host);
    if (!region) throw NotFound();
    return host.redirect(request, "/regions/" + region->slug + "/report?year=" + std::to_string(*year));
  }
  const Question question{.year = *year, .region = request.region, .locale = request.locale};
  auto parts = gather(core(host), question);
  dropClosedPaths(parts, core(host), request.actor);
  const Wording words(request, host);
  if (const auto format = spreadsheet::parseFormat(request.query.text("format")))
    return spreadsheet::download(*format, words.text("report.file") + "-" + std::to_string(*year),
                                 reportSheet(question, parts, *format, words));
  const std::string& place = words.place(question.region);
  return host.page(request, "report", reportPage(question, parts, words),
                   {.title = words.format("report.title_of", {{"place", place}, {"year", std::to_string(*year)}}),
                    .description = words.text("report.lead")});
}

Response apiReport(const Request& request, Host& host) {
  const auto year = yearAsked(request);
  if (!year) throw RequestError(400, "error.400.text", "the year of the query is none that was or is");
  const Region* region = regionAsked(request, host);
  if (!region && !request.query.text("region").empty())
    throw RequestError(400, "error.400.text", "the region of the query does not exist");
  Question question{.year = *year, .region = {}, .locale = request.locale};
  if (region) question.region = region->code;
  return host.json(reportJson(question, gather(core(host), question), host));
}

}  // namespace toimela::report
