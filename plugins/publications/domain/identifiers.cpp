#include "domain/identifiers.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace toimela::publications {

namespace {

constexpr std::size_t kLongestLink = 500;

bool isDigit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool startsWith(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() &&
         std::equal(prefix.begin(), prefix.end(), text.begin(), [](char a, char b) { return a == lower(b); });
}

/// Digits of a number, the last of which may be X; nothing when there is anything else but separators.
std::optional<std::string> digitsOf(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c == '-' || c == ' ') continue;
    const bool isCheck = c == 'X' || c == 'x';
    if (!isDigit(c) && !isCheck) return std::nullopt;
    digits += isCheck ? 'X' : c;
  }
  const auto x = digits.find('X');
  if (x != std::string::npos && x + 1 != digits.size()) return std::nullopt;
  return digits;
}

int valueOf(char c) { return c == 'X' ? 10 : c - '0'; }

/// Weights n, n-1 … 1; the sum of a valid number is divisible by 11.
bool isWeighted(std::string_view digits) {
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i)
    sum += valueOf(digits[i]) * static_cast<int>(digits.size() - i);
  return sum % 11 == 0;
}

/// GS1's check digit: weights 1 and 3 by turns.
int ean(std::string_view twelve) {
  int sum = 0;
  for (std::size_t i = 0; i < twelve.size(); ++i) sum += valueOf(twelve[i]) * (i % 2 ? 3 : 1);
  return (10 - sum % 10) % 10;
}

bool isUrn(std::string_view text) {
  // RFC 8141: "urn" ":" NID ":" NSS; the NID has 2 to 32 letters, digits and hyphens.
  if (!startsWith(text, "urn:")) return false;
  const auto rest = text.substr(4);
  const auto colon = rest.find(':');
  if (colon == rest.npos || colon < 2 || colon > 32 || colon + 1 >= rest.size()) return false;
  return std::ranges::all_of(rest.substr(0, colon), [](char c) {
    return isDigit(c) || (lower(c) >= 'a' && lower(c) <= 'z') || c == '-';
  });
}

bool hasValidIsbn(std::string_view urn) {
  return !startsWith(urn, "urn:isbn:") || Isbn::parse(urn.substr(9)).has_value();
}

bool isDoi(std::string_view text) {
  // ISO 26324: "10." registrant "/" suffix.
  if (!text.starts_with("10.")) return false;
  const auto slash = text.find('/');
  if (slash == text.npos || slash < 7 || slash + 1 >= text.size()) return false;
  return std::ranges::all_of(text.substr(3, slash - 3), [](char c) { return isDigit(c) || c == '.'; });
}

std::string_view afterHost(std::string_view url) {
  const auto host = url.find("://") + 3;
  const auto slash = url.find('/', host);
  return slash == url.npos ? std::string_view{} : url.substr(slash + 1);
}
std::string_view hostOf(std::string_view url) {
  const auto from = url.find("://") + 3;
  return url.substr(from, url.find_first_of("/?#", from) - from);
}

}  // namespace

std::optional<Isbn> Isbn::parse(std::string_view text) {
  text = trimmed(text);
  const auto digits = digitsOf(text);
  if (!digits || text.size() > 20 || text.starts_with('-') || text.ends_with('-')) return std::nullopt;
  if (digits->size() == 13) {
    if (digits->back() == 'X' || (!digits->starts_with("978") && !digits->starts_with("979"))) return std::nullopt;
    if (ean(std::string_view(*digits).substr(0, 12)) != valueOf(digits->back())) return std::nullopt;
  } else if (digits->size() != 10 || !isWeighted(*digits)) {
    return std::nullopt;
  }
  Isbn isbn;
  for (const char c : text) isbn.text_ += c == ' ' ? '-' : c == 'x' ? 'X' : c;
  return isbn;
}

std::string Isbn::digits() const {
  const std::string digits = *digitsOf(text_);
  if (digits.size() == 13) return digits;
  const std::string twelve = "978" + digits.substr(0, 9);
  return twelve + std::to_string(ean(twelve));
}

std::optional<Issn> Issn::parse(std::string_view text) {
  const auto digits = digitsOf(trimmed(text));
  if (!digits || digits->size() != 8 || trimmed(text).size() > 9 || !isWeighted(*digits)) return std::nullopt;
  Issn issn;
  issn.text_ = digits->substr(0, 4) + "-" + digits->substr(4);
  return issn;
}

std::optional<Orcid> Orcid::parse(std::string_view text) {
  text = trimmed(text);
  for (const std::string_view prefix : {"https://orcid.org/", "http://orcid.org/", "orcid.org/"})
    if (startsWith(text, prefix)) text.remove_prefix(prefix.size());
  const auto digits = digitsOf(text);
  if (!digits || digits->size() != 16 || text.size() > 19) return std::nullopt;
  int total = 0;
  for (std::size_t i = 0; i < 15; ++i) total = (total + valueOf((*digits)[i])) * 2;
  if ((12 - total % 11) % 11 != valueOf(digits->back())) return std::nullopt;
  Orcid orcid;
  for (std::size_t i = 0; i < 16; ++i) {
    if (i > 0 && i % 4 == 0) orcid.text_ += '-';
    orcid.text_ += (*digits)[i];
  }
  return orcid;
}

std::optional<Link> Link::parse(std::string_view text) {
  text = trimmed(text);
  std::string url;
  if (startsWith(text, "doi:")) text = trimmed(text.substr(4));
  if (isDoi(text)) url = "https://doi.org/" + std::string(text);
  else if (isUrn(text)) url = "https://urn.fi/" + std::string(text);
  else url = std::string(text);

  if (url.size() > kLongestLink || (!startsWith(url, "https://") && !startsWith(url, "http://")))
    return std::nullopt;
  const bool isClean = std::ranges::none_of(url, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte == 0x7F || c == '"' || c == '<' || c == '>' || c == '\\' || c == '`';
  });
  const auto host = hostOf(url);
  if (!isClean || host.empty() || host.find('.') == host.npos || host.find('@') != host.npos ||
      host.starts_with('.') || host.ends_with('.'))
    return std::nullopt;
  if ((host == "urn.fi" || host == "www.urn.fi") &&
      (!isUrn(afterHost(url)) || !hasValidIsbn(afterHost(url))))
    return std::nullopt;
  if ((host == "doi.org" || host == "dx.doi.org") && !isDoi(afterHost(url))) return std::nullopt;
  Link link;
  link.text_ = std::move(url);
  return link;
}

std::string Link::doi() const {
  const auto host = hostOf(text_);
  return host == "doi.org" || host == "dx.doi.org" ? std::string(afterHost(text_)) : std::string();
}

std::string Link::urn() const {
  const auto host = hostOf(text_);
  return host == "urn.fi" || host == "www.urn.fi" ? std::string(afterHost(text_)) : std::string();
}

namespace {
constexpr std::string_view kLetters = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t kCodeLength = 8;
}  // namespace

bool isShortCode(std::string_view text) {
  return text.size() == kCodeLength && text.find_first_not_of(kLetters) == text.npos;
}

std::string shortCode(std::string_view random) {
  // FNV-1a spreads whatever alphabet the random text has over the bits that are taken.
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : random) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  std::string code;
  for (std::size_t i = 0; i < kCodeLength; ++i, hash >>= 5) code += kLetters[(hash ^ (hash >> 40)) & 31];
  return code;
}

}  // namespace toimela::publications
