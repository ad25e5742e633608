// Numbers and addresses by which publications and their makers are known elsewhere. One that is there is
// valid: check digits have been counted.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace toimela::publications {

/// ISBN-13, or an ISBN-10 of before 2007 (ISO 2108). Hyphens and spaces may stand where they like; they are
/// kept as typed, spaces as hyphens.
class Isbn {
 public:
  static std::optional<Isbn> parse(std::string_view text);
  const std::string& text() const { return text_; }
  /// Thirteen digits; an ISBN-10 with the prefix 978 and the check digit that goes with it.
  std::string digits() const;
  /// The same book, however it was written.
  bool operator==(const Isbn& other) const { return digits() == other.digits(); }

 private:
  std::string text_;
};

/// ISSN with its check digit, "1234-5679" (ISO 3297).
class Issn {
 public:
  static std::optional<Issn> parse(std::string_view text);
  const std::string& text() const { return text_; }
  bool operator==(const Issn&) const = default;

 private:
  std::string text_;
};

/// ORCID iD, "0000-0002-1825-0097", with its check character (ISO 7064, MOD 11-2). May be given as its
/// address at orcid.org.
class Orcid {
 public:
  static std::optional<Orcid> parse(std::string_view text);
  const std::string& text() const { return text_; }
  std::string url() const { return "https://orcid.org/" + text_; }
  bool operator==(const Orcid&) const = default;

 private:
  std::string text_;
};

/// An address that stays: of http or https with a host. A bare URN becomes its address at urn.fi, a bare DOI
/// ("10.1000/182", "doi:10.1000/182") its address at doi.org. An ISBN within a URN must be valid (RFC 8254,
/// section 3). At most 500 characters, none of them a space, a quote or a control character.
class Link {
 public:
  static std::optional<Link> parse(std::string_view text);
  const std::string& text() const { return text_; }
  /// "10.1000/182" of a DOI's address; empty for others.
  std::string doi() const;
  /// "URN:ISBN:…" of a URN's address; empty for others.
  std::string urn() const;
  bool operator==(const Link&) const = default;

 private:
  std::string text_;
};

/// Of the address by which a publication is found for ever: eight letters and digits that are not easily
/// confused when read out (Crockford's base 32, in lower case).
bool isShortCode(std::string_view text);
/// Made of random bits.
std::string shortCode(std::string_view random);

}  // namespace toimela::publications
