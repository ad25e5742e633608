// What a process that takes foreign files apart gives up first.
#pragma once

#include <chrono>
#include <cstdint>

namespace toimela::spreadsheet {

inline constexpr std::chrono::seconds kMostTime{20};
inline constexpr std::uint64_t kMostMemory = 512ULL * 1024 * 1024;  ///< bytes of address space beyond the program's own

/// Limits memory and processor time, and leaves no system calls but those for memory, for reading
/// and writing what is open already, and for ending. Throws std::runtime_error when that can not be
/// had: then nothing is taken apart.
void confine();

}  // namespace toimela::spreadsheet
