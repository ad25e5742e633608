// Names shared by all rooms of the plugin.
#pragma once

#include "toimela/access.h"

namespace toimela::publications {

/// Writes drafts, adds files, hands them in for review.
inline constexpr Permission kEdit{"publications.edit"};
/// Puts publications into the archive and takes them out.
inline constexpr Permission kReview{"publications.review"};

/// Setting of a region: is somebody else to look before something is published?
inline constexpr const char* kReviewSetting = "review";

}  // namespace toimela::publications
