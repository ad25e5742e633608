// Toimela's own templates, in the form in which the mustache library takes them as they are.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include <kainjow/mustache.hpp>

namespace control {

/// Invariant: texts of the interface and addresses of assets are filled in when the templates are
/// read; partials are left for the library, which parses them whenever they are used.
class Templates {
 public:
  /// `source` is the top of Toimela's source tree.
  explicit Templates(const std::filesystem::path& source);

  /// Parses the layout and everything in it and fills in `page`, which is given the partials.
  std::string render(const std::string& name, kainjow::mustache::data& page) const;
  /// A text of the interface, in Finnish.
  const std::string& text(const std::string& key) const { return texts_.at(key); }

 private:
  void readTexts(const std::filesystem::path& file);
  void readTemplates(const std::filesystem::path& folder);
  std::string prepared(const std::string& source) const;

  std::map<std::string, std::string> texts_;
  std::map<std::string, std::string> templates_;
};

}  // namespace control
