#include "view/xml.h"

#include <unicode/utf8.h>

namespace toimela::publications::view {

namespace {

/// XML 1.0, section 2.2: no control characters but tab and line breaks, no surrogates, nothing that is not UTF-8.
std::string printable(std::string_view text) {
  std::string result;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    const std::int32_t from = at;
    UChar32 c;
    U8_NEXT(bytes, at, size, c);
    const bool isAllowed = c == '\t' || c == '\n' || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF);
    if (isAllowed) result.append(text.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(at - from)));
  }
  return result;
}

}  // namespace

Xml::Xml() : writer_(out_, Poco::XML::XMLWriter::WRITE_XML_DECLARATION | Poco::XML::XMLWriter::CANONICAL_XML) {
  writer_.startDocument();
}

void Xml::begin(const std::string& name, const Attributes& attributes) {
  Poco::XML::AttributesImpl all;
  for (const auto& [key, value] : attributes) all.addAttribute("", key, key, "CDATA", printable(value));
  writer_.startElement("", name, name, all);
}
void Xml::end(const std::string& name) { writer_.endElement("", name, name); }
void Xml::text(const std::string& name, std::string_view value, const Attributes& attributes) {
  begin(name, attributes);
  writer_.characters(printable(value));
  end(name);
}
void Xml::maybe(const std::string& name, std::string_view value, const Attributes& attributes) {
  if (!value.empty()) text(name, value, attributes);
}
std::string Xml::finish() {
  writer_.endDocument();
  return out_.str();
}

}  // namespace toimela::publications::view
