// Markdown as a printer takes it: paragraphs and items of text in a few styles.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

namespace toimela::trendcards::paper {

/// Text in one style.
struct Run {
  std::string text;
  bool isBold = false, isItalic = false;
  auto operator<=>(const Run&) const = default;
};

struct Block {
  enum class Kind { paragraph, heading, item };
  Kind kind = Kind::paragraph;
  int depth = 0;       ///< of an item: 1 in the outermost list
  std::string mark;    ///< of an item: "•", or "3." in a numbered list
  std::vector<Run> runs;
  bool operator==(const Block&) const = default;
};

/// CommonMark; links are their text, pictures their alternative, raw HTML is left out. An item that has
/// several paragraphs goes on without a mark.
std::vector<Block> blocksOf(std::string_view markdown);

}  // namespace toimela::trendcards::paper
