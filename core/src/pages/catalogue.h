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
  /// Adds fi.json, sv.json and en.json of a folder, and likewise every <name>.fi.json with its two
  /// companions: flat objects of key → ICU message. Keys of a plugin begin with "<plugin>."; those
  /// of core ("" or "core") are free. Throws std::runtime_error naming file and key when a key
  /// lacks in one language or has arguments of another name there, is there twice, or does not
  /// parse.
  void add(const std::string& plugin, const std::filesystem::path& folder);

  const std::string& get(Locale locale, std::string_view key) const override;
  bool has(std::string_view key) const override;
  std::string format(Locale locale, std::string_view key,
                     const std::vector<TextArgument>& arguments) const override;
  /// Is there something to fill in? Such a text can not stand in a template as it is.
  bool hasArguments(std::string_view key) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace toimela::pages
