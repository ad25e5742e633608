// Whether a Finnish word can be a form of another, by its letters alone.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace toimela::search {

/// Tells words that can not be a form of any of some bases, or have one as a part, from those that the dictionary
/// has to look at. It is content with the beginning of a base, with consonant gradation in it ("katu", "kadun";
/// Iso suomen kielioppi, § 41), and knows nothing of pairs such as "hyvä" and "paras".
class Likeness {
 public:
  /// Folded bases, without the mark of their kind.
  explicit Likeness(const std::set<std::string>& bases);

  bool canBe(std::string_view word) const;

 private:
  std::vector<std::string> beginnings_;
};

}  // namespace toimela::search
