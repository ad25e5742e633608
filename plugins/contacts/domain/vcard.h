// vCard 4.0 (RFC 6350).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "toimela/types.h"

namespace toimela::contacts {

/// What a card says; an empty value leaves its property out. Texts are as people wrote them.
struct VCard {
  std::string uid;                         ///< a URI that stays the same for the person
  std::string givenName, familyName;
  std::vector<std::string> organisations;
  std::vector<std::string> roles;
  std::string email, phone;
  std::vector<std::string> languages;      ///< ISO 639 codes, the best first
  std::vector<std::string> categories;
  std::string note;
  std::string url;
  Instant revised{};
};

/// The card with its line ends (CRLF): lines are folded at 75 octets, never within a character
/// (section 3.2); backslash, comma, semicolon and line ends of values are escaped (3.4); other
/// control characters are left out.
std::string write(const VCard& card);

/// One content line, folded.
std::string folded(std::string_view line);
/// A text value, escaped.
std::string escaped(std::string_view text);

}  // namespace toimela::contacts
