// How values of the kit stand in the API's JSON: ids as texts (a number of 64 bits does not survive
// in every client), texts in three languages as an object that always has all of them.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "toimela/types.h"

namespace toimela {

inline nlohmann::ordered_json jsonOf(const LocalText& text) {
  return {{"fi", text.fi}, {"sv", text.sv}, {"en", text.en}};
}

template <class T>
nlohmann::ordered_json textOrNull(const std::optional<T>& value) {
  return value ? nlohmann::ordered_json(value->text()) : nlohmann::ordered_json(nullptr);
}

/// {"items": […], "next": cursor or null}
template <class T, class JsonOf>
std::string listJson(const std::vector<T>& things, const std::optional<std::string>& next,
                     JsonOf jsonOfOne) {
  nlohmann::ordered_json items = nlohmann::ordered_json::array();
  for (const T& thing : things) items.push_back(jsonOfOne(thing));
  return nlohmann::ordered_json{
      {"items", std::move(items)},
      {"next", next ? nlohmann::ordered_json(*next) : nlohmann::ordered_json(nullptr)}}
      .dump();
}

}  // namespace toimela
