// Translations of core and plugins: "<plugin>/locales/<language>.json" gathered and checked.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "toimela/texts.h"

namespace toimela::pages {

class Catalogue : public Texts {
 public:
  Catalogue();
  ~Catalogue() override;
  /// Adds fi.json, sv.json and en.json of a folder: flat objects of key → ICU message. Keys of a
  /// plugin begin with "<plugin>."; core's are free. Throws std::runtime_error naming file and key
  /// when a key lacks in one language, is there twice, or a message does not parse.
  void add(const std::string& plugin, const std::filesystem::path& folder);

  const std::string& get(Locale locale, std::string_view key) const override;
  bool has(std::string_view key) const override;
  std::string format(Locale locale, std::string_view key,
                     const std::vector<TextArgument>& arguments) const override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace toimela::pages
