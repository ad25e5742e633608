// Feeds of new events (Atom 1.0, RFC 4287). Pure.
#pragma once

#include <string>
#include <vector>

#include "toimela/types.h"

namespace toimela::events::view {

struct AtomEntry {
  std::string link;     ///< also its id, in the feed's language
  std::string title, summary;
  Instant published{};
};
struct AtomFeed {
  std::string self;     ///< address of the feed; also its id
  std::string page;     ///< what it is a feed of
  std::string title;
  Locale locale = Locale::fi;
  Instant updated{};    ///< of a feed without entries
  std::vector<AtomEntry> entries;
};
std::string atom(const AtomFeed& feed);

}  // namespace toimela::events::view
