// When notices are due: pure.
#pragma once

#include "toimela/notices.h"
#include "toimela/types.h"

namespace toimela::notices {

/// Notices that began to wait no later than the moment of their topic's pace are due.
struct DueUntil {
  Instant atOnce;
  Instant daily;   ///< the last 7 o'clock in Finland
  Instant weekly;  ///< the last Monday's 7 o'clock in Finland
};
DueUntil dueUntil(Instant now);
/// The midnight in Finland with which a day ends.
Instant endOf(const Date& day);

/// For topics of which a person chose nothing.
inline constexpr Pace kDefaultPace = Pace::weekly;

}  // namespace toimela::notices
