// What a process that takes foreign files apart gives up first.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace toimela::confinement {

struct Limits {
  std::chrono::seconds time{20};                   ///< of the processor, and on the clock
  std::uint64_t memory = 512ULL * 1024 * 1024;     ///< bytes of address space beyond the program's own
  std::uint64_t output = 256ULL * 1024 * 1024;     ///< bytes that it may say
};

/// The exit code of a process that could not be confined, and so did nothing.
inline constexpr int kNotConfined = 3;

/// For this program's own parsers: limits memory and processor time, and leaves no system calls but
/// those for memory, for reading and writing what is open already, and for ending. Throws
/// std::runtime_error when that can not be had: then nothing is taken apart.
void confine(const Limits& limits);

/// For a program that others wrote: becomes it, with the same limits, where it may open nothing but
/// its own libraries, fonts and the file that is its standard input, all of it for reading only
/// (Landlock), and has no system calls that start processes, make or change files, or reach a
/// network (seccomp). Returns only when that can not be had: kNotConfined, or 127 when there is no
/// such program.
int become(const std::string& program, const std::vector<std::string>& arguments, const Limits& limits);

}  // namespace toimela::confinement
