// One template file, read and checked: still without language, so it is read once for all three.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace toimela::pages {

struct Token {
  enum class Kind {
    text,
    variable,
    address,
    html,
    section,
    inverted,
    end,
    partial,
    interfaceText,
    asset
  };
  Kind kind;
  std::string value;  ///< the text itself, or the name that the tag gives
  int line = 0;
};

/// Invariant: the tokens are balanced, and where a value stands in HTML it is safe once escaped.
struct TemplateSource {
  std::string plugin;  ///< "" for core
  std::filesystem::path file;
  /// "name.txt.mustache" is plain text for mails: nothing is escaped, no markup is expected.
  bool isPlainText = false;
  std::vector<Token> tokens;

  /// Ends reading or compiling with the file and line of the token in the message.
  [[noreturn]] void refuse(int line, const std::string& why) const;
};

/// Throws std::runtime_error naming file and line when the template is not allowed.
TemplateSource readTemplate(std::string plugin, const std::filesystem::path& file);

}  // namespace toimela::pages
