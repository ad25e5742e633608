#include "view/words.h"

#include "toimela/timespan.h"

namespace toimela::events::view {

std::string Words::format(std::string_view key, const std::vector<TextArgument>& arguments) const {
  return host_.texts().format(locale_, key, arguments);
}

std::string Words::count(std::string_view key, std::int64_t count) const {
  return format(key, {{"count", count}});
}

const std::string& Words::region(std::optional<RegionCode> code) const {
  const Region* region = code ? host_.region(*code) : nullptr;
  return region ? region->name.pick(locale_).text : text("events.place.nation");
}

std::string Words::slug(std::optional<RegionCode> code) const {
  const Region* region = code ? host_.region(*code) : nullptr;
  return region ? region->slug : "nation";
}

std::string Words::time(Instant from, Instant to) const { return showSpan(from, to, locale_); }

std::string Words::link(std::string_view path) const {
  return std::string(1, '/').append(code(locale_)).append(path);
}

std::string pathOf(EventId event) { return "/events/" + event.text(); }

std::string placeText(const Event& event, const Words& words) {
  if (event.attendance == Attendance::online) return words.word("attendance", event.attendance);
  std::string place = event.place.pick(words.locale()).text;
  if (!event.address.empty()) place.append(place.empty() ? "" : ", ").append(event.address);
  if (event.attendance == Attendance::both)
    place.append(" · ").append(words.word("attendance", Attendance::online));
  return place;
}

std::vector<View> breadcrumbs(const std::vector<Step>& steps, const Words& words) {
  std::vector<View> views;
  for (const Step& step : steps) {
    View view;
    view.set("label", step.label);
    view.set("href", step.path.empty() ? std::string() : words.link(step.path));
    views.push_back(std::move(view));
  }
  return views;
}

}  // namespace toimela::events::view
