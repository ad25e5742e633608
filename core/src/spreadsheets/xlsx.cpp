#include "spreadsheets/xlsx.h"

#include <Poco/Exception.h>
#include <Poco/SAX/Attributes.h>
#include <Poco/SAX/DefaultHandler.h>
#include <Poco/SAX/SAXParser.h>

#include <charconv>
#include <functional>
#include <map>

#include "files/container.h"
#include "spreadsheets/xlsx_values.h"

namespace toimela::spreadsheet {

namespace {

constexpr std::uint64_t kMostPartBytes = 64 * 1024 * 1024;
/// What a sheet can have (ECMA-376 part 1, section 18.18.7, and every program that writes one).
constexpr int kMostRows = 1'048'576;

std::string_view localName(std::string_view name) { return name.substr(name.find(':') + 1); }

/// One part of the file, element by element. Names come without their prefix.
class Part : public Poco::XML::DefaultHandler {
 public:
  void parse(const std::string& xml) {
    // Nothing that writes spreadsheets has a document type; what has one wants to expand entities.
    if (xml.find("<!DOCTYPE") != std::string::npos) throw Refused(Trouble::damaged);
    Poco::XML::SAXParser parser;
    parser.setFeature(Poco::XML::XMLReader::FEATURE_NAMESPACES, false);
    parser.setFeature(Poco::XML::XMLReader::FEATURE_EXTERNAL_GENERAL_ENTITIES, false);
    parser.setContentHandler(this);
    parser.parseMemoryNP(xml.data(), xml.size());
  }

 protected:
  virtual void open(std::string_view element) = 0;
  virtual void close(std::string_view) {}
  virtual void text(std::string_view) {}

  /// Of the element that opens now; a prefix counts ("r:id").
  std::string attribute(const std::string& name) const { return attributes_->getValue(name); }
  int number(const std::string& name, int otherwise) const {
    const std::string value = attribute(name);
    int result = otherwise;
    std::from_chars(value.data(), value.data() + value.size(), result);
    return result;
  }

 private:
  void startElement(const std::string&, const std::string&, const std::string& name,
                    const Poco::XML::Attributes& attributes) override {
    attributes_ = &attributes;
    open(localName(name));
  }
  void endElement(const std::string&, const std::string&, const std::string& name) override { close(localName(name)); }
  void characters(const char ch[], int start, int length) override {
    text({ch + start, static_cast<std::size_t>(length)});
  }

  const Poco::XML::Attributes* attributes_ = nullptr;
};

struct Workbook : Part {
  std::string firstSheet;  ///< id of its relationship
  bool from1904 = false;

  void open(std::string_view element) override {
    if (element == "workbookPr") from1904 = attribute("date1904") == "1" || attribute("date1904") == "true";
    if (element == "sheet" && firstSheet.empty()) firstSheet = attribute("r:id");
  }
};

struct Relationships : Part {
  std::map<std::string, std::string> targets;

  void open(std::string_view element) override {
    if (element == "Relationship") targets[attribute("Id")] = attribute("Target");
  }
};

/// Texts of an element "si" or "is": its runs one after the other, without how they are spoken.
class TextGatherer {
 public:
  void open(std::string_view element) {
    if (element == "rPh") spoken_ = true;
    inText_ = element == "t" && !spoken_;
  }
  void close(std::string_view element) {
    if (element == "rPh") spoken_ = false;
    inText_ = false;
  }
  void text(std::string_view part) {
    if (inText_) gathered_ += part;
  }
  std::string take() { return unescaped(std::exchange(gathered_, {})); }

 private:
  bool inText_ = false, spoken_ = false;
  std::string gathered_;
};

struct SharedStrings : Part {
  std::vector<std::string> strings;
  TextGatherer gatherer;

  void open(std::string_view element) override { gatherer.open(element); }
  void close(std::string_view element) override {
    gatherer.close(element);
    if (element == "si") strings.push_back(gatherer.take());
  }
  void text(std::string_view part) override { gatherer.text(part); }
};

struct Styles : Part {
  std::map<int, bool> dateFormats;
  std::vector<bool> isDate;  ///< by the number that a cell names
  bool inCellFormats = false;

