#include "view/structured.h"

#include <nlohmann/json.hpp>

#include "view/words.h"

namespace toimela::events::view {

namespace {

using Json = nlohmann::ordered_json;

Json placeOf(const Event& event, const std::string& municipality, Locale locale) {
  Json address{{"@type", "PostalAddress"}, {"addressCountry", "FI"}};
  if (!event.address.empty()) address["streetAddress"] = event.address;
  if (!municipality.empty()) address["addressLocality"] = municipality;
  Json place{{"@type", "Place"}};
  if (!event.place.empty()) place["name"] = event.place.pick(locale).text;
  place["address"] = std::move(address);
  return place;
}

/// The link to take part stays with those who have a place: the page stands for it.
Json online(const std::string& page) { return {{"@type", "VirtualLocation"}, {"url", page}}; }

std::string modeOf(Attendance attendance) {
  switch (attendance) {
    case Attendance::onSite: return "https://schema.org/OfflineEventAttendanceMode";
    case Attendance::online: return "https://schema.org/OnlineEventAttendanceMode";
    case Attendance::both: return "https://schema.org/MixedEventAttendanceMode";
  }
  return {};
}

Json organisationOf(Host& host, const Organisation& organisation, Locale locale) {
  return {{"@type", "Organization"},
          {"name", organisation.name.pick(locale).text},
          {"url", host.absolute(locale, "/organisations/" + organisation.id.text())}};
}

/// One stands by itself, several as a list; regions are networks of organisations, too.
void addOrganisers(Json& json, Host& host, const EventAbout& about, Locale locale) {
  Json organisers = Json::array();
  if (about.organiser) organisers.push_back(organisationOf(host, *about.organiser, locale));
  for (const Organisation& other : about.coOrganisations) organisers.push_back(organisationOf(host, other, locale));
  for (const std::string& region : about.coRegions)
    organisers.push_back({{"@type", "Organization"}, {"name", region}});
  if (organisers.size() == 1)
    json["organizer"] = organisers.front();
  else if (!organisers.empty())
    json["organizer"] = std::move(organisers);
}

}  // namespace

std::string offsetText(Instant instant) {
  const std::string local = helsinkiText(instant);
  const bool isWinter = isoText(instant + std::chrono::hours(2)).starts_with(local);
  return local + ":00" + (isWinter ? "+02:00" : "+03:00");
}

std::string structuredEvent(Host& host, const Event& event, const Places& places,
                            const EventAbout& about, Locale locale) {
  const std::string page = host.absolute(locale, pathOf(event.id));
  Json json{{"@context", "https://schema.org"},
            {"@type", "Event"},
            {"@id", page},
            {"name", event.title.pick(locale).text},
            {"inLanguage", std::string(code(event.title.pick(locale).locale))},
            {"startDate", offsetText(event.startsAt)},
            {"endDate", offsetText(event.endsAt)},
            {"eventAttendanceMode", modeOf(event.attendance)},
            {"eventStatus", event.status == EventStatus::cancelled
                                ? "https://schema.org/EventCancelled"
                                : "https://schema.org/EventScheduled"},
            {"url", page}};
  if (!event.summary.empty()) json["description"] = event.summary.pick(locale).text;
  if (event.attendance == Attendance::both)
    json["location"] = Json::array({placeOf(event, about.municipality, locale), online(page)});
  else
    json["location"] = event.attendance == Attendance::online ? online(page)
                                                              : placeOf(event, about.municipality, locale);
  addOrganisers(json, host, about, locale);
  if (!about.picture.empty()) json["image"] = Json::array({about.picture});
  if (!about.series.empty())
    json["superEvent"] = {{"@type", "EventSeries"},
                          {"name", about.series},
                          {"url", host.absolute(locale, about.seriesPath)}};
  const bool isFull = places.isEventFull();
  Json offer{{"@type", "Offer"},
             {"price", 0},
             {"priceCurrency", "EUR"},
             {"availability", isFull ? "https://schema.org/SoldOut" : "https://schema.org/InStock"},
             {"url", page + "/register"}};
  if (event.opensAt) offer["validFrom"] = offsetText(*event.opensAt);
  json["offers"] = std::move(offer);
  return json.dump();
}

}  // namespace toimela::events::view
