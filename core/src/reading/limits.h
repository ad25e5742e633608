// What the processes that read foreign files may use.
#pragma once

#include "confinement/confinement.h"

namespace toimela::reading {

inline constexpr confinement::Limits kWordLimits{
    .time = std::chrono::seconds(20), .memory = 768ULL * 1024 * 1024, .output = 2 * 1024 * 1024};
inline constexpr confinement::Limits kPdfLimits{
    .time = std::chrono::seconds(30), .memory = 512ULL * 1024 * 1024, .output = 16 * 1024 * 1024};

}  // namespace toimela::reading
