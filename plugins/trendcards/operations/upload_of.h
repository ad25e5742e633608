// Content that was made here, as if somebody had sent it.
#pragma once

#include <string>
#include <string_view>

#include "toimela/request.h"

namespace toimela::trendcards::operations {

/// It lies in the system's folder for what is temporary until the last owner lets go. Throws
/// std::runtime_error when there is no room for it.
UploadedFile uploadOf(std::string name, std::string_view content);

}  // namespace toimela::trendcards::operations
