// Lists of views.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "toimela/view.h"

namespace toimela::events::view {

/// A list with "has_<name>", for what stands around its items.
inline void setList(View& view, const std::string& name, std::vector<View> items) {
  view.flag("has_" + name, !items.empty());
  view.list(name, std::move(items));
}

template <class Things, class F>
std::vector<View> each(const Things& things, F&& show) {
  std::vector<View> views;
  views.reserve(things.size());
  for (const auto& thing : things) views.push_back(show(thing));
  return views;
}

}  // namespace toimela::events::view
