// What is done with contents after they were kept: their words are read, their bytes verified.
#pragma once

#include "host/core_host.h"

namespace toimela::files {

/// Reads what waits for it, each content in a confined process, for at most `most` contents; how
/// many were read or given up. A content that brings this process down three times is given up.
int readWaiting(CoreHost& host, int most = 50);

/// Reads contents again that were not verified for thirty days, at most `bytesPerSecond`, for at
/// most `time`; how many of them are damaged. What is wrong is logged and kept for the doctor.
int verifyContents(CoreHost& host, std::uint64_t bytesPerSecond, std::chrono::seconds time,
                   std::chrono::hours every = std::chrono::hours(30 * 24));

}  // namespace toimela::files
