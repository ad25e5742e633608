// What pages show of items, and the form of an item.
#pragma once

#include <string>
#include <vector>

#include "domain/item.h"
#include "toimela/form.h"
#include "toimela/view.h"

namespace toimela::@name@::view {

/// "/regions/pirkanmaa/@name@", without language.
std::string pathOf(std::string_view regionSlug);

View itemList(const std::vector<Item>& items, Locale reader);

FormSpec itemFields();
/// What a form without errors says.
Item readItem(const Form& form, RegionCode region);

}  // namespace toimela::@name@::view
