// A package as a ZIP file, and as a folder.
#pragma once

#include <string>
#include <variant>

#include "exchange/package.h"

namespace toimela::trendcards::exchange {

/// The largest ZIP that is taken, in bytes.
inline constexpr std::uint64_t kLargestZip = 24 * 1024 * 1024;

/// What a package may have of a ZIP file: JSON files and pictures, in bounds whatever the file says of
/// itself. When all lies in one folder, names are taken from there. Everything else in it is left out.
std::variant<Files, Problem> unzip(const std::string& path);
/// The same files are the same bytes.
std::string zip(const Files& files);
/// The same into a file. `lying` are the paths of files that are taken from where they lie, by their names in
/// the ZIP: they are never in memory as a whole.
void zip(const std::string& path, const Files& files, const Files& lying);

/// The files of a folder.
Files readFolder(const std::string& folder);

}  // namespace toimela::trendcards::exchange
