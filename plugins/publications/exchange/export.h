// Everything that the archive has, on its way out.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "exchange/sums.h"
#include "toimela/host.h"

namespace toimela::publications::exchange {

/// Paths are those of the folder that an import reads back.
struct Outgoing {
  std::map<std::string, std::string> tables;  ///< their contents
  std::map<std::string, std::string> files;   ///< where each lies now
  std::uint64_t bytes = 0;                    ///< of both
  Sums sums;
};
/// Throws std::runtime_error with a sentence when the content of a file is not there.
Outgoing gather(Host& host);
/// Throws std::runtime_error with a sentence when it can not be written.
void writeFolder(const Outgoing& outgoing, const std::filesystem::path& folder);
/// One file, read from where the contents lie; most of them are packed already and are left as they are. The same
/// archive makes the same entries. Throws DatabaseFull when there is no room.
void writeZip(const Outgoing& outgoing, const std::string& path);

}  // namespace toimela::publications::exchange
