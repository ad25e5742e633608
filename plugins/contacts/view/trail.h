// Addresses of pages, and the breadcrumbs that lead to them.
#pragma once

#include <string>
#include <vector>

#include "domain/network.h"
#include "toimela/view.h"
#include "view/words.h"

namespace toimela::contacts::view {

/// "/contacts/networks/12", without language.
std::string pathOf(NetworkId network);

/// The way to the page of a network, and from there to one of its forms.
std::vector<View> trailTo(const Network& network, const Words& words);
std::vector<View> trailBeyond(const Network& network, std::string_view titleKey,
                              const Words& words);

}  // namespace toimela::contacts::view
