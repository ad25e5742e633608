// The picture of an event.
#pragma once

#include "toimela/types.h"

namespace toimela::events {

struct Picture {
  FileId file;
  LocalText alternative;  ///< what is to be seen, for those who do not see it; in every language
};

/// A picture speaks the reader's language, also to a screen reader: no language may be left out
/// (WCAG 2.2, 1.1.1 and 3.1.2).
inline bool isComplete(const LocalText& text) {
  return !text.fi.empty() && !text.sv.empty() && !text.en.empty();
}

}  // namespace toimela::events
