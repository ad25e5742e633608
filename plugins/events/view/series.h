// Series of events: the page that everybody sees, and how organisers make several events of one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/event.h"
#include "domain/series.h"
#include "toimela/form.h"
#include "view/words.h"

namespace toimela::events::view {

/// "/events/series/3", without language.
std::string pathOf(SeriesId series);

struct SeriesPage {
  Series series;
  std::vector<Event> events;  ///< that the reader may see
  bool organises = false;
};
View seriesPage(const SeriesPage& page, Instant now, const Words& words);

FormSpec seriesFields();
View seriesEditPage(const Series& series, const Form& form, const Words& words);

/// What an organiser is shown who plans a series.
struct SeriesPlan {
  Event event;
  std::optional<Series> series;
  std::vector<Event> events;   ///< of the series
  std::vector<Series> others;  ///< that the event could join
  std::vector<Region> regions; ///< where the organiser may organise
  bool nation = false;
};
/// A title, unless there is one, and kMostOccasions days with their places.
FormSpec occasionFields(const SeriesPlan& plan, const Words& words);
/// The form as it is shown first: each occasion in the region of the event, if one may organise there.
Form newOccasions(const SeriesPlan& plan, const Words& words);
/// The days that were given; with an error in the form when there is none, or two are the same.
std::vector<Occasion> readOccasions(Form& form, const SeriesPlan& plan);
LocalText readSeriesTitle(const Form& form, const SeriesPlan& plan);
FormSpec joinFields(const SeriesPlan& plan, const Words& words);
View planPage(const SeriesPlan& plan, const Form& form, const Form& joining, const Words& words);

/// Events of a series as rows: title, time, place, state.
std::vector<View> seriesRows(const std::vector<Event>& events, std::optional<EventId> current, Instant now,
                             const Words& words);

}  // namespace toimela::events::view
