// Templates: read, checked and compiled once at start-up, a set per language and thread.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "pages/assets.h"
#include "pages/catalogue.h"
#include "toimela/view.h"

namespace toimela::pages {

/// What a template may say beside Mustache's {{name}}, {{#name}}, {{^name}}, {{.}} and comments:
///   {{t key}}            the interface text, put in when the template is compiled
///   {{asset name}}       address of a fingerprinted asset, likewise
///   {{> partial}}        another template, put in when compiled (own plugin's first, then core's)
///   {{{html.name}}}      the only unescaped tag: SafeHtml set with View::html
/// Every <form method="post"> gets its token by itself. Unquoted attributes, other triple
/// mustaches, inline scripts, styles and on… attributes are refused. A value that begins an address
/// (href="{{x}}") is shown as "#" when it could run a script. White space that a browser does not
/// show is left out.
///
/// "name.txt.mustache" is a plain text, for mails: nothing is escaped in "name.txt".
/// What is wrong with a template, and whose it is: "core" or the plugin's name.
class BrokenTemplate : public std::runtime_error {
 public:
  BrokenTemplate(std::string plugin, const std::string& what)
      : std::runtime_error(what), plugin(std::move(plugin)) {}
  std::string plugin;
};

class Templates {
 public:
  Templates(const Catalogue& catalogue, const Assets& assets);
  ~Templates();
  /// Adds every *.mustache of a folder as "<plugin>/<name>"; those of core ("" or "core") have no
  /// prefix.
  /// Throws std::runtime_error naming file and line.
  void add(const std::string& plugin, const std::filesystem::path& folder);
  /// Compiles all for all languages; throws BrokenTemplate. Call once, after the last add().
  void compile();

  bool has(std::string_view name) const;
  /// The template inside core's "layout", which has {{> content}} exactly once where it goes. Both
  /// are compiled into one, so layout and content see the same view. Thread-safe.
  std::string renderPage(std::string_view name, Locale locale, View& view) const;
  /// The template alone (tiles, mails). Thread-safe. Throws when there is no such template.
  std::string render(std::string_view name, Locale locale, View& view) const;
  /// Like render(), for showing inside another template as {{{html.name}}}.
  SafeHtml renderPart(std::string_view name, Locale locale, View& view) const {
    return SafeHtml(render(name, locale, view));
  }
  /// JSON in a block that no browser runs, see toimela/discovery.h.
  static SafeHtml dataBlock(std::string_view json);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace toimela::pages
