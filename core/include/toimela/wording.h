// What every view of a plugin says in the reader's language: texts by key, regions, links, the way
// to a page, lists.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "toimela/host.h"

namespace toimela {

/// Texts for one reader. A plugin derives its own, with the names of its things. Lives no longer
/// than the request or letter it is made for.
class TOIMELA_API Wording {
 public:
  Wording(const Request& request, const Host& host) : locale_(request.locale), host_(host) {}
  Wording(Locale locale, const Host& host) : locale_(locale), host_(host) {}

  Locale locale() const { return locale_; }
  const Host& host() const { return host_; }
  const Texts& texts() const { return host_.texts(); }
  const std::string& text(std::string_view key) const { return host_.texts().get(locale_, key); }
  std::string format(std::string_view key, const std::vector<TextArgument>& arguments) const;
  /// The text of a key with {count} in it.
  std::string count(std::string_view key, std::int64_t count) const;
  const std::string& pick(const LocalText& text) const { return text.pick(locale_).text; }

  /// The region of a code; null without one.
  const Region* region(std::optional<RegionCode> code) const;
  /// The region's name; "the whole country" without one.
  const std::string& place(std::optional<RegionCode> region) const;

  /// An address in the reader's language: "/sv/contacts" of "/contacts".
  std::string link(std::string_view path) const;

 private:
  Locale locale_;
  const Host& host_;
};

/// A page on the way to the one that is open, which has no path.
struct Step {
  std::string path;  ///< without language
  std::string label;
};
/// For the list "breadcrumbs" of a page.
TOIMELA_API std::vector<View> breadcrumbs(const std::vector<Step>& steps, const Wording& wording);

/// A list with "has_<name>", for what stands around its items.
inline void setList(View& view, const std::string& name, std::vector<View> items) {
  view.flag("has_" + name, !items.empty());
  view.list(name, std::move(items));
}

/// A view of each thing.
template <class Things, class F>
std::vector<View> each(const Things& things, F&& show) {
  std::vector<View> views;
  views.reserve(things.size());
  for (const auto& thing : things) views.push_back(show(thing));
  return views;
}

}  // namespace toimela
