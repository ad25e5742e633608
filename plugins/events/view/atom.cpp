#include "view/atom.h"

#include <Poco/SAX/AttributesImpl.h>
#include <Poco/XML/XMLWriter.h>

#include <algorithm>
#include <sstream>

namespace toimela::events::view {

namespace {

using Poco::XML::AttributesImpl;

/// XML 1.0 has no place for control characters (section 2.2).
std::string printable(std::string text) {
  std::erase_if(text, [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t';
  });
  return text;
}

class Writer {
 public:
  Writer() : xml_(out_, Poco::XML::XMLWriter::WRITE_XML_DECLARATION | Poco::XML::XMLWriter::CANONICAL_XML) {
    xml_.startDocument();
  }

  void begin(const std::string& name, const AttributesImpl& attributes = {}) {
    xml_.startElement("", name, name, attributes);
  }
  void end(const std::string& name) { xml_.endElement("", name, name); }
  void text(const std::string& name, const std::string& value) {
    begin(name);
    xml_.characters(printable(value));
    end(name);
  }
  void link(const std::string& relation, const std::string& type, const std::string& address) {
    AttributesImpl attributes;
    attributes.addAttribute("", "rel", "rel", "CDATA", relation);
    attributes.addAttribute("", "type", "type", "CDATA", type);
    attributes.addAttribute("", "href", "href", "CDATA", address);
    begin("link", attributes);
    end("link");
  }
  std::string finish() {
    xml_.endDocument();
    return out_.str();
  }

 private:
  std::ostringstream out_;
  Poco::XML::XMLWriter xml_;
};

}  // namespace

std::string atom(const AtomFeed& feed) {
  Writer writer;
  AttributesImpl root;
  root.addAttribute("", "xmlns", "xmlns", "CDATA", "http://www.w3.org/2005/Atom");
  root.addAttribute("", "xml:lang", "xml:lang", "CDATA", std::string(code(feed.locale)));
  writer.begin("feed", root);
  writer.text("id", feed.self);
  writer.text("title", feed.title);
  Instant updated = feed.updated;
  for (const AtomEntry& entry : feed.entries) updated = std::max(updated, entry.published);
  writer.text("updated", isoText(updated));
  writer.begin("author");
  writer.text("name", "Toimela");
  writer.end("author");
  writer.link("self", "application/atom+xml", feed.self);
  writer.link("alternate", "text/html", feed.page);
  for (const AtomEntry& entry : feed.entries) {
    writer.begin("entry");
    writer.text("id", entry.link);
    writer.text("title", entry.title);
    writer.text("updated", isoText(entry.published));
    writer.text("published", isoText(entry.published));
    writer.link("alternate", "text/html", entry.link);
    writer.text("summary", entry.summary);
    writer.end("entry");
  }
  writer.end("feed");
  return writer.finish();
}

}  // namespace toimela::events::view
