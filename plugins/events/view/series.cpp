#include "view/series.h"

#include <algorithm>

#include "view/form_groups.h"
#include "view/managing.h"

namespace toimela::events::view {

namespace {

constexpr int kShownAtOnce = 4;
constexpr std::string_view kNation = "nation";

std::string dayField(int number) { return "day_" + std::to_string(number); }
std::string regionField(int number) { return "region_" + std::to_string(number); }

std::vector<Choice> placeChoices(const SeriesPlan& plan, const Words& words) {
  std::vector<Choice> choices;
  for (const Region& region : plan.regions) choices.push_back({region.code.text(), words.pick(region.name), true});
  if (plan.nation) choices.push_back({std::string(kNation), words.place(std::nullopt), true});
  return choices;
}

std::string valueOf(std::optional<RegionCode> region) { return region ? region->text() : std::string(kNation); }

/// A title and the hidden rest stand by themselves, each occasion with its place.
std::vector<FieldGroup> groupsOf(const SeriesPlan& plan, const Words& words) {
  std::vector<FieldGroup> groups;
  const auto choices = placeChoices(plan, words);
  for (int number = 1; number <= kMostOccasions; ++number)
    groups.push_back({"occasion-" + std::to_string(number), "events.series.occasion", "",
                      {Field::date(dayField(number), "events.series.day"),
                       Field::choice(regionField(number), "events.manage.region", choices)}});
  return groups;
}

FormSpec titleFields(const SeriesPlan& plan) {
  if (plan.series) return {};
  return {Field::localText("title", "events.series.name").hint("events.series.name_hint").required()};
}

View occasionView(const FieldGroup& group, int number, const Form& form, const Words& words) {
  View view = partOf(group.fields, form).view(words.texts(), words.locale());
  view.set("legend", words.count("events.series.occasion", number));
  return view;
}

}  // namespace

std::string pathOf(SeriesId series) { return "/events/series/" + series.text(); }

std::vector<View> seriesRows(const std::vector<Event>& events, std::optional<EventId> current, Instant now,
                             const Words& words) {
  return each(events, [&](const Event& event) {
    View view;
    const std::string_view state = stateOf(event.status, event.endsAt, now);
    view.set("id", event.id.value)
        .text("title", event.title, words.locale())
        .set("time", words.time(event.startsAt, event.endsAt))
        .set("region", words.place(event.region))
        .flag("is_current", current == event.id)
        .set("state", state == code(EventStatus::published) ? std::string()
                                                            : words.text("events.status." + std::string(state)))
        .flag("is_cancelled", event.status == EventStatus::cancelled);
    return view;
  });
}

View seriesPage(const SeriesPage& page, Instant now, const Words& words) {
  View view;
  const std::string title = words.pick(page.series.title);
  view.list("breadcrumbs", breadcrumbs({{"/events", words.text("events.navigation")}, {"", title}}, words))
      .set("series_id", page.series.id.value)
      .text("series_title", page.series.title, words.locale())
      .set("total", words.count("events.list.count", static_cast<std::int64_t>(page.events.size())))
      .flag("organises", page.organises);
  setList(view, "events", seriesRows(page.events, std::nullopt, now, words));
  return view;
}

FormSpec seriesFields() {
  return {Field::localText("title", "events.series.name").hint("events.series.name_hint").required()};
}

View seriesEditPage(const Series& series, const Form& form, const Words& words) {
  View view;
  view.list("breadcrumbs", breadcrumbs({{"/events/manage", words.text("events.manage.title")},
                                        {pathOf(series.id), words.pick(series.title)},
                                        {"", words.text("events.series_edit.title")}},
                                       words))
      .set("series_id", series.id.value)
      .group("form", form.view(words.texts(), words.locale()));
  return view;
}

FormSpec occasionFields(const SeriesPlan& plan, const Words& words) {
  FormSpec fields = titleFields(plan);
  for (FieldGroup& group : groupsOf(plan, words)) std::ranges::move(group.fields, std::back_inserter(fields));
  return fields;
}

Form newOccasions(const SeriesPlan& plan, const Words& words) {
  Form form(occasionFields(plan, words));
  const auto choices = placeChoices(plan, words);
  const std::string own = valueOf(plan.event.region);
  const bool isOwn = std::ranges::any_of(choices, [&](const Choice& choice) { return choice.value == own; });
  for (int number = 1; number <= kMostOccasions; ++number)
    if (isOwn) form.fill(regionField(number), own);
  return form;
}

std::vector<Occasion> readOccasions(Form& form, const SeriesPlan& plan) {
  std::vector<Occasion> occasions;
  bool isWrong = false;
  for (int number = 1; number <= kMostOccasions; ++number) {
    if (form.text(dayField(number)).empty()) continue;
    const auto day = form.date(dayField(number));
    if (!day) {
      isWrong = true;
      continue;
    }
    const std::string& place = form.text(regionField(number));
    if (place.empty()) {
      form.error(regionField(number), "form.error.choose");
      isWrong = true;
      continue;
    }
    const Occasion occasion{*day, place == kNation ? std::nullopt : RegionCode::parse(place)};
    const bool isTwice = std::ranges::any_of(occasions, [&](const Occasion& other) {
      return other.day == occasion.day && other.region == occasion.region;
    });
    const bool isItself = occasion.day == Date::of(plan.event.startsAt) && occasion.region == plan.event.region;
    if (isTwice || isItself) form.error(dayField(number), "events.error.occasion_twice");
    occasions.push_back(occasion);
  }
  if (occasions.empty() && !isWrong) form.error(dayField(1), "events.error.no_occasion");
  return occasions;
}

LocalText readSeriesTitle(const Form& form, const SeriesPlan& plan) {
  return plan.series ? plan.series->title : form.localText("title");
}

FormSpec joinFields(const SeriesPlan& plan, const Words& words) {
  std::vector<Choice> choices;
  for (const Series& series : plan.others) choices.push_back({series.id.text(), words.pick(series.title), true});
  return {Field::choice("series", "events.series.join_which", std::move(choices)).required()};
}

View planPage(const SeriesPlan& plan, const Form& form, const Form& joining, const Words& words) {
  View view;
  showHead(view, plan.event, "manage", words);
  view.flag("is_in_series", plan.series.has_value())
      .set("series_id", plan.series ? plan.series->id.value : 0)
      .text("series_title", plan.series ? plan.series->title : LocalText{}, words.locale())
      .flag("can_join", !plan.others.empty())
      .group("joining", joining.view(words.texts(), words.locale()));
  view.list("events", seriesRows(plan.events, plan.event.id, now(), words));
  View whole = form.view(words.texts(), words.locale());
  View title = partOf(titleFields(plan), form).view(words.texts(), words.locale());
  view.group("title_form", std::move(title));
  std::vector<View> first, more;
  bool isMoreUsed = false;
  int number = 0;
  for (const FieldGroup& group : groupsOf(plan, words)) {
    ++number;
    if (number > kShownAtOnce && !form.text(dayField(number)).empty()) isMoreUsed = true;
    (number > kShownAtOnce ? more : first).push_back(occasionView(group, number, form, words));
  }
  view.list("first", std::move(first)).list("more", std::move(more)).flag("is_more_used", isMoreUsed);
  view.group("form", std::move(whole));
  return view;
}

}  // namespace toimela::events::view
