// What the ways in which a file can come have in common.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "files/content_store.h"
#include "files/file_store.h"
#include "toimela/files.h"

namespace toimela::files {

FolderStore storeOf(Host& host);

/// Throws DatabaseFull when so many bytes more would leave too little for everything else.
void requireRoom(Host& host, std::uint64_t bytes);

/// Name, kind and size of a file against the rules; it is in no store yet and has no digest.
std::variant<Incoming, Refusal> checked(const std::filesystem::path& content, std::string_view sentName,
                                        const Rules& rules);

/// 32 hexadecimal digits: 128 random bits.
std::string newStoredName();

std::optional<std::filesystem::path> contentOf(const FolderStore& store, const FileRow& row);

}  // namespace toimela::files
