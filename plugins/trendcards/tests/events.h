// An event of another plugin, for what of cards belongs to one.
#pragma once

#include <catch2/catch.hpp>

#include <cstdint>
#include <string>

#include "toimela/testing.h"

namespace toimela::trendcards {

/// Made as a browser makes it, over the other plugin's form; its number.
inline std::int64_t addEvent(testing::Visitor& organiser, int daysAhead, const std::string& title = "Järjestöpäivä") {
  const Date day = Date::today().plusDays(daysAhead);
  const auto made = organiser.post(
      "/fi/regions/pirkanmaa/events/new",
      {{"title_fi", title}, {"kind", "workshop"}, {"visibility", "everyone"}, {"starts", day.text() + "T09:00"},
       {"ends", day.text() + "T15:00"}, {"attendance", "on_site"}, {"place_fi", "Kirjasto"}, {"capacity", "10"},
       {"has_waiting_list", "1"}, {"retention_days", "90"}, {"revision", "1"}});
  REQUIRE(made.status == 303);
  const std::string path(made.headers.find("Location").value_or(""));
  const auto from = std::string("/fi/events/").size();
  return std::stoll(path.substr(from, path.find('/', from) - from));
}

}  // namespace toimela::trendcards
