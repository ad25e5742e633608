// The bytes of files, under names of our own.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace toimela::files {

struct Put {
  std::string storedName;  ///< 32 hexadecimal digits: 128 random bits
  std::uint64_t size = 0;  ///< bytes
  std::string sha256;      ///< hexadecimal
};

/// Copies the file into the folder and returns when the copy is safe on disk.
/// Throws DatabaseFull when there is no room.
Put putContent(const std::filesystem::path& folder, const std::filesystem::path& source);

/// Where the content of that name lies; nothing when it is no name of ours, so that no name can lead
/// out of the folder.
std::optional<std::filesystem::path> contentPath(const std::filesystem::path& folder, std::string_view storedName);

/// Deletes every content that is older than `age` and not among the names that `named` gives for the
/// first two letters. The number that went.
int sweepContents(const std::filesystem::path& folder, std::chrono::hours age,
                  const std::function<std::set<std::string>(const std::string& firstTwo)>& named);

}  // namespace toimela::files
