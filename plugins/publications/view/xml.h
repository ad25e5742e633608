// XML, written element by element: everything is escaped, and what XML 1.0 has no place for is left out.
#pragma once

#include <Poco/SAX/AttributesImpl.h>
#include <Poco/XML/XMLWriter.h>

#include <vector>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

namespace toimela::publications::view {

class Xml {
 public:
  using Attributes = std::vector<std::pair<std::string, std::string>>;

  Xml();
  void begin(const std::string& name, const Attributes& attributes = {});
  void end(const std::string& name);
  void text(const std::string& name, std::string_view value, const Attributes& attributes = {});
  /// Nothing for an empty value.
  void maybe(const std::string& name, std::string_view value, const Attributes& attributes = {});
  /// The document. Call it once, last.
  std::string finish();

 private:
  std::ostringstream out_;
  Poco::XML::XMLWriter writer_;
};

}  // namespace toimela::publications::view