  void open(std::string_view element) override {
    if (element == "numFmt") dateFormats[number("numFmtId", 0)] = isDateFormat(attribute("formatCode"));
    if (element == "cellXfs") inCellFormats = true;
    if (element != "xf" || !inCellFormats) return;
    const int format = number("numFmtId", 0);
    const auto own = dateFormats.find(format);
    isDate.push_back(own == dateFormats.end() ? isDateFormat(format) : own->second);
  }
  void close(std::string_view element) override {
    if (element == "cellXfs") inCellFormats = false;
  }
};

class Sheet : public Part {
 public:
  Sheet(const Workbook& workbook, const SharedStrings& strings, const Styles& styles, Collector& rows)
      : workbook_(workbook), strings_(strings), styles_(styles), rows_(rows) {}

 private:
  void open(std::string_view element) override {
    gatherer_.open(element);
    if (element == "row") {
      place_ = {0, number("r", place_.row + 1)};
      if (place_.row < 1 || place_.row > kMostRows) throw Refused(Trouble::damaged);
    } else if (element == "c") {
      if (const auto named = parsePlace(attribute("r"))) place_ = *named;
      if (place_.row > kMostRows) throw Refused(Trouble::damaged);
      type_ = attribute("t");
      style_ = number("s", 0);
      value_.clear();
    }
    inValue_ = element == "v";
  }
  void close(std::string_view element) override {
    gatherer_.close(element);
    inValue_ = false;
    if (element != "c") return;
    rows_.cell(place_.row, place_.column, type_ == "inlineStr" ? gatherer_.take() : valueText());
    ++place_.column;
  }
  void text(std::string_view part) override {
    gatherer_.text(part);
    if (inValue_) value_ += part;
  }

  std::string valueText() const {
    if (type_ == "s") {
      std::size_t index = strings_.strings.size();
      std::from_chars(value_.data(), value_.data() + value_.size(), index);
      if (index >= strings_.strings.size()) throw Refused(Trouble::damaged);
      return strings_.strings[index];
    }
    if (!type_.empty() && type_ != "n") return unescaped(value_);
    double number = 0;
    const auto parsed = std::from_chars(value_.data(), value_.data() + value_.size(), number);
    if (value_.empty() || parsed.ec != std::errc{}) return value_;
    const bool isDate = style_ >= 0 && static_cast<std::size_t>(style_) < styles_.isDate.size() &&
                        styles_.isDate[static_cast<std::size_t>(style_)];
    const auto date = isDate ? dateText(number, workbook_.from1904) : std::nullopt;
    return date ? *date : numberText(number);
  }

  const Workbook& workbook_;
  const SharedStrings& strings_;
  const Styles& styles_;
  Collector& rows_;
  Place place_;
  std::string type_, value_;
  int style_ = 0;
  bool inValue_ = false;
  TextGatherer gatherer_;
};

std::optional<std::string> partOf(const files::Container& container, const std::string& name) {
  if (!container.has(name)) return std::nullopt;
  auto content = container.read(name, kMostPartBytes);
  if (!content) throw Refused(Trouble::tooMuchWork);
  return content;
}

std::string required(std::optional<std::string> part) {
  if (!part) throw Refused(Trouble::notATable);
  return std::move(*part);
}

/// Targets are relative to the workbook's folder, or begin at the root.
std::string partName(const std::string& target) {
  return target.starts_with('/') ? target.substr(1) : "xl/" + target;
}

void readParts(const files::Container& container, Collector& rows) {
  Workbook workbook;
  workbook.parse(required(partOf(container, "xl/workbook.xml")));
  Relationships relationships;
  relationships.parse(required(partOf(container, "xl/_rels/workbook.xml.rels")));
  SharedStrings strings;
  if (const auto part = partOf(container, "xl/sharedStrings.xml")) strings.parse(*part);
  Styles styles;
  if (const auto part = partOf(container, "xl/styles.xml")) styles.parse(*part);
  const auto target = relationships.targets.find(workbook.firstSheet);
  if (target == relationships.targets.end()) throw Refused(Trouble::damaged);
  Sheet(workbook, strings, styles, rows).parse(required(partOf(container, partName(target->second))));
}

}  // namespace

void readXlsx(std::string_view bytes, Collector& rows) {
  const auto container = files::Container::inMemory(bytes);
  if (!container) throw Refused(Trouble::damaged);
  try {
    readParts(*container, rows);
  } catch (const Poco::Exception&) {
    throw Refused(Trouble::damaged);
  }
}

}  // namespace toimela::spreadsheet
