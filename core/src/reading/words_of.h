// The words in documents, from their bytes. Pure: runs where no file can be opened.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace toimela::reading {

/// UTF-8 in which every run of white space and control characters is one space, cut between
/// characters after `most` bytes; what is not UTF-8 is read as Windows-1252.
std::string tidied(std::string_view text, std::size_t most);

/// XML or HTML without its tags, comments, scripts and styles; entities (XML's own and numeric) are
/// characters, and what begins a paragraph or a cell parts words.
std::string withoutMarkup(std::string_view markup);

/// Of text, EPUB and documents of office suites, tidied to at most `most` bytes; nothing when the
/// content is not what `type` says.
std::optional<std::string> wordsIn(std::string_view content, std::string_view type, std::size_t most);

}  // namespace toimela::reading
