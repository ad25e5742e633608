// Where a long word may be parted at the end of a line.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "toimela/types.h"

namespace toimela::trendcards::paper {

/// Puts soft hyphens (U+00AD) into the long words of a text, which a line may end at. Finnish is parted by
/// Voikko, which knows the parts of compounds, Swedish by the patterns of LibreOffice (package `hyphen-sv`);
/// English is left as it is. For one thread.
class Hyphens {
 public:
  explicit Hyphens(Locale language);
  ~Hyphens();
  Hyphens(const Hyphens&) = delete;
  Hyphens& operator=(const Hyphens&) = delete;

  /// `least`: letters of the shortest word that is parted.
  /// A text is looked at once: laying it out in several sizes asks for it again and again.
  const std::string& softened(const std::string& text, std::size_t least) const;

 private:
  struct Impl;
  std::string made(std::string_view text, std::size_t least) const;

  std::unique_ptr<Impl> impl_;
};

}  // namespace toimela::trendcards::paper
