// The words behind a command, taken out one by one: options first, then what is left.
//
//   Arguments arguments(words);
//   const bool dryRun = arguments.flag("--dry-run");
//   const auto email = arguments.option("--email");
//   if (!email || !arguments.rest().empty()) return 2;
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "toimela/export.h"

namespace toimela {

class TOIMELA_API Arguments {
 public:
  explicit Arguments(std::vector<std::string> words) : words_(std::move(words)) {}

  /// Takes "--name" out; true when it was there.
  bool flag(std::string_view name);
  /// Takes "--name VALUE" or "--name=VALUE" out. Nothing when it is not there, or has no value: then
  /// "--name" stays and rest() shows it.
  std::optional<std::string> option(std::string_view name);
  /// Takes out every "--name VALUE…", also with several values behind one name.
  std::vector<std::string> options(std::string_view name);
  /// What was not taken.
  const std::vector<std::string>& rest() const { return words_; }

 private:
  std::vector<std::string> words_;
};

}  // namespace toimela
