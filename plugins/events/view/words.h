// Names of things in the reader's language.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/event.h"
#include "domain/registration.h"
#include "toimela/host.h"

namespace toimela::events::view {

/// Lives no longer than the request it is made for.
class Words {
 public:
  Words(const Request& request, const Host& host) : locale_(request.locale), host_(host) {}
  Words(Locale locale, const Host& host) : locale_(locale), host_(host) {}

  Locale locale() const { return locale_; }
  const Texts& texts() const { return host_.texts(); }
  const std::string& text(std::string_view key) const { return host_.texts().get(locale_, key); }
  std::string format(std::string_view key, const std::vector<TextArgument>& arguments) const;
  /// The text of a key with {count} in it.
  std::string count(std::string_view key, std::int64_t count) const;

  /// "events.kind.network" and the like: the word for a code.
  template <class T>
  const std::string& word(std::string_view group, T value) const {
    return text(std::string("events.").append(group).append(".").append(code(value)));
  }
  /// The region's name; "the whole country" without one.
  const std::string& region(std::optional<RegionCode> region) const;
  /// "pirkanmaa"; "nation" without a region.
  std::string slug(std::optional<RegionCode> region) const;
  /// "12.12.2026 klo 9.00–15.00"; both days when it ends on another one.
  std::string time(Instant from, Instant to) const;
  std::string link(std::string_view path) const;

 private:
  Locale locale_;
  const Host& host_;
};

/// "/events/12", without language.
std::string pathOf(EventId event);
/// Where an event is: house, address, municipality; or that it is online.
std::string placeText(const Event& event, const Words& words);

/// A page on the way; the one that is open has no path.
struct Step {
  std::string path;
  std::string label;
};
std::vector<View> breadcrumbs(const std::vector<Step>& steps, const Words& words);

}  // namespace toimela::events::view
