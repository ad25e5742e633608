#include "view/harvest.h"

#include <Poco/DOM/AutoPtr.h>
#include <Poco/DOM/DOMBuilder.h>
#include <Poco/DOM/Document.h>
#include <Poco/DOM/Element.h>
#include <Poco/DOM/NodeList.h>
#include <Poco/Exception.h>
#include <Poco/SAX/SAXException.h>
#include <Poco/SAX/SAXParser.h>
#include <Poco/SAX/XMLFilterImpl.h>

#include <algorithm>

namespace toimela::publications::view {

namespace {

using namespace Poco::XML;
constexpr const char* kDc = "http://purl.org/dc/elements/1.1/";
constexpr const char* kOai = "http://www.openarchives.org/OAI/2.0/";

/// Records are some eight elements deep. The library reads, and frees, a document by calling itself at each level.
constexpr int kDeepest = 50;

/// Ends the reading of what is deeper.
class Shallow : public XMLFilterImpl {
 public:
  explicit Shallow(XMLReader& parent) : XMLFilterImpl(&parent) {}

  void startElement(const XMLString& uri, const XMLString& local, const XMLString& name, const Attributes& attributes) override {
    if (++depth_ > kDeepest) throw SAXException("a document of too many levels");
    XMLFilterImpl::startElement(uri, local, name, attributes);
  }
  void endElement(const XMLString& uri, const XMLString& local, const XMLString& name) override {
    --depth_;
    XMLFilterImpl::endElement(uri, local, name);
  }

 private:
  int depth_ = 0;
};

struct Value {
  std::string text, language;
};

std::vector<Value> values(Element& in, const std::string& space, const std::string& name) {
  std::vector<Value> found;
  const Poco::AutoPtr<NodeList> nodes = in.getElementsByTagNameNS(space, name);
  for (unsigned long i = 0; i < nodes->length(); ++i) {
    auto* element = static_cast<Element*>(nodes->item(i));
    std::string text = element->innerText();
    while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) text.erase(0, 1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.pop_back();
    if (!text.empty()) found.push_back({std::move(text), element->getAttribute("xml:lang").substr(0, 2)});
  }
  return found;
}

std::string first(Element& in, const char* space, const char* name) {
  const auto all = values(in, space, name);
  return all.empty() ? std::string() : all.front().text;
}

void addLocal(Sent& sent, const char* field, const std::vector<Value>& all, const std::string& language) {
  std::string done;
  for (const Value& value : all) {
    const auto locale = parseLocale(value.language.empty() ? language : value.language).value_or(Locale::fi);
    if (done.find(code(locale)) != std::string::npos) continue;
    done.append(code(locale)).append(" ");
    sent.fields.add(std::string(field) + "_" + std::string(code(locale)), value.text);
  }
}

std::string lines(const std::vector<Value>& people) {
  std::string text;
  for (const Value& each : people) {
    std::string name = each.text;
    std::ranges::replace(name, ';', ',');
    std::ranges::replace(name, '\n', ' ');
    text.append(text.empty() ? "" : "\n").append(name);
  }
  return text;
}

Sent sentFrom(Element& record, const std::string& identifier) {
  Sent sent{.where = identifier};
  std::string language = first(record, kDc, "language").substr(0, 2);
  if (!isLanguage(language)) language = "fi";
  addLocal(sent, "title", values(record, kDc, "title"), language);
  addLocal(sent, "abstract", values(record, kDc, "description"), language);
  sent.fields.add("creators", lines(values(record, kDc, "creator")));
  sent.fields.add("editors", lines(values(record, kDc, "contributor")));
  sent.fields.add("publisher", first(record, kDc, "publisher"));
  sent.fields.add("language", language);
  sent.fields.add("licence", "reserved");
  std::string kind = "report";
  for (const Value& type : values(record, kDc, "type"))
    if (parseKind(type.text)) kind = type.text;
  sent.fields.add("kind", kind);
  for (const Value& date : values(record, kDc, "date"))
    if (const auto issued = Issued::parse(std::string_view(date.text).substr(0, 10))) {
      sent.fields.add("issued", issued->text());
      break;
    }
  std::string keywords, address;
  for (const Value& subject : values(record, kDc, "subject"))
    if (subject.language.empty() || subject.language == language)
      keywords.append(keywords.empty() ? "" : ", ").append(subject.text);
  sent.fields.add("keywords", keywords.substr(0, 1000));
  for (const Value& value : values(record, kDc, "identifier")) {
    const std::string upper = value.text.substr(0, 9);
    if (upper == "URN:ISBN:" || upper == "urn:isbn:") {
      if (Isbn::parse(value.text.substr(9))) sent.fields.add("isbn", value.text.substr(9));
    } else if (address.empty() && Link::parse(value.text)) {
      address = value.text;
    }
  }
  sent.fields.add("identifier", address);
  return sent;
}

}  // namespace

std::optional<Harvest> readHarvest(const std::string& xml) {
  try {
    SAXParser parser;
    // Nothing is fetched because a document says so.
    parser.setFeature(XMLReader::FEATURE_EXTERNAL_GENERAL_ENTITIES, false);
    parser.setFeature(XMLReader::FEATURE_EXTERNAL_PARAMETER_ENTITIES, false);
    parser.setFeature(XMLReader::FEATURE_NAMESPACES, true);
    parser.setFeature(XMLReader::FEATURE_NAMESPACE_PREFIXES, true);
    Shallow reader(parser);
    DOMBuilder builder(reader);
    const Poco::AutoPtr<Document> document = builder.parseMemoryNP(xml.data(), xml.size());
    Element* root = document->documentElement();
    if (!root || root->localName() != "OAI-PMH") return std::nullopt;
    Harvest harvest;
    harvest.error = first(*root, kOai, "error");
    harvest.token = first(*root, kOai, "resumptionToken");
    const Poco::AutoPtr<NodeList> records = root->getElementsByTagNameNS(kOai, "record");
    for (unsigned long i = 0; i < records->length(); ++i) {
      auto* record = static_cast<Element*>(records->item(i));
      const Poco::AutoPtr<NodeList> headers = record->getElementsByTagNameNS(kOai, "header");
      const bool isDeleted = headers->length() > 0 && static_cast<Element*>(headers->item(0))->getAttribute("status") == "deleted";
      if (isDeleted) ++harvest.deleted;
      else harvest.sent.push_back(sentFrom(*record, first(*record, kOai, "identifier")));
    }
    return harvest;
  } catch (const Poco::Exception&) {
    return std::nullopt;
  }
}

}  // namespace toimela::publications::view
