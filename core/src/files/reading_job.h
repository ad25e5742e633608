// What is done with contents after they were kept: their words are read, their bytes verified.
#pragma once

#include <stop_token>

#include "host/core_host.h"

namespace toimela::files {

/// Reads what waits for it, each content in a confined process, for at most `most` contents; how
/// many were read or given up. A content that brings this process down three times is given up.
int readWaiting(CoreHost& host, const std::stop_token& stop = {}, int most = 50);

/// Reads contents again that were not verified for thirty days, at most `bytesPerSecond`, for at
/// most `time` or until asked to stop: what is begun is read to its end then, at once. How many of them are
/// damaged; what is wrong is logged and kept for the doctor.
int verifyContents(CoreHost& host, std::uint64_t bytesPerSecond, std::chrono::seconds time,
                   const std::stop_token& stop = {}, std::chrono::hours every = std::chrono::hours(30 * 24));

}  // namespace toimela::files
