// What a template is given: texts, flags and lists by name. Everything is escaped when rendered.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "toimela/export.h"
#include "toimela/types.h"

namespace toimela {

namespace pages { class Templates; }

/// HTML that the kit made and vouches for (rendered Markdown, a tile). Nobody else can make one.
class TOIMELA_API SafeHtml {
 public:
  const std::string& text() const { return text_; }

 private:
  friend TOIMELA_API SafeHtml markdown(std::string_view source);
  friend class pages::Templates;
  explicit SafeHtml(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

/// CommonMark with tables and autolinks; raw HTML and unsafe links are left out.
TOIMELA_API SafeHtml markdown(std::string_view source);

/// The data of a template. Moves, does not copy. A name set again has its last value; in a section
/// an empty text counts as false, like a false flag and an empty list.
class TOIMELA_API View {
 public:
  View();
  ~View();
  View(View&&) noexcept;
  View& operator=(View&&) noexcept;

  View& set(std::string_view name, std::string value);
  View& set(std::string_view name, const char* value) { return set(name, std::string(value)); }
  View& set(std::string_view name, std::int64_t value) { return set(name, std::to_string(value)); }
  View& set(std::string_view name, int value) { return set(name, std::to_string(value)); }
  View& set(std::string_view name, std::size_t value) { return set(name, std::to_string(value)); }
  /// {{#name}} … {{/name}} is shown when true, {{^name}} when false.
  View& flag(std::string_view name, bool value);
  View& list(std::string_view name, std::vector<View> items);
  /// A group: {{#name}}{{inner}}{{/name}} or {{name.inner}}.
  View& group(std::string_view name, View inner);
  /// Shown as {{{html.name}}}, the only unescaped tag that templates may have.
  View& html(std::string_view name, const SafeHtml& value);
  /// A content text: {{name}} is the text, {{name_lang}} the language when it is not the reader's:
  /// <h2{{#name_lang}} lang="{{name_lang}}"{{/name_lang}}>{{name}}</h2>.
  View& text(std::string_view name, const LocalText& text, Locale reader);

  struct Data;
  Data& data() { return *data_; }
  const Data& data() const { return *data_; }

 private:
  std::unique_ptr<Data> data_;
};

}  // namespace toimela
