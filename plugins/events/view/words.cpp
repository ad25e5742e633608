#include "view/words.h"

#include "toimela/timespan.h"

namespace toimela::events::view {

std::string Words::slug(std::optional<RegionCode> code) const {
  const Region* found = region(code);
  return found ? found->slug : "nation";
}

std::string Words::time(Instant from, Instant to) const { return showSpan(from, to, locale()); }

std::string pathOf(EventId event) { return "/events/" + event.text(); }

std::string placeText(const Event& event, const Words& words) {
  if (event.attendance == Attendance::online) return words.word("attendance", event.attendance);
  std::string place = event.place.pick(words.locale()).text;
  if (!event.address.empty()) place.append(place.empty() ? "" : ", ").append(event.address);
  if (event.attendance == Attendance::both)
    place.append(" · ").append(words.word("attendance", Attendance::online));
  return place;
}

}  // namespace toimela::events::view
